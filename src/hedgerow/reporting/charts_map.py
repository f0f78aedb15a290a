"""The map of who would lose how much."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import altair as alt

from hedgerow.reporting import geometry
from hedgerow.reporting.brief import Brief, Table
from hedgerow.reporting.charts import INK, NO_DATA, Layer, Row, column, numbers
from hedgerow.reporting.charts_text import MISSING, plain, written

SHADES = ("#fdea45", "#d9c55c", "#a69d75", "#7c7b78", "#575d6d", "#31446b", "#00224e")
"""Steps of cividis, light to dark."""

POWER = "#ececed"
"""Not a shade of loss: the power does not tax itself."""

ROUND = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
"""Ends of classes that a reader can remember."""

UNKNOWN = "not in this world separately"
GAIN = "above 0"


def exposure(brief: Brief, table: Table) -> Layer:
    """Every economy shaded by its own loss; the power and the actor outlined and named."""
    losses = dict(zip(table.column("code"), table.column("loss"), strict=True))
    loss = column(table, "loss")
    classes = Classes(numbers(losses.values()))
    power = f"{brief.power.name}: sets the tariff"
    kinds = {
        str(code): classes.name(change)
        for code, change in losses.items()
        if isinstance(change, int | float) and not isinstance(change, bool)
    }
    kinds |= dict.fromkeys(brief.power.members, power)
    names = [*classes.names, power, UNKNOWN]
    scale = alt.Scale(domain=names, range=[*classes.shades, POWER, NO_DATA])
    legend = alt.Legend(
        title=f"Welfare change, {loss.unit}",
        symbolType="square",
        symbolStrokeColor=INK,
        symbolStrokeWidth=0.5,
        orient="bottom-left",
        direction="vertical",
        rowPadding=5,
        fillColor="#ffffff",
        padding=6,
    )
    colour = alt.Color("properties.kind:N", scale=scale, legend=legend)
    border = alt.condition(alt.FieldEqualPredicate(field="properties.kind", equal=UNKNOWN), alt.value("#c4c6c9"),
                           alt.value("#ffffff"))  # fmt: skip
    land = alt.Chart().mark_geoshape(strokeWidth=0.5).encode(color=colour, stroke=border)
    parties = [_outline(code, dash=[4, 2]) for code in brief.power.members]
    parties += [_outline(code, dash=[1, 0]) for code in brief.actor.members]
    layers = [land, *parties, dots(kinds, scale), *_names(brief, written(losses.get(brief.actor.code), loss.digits))]
    rate = plain(round(brief.tariff * 100, 6))
    title = f"A tariff of {rate}% on one economy alone: its own welfare change"
    return alt.layer(*layers, data=outlines(kinds), width=940, height=455, title=title).project(type="equalEarth")


class Classes:
    """Losses sorted into a handful of classes with round ends."""

    def __init__(self, losses: Sequence[float]) -> None:
        # Counted down from the greatest loss, so that the hardest hit never drown in a class of many.
        self.ends = [end for end in ROUND if -end > min(losses, default=0.0)][-5:]
        self.gains = any(loss > 0 for loss in losses)

    @property
    def names(self) -> list[str]:
        """From the greatest gain to the greatest loss."""
        ends = [0.0, *self.ends]
        between = [f"{plain(-a)} to {plain(-b)}" for a, b in pairwise(ends)]
        last = f"below {plain(-ends[-1])}" if self.ends else "0 or below"
        return [GAIN] * self.gains + [*between, last]

    @property
    def shades(self) -> list[str]:
        """One colour a class."""
        count = len(self.names)
        return [_shade(k / max(count - 1, 1)) for k in range(count)]

    def name(self, loss: float) -> str:
        """The class of one loss."""
        if loss > 0:
            return GAIN
        return self.names[self.gains + sum(-loss > end for end in self.ends)]


def _shade(part: float) -> str:
    """Cividis at a part of its way from light to dark."""
    at = part * (len(SHADES) - 1)
    first = min(int(at), len(SHADES) - 2)
    ends = [[int(shade[k : k + 2], 16) for k in (1, 3, 5)] for shade in SHADES[first : first + 2]]
    return "#" + "".join(f"{round(a + (b - a) * (at - first)):02x}" for a, b in zip(*ends, strict=True))


def outlines(kinds: dict[str, str]) -> alt.InlineData:
    """The world with each territory's class beside its shape."""
    shapes = [
        {**shape, "properties": {"kind": kinds.get(shape.get("id", ""), UNKNOWN)}} for shape in geometry.outlines()
    ]
    world: dict[str, Any] = {
        **geometry.topology(),
        "objects": {"countries": {"type": "GeometryCollection", "geometries": shapes}},
    }
    return alt.InlineData(values=world, format=alt.TopoDataFormat(type="topojson", feature="countries"))


def _outline(code: str, *, dash: list[int]) -> alt.Chart:
    """A dark border round the main pieces of one economy; round every islet it would hide them."""
    data = alt.InlineData(values=geometry.main_pieces(code))
    line: alt.Chart = alt.Chart(data).mark_geoshape(filled=False, stroke=INK, strokeWidth=1.4, strokeDash=dash)
    return line


def dots(kinds: dict[str, str], scale: alt.Scale) -> alt.Chart:
    """A dot for each economy too small to be seen otherwise."""
    rows = [
        {"longitude": place.longitude, "latitude": place.latitude, "properties": {"kind": kinds[code]}}
        for code, place in geometry.places().items()
        if place.small and code in kinds
    ]
    base = alt.Chart(alt.InlineData(values=rows)).mark_circle(size=34, opacity=1, stroke=INK, strokeWidth=0.7)
    colour = alt.Color("properties.kind:N", scale=scale)
    dots: alt.Chart = base.encode(longitude="longitude:Q", latitude="latitude:Q", color=colour)
    return dots


def _names(brief: Brief, change: str) -> list[alt.Chart]:
    """Names of the two parties on a white halo; a bloc has no single place and gets none."""
    own = brief.actor.name if change == MISSING else f"{brief.actor.name} {change}%"
    texts = {brief.power.code: brief.power.name, brief.actor.code: own}
    rows: list[Row] = []
    for code, text in texts.items():
        if place := geometry.places().get(code):
            # A speck must stay visible below its name.
            rows.append({"longitude": place.longitude, "latitude": place.latitude + 3 * place.small, "text": text})
    base = alt.Chart(alt.InlineData(values=rows)).encode(longitude="longitude:Q", latitude="latitude:Q", text="text:N")
    style: dict[str, Any] = {"fontSize": 12, "fontWeight": "bold"}
    halo = base.mark_text(**style, color="#ffffff", stroke="#ffffff", strokeWidth=3.5, strokeJoin="round")
    return [halo, base.mark_text(**style, color=INK)]
