"""What sets of agreements do to everyone under every regime of the power: exact equilibria, each solved once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from hedgerow.planning.effects import Progress, SolverRecord
from hedgerow.planning.links import Link, policy_of
from hedgerow.planning.lottery import Lottery, tail_loss, worth
from hedgerow.planning.portfolio.bundles import log_income_of
from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.equilibrium import Equilibrium, solve_many
from hedgerow.world.parties import Party

__all__ = ["Agreed", "Outcomes", "Taste"]

Agreed = frozenset[int]
"""Positions of the agreements that are made."""


@dataclass(frozen=True)
class Taste:
    """How sets of agreements are judged."""

    aversion: float = 1.0
    """lambda: weight of the loss in the worst tenth beside the mean; 1 is the cautious of a plan. Assumed."""
    cost: float = 0.5
    """Where costs are read in their ranges."""


@dataclass(eq=False)
class Outcomes:
    """Log real income of everyone, by set of agreements and regime."""

    economy: Economy
    links: tuple[Link, ...]
    lottery: Lottery
    place: float = 0.5
    """Where effects of agreements are read in their ranges."""
    progress: Progress | None = None
    record: SolverRecord = field(default=SolverRecord(0, 0.0, 0))
    _found: dict[Agreed, Array] = field(default_factory=dict, repr=False)

    def of(self, sets: Sequence[Agreed]) -> Array:
        """[B, R, N] of sets of agreements.

        Raises:
            SolveError: one of them has no equilibrium.
        """
        new = [one for one in dict.fromkeys(sets) if one not in self._found]
        if new:
            made = [policy_of(self.economy, (self.links[k] for k in sorted(one)), self.place) for one in new]
            answers = solve_many(self.economy, [one + regime for one in made for regime in self.lottery.policies])
            self._keep(new, answers)
        return np.array([self._found[one] for one in sets])

    def of_party(self, sets: Sequence[Agreed], party: Party) -> Array:
        """[R, B] log real income of one economy or bloc."""
        at = [self.economy.actors.index(code) for code in party.members]
        return log_income_of(self.of(sets)[..., at], self.economy.income[at]).T

    def costs(self, sets: Sequence[Agreed], party: Party, place: float = 0.5) -> Array:
        """[B] what a party's own agreements cost it."""
        own = {k: link.cost(party, place) for k, link in enumerate(self.links) if link.ends(party)}
        return np.array([sum(own[k] for k in one if k in own) for one in sets])

    def payoffs(self, sets: Sequence[Agreed], parties: Iterable[Party], taste: Taste) -> Array:
        """[B, party] pi = E[ln W] - lambda CVaR(L) - cost of own agreements."""
        seen = self.lottery
        return np.array(
            [
                worth(self.of_party(sets, one), seen.weight, seen.calm, taste.aversion)
                - self.costs(sets, one, taste.cost)
                for one in parties
            ]
        ).T

    def tails(self, sets: Sequence[Agreed], parties: Iterable[Party]) -> Array:
        """[B, party] loss in the worst tenth against calm with the same agreements."""
        seen = self.lottery
        return np.array([tail_loss(self.of_party(sets, one), seen.weight, seen.calm) for one in parties]).T

    def _keep(self, sets: Sequence[Agreed], answers: Sequence[Equilibrium]) -> None:
        income = np.log([one.welfare_hat for one in answers]).reshape(len(sets), len(self.lottery.policies), -1)
        self._found.update(zip(sets, income, strict=True))
        self.record += SolverRecord(
            len(answers), max(one.residual for one in answers), max(one.iterations for one in answers)
        )
        if self.progress is not None:
            self.progress(len(answers))
