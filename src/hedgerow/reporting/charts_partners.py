"""What each partnership earns in calm weather, and what it insures. Two panels, never one sum."""

from __future__ import annotations

import altair as alt

from hedgerow.reporting.brief import Brief, Cell, Column, Table
from hedgerow.reporting.charts import (
    ASSUMED,
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

TARIFF = "tariffs removed (modelled)"
NONTARIFF = "non-tariff costs cut (assumed)"

BAND = 0.5
MOST = 16
"""Partners drawn."""
FIELDS = ("calm_tariff_pct", "calm_nontariff_pct", "calm_nontariff_low_pct", "calm_nontariff_high_pct",
          "avoided_pct", "avoided_low_pct", "avoided_high_pct", "avoided_theta4_pct")  # fmt: skip


def partners(brief: Brief, table: Table) -> alt.HConcatChart:
    """Calm gain on the left, loss avoided on the right, each on its own scale."""
    rows = _strongest(records({"label": _labels(table), **{f: table.column(f) for f in FIELDS}}))
    shown = column(table, "avoided_pct")
    part = f" ({len(rows)} of {len(table.rows)})" if len(rows) < len(table.rows) else ""
    calm = _calm([_stacked(row, shown.digits) for row in rows], column(table, "calm_tariff_pct").unit)
    storm = _avoided(rows, shown)
    return alt.hconcat(
        calm.properties(title=f"Calm weather: gain while nothing happens{part}"),
        storm.properties(title="Storm: loss avoided (own scale)"),
        spacing=28,
    )


def _strongest(rows: list[Row]) -> list[Row]:
    """The rows that matter most in either panel, in the table's order; a world of many partners fills the table."""
    if len(rows) <= MOST:
        return rows
    insured = sorted(rows, key=lambda row: -abs(row["avoided_pct"] or 0.0))[: MOST // 2]
    rest = [row for row in rows if row not in insured]
    gained = sorted(rest, key=lambda row: -((row["calm_tariff_pct"] or 0.0) + (row["calm_nontariff_pct"] or 0.0)))
    kept = [*insured, *gained[: MOST - len(insured)]]
    return [row for row in rows if row in kept]


def _labels(table: Table) -> tuple[str, ...]:
    """Partner, kind of agreement and, where it is so, that the partner loses."""
    names, standings = table.column("partner"), table.column("standing")
    found = []
    for name, standing, loses in zip(names, standings, table.column("partner_loses"), strict=True):
        first = wrapped(str(name), 30)
        found.append(f"▼ {first}\n{standing} · partner loses" if loses else f"{first}\n{standing}")
    return tuple(found)


def _sum(a: Cell, b: Cell) -> float | None:
    """Two steps of the same gain; unknown if either is."""
    return None if a is None or b is None else float(a) + float(b)


def _stacked(row: Row, digits: int) -> Row:
    """Where the second bar starts and ends, and where its range lies."""
    tariff, more = row["calm_tariff_pct"], row["calm_nontariff_pct"]
    return {
        "label": row["label"],
        "tariff": tariff,
        "total": _sum(tariff, more),
        "low": _sum(tariff, row["calm_nontariff_low_pct"]),
        "high": _sum(tariff, row["calm_nontariff_high_pct"]),
        "text": f"{written(tariff, digits)} + {written(more, digits)}",
    }


def _calm(rows: list[Row], unit: str) -> Layer:
    """Two steps in a row: solid for tariffs, hatched for what is assumed.

    The hatched step goes on from where the solid one ends; where it goes back, the solid one stays on top.
    """
    labels = [row["label"] for row in rows]
    y = down(labels)
    drawn = ("total", "tariff", "low", "high")
    reach = Reach.of(rows, drawn, DOUBLE_ROOM)
    x = across("tariff", f"Welfare change, {unit}", reach, reach.scale(340))
    scale = alt.Scale(domain=[TARIFF, NONTARIFF], range=[INDIGO, ASSUMED])
    colour = alt.Color("layer:N", scale=scale, legend=alt.Legend(title=None, symbolType="square"))
    thick = {"band": BAND}
    first = named(rows, TARIFF).mark_bar(height=thick).encode(x=x, y=y, color=colour)
    second = named(rows, NONTARIFF).mark_bar(height=thick).encode(x=x, x2="total:Q", y=y, color=colour)
    texts = beside(rows, lambda row: str(row["text"]), y, drawn=drawn)
    layers = [second, first, zero(), *_range(rows, y), texts]
    return alt.layer(*layers, width=340, height=pitch(labels, 44))


def _avoided(rows: list[Row], shown: Column) -> Layer:
    """Loss avoided, of either sign, with its range and the answer under another elasticity."""
    drawn = ("avoided_pct", "avoided_low_pct", "avoided_high_pct", "avoided_theta4_pct")
    placed = [{**row, "low": row[drawn[1]], "high": row[drawn[2]]} for row in rows]
    labels = [row["label"] for row in rows]
    y = down(labels, shown=False)
    reach = Reach.of(placed, drawn, DOUBLE_ROOM)
    x = across(drawn[0], f"Welfare change, {shown.unit}", reach, reach.scale(300))
    bars = alt.Chart(alt.InlineData(values=placed)).mark_bar(height={"band": BAND}, color=TEAL).encode(x=x, y=y)
    marks = diamonds(placed, drawn[3], y, alt.Legend(title=None))
    texts = beside(placed, lambda row: bracketed(row, drawn[0], drawn[3], shown.digits), y, drawn=drawn)
    layers = [bars, zero(), *_range(placed, y), marks, texts]
    return alt.layer(*layers, width=300, height=pitch(labels, 44))


def _range(rows: list[Row], y: alt.Y) -> list[alt.Chart]:
    """A whisker from low to high, with ends."""
    data = alt.Chart(alt.InlineData(values=rows))
    return [
        data.mark_rule(color=INK, strokeWidth=1.4).encode(x="low:Q", x2="high:Q", y=y),
        *(data.mark_tick(color=INK, thickness=1.4, size=9).encode(x=f"{end}:Q", y=y) for end in ("low", "high")),
    ]
