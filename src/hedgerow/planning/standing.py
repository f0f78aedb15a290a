"""Dependence on the power over the years, and where the actor stands among its peers. No model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from hedgerow.indicators.catalogue import indicator
from hedgerow.indicators.evidence import embedded_evidence
from hedgerow.indicators.panel import measured
from hedgerow.planning.question import Question
from hedgerow.provenance import Status
from hedgerow.world.memberships import CHECKED_TO, members_on

MEASURE = "dependence"
"""The indicator shown: exports plus imports over GDP."""
PEERS = ("G20", "EU", "ASEAN", "GCC", "MERCOSUR", "AU")
"""The first of these that an actor belongs to gives its peers; all others are compared with everybody."""


@dataclass(frozen=True)
class Place:
    """Dependence of the actor in one year of one series, beside that of its peers. Fractions of GDP."""

    series: str
    """What the series holds; values of two series do not compare."""
    year: int
    own: float
    lower: float | None
    """Lower quartile of the peers; None where none has a value."""
    median: float | None
    upper: float | None
    rank: int
    """1: most dependent of the peers and the actor."""
    number: int
    """How many these are."""


@dataclass(frozen=True)
class Standing:
    """The years of an actor."""

    peers: str
    """Who the peers are, in words."""
    places: tuple[Place, ...]
    sources: tuple[str, ...]


def standing(question: Question) -> Standing | None:
    """Dependence on the power in every year at hand; None where there is no year for this actor.

    Reconstructed trade is left out: it is the world of the rest of the brief, and not for comparing years.
    """
    evidence = embedded_evidence((question.power.code,))
    frame = measured(indicator(MEASURE), evidence)
    frame = frame[frame["status"] == Status.DERIVED]
    code, title = question.actor.code, {series.id: series.title for series in evidence.trade}
    peers, group = _peers(code)
    kept = frame if group is None else frame[frame["actor"].isin(group | {code})]
    own = kept[kept["actor"] == code]
    if own.empty:
        return None
    places = tuple(
        _place(title[str(series)], int(str(year)), rows, code)
        for (series, year), rows in kept.groupby(["series", "year"], sort=False)
        if code in set(rows["actor"])
    )
    sources = dict.fromkeys(name for cell in own["source"] for name in str(cell).split())
    return Standing(peers, places, tuple(sources))


def _peers(code: str) -> tuple[str, set[str] | None]:
    """Peers in words, and their codes; None for everybody."""
    for name in PEERS:
        group = members_on(CHECKED_TO, name)
        if code in group:
            return f"{name} members of {CHECKED_TO.year}", set(group)
    return "all economies with a value", None


def _place(series: str, year: int, rows: pd.DataFrame, code: str) -> Place:
    values, mine = rows["value"].to_numpy(dtype=float), (rows["actor"] == code).to_numpy()
    own, others = float(values[mine].item()), values[~mine]
    lower, median, upper = (float(np.quantile(others, part)) if len(others) else None for part in (0.25, 0.5, 0.75))
    return Place(series, year, own, lower, median, upper, rank=1 + int((others > own).sum()), number=len(values))
