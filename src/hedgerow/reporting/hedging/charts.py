"""The four elements of a state with the interval of the draws, over the span of its region."""

from __future__ import annotations

import altair as alt

from hedgerow.reporting.brief import Brief, Table
from hedgerow.reporting.charts import INDIGO, INK, TEAL, Layer, down, named, pitch, records

OWN = "this state, nine draws of ten"
REGION = "the other states of its region, least to most; bar: median"
FIELDS = ("score", "low", "high", "region_least", "region_median", "region_most")


def profile(_: Brief, table: Table) -> Layer:
    """One row an element: the region as a pale band with its median, the state as a dot with its interval."""
    rows = records({"label": tuple(str(c) for c in table.column("element")), **{f: table.column(f) for f in FIELDS}})
    labels = [row["label"] for row in rows]
    y = down(labels)
    span = alt.Scale(domain=[0, 1], nice=False)
    x = alt.X("region_least:Q", title="Score, 0 to 1", scale=span, axis=alt.Axis(tickCount=6))
    legend = alt.Legend(title=None)
    key = alt.Color("layer:N", scale=alt.Scale(domain=[OWN, REGION], range=[INDIGO, "#cfe5e3"]), legend=legend)
    others, own = named(rows, REGION), named(rows, OWN)
    layers = [
        others.mark_bar(height={"band": 0.5}).encode(x=x, x2="region_most:Q", y=y, color=key),
        others.mark_tick(color=TEAL, thickness=3, size=20).encode(x="region_median:Q", y=y),
        own.mark_rule(strokeWidth=2, color=INK).encode(x="low:Q", x2="high:Q", y=y),
        own.mark_circle(size=130, opacity=1).encode(x="score:Q", y=y, color=key),
    ]
    return alt.layer(*layers, width=620, height=pitch(labels, 40))
