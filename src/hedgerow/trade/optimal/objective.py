"""What a government wants: the real income of its own people. Solves, and keeps count."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from hedgerow.trade.chunk import point_of
from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.equilibrium import solve_many
from hedgerow.trade.exposures.adjoint import refuse_unsupported
from hedgerow.trade.exposures.gradient import tariff_slopes
from hedgerow.trade.policy import Policy, positions
from hedgerow.trade.result import Equilibrium

__all__ = ["PRECISE", "Objective", "log_income"]

PRECISE = 1e-12
"""Tolerance of every solve: differences of real income between neighbouring tariffs are small."""

Ticker = Callable[[int], None]
"""Called with the number of solves done since the last call."""


def log_income(equilibrium: Equilibrium, members: Sequence[str]) -> float:
    """ln of the real income of an economy, or of a bloc's members together, over its base.

    A bloc's is ln (sum I W_hat / sum I): members count by their base income I, as equivalent variation adds them up.
    """
    at = positions("actor", tuple(members), equilibrium.economy.actors)
    income = equilibrium.economy.income[at]
    return float(np.log((income * equilibrium.welfare_hat[at]).sum() / income.sum()))


class Objective:
    """ln real income of ``members`` under a policy on top of a background, every solve started at the last answer.

    Not thread-safe: it remembers where it was and how often it solved.
    """

    def __init__(
        self,
        economy: Economy,
        members: Sequence[str],
        *,
        background: Policy | None = None,
        progress: Ticker | None = None,
    ) -> None:
        """A setter's objective.

        Args:
            economy: the base.
            members: one economy, or the members of a bloc.
            background: what everybody else does, and the rule for deficits.
            progress: told about every solve.

        Raises:
            RequestError: the background holds export taxes, quotas or own-share deficits.
        """
        self.economy, self.members = economy, tuple(members)
        self.background = background or Policy()
        self.solves = 0
        self._progress = progress
        self._last: Array | None = None
        refuse_unsupported(self.background)

    def at(self, policy: Policy) -> Equilibrium:
        """The equilibrium of the background and then ``policy``."""
        return self.all_at([policy])[0]

    def all_at(self, policies: Sequence[Policy]) -> list[Equilibrium]:
        """The equilibria of several policies, in one batch."""
        whole = [self.background + policy for policy in policies]
        starts = None if self._last is None else np.repeat(self._last[None], len(whole), axis=0)
        found = solve_many(self.economy, whole, tolerance=PRECISE, starts=starts)
        self._last = point_of(found[-1])
        self.solves += len(found)
        if self._progress is not None:
            self._progress(len(found))
        return found

    def value(self, equilibrium: Equilibrium) -> float:
        """ln real income of the members over its base."""
        return log_income(equilibrium, self.members)

    def slopes(self, equilibrium: Equilibrium) -> Array:
        """[J, importer, exporter] derivative of :meth:`value` with respect to ln(1 + t) of every flow."""
        economy = equilibrium.economy
        at = positions("actor", self.members, economy.actors)
        weights = np.zeros(len(economy.actors))
        weights[at] = economy.income[at] * equilibrium.welfare_hat[at]
        return tariff_slopes(equilibrium, weights / weights.sum())
