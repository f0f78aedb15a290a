"""Indicators as they are told: a catalogue, and the values of one of them with sources and gaps.

These records are the contract of ``hedgerow indicators --json``; ``docs/schema/indicators.schema.json`` is generated
from them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from itertools import pairwise
from typing import Any

import pandas as pd

from hedgerow.data.registry import cited
from hedgerow.indicators.declare import Indicator, Lineage, Per
from hedgerow.provenance import Status
from hedgerow.reporting.brief import Record, SourceNote

INDICATORS_SCHEMA_VERSION = "1"
"""Raised when a field of :class:`Measured` changes its meaning or goes away."""

_LONGEST_STEP = 5
"""Years further apart stand alone."""


class Assumed(Record):
    """A number that no source decides; low and high are the ends that make the indicator small and large."""

    name: str
    value: float
    low: float
    high: float
    unit: str
    why: str


class Declared(Record):
    """What an indicator says of itself."""

    id: str
    title: str
    family: str
    per: Per
    unit: str
    low: float | None
    """Least value there can be; None where there is no limit."""
    high: float | None
    formula: str
    reading: str
    lineage: Lineage
    """Published, adapted or ours: how the measure relates to the literature."""
    reference: str
    inputs: tuple[str, ...]
    uncertainty: str
    labels: tuple[str, ...]
    """Words for the values 0, 1, 2 …; empty for a quantity."""
    caution: str
    assumptions: tuple[Assumed, ...]
    """Every number behind the values that is assumed."""


class Value(Record):
    """One value and what it belongs to; labels that do not apply are empty."""

    actor: str
    year: int
    since: int | None
    """The year a change is measured from; None for a level."""
    power: str
    sector: str
    value: float
    low: float | None
    high: float | None
    status: Status
    series: str
    """The homogeneous set of years the value belongs to; values of two series do not compare."""


class Coverage(Record):
    """Which years one series has, and which of them lack a value for what was asked."""

    series: str
    years: tuple[int, ...]
    gaps: tuple[int, ...]


class Measured(Record):
    """Values of one indicator."""

    schema_version: str = INDICATORS_SCHEMA_VERSION
    version: str
    """Of the program."""
    command: str
    indicator: Declared
    actor: str | None
    """ISO-3 code; None for all actors of one year."""
    power: str | None
    values: tuple[Value, ...]
    coverage: tuple[Coverage, ...]
    sources: tuple[SourceNote, ...]


def declared(indicator: Indicator) -> Declared:
    """An indicator's declaration as a record."""
    return Declared(
        id=indicator.id,
        title=indicator.title,
        family=indicator.family,
        per=indicator.per,
        unit=indicator.unit,
        low=_finite(indicator.low),
        high=_finite(indicator.high),
        formula=indicator.formula,
        reading=indicator.reading,
        lineage=indicator.lineage,
        reference=indicator.reference,
        inputs=indicator.inputs,
        uncertainty=indicator.uncertainty,
        labels=indicator.labels,
        caution=indicator.caution,
        assumptions=tuple(Assumed(**asdict(assumption)) for assumption in indicator.assumptions),
    )


def value_rows(frame: pd.DataFrame) -> tuple[Value, ...]:
    """Rows of a frame of values as records."""
    rows: Iterable[Any] = frame.itertuples()
    return tuple(
        Value(
            actor=row.actor,
            year=row.year,
            since=row.since or None,
            power=row.power,
            sector=row.sector,
            value=row.value,
            low=_finite(row.low),
            high=_finite(row.high),
            status=Status(row.status),
            series=row.series,
        )
        for row in rows
    )


def coverage(everyone: pd.DataFrame, shown: pd.DataFrame) -> tuple[Coverage, ...]:
    """Years in which a series has values for anyone, and those of them in which what is shown has none."""
    found = []
    for series in sorted(set(everyone["series"])):
        years = sorted({int(y) for y in everyone.loc[everyone["series"] == series, "year"]})
        there = {int(y) for y in shown.loc[shown["series"] == series, "year"]}
        gaps = tuple(year for year in years if year not in there)
        found.append(Coverage(series=series, years=tuple(years), gaps=gaps))
    return tuple(found)


def source_notes(frame: pd.DataFrame) -> tuple[SourceNote, ...]:
    """The sources of some values, each once."""
    ids = [name for cell in dict.fromkeys(frame["source"]) for name in str(cell).split()]
    return tuple(SourceNote(id=s.id, citation=s.citation, licence=s.licence, url=s.url) for s in cited(ids))


def spans(years: Iterable[int], step: int = 1) -> str:
    """Years in words: ``1995–1998, 2001``; years ``step`` apart stand together."""
    parts: list[list[int]] = []
    for year in sorted(years):
        if parts and year - parts[-1][1] == step:
            parts[-1][1] = year
        else:
            parts.append([year, year])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in parts)


def usual_step(years: Sequence[int]) -> int:
    """The distance between neighbouring years that is most common; 1 for a single year."""
    gaps = [after - before for before, after in pairwise(years)]
    step = max(set(gaps), key=lambda gap: (gaps.count(gap), -gap)) if gaps else 1
    return step if step <= _LONGEST_STEP else 1


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
