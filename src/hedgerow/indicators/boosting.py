"""Boosting: seats in forums and a position of one's own in the General Assembly, a proxy of voting and not of voice."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from hedgerow.data.politics import states_in
from hedgerow.indicators.declare import Indicator, Lineage, Per
from hedgerow.indicators.element import FIRST, MARSTON, NO_RANGE, POWERS, WINDOW, Element, levels, place, wide
from hedgerow.indicators.evidence import IDEAL_POINTS, ORGANISATIONS, SEATS, Evidence, Table, by_actor
from hedgerow.indicators.frames import Array, Estimate, Label, joined, rows
from hedgerow.indicators.geopolitics import distance_bounds, distances


def apart(distance: Array, actors: tuple[str, ...]) -> Array:
    """``min(|ip_n − ip_US|, |ip_n − ip_CN|)`` (47): how far from the nearer of the two powers; NaN for these. [actor]

    Args:
        distance: of positions, NaN where one is unknown. [actor, actor]
        actors: their codes. NaN everywhere where a power has no position.
    """
    labels = np.array(actors)
    if not set(POWERS) <= set(actors):
        return np.full(len(actors), np.nan)
    nearest: Array = np.stack([distance[:, labels == power][:, 0] for power in POWERS]).min(axis=0)
    return np.where(np.isin(labels, POWERS), np.nan, nearest)


def _points(table: Table) -> tuple[tuple[str, ...], list[int]]:
    years = sorted({int(year) for year in table.frame["year"].unique()})
    return tuple(sorted(set(table.frame["actor"]))), [year for year in years if year >= FIRST]


def _position(evidence: Evidence) -> pd.DataFrame:
    table = evidence.table(IDEAL_POINTS)
    actors, years = _points(table)

    def measured(year: int) -> Estimate:
        value, low, high = (by_actor(table, actors, year, column) for column in ("value", "low", "high"))
        among = apart(distances(value), actors)
        ends = (place(apart(found, actors), among) for found in distance_bounds(low, high))
        return Estimate(place(among, among), *ends)

    return joined(rows(actors, measured(year), Label(table.id, year, (table.origin,))) for year in years)


def _movement(evidence: Evidence) -> pd.DataFrame:
    table = evidence.table(IDEAL_POINTS)
    actors, years = _points(table)

    def at(year: int) -> Array:
        among = apart(distances(by_actor(table, actors, year)), actors)
        return place(among, among)

    return joined(
        rows(
            actors, Estimate(at(year) - at(year - WINDOW)), Label(table.id, year, (table.origin,), since=year - WINDOW)
        )
        for year in years
        if year - WINDOW >= FIRST
    )


def _memberships(evidence: Evidence) -> pd.DataFrame:
    table = evidence.table(ORGANISATIONS)
    return joined(levels(wide(table.frame, "memberships"), table))


def _seats(evidence: Evidence) -> pd.DataFrame:
    """As the lists are whole, a state without a seat has a zero."""
    table = evidence.table(SEATS)
    held = table.frame
    number = {
        year: held[held["year"] == year].groupby("actor").size().reindex(states_in(year), fill_value=0)
        for year in sorted(set(held["year"]))
        if year >= FIRST
    }
    return joined(levels(pd.DataFrame(number).T.astype(float), table))


_declared = partial(Indicator, family=Element.BOOSTING.value, per=Per.ACTOR, high=np.inf)
_POSITIONS = "Bailey, Strezhnev and Voeten (2017), Journal of Conflict Resolution 61(2), for positions"
_NOT_VOICE = "A proxy of voting position, not of voice: it knows neither who proposes nor who is heard."

BOOSTING: tuple[Indicator, ...] = (
    _declared(
        id="boosting-memberships",
        title="Memberships of organisations",
        unit="organisations",
        low=0.0,
        formula="number of full memberships",
        reading="Larger: a member of more organisations.",
        lineage=Lineage.PUBLISHED,
        reference=f"Correlates of War, intergovernmental organisations, version 3. {MARSTON}",
        inputs=(ORGANISATIONS,),
        uncertainty=NO_RANGE,
        compute=_memberships,
        caution="Ends in 2014. Technical bodies count as much as political ones.",
    ),
    _declared(
        id="boosting-seats",
        title="Seats in forums",
        unit="seats",
        low=0.0,
        formula="number of seats on the last day of the year",
        reading="Larger: a seat in more forums, among them the Security Council.",
        lineage=Lineage.OURS,
        reference=MARSTON,
        inputs=(SEATS,),
        uncertainty=NO_RANGE,
        compute=_seats,
        caution="Security Council, G7, G20, APEC, BRICS, SCO, Quad, IPEF, New Development Bank: no others are counted.",
    ),
    Indicator(
        id="boosting-position",
        title="Votes apart from both powers: place among states",
        family=Element.BOOSTING.value,
        per=Per.ACTOR,
        unit="fraction",
        low=0.0,
        high=1.0,
        formula="place among states by min(|ip − ip_US|, |ip − ip_CN|)",
        reading="Larger: votes less like either power than others do.",
        lineage=Lineage.PROXY,
        reference=f"{_POSITIONS}; the distance from the nearer power and the place are ours. {MARSTON}",
        inputs=(IDEAL_POINTS,),
        uncertainty="Low and high: every position anywhere in its own interval, the nearest and the farthest case.",
        compute=_position,
        caution=f"{_NOT_VOICE} A place, because the powers move too: China alone did by far in 2022.",
    ),
)
"""Indicators of this element that are scored."""
MOVEMENT = Indicator(
    id="boosting-movement",
    title="Movement away from both powers over five years",
    family=Element.BOOSTING.value,
    per=Per.ACTOR,
    unit="fraction",
    low=-1.0,
    high=1.0,
    formula="Δ₅ place among states by min(|ip − ip_US|, |ip − ip_CN|)",
    reading="Above 0: votes are farther from the nearer power, beside those of others, than five years before.",
    lineage=Lineage.PROXY,
    reference=f"{_POSITIONS}; the change of the place is ours. {MARSTON}",
    inputs=(IDEAL_POINTS,),
    uncertainty="None given: intervals of positions in two years are not independent.",
    compute=_movement,
    caution=f"{_NOT_VOICE} Shown and not scored: a move is no level.",
)
