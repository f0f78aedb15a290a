"""The tariff at which an ally would as soon join a measure as stay out: what persuasion takes.

A power can punish refusal (it taxes the ally's goods unless the ally joins) or reward joining (it lowers its tariff
on the ally's goods if the ally joins). In both the question is for which rate x

    ln W_A(joins; x) - ln W_A(stays out; x) = 0,

each side an exact equilibrium. A bracketed root (Brent 1973). Our formulation; it prices consent by income alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from scipy.optimize import brentq

from hedgerow.errors import DidNotConverge, RequestError
from hedgerow.trade.economy import Economy
from hedgerow.trade.optimal.objective import Objective, Ticker, log_income
from hedgerow.trade.policy import ArrayChange, Policy, TariffChange, apply, positions
from hedgerow.trade.result import Equilibrium

__all__ = ["Indifference", "Lever", "Means", "Verdict", "indifferent"]

STATIONS = 9
"""Rates tried to find a change of sign, evenly spread."""
CLOSE = 1e-10
"""Largest difference of ln real income between joining and not, at the rate found."""


class Means(StrEnum):
    """What the power does with its tariff on the ally."""

    THREAT = "threat"
    """Adds the rate if the ally stays out."""
    PREFERENCE = "preference"
    """Takes the rate off its tariff on the ally if the ally joins, never below zero."""


class Verdict(StrEnum):
    """What was found."""

    FOUND = "found"
    WILLING = "willing"
    """The ally joins even if the power does nothing."""
    NEVER = "never"
    """No rate within the bounds is enough."""


@dataclass(frozen=True, kw_only=True)
class Lever:
    """How the power persuades."""

    power: tuple[str, ...]
    """The importers whose tariff it is."""
    ally: tuple[str, ...]
    """One economy, or the members of a bloc."""
    means: Means = Means.THREAT
    sectors: tuple[str, ...] | None = None
    """Goods when omitted."""
    highest: float = 3.0
    """Largest rate, in points of the tariff: 0.25 is 25."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "means", Means(self.means))
        if not 0 < self.highest <= 10:
            raise RequestError(f"highest: {self.highest:g} is no rate between 0 and 10; 0.25 is 25 points")
        if set(self.power) & set(self.ally):
            raise RequestError(f"ally: {', '.join(sorted(set(self.power) & set(self.ally)))} is part of the power")


@dataclass(frozen=True, eq=False)
class Indifference:
    """The rate, or why there is none."""

    lever: Lever
    verdict: Verdict
    rate: float | None
    """Points of tariff at which the ally is indifferent; zero if it is willing anyway, None if no rate is enough."""
    price: float
    """ln real income the ally gives up by joining while the power does nothing; negative if it gains."""
    highest: float
    """Largest rate tried: the bound, or all of the tariff that a preference can be cut from."""
    most: float
    """What joining is worth to the ally, ln real income, at the most persuasive rate tried."""
    joins: Equilibrium
    """At the rate found; at the bound if there is none."""
    stays: Equilibrium
    crossings: int
    """Changes of sign between the rates tried; more than one means that a higher rate may persuade less."""
    solves: int


def indifferent(
    economy: Economy,
    lever: Lever,
    measure: Policy,
    *,
    background: Policy | None = None,
    progress: Ticker | None = None,
) -> Indifference:
    """The smallest rate of the lever at which the ally would join.

    Args:
        economy: the base.
        lever: the power, the ally and what the power does.
        measure: what joining means: the policy that the ally adopts.
        background: in force either way (a tariff that a preference can be cut from, for example), and the rule for
            deficits.
        progress: told about every solve.

    Raises:
        SolveError: an equilibrium on the way was not found.
    """
    choice = _Choice(economy, lever, measure, background or Policy(), progress)
    highest = choice.highest
    stations = np.linspace(0, highest, STATIONS)
    worth = [choice.worth(rate) for rate in stations.tolist()]
    ahead = np.flatnonzero(np.array(worth) >= 0)
    crossings = int((np.diff(np.sign(np.array(worth) + (np.array(worth) == 0))) != 0).sum())
    if worth[0] >= 0:
        verdict, rate = Verdict.WILLING, 0.0
    elif not len(ahead):
        verdict, rate = Verdict.NEVER, None
    else:
        left, right = float(stations[ahead[0] - 1]), float(stations[ahead[0]])
        verdict, rate = Verdict.FOUND, float(brentq(choice.worth, left, right, xtol=1e-10, rtol=1e-14))
        if abs(gap := choice.worth(rate)) > CLOSE:
            raise DidNotConverge(f"indifference: {gap:.1e} of ln real income left at {rate:g} (limit {CLOSE:g})")
    joins, stays = choice.both(highest if rate is None else rate)
    return Indifference(
        lever=lever,
        verdict=verdict,
        rate=rate,
        price=-worth[0],
        highest=highest,
        most=max(worth),
        joins=joins,
        stays=stays,
        crossings=crossings,
        solves=choice.solves,
    )


class _Choice:
    """The ally's two worlds at a rate; each is solved from its own last answer."""

    def __init__(
        self, economy: Economy, lever: Lever, measure: Policy, background: Policy, progress: Ticker | None
    ) -> None:
        self.economy, self.lever = economy, lever
        self.sectors = economy.goods_sectors if lever.sectors is None else lever.sectors
        self.in_force = apply(economy, background + measure).tariff
        self._joined = Objective(economy, lever.ally, background=background + measure, progress=progress)
        self._alone = Objective(economy, lever.ally, background=background, progress=progress)

    @property
    def highest(self) -> float:
        """The hardest pull: a preference cannot be larger than the tariff it is cut from."""
        if self.lever.means is Means.THREAT:
            return self.lever.highest
        return min(self.lever.highest, float(self.in_force[self._cells()].max()))

    @property
    def solves(self) -> int:
        """Solves so far."""
        return self._joined.solves + self._alone.solves

    def both(self, rate: float) -> tuple[Equilibrium, Equilibrium]:
        """The ally joining, and staying out."""
        if self.lever.means is Means.THREAT:
            return self._joined.at(Policy()), self._alone.at(self._threat(rate))
        return self._joined.at(self._preference(rate)), self._alone.at(Policy())

    def worth(self, rate: float) -> float:
        """What joining is worth to the ally, ln real income."""
        joins, stays = self.both(rate)
        return log_income(joins, self.lever.ally) - log_income(stays, self.lever.ally)

    def _threat(self, rate: float) -> Policy:
        lever = self.lever
        return Policy((TariffChange(exporters=lever.ally, importers=lever.power, sectors=self.sectors, add=rate),))

    def _preference(self, rate: float) -> Policy:
        lowered, cells = self.in_force.copy(), self._cells()
        lowered[cells] = np.maximum(lowered[cells] - rate, np.minimum(lowered[cells], 0))
        return Policy((ArrayChange(tariff=lowered),))

    def _cells(self) -> Any:
        sectors = positions("sector", self.sectors, self.economy.sectors)
        importers = positions("power", self.lever.power, self.economy.actors)
        return np.ix_(sectors, importers, positions("ally", self.lever.ally, self.economy.actors))
