"""Indicators of the four elements of hedging from the tables that ship, and which of them belong to which element.

Blunting, broadening, boosting and binding are the four ways to hedge of H. Marston (9DASHLINE, 1 July 2025). None of
the measures below is his: each says what it stands in for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from functools import partial

import numpy as np
import pandas as pd

from hedgerow.data.yearly import population
from hedgerow.indicators.concentration import effective_partners, herfindahl
from hedgerow.indicators.declare import Indicator, Lineage, Per
from hedgerow.indicators.evidence import IDEAL_POINTS, TRADE, Evidence
from hedgerow.indicators.frames import Array, Estimate, Label, joined, rows
from hedgerow.indicators.ties import Side, shares
from hedgerow.provenance import Origin, Status
from hedgerow.world.memberships import CHECKED_TO, memberships


class Element(StrEnum):
    """The four ways to hedge: H. Marston, 9DASHLINE, 1 July 2025."""

    BLUNTING = "blunting"
    """Own military strength."""
    BROADENING = "broadening"
    """More partners, outside the two powers."""
    BOOSTING = "boosting"
    """A place in forums and in the General Assembly."""
    BINDING = "binding"
    """Ties with each of the two powers; ties to one side alone do not count."""


POWERS = ("USA", "CHN")
"""The powers between which states hedge."""
FORUMS = ("G7", "G20", "APEC", "BRICS", "SCO", "QUAD", "NDB")
"""Forums and banks whose list of members is complete, so that absence means that a state is not in it."""
INFLATION = 0.02
"""Assumed rise of dollar prices in a year, as in ``us_plus``."""
FIRST = 1995
"""First year measured here."""

_SPENDING, _FORCES, _AGREEMENTS = "military-spending", "armed-forces", "trade-agreements"
_VOTES, _SHARED, _TREATIES = "vote-agreement", "organisation-counts", "treaty-counts"
_BINDING = (_AGREEMENTS, _VOTES, _SHARED, _TREATIES)


def harmonic(one: Array, other: Array) -> Array:
    """``2 b_US b_CN / (b_US + b_CN)``: ties to one side alone do not count; 0 where there are none. [actor]"""
    total = one + other
    return np.where(total > 0, 2 * one * other / np.where(total > 0, total, 1.0), np.where(total == 0, 0.0, np.nan))


def without(ties: Array, actors: tuple[str, ...], powers: tuple[str, ...] = POWERS) -> Array:
    """Ties with everyone but the powers. [actor, partner]"""
    return np.where(np.isin(np.array(actors), powers), np.nan, ties)


def _by_year(evidence: Evidence, name: str, column: str, *, change: bool = False) -> pd.DataFrame:
    """A column of a table, or five-year growth of its logarithm at assumed prices."""
    table = evidence.table(name)
    wide = table.frame.pivot(index="year", columns="actor", values=column).astype(float)
    wide = wide.reindex(range(FIRST - 5, int(wide.index.max()) + 1))
    if change:
        logs: pd.DataFrame = wide.where(wide > 0).map(np.log)
        wide = logs - logs.shift(5) - 5 * np.log1p(INFLATION)
    least = Status.ASSUMED if change else Status.DERIVED
    return joined(
        rows(
            list(wide.columns),
            Estimate(wide.loc[year].to_numpy()),
            Label(name, int(year), (table.origin,), since=int(year) - 5 if change else 0),
            least=least,
        )
        for year in wide.index
        if year >= FIRST
    )


def _forces(evidence: Evidence) -> pd.DataFrame:
    found = _by_year(evidence, _FORCES, "value")
    parts = []
    for year in found["year"].unique():
        frame, (people, _) = found[found["year"] == year], population(int(year))
        parts.append(frame.assign(value=1000 * frame["value"] / people.reindex(frame["actor"]).to_numpy()))
    return pd.concat(parts, ignore_index=True).dropna(subset="value") if parts else found


def _partners(evidence: Evidence, side: Side) -> pd.DataFrame:
    def measure(ties: Array, actors: tuple[str, ...]) -> Array:
        return effective_partners(herfindahl(shares(without(ties, actors))))

    return joined(
        rows(
            series.actors,
            Estimate(series.of_actors(measure(series.ties(side)[at], series.actors))),
            series.label(at),
        )
        for series in evidence.trade
        for at in range(len(series.years))
    )


def _agreements(evidence: Evidence) -> pd.DataFrame:
    table = evidence.table(_AGREEMENTS)
    pairs = table.frame
    both = pd.concat([pairs, pairs.rename(columns={"actor": "partner", "partner": "actor"})])
    both = both[~both["partner"].isin(POWERS)]
    actors = sorted(set(both["actor"]))
    parts = []
    for year in range(FIRST, CHECKED_TO.year + 1):
        number = both[both["since"] <= year].groupby("actor").size().reindex(actors, fill_value=0).astype(float)
        parts.append(
            rows(actors, Estimate(np.asarray(number, dtype=np.float64)), Label(_AGREEMENTS, year, (table.origin,)))
        )
    return joined(parts)


def _seats(evidence: Evidence) -> pd.DataFrame:
    table = evidence.table(IDEAL_POINTS)
    actors = sorted(set(table.frame["actor"]))
    origin = Origin(Status.PUBLISHED, ("memberships",), "Seats in forums on the last day of the year.")
    parts = []
    for year in range(FIRST, CHECKED_TO.year + 1):
        day = min(date(year, 12, 31), CHECKED_TO)
        standing = [m.actor for m in memberships() if m.organisation in FORUMS and m.holds(day)]
        number: Array = np.array([standing.count(actor) for actor in actors], dtype=np.float64)
        parts.append(rows(actors, Estimate(number), Label("forums", year, (origin,))))
    return joined(parts)


def _apart(evidence: Evidence) -> pd.DataFrame:
    table = evidence.table(IDEAL_POINTS)
    wide = table.frame.pivot(index="year", columns="actor", values="value").astype(float)
    wide = wide[wide.index >= FIRST]
    gaps = [(wide.sub(wide[power], axis=0)).abs().to_numpy() for power in POWERS if power in wide]
    nearest = np.minimum.reduce(gaps) if gaps else np.full(wide.shape, np.nan)
    label = partial(Label, IDEAL_POINTS, origins=(table.origin,))
    return joined(
        rows(list(wide.columns), Estimate(found), label(year=int(year)))
        for year, found in zip(wide.index, nearest, strict=True)
    )


def _tie_parts(evidence: Evidence, power: str) -> dict[str, pd.DataFrame]:
    """Closeness with a power from 0 to 1 by kind of tie, each [year, actor]."""
    votes, shared, treaties = (evidence.table(name).frame for name in (_VOTES, _SHARED, _TREATIES))
    agree = votes[votes["power"] == power].pivot(index="year", columns="actor", values="value")
    bodies = shared.assign(value=shared[f"shared_{power.lower()}"].astype(float) / shared["memberships"].astype(float))
    standing = treaties[treaties["power"] == power]
    number = standing.assign(value=standing["bilateral"] + standing["multilateral"])
    ties = number.pivot(index="year", columns="actor", values="value").astype(float)
    agreed = _agreed(evidence, power).reindex(columns=sorted(set(agree.columns) - {power}), fill_value=0.0)
    return {
        "agreements": agreed,
        "votes": agree.astype(float),
        "institutions": bodies.pivot(index="year", columns="actor", values="value"),
        "treaties": ties.div(ties.max(axis=1), axis=0),
    }


def _agreed(evidence: Evidence, power: str) -> pd.DataFrame:
    """1 where a trade agreement that still stands tied the two in a year; only those tied ever are columns."""
    pairs = evidence.table(_AGREEMENTS).frame
    turned = pairs.rename(columns={"actor": "partner", "partner": "actor"})
    since = pd.concat([pairs, turned]).query("partner == @power").set_index("actor")["since"]
    years = range(FIRST, CHECKED_TO.year + 1)
    return pd.DataFrame({actor: [float(first <= year) for year in years] for actor, first in since.items()}, years)


def _origins(evidence: Evidence) -> tuple[Origin, ...]:
    return tuple(evidence.table(name).origin for name in _BINDING)


def _written(wide: pd.DataFrame, evidence: Evidence, series: str, power: str = "") -> list[dict[str, Array]]:
    kept = wide[wide.index >= FIRST]
    return [
        rows(
            list(kept.columns), Estimate(kept.loc[year].to_numpy()), Label(series, int(year), _origins(evidence), power)
        )
        for year in kept.index
    ]


def _both(evidence: Evidence, part: str) -> pd.DataFrame:
    one, other = (_tie_parts(evidence, power)[part] for power in POWERS)
    one, other = one.align(other, join="inner")
    found = pd.DataFrame(harmonic(one.to_numpy(), other.to_numpy()), index=one.index, columns=one.columns)
    return joined(_written(found, evidence, part))


def _closeness(evidence: Evidence) -> pd.DataFrame:
    parts = []
    for power in POWERS:
        found = list(_tie_parts(evidence, power).values())
        years = sorted(set().union(*(frame.index for frame in found)))
        actors = sorted(set().union(*(frame.columns for frame in found)))
        cube = np.stack([frame.reindex(index=years, columns=actors).ffill(limit=4).to_numpy() for frame in found])
        known = np.isfinite(cube).sum(axis=0)
        mean = np.divide(np.nansum(cube, axis=0), known, out=np.full(known.shape, np.nan), where=known >= 2)
        parts += _written(pd.DataFrame(mean, index=years, columns=actors), evidence, "binding", power)
    return joined(parts)


def _declared(
    words: tuple[str, str, str, str],
    element: Element,
    inputs: tuple[str, ...],
    compute: Callable[[Evidence], pd.DataFrame],
    *,
    reading: str,
    low: float = 0.0,
) -> Indicator:
    name, title, unit, formula = words
    return Indicator(
        id=name,
        title=title,
        family=element.value,
        per=Per.TOWARD if name == TIES else Per.ACTOR,
        unit=unit,
        low=low,
        high=1.0 if unit == "fraction" else np.inf,
        formula=formula,
        reading=reading,
        lineage=Lineage.OURS,
        reference="After the element of that name in Marston (2025); the measure is ours.",
        inputs=inputs,
        uncertainty="None given.",
        compute=compute,
    )


TIES = "binding-ties"

ELEMENT_INDICATORS: tuple[Indicator, ...] = (
    _declared(
        ("blunting-spending", "Military spending", "% of GDP", "spending / GDP"),
        Element.BLUNTING,
        (_SPENDING,),
        partial(_by_year, name=_SPENDING, column="percent_gdp"),
        reading="Larger: more of the economy goes to arms.",
    ),
    _declared(
        (
            "blunting-growth",
            "Military spending: real growth over five years",
            "log points",
            "Δ₅ ln spending − 5 ln 1.02",
        ),
        Element.BLUNTING,
        (_SPENDING,),
        partial(_by_year, name=_SPENDING, column="musd", change=True),
        low=-np.inf,
        reading="Larger: spending grew faster, at dollar prices assumed to rise 2 % a year.",
    ),
    _declared(
        ("blunting-forces", "Armed forces per thousand", "per 1000 persons", "1000 · persons under arms / population"),
        Element.BLUNTING,
        (_FORCES,),
        _forces,
        reading="Larger: more of the people bear arms.",
    ),
    *(
        _declared(
            (
                f"broadening-{side.value[:7]}",
                f"Partners outside the two powers: {side.value}",
                "partners",
                "1 / Σ_p s_p², p outside the two powers",
            ),
            Element.BROADENING,
            (TRADE,),
            partial(_partners, side=side),
            reading="Larger: trade without the United States and China is spread over more partners.",
        )
        for side in (Side.EXPORTS, Side.IMPORTS)
    ),
    _declared(
        (
            "broadening-agreements",
            "Partners by trade agreement outside the two powers",
            "partners",
            "number of partners with an agreement in force",
        ),
        Element.BROADENING,
        (_AGREEMENTS,),
        _agreements,
        reading="Larger: more partners are tied by an agreement.",
    ),
    _declared(
        ("boosting-memberships", "Memberships of organisations", "organisations", "number of full memberships"),
        Element.BOOSTING,
        (_SHARED,),
        partial(_by_year, name=_SHARED, column="memberships"),
        reading="Larger: a member of more organisations.",
    ),
    _declared(
        ("boosting-seats", "Seats in forums", "forums", "number of forums on the last day of the year"),
        Element.BOOSTING,
        (IDEAL_POINTS,),
        _seats,
        reading="Larger: a seat in more of the forums with complete lists of members.",
    ),
    _declared(
        ("boosting-position", "Votes apart from both powers", "ideal-point units", "min(|ip − ip_US|, |ip − ip_CN|)"),
        Element.BOOSTING,
        (IDEAL_POINTS,),
        _apart,
        reading="Larger: votes unlike either power; a proxy of position, not of voice.",
    ),
    *(
        _declared(
            (f"binding-{part}", f"Ties with each of the two powers: {part}", "fraction", "2 b_US b_CN / (b_US + b_CN)"),
            Element.BINDING,
            _BINDING,
            partial(_both, part=part),
            reading="Larger: close ties with both; ties to one side alone do not count.",
        )
        for part in ("agreements", "votes", "institutions", "treaties")
    ),
)
CLOSENESS = _declared(
    (
        TIES,
        "Closeness of ties with a power",
        "fraction",
        "mean of agreement, votes, organisations, treaties; two known at least",
    ),
    Element.BINDING,
    _BINDING,
    _closeness,
    reading="Larger: more votes alike, shared organisations and treaties.",
)
ELEMENTS: Mapping[Element, tuple[str, ...]] = {
    element: tuple(one.id for one in ELEMENT_INDICATORS if one.family == element.value) for element in Element
}
"""Ids of the indicators of each element."""
