"""The power's military means and promises, as the indicators of overextension have them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from hedgerow.indicators.evidence import GDP, MILITARY, by_actor, embedded_evidence
from hedgerow.indicators.overextension import (
    COMMITMENTS,
    CONTINGENCIES,
    POWER,
    Commitment,
    Ends,
    overextension,
    shortfall,
)
from hedgerow.trade.economy import Array
from hedgerow.world.parties import Party

__all__ = ["Means", "means_of"]


@dataclass(frozen=True)
class Means:
    """Spending and GDP of the power, its allies and those who might attack them, in the last year that is known."""

    year: int
    spending: Mapping[str, float]
    """By ISO-3 code. MUSD"""
    gdp: Mapping[str, float]
    """By ISO-3 code. MUSD"""
    sources: tuple[str, ...]

    @property
    def effort(self) -> float:
        """The power's military spending as a share of its GDP."""
        return self.spending[POWER] / self.gdp[POWER]

    def added(self, hedgers: tuple[str, ...], delta: float) -> float:
        """Extra arms of allies, each ``delta`` of its GDP, as a share of the power's GDP."""
        return delta * sum(self.gdp[code] for code in hedgers if code in self.gdp) / self.gdp[POWER]

    def overextension(self, hedgers: tuple[str, ...], delta: float, threat: float) -> float:
        """The ratio of promises to means, where some allies have added arms.

        Args:
            hedgers: who has.
            delta: share of its GDP that each has added.
            threat: where the ranges of attack, reach and help are read: 0 makes the ratio small, 1 large.
        """
        needed = []
        for one in COMMITMENTS:
            allies = self._allies(one)
            own = [self.spending[a] + (delta * self.gdp.get(a, 0.0) if a in hedgers else 0.0) for a in allies]
            needed.append((_at(one.probability, threat), self._shortfall(one, np.array(own), threat)))
        return overextension(needed, self.spending[POWER], _at(CONTINGENCIES, threat))

    def gap(self, ally: str, threat: float) -> float | None:
        """What an ally would have to add to hold without the power, as a share of its GDP; None for no ally.

        Args:
            ally: ISO-3 code.
            threat: where the ranges of reach and help are read: 0 makes the gap small, 1 large.
        """
        for one in COMMITMENTS:
            allies = self._allies(one)
            if ally in allies and ally in self.gdp:
                means = np.array([self.spending[code] for code in allies])
                missing = self._shortfall(one, means, threat)[allies.index(ally)]
                return float(missing / self.gdp[ally])
        return None

    def _allies(self, commitment: Commitment) -> list[str]:
        return [code for code in commitment.protected(self.year) if code in self.spending]

    def _shortfall(self, commitment: Commitment, means: Array, threat: float) -> Array:
        reach = _at(commitment.reach, threat) * self.spending[commitment.rival]
        return shortfall(reach, means, _at(commitment.help, threat))


def means_of(power: Party) -> Means | None:
    """The means of a power; None for one whose promises are not at hand."""
    if power.members != (POWER,):
        return None
    evidence = embedded_evidence()
    military, gdp = evidence.table(MILITARY), evidence.table(GDP)
    years = set(gdp.frame.loc[gdp.frame["actor"] == POWER, "year"])
    year = max(int(y) for y in military.frame.loc[military.frame["actor"] == POWER, "year"] if y in years)
    codes = tuple(sorted({*military.frame["actor"]}))
    spent, made = by_actor(military, codes, year, "musd"), by_actor(gdp, codes, year)
    return Means(
        year,
        {code: float(value) for code, value in zip(codes, spent, strict=True) if np.isfinite(value)},
        {code: float(value) for code, value in zip(codes, made, strict=True) if np.isfinite(value)},
        tuple(dict.fromkeys([*military.origin.sources, *gdp.origin.sources])),
    )


def _at(ends: Ends, place: float) -> float:
    value, low, high = ends
    return float(np.interp(place, (0.0, 0.5, 1.0), (low, value, high)))
