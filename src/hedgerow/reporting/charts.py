"""What all charts share: look, colours, panels of bars.

Colours are steps of viridis and cividis, which stay apart for the colour-blind and in grey. A hue is never the
only sign of anything: position, shape, hatching or words say it too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from hedgerow.reporting.brief import Cell, Column, Table
from hedgerow.reporting.charts_text import written

INK = "#26282b"
SOFT = "#5d6166"
RULE = "#e6e7e9"
INDIGO = "#414487"
TEAL = "#21918c"

NO_DATA = "#d0d0d1"
"""Drawn as grey hatching, see :mod:`hedgerow.reporting.charts_svg`."""
ASSUMED = "#5ec962"
"""Drawn as green hatching."""

UNIFORM = "θ = 4 in every sector (in brackets)"
"""The second answer of every modelled bar: one trade elasticity for all."""

ROOM = 56
"""Pixels kept free beyond the longest bar for its number."""
DOUBLE_ROOM = 116
"""The same where two numbers stand there."""

Row = dict[str, Any]
Layer = alt.LayerChart | alt.FacetChart
"""What ``alt.layer`` says it returns."""


def numbers(cells: Iterable[Cell]) -> list[float]:
    """The cells that hold a number."""
    return [float(c) for c in cells if isinstance(c, int | float) and not isinstance(c, bool)]


def column(table: Table, name: str) -> Column:
    """A column's declaration."""
    return next(c for c in table.columns if c.id == name)


def records(columns: dict[str, tuple[Cell, ...]]) -> list[Row]:
    """Columns turned into one record a row."""
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


@dataclass(frozen=True)
class Reach:
    """How far a panel's marks go, and the pixels its texts need on either side."""

    low: float
    high: float
    left: int
    right: int

    @classmethod
    def of(cls, rows: list[Row], drawn: Sequence[str], room: int = ROOM) -> Reach:
        """Zero and all that is drawn, with room on the sides where :func:`beside` writes."""
        found = numbers([0.0, *(row[field] for row in rows for field in drawn)])
        left = any(_leftwards(row, drawn) for row in rows)
        right = any(not _leftwards(row, drawn) and row[drawn[0]] is not None for row in rows)
        return cls(min(found), max(found), room if left else 6, room if right else 36)

    @property
    def size(self) -> float:
        """Distance between the ends; 1 where nothing is drawn."""
        return (self.high - self.low) or 1.0

    def scale(self, width: int) -> float:
        """Pixels for one unit in a panel of this width."""
        return (width - self.left - self.right) / self.size

    def width(self, scale: float) -> int:
        """Pixels of a panel at this scale."""
        return round(self.left + self.size * scale + self.right)

    def domain(self, scale: float) -> list[float]:
        """Ends of the axis at this scale."""
        start = self.low - self.left / scale
        return [start, start + self.width(scale) / scale]


def _leftwards(row: Row, drawn: Sequence[str]) -> bool:
    """Whether the row's text stands on the left, as losses have it."""
    return row[drawn[0]] is not None and row[drawn[0]] < 0


