"""A plan's pictures: what each option is worth in calm and in a storm, and the bundles that no other beats."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import altair as alt

from hedgerow.reporting.brief import Table
from hedgerow.reporting.charts import (
    INDIGO,
    INK,
    TEAL,
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

WIDTH = 320


def options(table: Table) -> alt.HConcatChart:
    """Calm gain beside the loss avoided in the worst tenth; two scales, because insurance is small."""
    left = _bars(table, "calm_gain_pct", "Calm gain", INDIGO, first=True)
    right = _bars(table, "tail_loss_avoided_pct", "Loss avoided", TEAL, first=False)
    return alt.hconcat(
        left.properties(title="While the power stays calm"),
        right.properties(title="In the worst tenth of courses (another scale)"),
        spacing=28,
    )


def frontier(table: Table) -> Layer:
    """Expected income against the loss in the worst tenth."""
    rows = records({name: table.column(name) for name in ("bundle", "mean_pct", "tail_pct")})
    rows = [{**row, "number": str(k)} for k, row in enumerate(rows, start=1)]
    tails, means = numbers(table.column("tail_pct")), numbers(table.column("mean_pct"))
    x = alt.X("tail_pct:Q", title="Loss in the worst tenth, % of income", scale=_around(tails))
    y = alt.Y("mean_pct:Q", title="Expected income, net of cost, % of income", scale=_around(means))
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=x, y=y)
    points = base.mark_point(filled=True, size=70, color=INDIGO)
    labels = base.mark_text(dx=10, align="left", color=INK, fontSize=12).encode(text="number:N")
    return alt.layer(points, labels, width=620, height=300)


def _around(values: list[float]) -> alt.Scale:
    """A scale with a little room around all values."""
    room = 0.08 * ((max(values) - min(values)) or 1.0)
    return alt.Scale(domain=[min(values) - room, max(values) + room], zero=False, nice=False)


def _bars(table: Table, field: str, what: str, colour: str, *, first: bool) -> Layer:
    labels = tuple(wrapped(str(cell)) for cell in table.column("option"))
    rows = records({"label": labels, field: table.column(field)})
    shown, reach = column(table, field), Reach.of(rows, [field])
    names = [row["label"] for row in rows]
    y = down(names, shown=first)
    x = across(field, f"{what}, {shown.unit}", reach, reach.scale(WIDTH))
    bars = alt.Chart(alt.InlineData(values=rows)).mark_bar(height={"band": 0.62}, color=colour).encode(x=x, y=y)
    texts = beside(rows, lambda row: written(row[field], shown.digits), y, drawn=[field])
    return alt.layer(bars, zero(), texts, width=WIDTH, height=pitch(names, 28))


DRAWN: Final[dict[str, Callable[[Table], Any]]] = {"options": options, "frontier": frontier}
"""Figure id to the function that draws it."""
