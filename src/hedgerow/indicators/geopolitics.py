"""Geopolitical distance of trade: how far from an actor's own position the partners stand that carry its trade."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd

from hedgerow.indicators.declare import Indicator, Lineage, Per
from hedgerow.indicators.evidence import IDEAL_POINTS, TRADE, Evidence, Table, by_actor
from hedgerow.indicators.frames import Array, Estimate, joined, rows
from hedgerow.indicators.ties import Side, TradeSeries, shares, total

LEAST_COVERED = 0.8
"""Partners with a known position must carry this part of an actor's trade, or there is no value."""


def distance_of_trade(share: Array, distance: Array) -> Array:
    """``GD_n = Σ_j s_nj |ip_n − ip_j|`` (17): mean distance to partners, weighted by trade.

    Source: the geopolitical distance of trade of the McKinsey Global Institute (2024), with positions after M. A.
    Bailey, A. Strezhnev and E. Voeten (2017). Shares are taken among partners whose position is known.

    Args:
        share: parts of trade. [actor, partner]
        distance: between positions; NaN where one is unknown. [actor, partner]
    """
    known = np.where(np.isfinite(distance), share, np.nan)
    return np.where(total(known) >= LEAST_COVERED, total(shares(known) * distance), np.nan)


def change_by_partners(before: Array, after: Array, old: Array, new: Array) -> tuple[Array, Array]:
    """``ΔGD = Σ Δs·d̄ + Σ s̄·Δd`` exactly (18): trade that moved, and partners that moved.

    Args:
        before: shares of the earlier year, 0 where there is no trade. [actor, partner]
        after: shares of the later year.
        old: distances of the earlier year. [actor, partner]
        new: distances of the later year.

    Returns:
        The part of reallocation and the part of positions, each [actor].
    """
    moved = total((after - before) * (old + new) / 2)
    shifted = total((before + after) / 2 * (new - old))
    return moved, shifted


def distances(position: Array) -> Array:
    """``|ip_n − ip_j|``. [actor] to [actor, partner]"""
    return np.abs(position[:, None] - position[None, :])


def distance_bounds(low: Array, high: Array) -> tuple[Array, Array]:
    """Least and greatest distance of two positions, each anywhere between its ends. [actor] to [actor, partner]"""
    least = np.maximum(0.0, np.maximum(low[:, None] - high[None, :], low[None, :] - high[:, None]))
    most = np.maximum(high[:, None] - low[None, :], high[None, :] - low[:, None])
    return least, most


def _level(evidence: Evidence, side: Side) -> pd.DataFrame:
    points = evidence.table(IDEAL_POINTS)

    def measure(series: TradeSeries, at: int) -> Estimate:
        share, year = shares(series.ties(side)[at]), series.years[at]
        position, low, high = (by_actor(points, series.actors, year, c) for c in ("value", "low", "high"))
        found = [distance_of_trade(share, d) for d in (distances(position), *distance_bounds(low, high))]
        return Estimate(*(series.of_actors(values) for values in found))

    return joined(
        rows(series.actors, measure(series, at), series.label(at, beside=(points.origin,)))
        for series in evidence.trade
        for at in range(len(series.years))
    )


def _comparable(series: TradeSeries, at: int, back: int, points: Table) -> tuple[Array, Array, Array, Array]:
    """Shares and distances of two years among partners whose trade and position are known in both."""
    pair = series.pair(at, back, Side.TRADE)
    old, new = (distances(by_actor(points, series.actors, series.years[k])) for k in (back, at))
    known = np.isfinite(old) & np.isfinite(new)
    covered = [total(np.where(known, shares(ties), np.nan)) >= LEAST_COVERED for ties in pair]
    known = known & (covered[0] & covered[1])[:, None]
    before, after = (shares(np.where(known, ties, np.nan)) for ties in pair)
    return before, after, old, new


def _change(evidence: Evidence, pick: Callable[[tuple[Array, Array]], Array]) -> pd.DataFrame:
    points = evidence.table(IDEAL_POINTS)
    return joined(
        rows(
            series.actors,
            Estimate(series.of_actors(pick(change_by_partners(*_comparable(series, at, back, points))))),
            series.label(at, since=back, beside=(points.origin,)),
        )
        for series in evidence.trade
        for at, back in series.changes()
    )


def _moved(parts: tuple[Array, Array]) -> Array:
    return parts[0]


def _shifted(parts: tuple[Array, Array]) -> Array:
    return parts[1]


_REFERENCE = (
    "McKinsey Global Institute (2024), Geopolitics and the geometry of global trade, which scales positions 0 to 10; "
    "positions as estimated by Bailey, Strezhnev and Voeten (2017), Journal of Conflict Resolution 61(2)."
)
_CAUTION = (
    "Votes in the General Assembly are one view of politics; positions of one release do not compare with another's."
)
_INPUTS = (TRADE, IDEAL_POINTS)


def _distance(side: Side, name: str, title: str) -> Indicator:
    return Indicator(
        id=f"{name}-geopolitical-distance",
        title=f"{title}: geopolitical distance",
        family="geopolitics of trade",
        per=Per.ACTOR,
        unit="ideal-point units",
        low=0.0,
        high=np.inf,
        formula="GD_n = Σ_j s_nj |ip_n − ip_j|",
        reading="Larger: trade is with partners that vote unlike the actor.",
        lineage=Lineage.ADAPTED,
        reference=_REFERENCE,
        inputs=_INPUTS,
        uncertainty="Low and high: every position anywhere in its own interval, the nearest and the farthest case.",
        compute=partial(_level, side=side),
        caution=_CAUTION,
    )


def _part(name: str, title: str, formula: str, reading: str, pick: Callable[[tuple[Array, Array]], Array]) -> Indicator:
    return Indicator(
        id=name,
        title=title,
        family="geopolitics of trade",
        per=Per.ACTOR,
        unit="ideal-point units",
        low=-np.inf,
        high=np.inf,
        formula=formula,
        reading=reading,
        lineage=Lineage.OURS,
        reference="Exact split of a change of weighted means.",
        inputs=_INPUTS,
        uncertainty="None given: intervals of positions in two years are not independent.",
        compute=partial(_change, pick=pick),
        caution=_CAUTION,
    )


GEOPOLITICS: tuple[Indicator, ...] = (
    _distance(Side.EXPORTS, "exports", "Exports"),
    _distance(Side.IMPORTS, "imports", "Imports"),
    _distance(Side.TRADE, "trade", "Trade"),
    _part(
        "distance-moved-by-trade",
        "Change of geopolitical distance: trade that moved",
        "Σ_j Δs_nj d̄_nj over five years (four where the source is four-yearly)",
        "Below 0: trade moved to partners that vote more like the actor.",
        _moved,
    ),
    _part(
        "distance-moved-by-politics",
        "Change of geopolitical distance: partners that moved",
        "Σ_j s̄_nj Δd_nj over five years (four where the source is four-yearly)",
        "Below 0: the partners of old came nearer to the actor, without any trade moving.",
        _shifted,
    ),
)
"""Indicators of this family."""
