"""Bars: what each swing costs, which sectors carry it, and whose policies matter."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from hedgerow.reporting.brief import Brief, Column, Table
from hedgerow.reporting.charts import (
    DOUBLE_ROOM,
    INDIGO,
    INK,
    TEAL,
    Layer,
    Reach,
    Row,
    across,
    beside,
    bracketed,
    column,
    diamonds,
    down,
    named,
    pitch,
    records,
    zero,
)
from hedgerow.reporting.charts_text import wrapped, written

SHARED_WIDTH = 660
"""Pixels that the two panels of :func:`swings` divide between them."""

HALF, THIRD = 335, 220
"""Pixels of a panel that stands beside one or two others."""

CENTRAL = "each sector's own trade elasticity"


def swings(brief: Brief, table: Table) -> alt.HConcatChart:
    """The actor's own loss and the power's, on one scale, with the answer under another elasticity."""
    fields = ("own_pct", "own_theta4_pct", "power_pct", "power_theta4_pct")
    rows = records({"label": _labels(table, "swing"), **{f: table.column(f) for f in fields}})
    own, power = (Reach.of(rows, pair, DOUBLE_ROOM) for pair in (fields[:2], fields[2:]))
    texts = own.left + own.right + power.left + power.right
    scale = (SHARED_WIDTH - texts) / (own.size + power.size)
    first = _paired(rows, fields[:2], column(table, "own_pct"), (own, scale), first=True)
    second = _paired(rows, fields[2:], column(table, "power_pct"), (power, scale), first=False)
    return alt.hconcat(
        first.properties(title=brief.actor.name),
        second.properties(title=f"{brief.power.name}, same scale"),
        spacing=44,
    )


def sectors(_: Brief, table: Table) -> alt.HConcatChart:
    """Who carries the loss: welfare by sector taxed alone, and value added by sector."""
    fields = ("alone_pct", "value_added_bn")
    rows = records({"label": _labels(table, "sector"), **{f: table.column(f) for f in fields}})
    # Sorted by what is drawn first; sectors without a number come last.
    rows.sort(key=lambda row: (row["alone_pct"] is None, row["alone_pct"] or 0.0))
    alone = _single(rows, "Welfare change", column(table, "alone_pct"), first=True)
    added = _single(rows, "Value added", column(table, "value_added_bn"), first=False)
    return alt.hconcat(
        alone.properties(title="If only this sector's exports are taxed"),
        added.properties(title="If all are taxed: the sector's value added"),
        spacing=28,
    )


def decides(_: Brief, table: Table) -> alt.HConcatChart:
    """Which assumption decides: total shares of the variance with their sampling intervals."""
    panels = (("headline_total_pct", "The headline"), ("insurance_total_pct", "The loss that agreements avoid"))
    charts = []
    for place, (field, title) in enumerate(panels):
        ends = (f"{field}_p5", f"{field}_p95")
        rows = records({"label": _labels(table, "assumption"), **{f: table.column(f) for f in (field, *ends)}})
        charts.append(
            _with_interval(rows, (field, *ends), column(table, field), first=place == 0).properties(title=title)
        )
    return alt.hconcat(*charts, spacing=28)


def _with_interval(rows: list[Row], fields: tuple[str, str, str], shown: Column, *, first: bool) -> Layer:
    """One panel of bars with a line from the low to the high end."""
    labels = [row["label"] for row in rows]
    y = down(labels, shown=first)
    reach = Reach.of(rows, fields)
    x = across(fields[0], f"Share, {shown.unit}", reach, reach.scale(335))
    base = alt.Chart(alt.InlineData(values=rows))
    bars = base.mark_bar(height={"band": 0.55}, color=INDIGO if first else TEAL).encode(x=x, y=y)
    lines = base.mark_rule(color=INK, strokeWidth=1.6).encode(x=f"{fields[1]}:Q", x2=f"{fields[2]}:Q", y=y)
    texts = beside(rows, lambda row: written(row[fields[0]], shown.digits), y, drawn=fields)
    return alt.layer(bars, zero(), lines, texts, width=335, height=pitch(labels, 28))


def abroad(brief: Brief, table: Table) -> alt.HConcatChart:
    """Small changes abroad side by side: a tariff on the actor, a tariff on everyone else, growth; scales differ."""
    titles = {
        "on_actor_point_pct": f"1 point on {brief.actor.name}",
        "on_others_point_pct": "1 point on everyone else",
        "growth_pct": "1% more productive",
    }
    rows = records({"label": _labels(table, "name"), **{field: table.column(field) for field in titles}})
    panels = [
        _single(rows, "Welfare change", column(table, field), first=not k, width=THIRD).properties(title=title)
        for k, (field, title) in enumerate(titles.items())
    ]
    return alt.hconcat(*panels, spacing=24)


def _labels(table: Table, field: str) -> tuple[str, ...]:
    """Row names, broken into lines."""
    return tuple(wrapped(str(cell)) for cell in table.column(field))


def _paired(rows: list[Row], fields: Sequence[str], shown: Column, frame: tuple[Reach, float], *, first: bool) -> Layer:
    """Bars with a diamond for the other elasticity; the first panel carries names and legend."""
    value, other = fields
    labels = [row["label"] for row in rows]
    y = down(labels, shown=first)
    x = across(value, f"Welfare change, {shown.unit}", *frame)
    legend = alt.Legend(title=None) if first else None
    colour = alt.Color("layer:N", scale=alt.Scale(range=[INDIGO]), legend=legend)
    bars = named(rows, CENTRAL).mark_bar(height={"band": 0.55}).encode(x=x, y=y, color=colour)
    texts = beside(rows, lambda row: bracketed(row, value, other, shown.digits), y, drawn=fields)
    layers = [bars, zero(), diamonds(rows, other, y, legend), texts]
    return alt.layer(*layers, width=frame[0].width(frame[1]), height=pitch(labels, 40))


def _single(rows: list[Row], what: str, shown: Column, *, first: bool, width: int = HALF) -> Layer:
    """One panel of plain bars."""
    labels = [row["label"] for row in rows]
    y = down(labels, shown=first)
    reach = Reach.of(rows, [shown.id])
    x = across(shown.id, f"{what}, {shown.unit}", reach, reach.scale(width))
    colour = INDIGO if first else TEAL
    bars = alt.Chart(alt.InlineData(values=rows)).mark_bar(height={"band": 0.62}, color=colour).encode(x=x, y=y)
    texts = beside(rows, lambda row: written(row[shown.id], shown.digits), y, drawn=[shown.id])
    return alt.layer(bars, zero(), texts, width=width, height=pitch(labels, 28))
