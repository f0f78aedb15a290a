"""The error report of a reconstructed world: measured when it is built, shipped with it, shown by ``world check``."""

from __future__ import annotations

import csv
from dataclasses import astuple, dataclass, fields
from functools import cache
from typing import Final

import pandas as pd

from hedgerow.data.embedded import checksums, read_embedded

FILE: Final = "report.csv"
DIGITS: Final = 5
"""Significant digits kept."""


@dataclass(frozen=True)
class ReportRow:
    """One measured deviation.

    ``deviation`` is ``value - reference`` for shares and counts and ``value / reference - 1`` for money and for
    changes of welfare; a row with a ``tolerance`` fails where the deviation is larger either way.
    """

    section: str
    item: str
    level: str
    """world, country, country x sector, pair, or pair x sector."""
    value: float
    reference: float
    unit: str
    deviation: float
    tolerance: float | None
    """None where nothing is promised: the row is there to be read."""
    passed: bool
    source: str
    """Of the reference."""


@dataclass(frozen=True)
class Reference:
    """What a measured value is held against."""

    value: float
    source: str
    tolerance: float | None = None


def row(place: tuple[str, str, str], value: float, unit: str, reference: Reference) -> ReportRow:
    """A row of the report.

    Args:
        place: section, item and level.
        value: as measured.
        unit: ``MUSD``, ``bn USD`` or ``welfare`` are compared as ratios, anything else as differences.
        reference: what it is held against.
    """
    relative = unit in {"MUSD", "bn USD", "welfare"}
    deviation = value / reference.value - 1.0 if relative else value - reference.value
    passed = reference.tolerance is None or abs(deviation) <= reference.tolerance
    kept = [_kept(x) for x in (value, reference.value, deviation)]
    return ReportRow(*place, kept[0], kept[1], unit, kept[2], reference.tolerance, passed, reference.source)


def measured(place: tuple[str, str, str], value: float, unit: str, *, most: float | None = None) -> ReportRow:
    """A row whose reference is zero: a deviation measured directly, at most ``most``."""
    return row(place, value, unit, Reference(0.0, "", most))


def _kept(value: float) -> float:
    """Few digits: the same text on every machine."""
    return float(f"{value:.{DIGITS}g}") if abs(value) > 1e-12 else 0.0


def as_frame(rows: tuple[ReportRow, ...]) -> pd.DataFrame:
    """The report as a table, a missing tolerance as NaN."""
    return pd.DataFrame([astuple(r) for r in rows], columns=[f.name for f in fields(ReportRow)]).astype(
        {"tolerance": float}
    )


def read(content: bytes) -> tuple[ReportRow, ...]:
    """The rows of a written report."""
    return tuple(
        ReportRow(
            section=r["section"],
            item=r["item"],
            level=r["level"],
            value=float(r["value"]),
            reference=float(r["reference"]),
            unit=r["unit"],
            deviation=float(r["deviation"]),
            tolerance=float(r["tolerance"]) if r["tolerance"] else None,
            passed=r["passed"] == "True",
            source=r["source"],
        )
        for r in csv.DictReader(content.decode().splitlines())
    )


@cache
def error_report(world_id: str) -> tuple[ReportRow, ...]:
    """The report that ships with an embedded world; empty for a world that was not reconstructed.

    Raises:
        ChecksumError: the report was edited since it was published.
    """
    name = f"{world_id}/{FILE}"
    return read(read_embedded(name)) if name in checksums() else ()
