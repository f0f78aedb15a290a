"""Yearly trade between all pairs, seen from each actor: the evidence that the economic families share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

import numpy as np
import numpy.typing as npt

from hedgerow.dims import REST_OF_WORLD
from hedgerow.indicators.frames import Array, Label
from hedgerow.provenance import Origin
from hedgerow.world.memberships import members_on, organisations
from hedgerow.world.partnerships import PartnershipKind

Mask = npt.NDArray[np.bool_]

HORIZON = 5
"""Years over which a change of partners is measured."""
_NEAR = 1
"""A series that lacks the year at the horizon takes one this far from it: four-yearly tables give four years."""


class Side(StrEnum):
    """Which trade of an actor counts."""

    EXPORTS = "exports"
    IMPORTS = "imports"
    TRADE = "exports and imports"


@dataclass(frozen=True, eq=False)
class TradeSeries:
    """Trade between all pairs of actors in the years of one source: comparable from year to year.

    Raises nothing; years without any flow are dropped, so that an empty year changes nothing.
    """

    id: str
    title: str
    actors: tuple[str, ...]
    years: tuple[int, ...]
    flow: Array
    """[year, exporter, importer] MUSD; the diagonal holds sales at home. NaN: not observed, zero: reported as zero."""
    origin: Origin

    def __post_init__(self) -> None:
        kept = np.array([bool(np.isfinite(year).any()) for year in self.flow], dtype=bool)
        object.__setattr__(self, "flow", self.flow[kept])
        object.__setattr__(self, "years", tuple(y for y, keep in zip(self.years, kept, strict=True) if keep))

    @property
    def named(self) -> Mask:
        """False for the rest of the world, which stands for many partners at once. [actor]"""
        return np.array([code != REST_OF_WORLD for code in self.actors])

    def ties(self, side: Side) -> Array:
        """Trade with each partner; NaN with oneself. [year, actor, partner] MUSD"""
        exports = np.where(np.eye(len(self.actors), dtype=bool), np.nan, self.flow)
        imports = exports.swapaxes(1, 2)
        if side is Side.TRADE:
            return total(np.stack([exports, imports]), axis=0)
        return exports if side is Side.EXPORTS else imports

    def label(self, at: int, *, power: str = "", since: int | None = None, beside: Sequence[Origin] = ()) -> Label:
        """The label of the values of the year at position ``at``; ``beside`` are further origins they rest on."""
        back = 0 if since is None else self.years[since]
        return Label(self.id, self.years[at], (self.origin, *beside), power, since=back)

    def of_actors(self, values: Array) -> Array:
        """The same values without those of the rest of the world, which is no actor. [actor]"""
        return np.where(self.named, values, np.nan)

    def members(self, power: str, year: int) -> Mask:
        """Which actors are the power, or belonged to it at the end of the year where it is a bloc. [actor]"""
        return np.isin(np.array(self.actors), np.array(bloc_members(power, year)))

    def changes(self, horizon: int = HORIZON) -> Iterator[tuple[int, int]]:
        """Positions of each year and of the year nearest to ``horizon`` years before it."""
        for at, year in enumerate(self.years):
            near = [k for k in range(at) if abs(year - horizon - self.years[k]) <= _NEAR]
            if near:
                yield at, min(near, key=lambda k: (abs(year - horizon - self.years[k]), self.years[k]))

    def steps(self) -> Iterator[tuple[int, int]]:
        """Positions of each year and of the one before it in the series."""
        return ((at, at - 1) for at in range(1, len(self.years)))


@cache
def bloc_members(power: str, year: int) -> tuple[str, ...]:
    """A power's own code, or the members of a bloc at the end of a year."""
    known = organisations().get(power)
    if known is None or known.kind is not PartnershipKind.BLOC:
        return (power,)
    return members_on(date(year, 12, 31), power)


def total(values: Array, axis: int = -1) -> Array:
    """Sum over what was observed; NaN where nothing was."""
    seen = np.isfinite(values)
    summed: Array = np.where(seen, values, 0.0).sum(axis=axis)
    return np.where(seen.any(axis=axis), summed, np.nan)


def ratio(part: Array, whole: Array) -> Array:
    """``part / whole``; NaN where the whole is not above zero or either is missing."""
    with np.errstate(invalid="ignore"):
        known = whole > 0
    return np.where(known, part / np.where(known, whole, 1.0), np.nan)


def shares(ties: Array) -> Array:
    """``s_p``: each partner's part of an actor's trade; sums to 1 over partners. [..., actor, partner]"""
    return ratio(ties, total(ties)[..., None] * np.ones(ties.shape[-1]))


def toward(ties: Array, members: Mask) -> Array:
    """Trade of each actor with a power; NaN for the power itself. [..., actor, partner] to [..., actor]"""
    found = total(np.where(members, ties, np.nan))
    return np.where(members, np.nan, found)


Measure = Callable[[Array], Array]
"""From trade [actor, partner] to one value an actor."""
