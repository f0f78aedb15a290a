"""A plan's pictures: what each option is worth in calm and in a storm, and the bundles that no other beats."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
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
    pitch,
    records,
    zero,
)
from hedgerow.reporting.charts_text import wrapped, written
from hedgerow.reporting.plan.report import NOTHING

WIDTH = 320
WIDE, HIGH = 620, 300
"""Pixels of the frontier."""
ASIDE, LETTER, LINE = 10, 7.5, 15
"""Pixels from a point to its label, of a letter, and of a line of text."""


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
    rows = [row for row in rows if row["mean_pct"] is not None and row["tail_pct"] is not None]
    tails, means = ([float(row[name]) for row in rows] for name in ("tail_pct", "mean_pct"))
    places = [(WIDE * a, HIGH * b) for a, b in zip(_spread(tails), _spread(means), strict=True)]
    rows = [
        {**row, "label": f"{label}, {NOTHING}" if label.isdigit() and row["bundle"] == NOTHING else label}
        for row, label in zip(rows, labels_apart(places), strict=True)
    ]
    x = alt.X("tail_pct:Q", title="Loss in the worst tenth, % of income", scale=_around(tails))
    y = alt.Y("mean_pct:Q", title="Expected income, net of cost, % of income", scale=_around(means))
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=x, y=y)
    points = base.mark_point(filled=True, size=70, color=INDIGO)
    labels = base.mark_text(dx=ASIDE, align="left", color=INK, fontSize=12).encode(text="label:N")
    return alt.layer(points, labels, width=WIDE, height=HIGH)


def labels_apart(places: Sequence[tuple[float, float]]) -> list[str]:
    """Numbers of points from 1; where labels would overlap, the first point of the group carries all its numbers.

    Args:
        places: of the points, pixels across and upwards.
    """
    groups = [[k] for k in range(len(places))]

    def overlap(one: list[int], other: list[int]) -> bool:
        (x, y), (u, v) = places[one[0]], places[other[0]]
        left = x < u + ASIDE + LETTER * len(_numbers(other)) and u < x + ASIDE + LETTER * len(_numbers(one))
        return left and abs(y - v) < LINE

    while True:
        pair = next(((a, b) for a, b in combinations(groups, 2) if overlap(a, b)), None)
        if pair is None:
            break
        groups = [*(g for g in groups if g not in pair), sorted(pair[0] + pair[1])]
    written_at = {group[0]: _numbers(group) for group in groups}
    return [written_at.get(k, "") for k in range(len(places))]


def _numbers(group: Sequence[int]) -> str:
    """Positions from 1, runs of three and more shortened: ``1-3, 5``."""
    runs: list[list[int]] = []
    for k in group:
        if runs and k == runs[-1][-1] + 1:
            runs[-1].append(k)
        else:
            runs.append([k])
    words = [f"{r[0] + 1}-{r[-1] + 1}" if len(r) > 2 else ", ".join(str(k + 1) for k in r) for r in runs]
    return ", ".join(words)


def _spread(values: list[float]) -> list[float]:
    """Values from 0 to 1 between the least and the largest."""
    low, high = _ends(values)
    return [(value - low) / ((high - low) or 1.0) for value in values]


def _around(values: list[float]) -> alt.Scale:
    """A scale with a little room around all values."""
    low, high = _ends(values)
    room = 0.08 * ((high - low) or 1.0)
    return alt.Scale(domain=[low - room, high + room], zero=False, nice=False)


def _ends(values: list[float]) -> tuple[float, float]:
    """The least and the largest; 0 to 1 of nothing."""
    return (min(values), max(values)) if values else (0.0, 1.0)


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
