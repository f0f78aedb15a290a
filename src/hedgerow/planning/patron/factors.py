"""Everything about a power's payoff that no source decides, with a range and a reason for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from hedgerow.trade.economy import Array

__all__ = ["FACTORS", "Factor", "Point", "cube"]


@dataclass(frozen=True)
class Factor:
    """One assumption. All are ours."""

    id: str
    label: str
    low: float
    central: float
    high: float
    unit: str
    why: str
    trade: bool = False
    """Whether it changes equilibria of trade, so that another value needs another solve."""

    def at(self, place: float) -> float:
        """The value at a place in the range: 0 the low end, 0.5 the centre, 1 the high end."""
        return float(np.interp(place, (0.0, 0.5, 1.0), (self.low, self.central, self.high)))


_HALF = "our strategy vectors are meant with half more and half less"

FACTORS: Final = (
    Factor("ally", "tariff on allies, times", 0.5, 1.0, 1.5, "factor", _HALF, trade=True),
    Factor("rival", "tariff on rivals, times", 0.5, 1.0, 1.5, "factor", _HALF, trade=True),
    Factor("other", "tariff on others, times", 0.5, 1.0, 1.5, "factor", _HALF, trade=True),
    Factor("reliability", "reliability, times", 0.5, 1.0, 1.5, "factor", f"{_HALF}; at most 1"),
    Factor("burden", "burden asked of partners, times", 0.5, 1.0, 1.5, "factor", f"{_HALF}; at most 1"),
    Factor(
        "agreements", "effect of agreements", 0.0, 0.5, 1.0, "place in its range",
        "0 the low, 1 the high end of the range of a plan", trade=True,
    ),
    Factor("elasticity", "elasticities", 0.0, 0.25, 1.0, "published below 0.5, else 4",
           "the two readings of every page", trade=True),
    Factor("answer", "answers in kind", 0.0, 0.25, 1.0, "none below 0.5, else everyone",
           "whether all who are charged answer the power's tariffs", trade=True),
    Factor("omega", "ω, military spending that serves commitments", 0.2, 0.4, 0.6, "share",
           "forces for others' defence are not told apart from those for one's own"),
    Factor("take-up", "part of the burden asked that partners take over", 0.0, 0.2, 0.5, "share",
           "how far asking raises what partners spend is disputed"),
    Factor("delta", "δ, arms an ally adds when it hedges", 0.0, 0.005, 0.015, "share of its GDP",
           "from none to the 3.5 % of GDP that NATO agreed on in The Hague in 2025, from about 2 %"),
    Factor("offset", "power's saving for a dollar of allied arms", 0.0, 0.2, 0.6, "dollars",
           "whether allied arms replace the power's or add to them is disputed"),
    Factor("kappa", "κ, yearly cost of an overextension of 1", 0.0, 0.005, 0.02, "share of income",
           "what promises beyond the means cost is known only afterwards"),
    Factor("psi", "ψ, worth of being able to take a unit of the others' income", 0.0, 0.1, 0.3, "share of income",
           "leverage is worth nothing to those who never use it"),
    Factor("threat", "attack, reach and help behind the overextension ratio", 0.0, 0.5, 1.0, "place in their ranges",
           "the ranges of the indicator of overextension, all moved together"),
)  # fmt: skip
"""The central place of the two switches is the published elasticities and no answer."""


@dataclass(frozen=True)
class Point:
    """A place in every range."""

    places: tuple[float, ...]
    """In the order of :data:`FACTORS`."""

    @classmethod
    def centre(cls) -> Point:
        """Everything at its central value; the switches at their first."""
        return cls(tuple(0.25 if f.id in ("elasticity", "answer") else 0.5 for f in FACTORS))

    def with_(self, name: str, place: float) -> Point:
        """The same with one assumption elsewhere."""
        at = _place(name)
        return Point((*self.places[:at], place, *self.places[at + 1 :]))

    def place(self, name: str) -> float:
        """Where an assumption is read."""
        return self.places[_place(name)]

    def value(self, name: str) -> float:
        """The value of an assumption."""
        return FACTORS[_place(name)].at(self.place(name))

    @property
    def of_trade(self) -> tuple[float, ...]:
        """The places that decide equilibria."""
        return tuple(place for place, factor in zip(self.places, FACTORS, strict=True) if factor.trade)


def cube(count: int, *, seed: int) -> tuple[Point, ...]:
    """Points of a Latin hypercube over all ranges (McKay, Beckman and Conover 1979)."""
    from scipy.stats import qmc  # takes a third of a second to load, and the centre needs none of it

    unit: Array = qmc.LatinHypercube(len(FACTORS), seed=np.random.default_rng(seed)).random(count)
    return tuple(Point(tuple(float(u) for u in row)) for row in unit)


def _place(name: str, factors: Sequence[Factor] = FACTORS) -> int:
    return [factor.id for factor in factors].index(name)
