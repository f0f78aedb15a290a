"""Pictures of a scenario: who gains and who loses, on a map and as bars."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import altair as alt

from hedgerow.reporting.brief import Table
from hedgerow.reporting.charts import (
    INDIGO,
    INK,
    NO_DATA,
    TEAL,
    Layer,
    Reach,
    Row,
    across,
    beside,
    column,
    down,
    numbers,
    pitch,
    zero,
)
from hedgerow.reporting.charts_map import ROUND, UNKNOWN, dots, outlines
from hedgerow.reporting.charts_text import plain, wrapped, written

LOSSES = ("#8f9bb3", "#4d5e86", "#00224e")
GAINS = ("#efe3a6", "#e3cf4f", "#fdea45")
"""The two ends of cividis: yellow gains, blue losses; stronger is more."""
LEAST = 0.005
"""Per cent; less is shown as no change."""
SHOWN = 12
"""Bars on either side."""


def welfare_map(table: Table) -> Layer:
    """Every economy shaded by its change of welfare."""
    changes = {
        str(code): float(change)
        for code, change in zip(table.column("code"), table.column("welfare_pct"), strict=True)
        if isinstance(change, int | float)
    }
    ends = _ends(changes.values())
    names, shades = _classes(ends)
    kinds = {code: names[_class(change, ends)] for code, change in changes.items()}
    scale = alt.Scale(domain=[*names, UNKNOWN], range=[*shades, NO_DATA])
    legend = alt.Legend(
        title="Welfare change, %", symbolType="square", symbolStrokeColor=INK, symbolStrokeWidth=0.5,
        orient="bottom-left", direction="vertical", rowPadding=5, fillColor="#ffffff", padding=6,
    )  # fmt: skip
    colour = alt.Color("properties.kind:N", scale=scale, legend=legend)
    land = alt.Chart().mark_geoshape(strokeWidth=0.5, stroke="#ffffff").encode(color=colour)
    layers = [land, dots(kinds, scale)]
    return alt.layer(*layers, data=outlines(kinds), width=940, height=455).project(type="equalEarth")


def welfare_bars(table: Table) -> Layer:
    """The greatest gains and losses."""
    rows: list[Row] = [
        {"label": wrapped(str(name)), "welfare_pct": change}
        for name, change in zip(table.column("name"), table.column("welfare_pct"), strict=True)
    ]
    if len(rows) > 2 * SHOWN:
        rows = rows[:SHOWN] + rows[-SHOWN:]
    shown = column(table, "welfare_pct")
    labels = [row["label"] for row in rows]
    y, reach = down(labels), Reach.of(rows, [shown.id])
    x = across(shown.id, f"Welfare change, {shown.unit}", reach, reach.scale(560))
    colour: Any = alt.condition("datum.welfare_pct < 0", alt.value(INDIGO), alt.value(TEAL))
    bars = alt.Chart(alt.InlineData(values=rows)).mark_bar(height={"band": 0.62}).encode(x=x, y=y, color=colour)
    texts = beside(rows, lambda row: written(row[shown.id], shown.digits), y, drawn=[shown.id])
    return alt.layer(bars, zero(), texts, width=560, height=pitch(labels, 26))


def _ends(changes: Any) -> tuple[float, float]:
    """Two round ends of classes, about a tenth and a half of the greatest change."""
    most = max((abs(change) for change in numbers(changes)), default=0.0)
    inner = max((end for end in ROUND if end <= most / 8), default=ROUND[0])
    outer = max((end for end in ROUND if end <= most / 2), default=ROUND[0])
    return inner, max(outer, 2 * inner)


def _classes(ends: tuple[float, float]) -> tuple[list[str], list[str]]:
    """Names and colours from the greatest gain to the greatest loss."""
    inner, outer = ends
    names = [
        f"above {plain(outer)}", f"{plain(inner)} to {plain(outer)}", f"{plain(LEAST)} to {plain(inner)}", "none",
        f"{plain(-LEAST)} to {plain(-inner)}", f"{plain(-inner)} to {plain(-outer)}", f"below {plain(-outer)}",
    ]  # fmt: skip
    if inner <= LEAST:
        names[2], names[4] = f"0 to {plain(inner)}", f"0 to {plain(-inner)}"
    return names, [*reversed(GAINS), "#f4f4f4", *LOSSES]


def _class(change: float, ends: Sequence[float]) -> int:
    least = min(LEAST, ends[0] / 2)
    size = 0 if abs(change) < least else 1 + sum(abs(change) > end for end in ends)
    return 3 - size if change > 0 else 3 + size


DRAWN: Final[dict[str, Callable[[Table], Any]]] = {"map": welfare_map, "bars": welfare_bars}
"""Figure id to the function that draws it."""
