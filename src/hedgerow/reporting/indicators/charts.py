"""Pictures of indicators over the years: lines, one panel a series, because values of two series do not compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from hedgerow.reporting.brief import Brief, Table
from hedgerow.reporting.charts import INDIGO, INK, SIGNED, SOFT, TEAL, Layer, Row, column, numbers, records
from hedgerow.reporting.charts_text import wrapped

WIDTH = 720
"""Pixels that the panels of one row divide between them by their years."""
HEIGHT = 230
NARROW = 120
"""Pixels of a panel with a single year."""
BAND = "#c9d3d8"
PALETTE = ("#440154", "#31688e", "#35b779", "#90743c", "#21918c")
"""Steps of viridis, and a dark yellow of cividis, that stay apart in grey; shapes differ too."""
SHAPES = ("circle", "diamond", "square", "triangle-up", "cross")
MEDIAN = "Peers: median, and their middle half shaded"


@dataclass(frozen=True)
class Line:
    """One line of a panel: name, and values by year with their range where there is one."""

    name: str
    points: tuple[tuple[int, float, float | None, float | None], ...]
    """Year, value, low, high."""


@dataclass(frozen=True)
class Panel:
    """Lines on one pair of axes."""

    title: str
    unit: str
    lines: tuple[Line, ...]
    zero: bool = True
    """Whether the axis starts at zero."""


def panels(found: Sequence[Panel], *, across: int = 2) -> alt.VConcatChart:
    """Panels side by side, ``across`` of them in a row, each with its own axes; all share the names of the legend."""
    names = list(dict.fromkeys(line.name for panel in found for line in panel.lines))
    drawn = [_panel(panel, names, WIDTH // across - 40) for panel in found]
    rows = [alt.hconcat(*drawn[k : k + across], spacing=40) for k in range(0, len(drawn), across)]
    return alt.vconcat(*rows, spacing=30)


def _panel(panel: Panel, names: Sequence[str], width: int) -> Layer:
    rows: list[Row] = [
        {"year": year, "value": value, "low": low, "high": high, "layer": line.name}
        for line in panel.lines
        for year, value, low, high in line.points
    ]
    years = [row["year"] for row in rows]
    x = _years(min(years), max(years), width)
    base = alt.Chart(alt.InlineData(values=rows))
    ends: dict[str, Any] = {"scale": alt.Scale(domain=list(names), range=list(PALETTE[: len(names)]))}
    colour = alt.Color("layer:N", legend=alt.Legend(title=None, symbolOpacity=1), **ends)
    y = alt.Y("value:Q", title=panel.unit, scale=alt.Scale(zero=panel.zero), axis=alt.Axis(labelExpr=SIGNED, grid=True))
    ranged = base.transform_filter("isValid(datum.low)").mark_area(opacity=0.18)
    marks = [ranged.encode(x=x, y=alt.Y("low:Q", title=panel.unit), y2="high:Q", color=colour)]
    lines = base.mark_line(strokeWidth=2.2).encode(x=x, y=y, color=colour)
    return alt.layer(*marks, lines, *_last(rows, x, y, colour, names), width=width, height=HEIGHT, title=panel.title)


def _last(rows: list[Row], x: alt.X, y: alt.Y, colour: alt.Color, names: Sequence[str]) -> list[alt.Chart]:
    """A mark of its own shape at the last year of each line, so that a hue is not the only sign."""
    final = {row["layer"]: row for row in rows}
    shape = alt.Shape("layer:N", legend=alt.Legend(title=None, symbolOpacity=1), scale=alt.Scale(
        domain=list(names), range=list(SHAPES[: len(names)])))  # fmt: skip
    base = alt.Chart(alt.InlineData(values=list(final.values())))
    return [base.mark_point(size=80, filled=True, opacity=1).encode(x=x, y=y, color=colour, shape=shape)]


def standing(brief: Brief, table: Table) -> alt.HConcatChart:
    """The actor's line over the middle half of its peers, one panel a series."""
    fields = ("year", "series", "own_pct", "lower_pct", "median_pct", "upper_pct")
    rows = records({field: table.column(field) for field in fields})
    most = max(numbers(row[field] for row in rows for field in fields[2:]), default=1.0)
    series = list(dict.fromkeys(row["series"] for row in rows))
    parts = [[{**row, "year": int(row["year"])} for row in rows if row["series"] == name] for name in series]
    parts = parts or [[{**dict.fromkeys(fields), "year": 0, "series": ""}]]
    parts.sort(key=lambda part: part[0]["year"])
    spans = [part[-1]["year"] - part[0]["year"] for part in parts]
    scale = (WIDTH - NARROW * spans.count(0)) / (sum(spans) or 1)
    unit = column(table, "own_pct").unit
    drawn = [
        _series(brief.actor.name, part, most, unit if k == 0 else None, round(span * scale) or NARROW)
        for k, (part, span) in enumerate(zip(parts, spans, strict=True))
    ]
    return alt.hconcat(*drawn, spacing=24)


def _series(actor: str, rows: list[Row], most: float, unit: str | None, width: int) -> Layer:
    x = _years(rows[0]["year"], rows[-1]["year"], width)
    ends = alt.Scale(domain=[0, most * 1.05], nice=False)
    y = alt.Y("value:Q", title=unit, scale=ends, axis=alt.Axis(labelExpr=SIGNED, labels=unit is not None, grid=True))
    band: dict[str, Any] = {"x": x, "y": alt.Y("lower_pct:Q", scale=ends, title=unit), "y2": "upper_pct:Q"}
    base = alt.Chart(alt.InlineData(values=rows))
    single = len(rows) == 1
    shade = base.mark_bar(size=26, color=BAND) if single else base.mark_area(color=BAND)
    told = [
        {"year": row["year"], "value": row[field], "layer": name}
        for field, name in (("median_pct", MEDIAN), ("own_pct", actor))
        for row in rows
    ]
    names = [actor, MEDIAN]
    colour = alt.Color("layer:N", scale=alt.Scale(domain=names, range=[INDIGO, TEAL]), legend=alt.Legend(title=None))
    shape = alt.Shape(
        "layer:N", scale=alt.Scale(domain=names, range=["circle", "diamond"]), legend=alt.Legend(title=None)
    )
    lines = alt.Chart(alt.InlineData(values=told))
    return alt.layer(
        shade.encode(**band),
        lines.mark_line(strokeWidth=1.8).encode(x=x, y=y, color=colour),
        lines.mark_point(size=34, filled=True, opacity=1).encode(x=x, y=y, color=colour, shape=shape),
        width=width,
        height=HEIGHT,
        title=alt.TitleParams(
            wrapped(brief_name(rows[0]["series"]), max(12, width // 7)).split("\n"),
            fontSize=12,
            color=SOFT,
            fontWeight="normal",
        ),
    )


def brief_name(series: str) -> str:
    """The title of a series up to its first comma: what it holds, without its publisher."""
    return series.split(",")[0]


def _years(first: int, last: int, width: int) -> alt.X:
    """An axis of whole years."""
    ticks = [first] if first == last else list(range(first, last + 1, max(1, -(-(last - first) * 46 // max(width, 1)))))
    axis = alt.Axis(format="d", values=ticks, grid=False, labelColor=INK, labelFlush=False)
    ends = [first - 1, last + 1] if first == last else [first, last]
    return alt.X("year:Q", title=None, axis=axis, scale=alt.Scale(domain=ends, nice=False))
