"""Yearly trade between all pairs, seen from each actor: the evidence that the economic families share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
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

    Years without any flow are dropped, so that an empty year changes nothing.
    """

    id: str
    title: str
    actors: tuple[str, ...]
    years: tuple[int, ...]
    flow: Array
    """[year, exporter, importer] MUSD; the diagonal holds sales at home. NaN: not observed, zero: reported as zero."""
    origin: Origin
    _ties: dict[Side, Array] = field(default_factory=dict, repr=False, init=False)
    _pairs: dict[tuple[int, int, Side], tuple[Array, Array]] = field(default_factory=dict, repr=False, init=False)

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
        if side not in self._ties:
            self._ties[side] = ties(self.flow, side)
        return self._ties[side]

    def pair(self, at: int, back: int, side: Side) -> tuple[Array, Array]:
        """Trade in an earlier and a later year with what was observed in both: like with like. [actor, partner]"""
        if (at, back, side) not in self._pairs:
            both = np.isfinite(self.flow[at]) & np.isfinite(self.flow[back])
            old, new = (ties(np.where(both, self.flow[k], np.nan), side) for k in (back, at))
            self._pairs[at, back, side] = old, new
        return self._pairs[at, back, side]

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


@cache
def bloc_members(power: str, year: int) -> tuple[str, ...]:
    """A power's own code, or the members of a bloc at the end of a year."""
    known = organisations().get(power)
    if known is None or known.kind is not PartnershipKind.BLOC:
        return (power,)
    return members_on(date(year, 12, 31), power)


def ties(flow: Array, side: Side) -> Array:
    """Trade of each actor with each partner, NaN with itself. [..., exporter, importer] to [..., actor, partner]

    An actor of which only exports or only imports were observed has no trade: half would pass for the whole.
    """
    exports = np.where(np.eye(flow.shape[-1], dtype=bool), np.nan, flow)
    imports = exports.swapaxes(-1, -2)
    if side is Side.TRADE:
        whole = np.isfinite(exports).any(axis=-1, keepdims=True) & np.isfinite(imports).any(axis=-1, keepdims=True)
        return np.where(whole, total(np.stack([exports, imports]), axis=0), np.nan)
    return exports if side is Side.EXPORTS else imports


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
    """``s_p`` (1): each partner's part of an actor's trade; sums to 1 over partners. [..., actor, partner]"""
    return ratio(ties, total(ties)[..., None] * np.ones(ties.shape[-1]))


def toward(ties: Array, members: Mask) -> Array:
    """Trade of each actor with a power; NaN for the power itself. [..., actor, partner] to [..., actor]"""
    found = total(np.where(members, ties, np.nan))
    return np.where(members, np.nan, found)
