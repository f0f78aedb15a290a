"""Goals against outcomes over time: one panel a goal, the promised way as a line, reports as points by evidence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import altair as alt

from hedgerow.ledger.records import Level
from hedgerow.reporting.brief import Table
from hedgerow.reporting.charts import INK, SIGNED, SOFT, Row, records
from hedgerow.reporting.charts_text import wrapped
from hedgerow.reporting.ledger.tables import drawn

SHAPES = {
    Level.CLAIMED: ("#fde725", "circle"),
    Level.AUDITED: ("#35b779", "square"),
    Level.INDEPENDENT: ("#31688e", "triangle-up"),
    Level.COUNTERFACTUAL: ("#440154", "diamond"),
}
"""Steps of viridis and shapes by how a report is confirmed."""


def progress(table: Table) -> alt.VConcatChart:
    """The goals with a report or a target, in the order of the table."""
    rows = records({c.id: table.column(c.id) for c in table.columns})
    panels = [_panel(title, [row for row in rows if row["goal"] == title]) for title in drawn(table)]
    return alt.vconcat(*panels, spacing=28)


def _panel(title: str, rows: list[Row]) -> alt.LayerChart | alt.FacetChart:
    unit = rows[0]["unit"] or ""
    x = alt.X("date:T", title=None, axis=alt.Axis(format="%Y", tickCount=8))
    y = alt.Y("value:Q", title=wrapped(unit, 28).split("\n"), axis=alt.Axis(labelExpr=SIGNED, grid=True, tickCount=5))
    promised = [row for row in rows if row["what"] != "report"]
    reports = [{**row, "level": str(row["evidence"]).partition(",")[0]} for row in rows if row["what"] == "report"]
    way = alt.Chart(alt.InlineData(values=promised))
    words: dict[str, Any] = {"dy": -12, "fontSize": 12, "color": SOFT}
    sides: dict[str, dict[str, Any]] = {"baseline": {"align": "left", "dx": 6}, "target": {"align": "right", "dx": -6}}
    levels = [level.value for level in SHAPES]
    colour = alt.Scale(domain=levels, range=[c for c, _ in SHAPES.values()])
    shape = alt.Scale(domain=levels, range=[s for _, s in SHAPES.values()])
    legend = alt.Legend(title="Report, by evidence")
    layers = [
        way.mark_line(color=SOFT, strokeDash=[6, 4], strokeWidth=1.5).encode(x=x, y=y),
        way.mark_point(color=INK, size=60, shape="cross", filled=True, opacity=1).encode(x=x, y=y),
        *(
            way.transform_filter(f"datum.what === '{what}'").mark_text(**words, **side).encode(x=x, y=y, text="what:N")
            for what, side in sides.items()
        ),
        alt.Chart(alt.InlineData(values=reports))
        .mark_point(size=110, filled=True, opacity=1, stroke=INK, strokeWidth=1)
        .encode(
            x=x,
            y=y,
            fill=alt.Fill("level:N", scale=colour, legend=legend),
            shape=alt.Shape("level:N", scale=shape, legend=legend),
        ),
    ]
    return alt.layer(*layers, width=620, height=170, title=wrapped(title, 80).split("\n"))


DRAWN: Final[dict[str, Callable[[Table], Any]]] = {"progress": progress}
"""Figure id to the function that draws it."""
