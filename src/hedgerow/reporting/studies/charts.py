"""Pictures of studies: bars by name, and a break-even cost over two dimensions in viridis."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import altair as alt

from hedgerow.reporting.brief import Table
from hedgerow.reporting.charts import (
    INDIGO,
    INK,
    Layer,
    Reach,
    across,
    beside,
    column,
    down,
    numbers,
    pitch,
    records,
    zero,
)
from hedgerow.reporting.charts_text import wrapped, written

WIDTH = 520
CELL, ROW = 96, 26
"""Pixels of a cell across and down."""
SHOWN = 24
"""Rows of a heat map; the table has all of them."""


def bars(table: Table) -> Layer:
    """The first numbers of a table as bars by its first column."""
    name = table.columns[0].id
    field = next(one for one in table.columns if one.unit).id
    labels = tuple(wrapped(str(cell)) for cell in table.column(name))
    rows = [row for row in records({"label": labels, field: table.column(field)}) if row[field] is not None]
    shown, reach = column(table, field), Reach.of(rows, [field])
    names = [row["label"] for row in rows]
    y = down(names)
    x = across(field, f"{shown.title}, {shown.unit}", reach, reach.scale(WIDTH))
    drawn = alt.Chart(alt.InlineData(values=rows)).mark_bar(height={"band": 0.62}, color=INDIGO).encode(x=x, y=y)
    texts = beside(rows, lambda row: written(row[field], shown.digits), y, drawn=[field])
    return alt.layer(drawn, zero(), texts, width=WIDTH, height=pitch(names, 26))


def heat(table: Table) -> Layer:
    """Columns in per cent of income as shades of viridis, light is more; every cell also says its number."""
    shown = [one for one in table.columns if one.id.startswith("at_")]
    names = [str(cell) for cell in table.column(table.columns[0].id)][:SHOWN]
    values = {one.id: numbers(table.column(one.id))[:SHOWN] for one in shown}
    low, high = min(map(min, values.values())), max(map(max, values.values()))
    turn = low + 0.6 * (high - low)
    cells = [
        {"label": name, "across": one.title, "value": value, "text": written(value, one.digits), "dark": value <= turn}
        for one in shown
        for name, value in zip(names, values[one.id], strict=True)
    ]
    x = alt.X("across:N", sort=[one.title for one in shown], title=None, axis=alt.Axis(labelAngle=0, orient="top"))
    y = down(names).title(table.columns[0].title)
    base = alt.Chart(alt.InlineData(values=cells)).encode(x=x, y=y)
    colour = alt.Color(
        "value:Q",
        scale=alt.Scale(scheme="viridis", domain=[low, high]),
        legend=alt.Legend(title=f"{table.title}, {shown[0].unit}"),
    )
    texts = base.mark_text(fontSize=12).encode(
        text="text:N", color=alt.condition("datum.dark", alt.value("#ffffff"), alt.value(INK))
    )
    size = {"width": CELL * len(shown), "height": ROW * len(names)}
    return alt.layer(base.mark_rect().encode(color=colour), texts, **size)


DRAWN: Final[dict[str, Callable[[Table], Any]]] = {
    "members": bars,
    "hedgers": bars,
    "insurance": heat,
    "whole": heat,
    "countries": heat,
}
"""Figure id to the function that draws it."""
