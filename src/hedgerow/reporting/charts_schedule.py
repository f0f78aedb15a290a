"""The schedule in time: the added rate as steps, and what each longer spell would mean if it lasted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import altair as alt

from hedgerow.reporting.brief import Brief, Table
from hedgerow.reporting.charts import INDIGO, INK, SIGNED, TEAL, Row, column, records

_WIDTH = 780
_OPEN_DAYS = 60
"""How long a spell without an end is drawn."""
_FIELDS = ("start", "rate_pct", "alone_pct", "whole_pct", "whole_first_pct")
_LONG_RUN, _FIRST_YEAR = "whole schedule, long run", "whole schedule, first year"


def schedule(brief: Brief, table: Table) -> alt.VConcatChart:
    """Two panels on one time axis: the rate on the actor, and its change of income under the whole schedule."""
    rows = _with_ends(records({f: table.column(f) for f in _FIELDS}))
    rate = column(table, "rate_pct")
    time = _time("start", rows)
    steps = (
        alt.Chart(alt.InlineData(values=[*rows, *({**row, "start": row["end"]} for row in rows[-1:])]))
        .mark_line(interpolate="step-after", color=INDIGO, strokeWidth=2)
        .encode(x=time, y=alt.Y("rate_pct:Q", title=f"Added tariff, {rate.unit}", scale=alt.Scale(zero=True)))
        .properties(
            width=_WIDTH,
            height=150,
            title=f"Tariff added on {brief.actor.name} by the United States, average over goods",
        )
    )
    return alt.vconcat(steps, _losses(brief, rows, column(table, "whole_pct").unit), spacing=24)


def _losses(brief: Brief, rows: list[Row], unit: str) -> alt.LayerChart | alt.FacetChart:
    """Bars as long as the spell for the long run, a diamond in their middle for the first year."""
    longer = [row for row in rows if row["whole_pct"] is not None]
    y = alt.Y(
        "whole_pct:Q", title=f"Welfare change, {unit}", axis=alt.Axis(labelExpr=SIGNED), scale=alt.Scale(zero=True)
    )
    base = alt.Chart(alt.InlineData(values=[{**row, "layer": _LONG_RUN} for row in longer]))
    legend = alt.Legend(title=None, orient="bottom")
    bars = base.mark_bar(stroke="#ffffff", strokeWidth=1).encode(
        x=_time("start", rows),
        x2="end:T",
        y=y,
        y2=alt.datum(0),
        color=alt.Color("layer:N", scale=alt.Scale(domain=[_LONG_RUN], range=[TEAL]), legend=legend),
    )
    points = [
        {"middle": row["middle"], "value": row["whole_first_pct"], "layer": _FIRST_YEAR}
        for row in longer
        if row["whole_first_pct"] is not None
    ]
    marks: dict[str, Any] = {"shape": "diamond", "size": 70, "filled": True, "fill": "#ffffff", "stroke": INK}
    diamonds = (
        alt.Chart(alt.InlineData(values=points))
        .mark_point(**marks)
        .encode(
            x=_time("middle", rows),
            y=alt.Y("value:Q"),
            shape=alt.Shape("layer:N", scale=alt.Scale(domain=[_FIRST_YEAR], range=["diamond"]), legend=legend),
        )
    )
    rule = alt.Chart(alt.InlineData(values=[{"zero": 0}])).mark_rule(color=INK).encode(y="zero:Q")
    title = f"{brief.actor.name}: change of income if the spell's whole schedule lasted"
    return alt.layer(bars, rule, diamonds).properties(width=_WIDTH, height=190, title=title)


def _time(field: str, rows: list[Row]) -> alt.X:
    """The axis both panels share."""
    span = [date.fromisoformat(row[end]) for row, end in zip(rows[:1] + rows[-1:], ("start", "end"), strict=False)]
    ends = [alt.DateTime(year=day.year, month=day.month, date=day.day) for day in span]
    scale = alt.Scale(domain=ends, nice=False) if ends else alt.Undefined
    return alt.X(f"{field}:T", title=None, axis=alt.Axis(format="%b %Y", tickCount=10), scale=scale)


def _with_ends(rows: list[Row]) -> list[Row]:
    """Each spell with its end (the next one's start) and its middle; the open one is drawn to :data:`_OPEN_DAYS`."""
    days = [date.fromisoformat(str(row["start"])) for row in rows]
    ends = [*days[1:], *(day + timedelta(days=_OPEN_DAYS) for day in days[-1:])]
    return [
        {**row, "end": end.isoformat(), "middle": (day + (end - day) / 2).isoformat()}
        for row, day, end in zip(rows, days, ends, strict=True)
    ]
