"""Bars: what each swing costs, and which sectors carry it."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from hedgerow.reporting.brief import Brief, Table
from hedgerow.reporting.charts import (
    INDIGO,
    TEAL,
    Layer,
    Row,
    across,
    beside,
    bracketed,
    diamonds,
    down,
    named,
    pitch,
    records,
    span,
    zero,
)
from hedgerow.reporting.charts_text import wrapped, written

CENTRAL = "each sector's own trade elasticity"


def swings(brief: Brief, table: Table) -> alt.HConcatChart:
    """The actor's own loss and the power's, on one scale, with the answer under another elasticity."""
    fields = ("own_pct", "own_theta4_pct", "power_pct", "power_theta4_pct")
    rows = records({"label": _labels(table, "swing"), **{f: table.column(f) for f in fields}})
    both = [{"value": row[f"{who}_pct"], "other": row[f"{who}_theta4_pct"]} for row in rows for who in ("own", "power")]
    ends = span(both, ("value", "other"), room=0.33)
    own = _paired(rows, "own", ends, _digits(table, "own_pct"), first=True)
    power = _paired(rows, "power", ends, _digits(table, "power_pct"), first=False)
    return alt.hconcat(
        own.properties(title=brief.actor.name), power.properties(title=f"{brief.power.name}, same scale"), spacing=28
    )


def sectors(_: Brief, table: Table) -> alt.HConcatChart:
    """Who carries the loss: welfare by sector taxed alone, and value added by sector."""
    fields = ("alone_pct", "value_added_bn")
    rows = records({"label": _labels(table, "sector"), **{f: table.column(f) for f in fields}})
    # Sorted by what is drawn first; sectors without a number come last.
    rows.sort(key=lambda row: (row["alone_pct"] is None, row["alone_pct"] or 0.0))
    alone = _single(rows, "alone_pct", "Welfare change, %", _digits(table, "alone_pct"), first=True)
    added = _single(rows, "value_added_bn", "Value added, bn US$", _digits(table, "value_added_bn"), first=False)
    return alt.hconcat(
        alone.properties(title="If only this sector's exports are taxed"),
        added.properties(title="If all are taxed: the sector's value added"),
        spacing=28,
    )


def _labels(table: Table, field: str) -> tuple[str, ...]:
    """Row names, broken into lines."""
    return tuple(wrapped(str(cell)) for cell in table.column(field))


def _digits(table: Table, field: str) -> int:
    """Decimals of a column."""
    return next(c.digits for c in table.columns if c.id == field)


def _paired(rows: list[Row], who: str, ends: Sequence[float], digits: int, *, first: bool) -> Layer:
    """Bars with a diamond for the other elasticity; the first panel carries names and legend."""
    value, other = f"{who}_pct", f"{who}_theta4_pct"
    y = down([row["label"] for row in rows], shown=first)
    x = across(value, "Welfare change, %", ends)
    legend = alt.Legend(title=None) if first else None
    colour = alt.Color("layer:N", scale=alt.Scale(range=[INDIGO]), legend=legend)
    bars = named(rows, CENTRAL).mark_bar(height={"band": 0.55}).encode(x=x, y=y, color=colour)
    marks = diamonds(rows, other, y, legend)
    texts = beside(rows, lambda row: bracketed(row, value, other, digits), y, drawn=[value, other])
    return alt.layer(bars, zero(), marks, texts, width=320, height=pitch([row["label"] for row in rows], 40))


def _single(rows: list[Row], field: str, title: str, digits: int, *, first: bool) -> Layer:
    """One panel of plain bars."""
    y = down([row["label"] for row in rows], shown=first)
    bars = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_bar(height={"band": 0.62}, color=INDIGO if first else TEAL)
        .encode(x=across(field, title, span(rows, [field])), y=y)
    )
    texts = beside(rows, lambda row: written(row[field], digits), y, drawn=[field])
    return alt.layer(bars, zero(), texts, width=335, height=pitch([row["label"] for row in rows], 28))