def across(field: str, title: str, reach: Reach, scale: float) -> alt.X:
    """A horizontal axis of numbers that keeps its ends."""
    ends = alt.Scale(domain=reach.domain(scale), nice=False, zero=True)
    axis = alt.Axis(labelExpr=SIGNED, tickCount=max(2, reach.width(scale) // 70))
    return alt.X(f"{field}:Q", title=title, scale=ends, axis=axis)


def down(labels: Sequence[str], *, shown: bool = True) -> alt.Y:
    """A vertical axis of names in the order given; ``shown=False`` where the panel to the left shows them."""
    axis = alt.Axis(labelExpr=r"split(datum.label, '\n')", labelLimit=300) if shown else None
    return alt.Y("label:N", sort=list(labels), title=None, axis=axis)


def pitch(labels: Sequence[str], least: int) -> alt.Step:
    """Height of a row, enough for the name with the most lines."""
    lines = max((label.count("\n") + 1 for label in labels), default=1)
    return alt.Step(max(least, 15 * lines + 9))


SIGNED = f"replace(datum.label, '-', '{written(-1.0, 0)[0]}')"
"""Vega's own minus is a hyphen in some fonts."""


def zero() -> alt.Chart:
    """The line that bars start from."""
    rule: alt.Chart = alt.Chart(alt.InlineData(values=[{"zero": 0}])).mark_rule(color=INK).encode(x="zero:Q")
    return rule


def beside(rows: list[Row], text: Callable[[Row], str], y: alt.Y, *, drawn: Sequence[str]) -> Layer:
    """Each row's text, outside of everything that is ``drawn`` in the row; the first field decides the side."""
    placed = []
    for row in rows:
        reach = numbers([0.0, *(row[field] for field in drawn)])
        left = _leftwards(row, drawn)
        placed.append({"label": row["label"], "x": min(reach) if left else max(reach), "text": text(row), "left": left})
    base = alt.Chart(alt.InlineData(values=placed)).encode(x="x:Q", y=y, text="text:N")
    style: dict[str, Any] = {"baseline": "middle", "fontSize": 12, "color": INK}
    return alt.layer(
        base.transform_filter("datum.left").mark_text(align="right", dx=-8, **style),
        base.transform_filter("!datum.left").mark_text(align="left", dx=8, **style),
    )


def bracketed(row: Row, field: str, other: str, digits: int) -> str:
    """A number and, in brackets, the same number under another elasticity."""
    if row[field] is None:
        return written(None, digits)
    return f"{written(row[field], digits)} ({written(row[other], digits)})"


def named(rows: list[Row], word: str) -> alt.Chart:
    """The rows with one word for all of them, so that the legend can name the layer."""
    return alt.Chart(alt.InlineData(values=[{**row, "layer": word} for row in rows]))


def diamonds(rows: list[Row], field: str, y: alt.Y, legend: alt.Legend | None) -> alt.Chart:
    """The answer when every sector has the same trade elasticity."""
    shape = alt.Shape("layer:N", scale=alt.Scale(domain=[UNIFORM], range=["diamond"]), legend=legend)
    base = named(rows, UNIFORM)
    marks = base.mark_point(size=75, filled=True, opacity=1, color="#ffffff", stroke=INK, strokeWidth=1.4)
    chart: alt.Chart = marks.encode(x=f"{field}:Q", y=y, shape=shape)
    return chart


def finished(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """The chart's specification in the house style."""
    spec: dict[str, Any] = chart.to_dict()
    axis = {"labelFontSize": 12, "titleFontSize": 12, "labelColor": INK, "titleColor": SOFT,
            "titleFontWeight": "normal", "domain": False, "ticks": False, "gridColor": RULE,
            "labelPadding": 8, "titlePadding": 10}  # fmt: skip
    spec["config"] = {
        "font": "sans-serif",
        "background": "#ffffff",
        "view": {"stroke": None},
        "axis": axis,
        "axisY": {"grid": False},
        "title": {"fontSize": 14, "color": INK, "subtitleColor": SOFT, "subtitleFontSize": 12, "anchor": "start",
                  "offset": 12, "subtitlePadding": 4},
        "legend": {"labelFontSize": 12, "titleFontSize": 12, "labelColor": INK, "titleColor": SOFT, "labelLimit": 420,
                   "titleLimit": 800, "titleFontWeight": "normal", "symbolSize": 130, "orient": "bottom",
                   "direction": "horizontal", "columnPadding": 34, "rowPadding": 6,
                   "layout": {"bottom": {"margin": 40}}},
    }  # fmt: skip
    # Names stand at the left edge and may be a tenth wider in the reader's font than in Vega's.
    spec["padding"] = {"left": 24, "right": 24, "top": 8, "bottom": 8}
    return spec
