"""Bands in tables: beside every column that is drawn stand two more, its low and its high end."""

from __future__ import annotations

import math

from hedgerow.planning.uncertainty.bands import Bands
from hedgerow.planning.uncertainty.numbers import Number
from hedgerow.reporting.brief import Cell, Column, Table
from hedgerow.reporting.charts_text import written

_ROW_NAMES = {"exposure-map": ("code",), "partners": ("code",), "deals": ("deal", "party")}
"""Columns that name a row; the first one elsewhere."""


def banded(table: Table, found: Bands) -> Table:
    """The table with the ends of the bands after every column that has any."""
    columns: list[Column] = []
    parts: list[list[Cell]] = []
    for place, column in enumerate(table.columns):
        ends = [_ends(found, _number(table, row, column)) for row in table.rows]
        cells: list[Cell] = [row[place] for row in table.rows]
        if all(low is None for low, _ in ends):
            columns.append(column)
            parts.append(cells)
            continue
        first, last = (_end(column, name) for name in ("p5", "p95"))
        columns += [column.model_copy(update={"band": (first.id, last.id)}), first, last]
        parts += [cells, [low for low, _ in ends], [high for _, high in ends]]
    if len(columns) == len(table.columns):
        return table
    small = (
        f"Small type: from the 5th to the 95th of a hundred of {found.draws} draws of what is uncertain, widened to "
        "hold the answer at the elasticity level of Boehm et al. (2023)."
    )
    notes = (small, *_outside(table, found))
    rows = tuple(zip(*parts, strict=True))
    return table.model_copy(update={"columns": tuple(columns), "rows": rows, "notes": (*table.notes, *notes)})


def ends_of(table: Table) -> set[int]:
    """Places of the columns that are ends of a band: shown with their number, not beside it."""
    ends = {name for column in table.columns if column.band for name in column.band}
    return {place for place, column in enumerate(table.columns) if column.id in ends}


def written_band(row: tuple[Cell, ...], table: Table, column: Column) -> str:
    """The band of one cell in words: ``−2.1 to −0.9``; empty where there is none."""
    if column.band is None:
        return ""
    low, high = (row[[c.id for c in table.columns].index(name)] for name in column.band)
    if low is None or high is None:
        return ""
    return f"{written(low, column.digits)} to {written(high, column.digits)}"


def _outside(table: Table, found: Bands) -> tuple[str, ...]:
    """A sentence where the number itself lies outside of its band."""
    count = 0
    for row in table.rows:
        for place, column in enumerate(table.columns):
            low, high = _ends(found, _number(table, row, column))
            value = row[place]
            if low is not None and high is not None and isinstance(value, float):
                slack = 1e-6 * max(abs(low), abs(high))
                count += not low - slack <= value <= high + slack
    if not count:
        return ()
    return (f"{count} numbers lie outside of their own band: the central assumptions are not in the middle of what is "
            "drawn.",)  # fmt: skip


def _number(table: Table, row: tuple[Cell, ...], column: Column) -> Number:
    ids = [c.id for c in table.columns]
    names = _ROW_NAMES.get(table.id, (ids[0],))
    return table.id, tuple(str(row[ids.index(name)]) for name in names), column.id


def _ends(found: Bands, number: Number) -> tuple[float | None, float | None]:
    low, high = found.ends.get(number, (math.nan, math.nan))
    return (None, None) if math.isnan(low) else (low, high)


def _end(column: Column, name: str) -> Column:
    title = f"{column.title}, {'low' if name == 'p5' else 'high'}"
    return column.model_copy(update={"id": f"{column.id}_{name}", "title": title})
