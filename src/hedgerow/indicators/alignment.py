"""Positions in the General Assembly: where a state stands, how far from a power, and how far it moved in a year."""

from __future__ import annotations

import numpy as np
import pandas as pd

from hedgerow.indicators.declare import Indicator, Lineage, Per
from hedgerow.indicators.evidence import IDEAL_POINTS, Evidence, Table, by_actor
from hedgerow.indicators.frames import Array, Estimate, Label, Rows, joined, rows
from hedgerow.indicators.geopolitics import distance_bounds
from hedgerow.indicators.ties import Mask, bloc_members
from hedgerow.provenance import Status

ENDS = ("value", "low", "high")


def distance_to_power(position: Array, low: Array, high: Array, members: Mask) -> tuple[Array, Array, Array]:
    """``|ip_n − ip_h|`` (33), with the least and greatest that the intervals of both positions allow.

    Source: M. A. Bailey, A. Strezhnev and E. Voeten (2017). The position of a bloc is the mean of its members'.

    Args:
        position: ideal points; NaN where unknown. [actor]
        low: lower ends of their intervals. [actor]
        high: upper ends of their intervals. [actor]
        members: who is the power. [actor]

    Returns:
        Distance, least, greatest, each [actor]; NaN for the power itself, and for all where it has no position.
    """
    if not (members & np.isfinite(position)).any():
        nothing = np.full(len(position), np.nan)
        return nothing, nothing, nothing
    there = [np.r_[np.where(members, np.nan, ends), np.nanmean(ends[members])] for ends in (position, low, high)]
    least, most = distance_bounds(there[1], there[2])
    return np.abs(there[0][:-1] - there[0][-1]), least[:-1, -1], most[:-1, -1]


def change_bounds(old: tuple[Array, Array, Array], new: tuple[Array, Array, Array]) -> tuple[Array, Array, Array]:
    """``ip_t − ip_{t−1}`` (34), with both positions anywhere in their intervals.

    Args:
        old: position, low and high of the earlier year, each [actor].
        new: the same of the later year.

    Returns:
        Change, least and greatest, each [actor].
    """
    return new[0] - old[0], new[1] - old[2], new[2] - old[1]


def _years(table: Table) -> list[int]:
    return [int(year) for year in sorted(table.frame["year"].unique())]


def _actors(table: Table, year: int) -> tuple[str, ...]:
    return tuple(sorted(table.frame.loc[table.frame["year"] == year, "actor"]))


def _ends(table: Table, actors: tuple[str, ...], year: int) -> tuple[Array, Array, Array]:
    value, low, high = (by_actor(table, actors, year, column) for column in ENDS)
    return value, low, high


def _position(evidence: Evidence) -> pd.DataFrame:
    points = evidence.table(IDEAL_POINTS)

    def block(year: int) -> Rows:
        actors, label = _actors(points, year), Label(points.id, year, (points.origin,))
        return rows(actors, Estimate(*_ends(points, actors, year)), label, least=Status.PUBLISHED)

    return joined(block(year) for year in _years(points))


def _distance(evidence: Evidence) -> pd.DataFrame:
    points = evidence.table(IDEAL_POINTS)

    def blocks(year: int) -> list[Rows]:
        actors = _actors(points, year)
        ends = _ends(points, actors, year)
        powers = {power: np.isin(np.array(actors), bloc_members(power, year)) for power in evidence.powers}
        return [
            rows(actors, Estimate(*distance_to_power(*ends, members)), Label(points.id, year, (points.origin,), power))
            for power, members in powers.items()
        ]

    return joined(block for year in _years(points) for block in blocks(year))


def _change(evidence: Evidence) -> pd.DataFrame:
    points = evidence.table(IDEAL_POINTS)

    def block(year: int) -> Rows:
        actors = _actors(points, year)
        found = change_bounds(_ends(points, actors, year - 1), _ends(points, actors, year))
        return rows(actors, Estimate(*found), Label(points.id, year, (points.origin,), since=year - 1))

    years = _years(points)
    return joined(block(year) for year in years if year - 1 in years)


_REFERENCE = "Bailey, Strezhnev and Voeten (2017), Journal of Conflict Resolution 61(2)"
_CAUTION = (
    "Votes in the General Assembly are one view of politics, and mostly of one divide; positions of one release do not "
    "compare with another's."
)
_ANYWHERE = (
    "Low and high: each position anywhere in its own interval (5 to 95 per cent), the nearest and farthest case."
)


ALIGNMENT: tuple[Indicator, ...] = (
    Indicator(
        id="ideal-point",
        title="Position in the General Assembly",
        family="alignment",
        per=Per.ACTOR,
        unit="ideal-point units",
        low=-np.inf,
        high=np.inf,
        formula="ip_n, as estimated from votes",
        reading="Higher: nearer to the order led by the United States.",
        lineage=Lineage.PUBLISHED,
        reference=f"{_REFERENCE}; release of July 2025.",
        inputs=(IDEAL_POINTS,),
        uncertainty="Low and high: the 5 and 95 per cent quantiles that the source publishes.",
        compute=_position,
        caution=_CAUTION,
    ),
    Indicator(
        id="ideal-point-distance",
        title="Distance to a power in the General Assembly",
        family="alignment",
        per=Per.TOWARD,
        unit="ideal-point units",
        low=0.0,
        high=np.inf,
        formula="|ip_n − ip_h|",
        reading="Larger: the state votes unlike the power. A bloc stands at the mean of its members.",
        lineage=Lineage.PUBLISHED,
        reference=f"{_REFERENCE}.",
        inputs=(IDEAL_POINTS,),
        uncertainty=_ANYWHERE,
        compute=_distance,
        caution=_CAUTION,
    ),
    Indicator(
        id="ideal-point-change",
        title="Change of position in the General Assembly",
        family="alignment",
        per=Per.ACTOR,
        unit="ideal-point units",
        low=-np.inf,
        high=np.inf,
        formula="ip_t − ip_{t−1}",
        reading="Above 0: nearer to the order led by the United States than a year before.",
        lineage=Lineage.OURS,
        reference=f"Difference of the positions of {_REFERENCE}.",
        inputs=(IDEAL_POINTS,),
        uncertainty=_ANYWHERE,
        compute=_change,
        caution=f"{_CAUTION} The source smooths over the years, so a turn may show a year early or late.",
    ),
)
"""Indicators of this family that rest on positions."""
