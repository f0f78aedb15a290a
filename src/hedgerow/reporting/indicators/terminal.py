"""Indicators on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from hedgerow.reporting.charts_text import written
from hedgerow.reporting.indicators.measured import Coverage, Declared, Measured, Value, spans, usual_step

SHOWN = 40
"""Rows that fit a terminal; files hold the rest."""


def print_catalogue(indicators: Sequence[Declared], console: Console) -> None:
    """One row an indicator."""
    grid = Grid(box=None, padding=(0, 1), header_style="bold", pad_edge=False)
    for title in ("indicator", "of", "range", "unit", "lineage", "title"):
        grid.add_column(title, no_wrap=title in ("indicator", "range"))
    for one in indicators:
        grid.add_row(one.id, one.per.value, limits(one), one.unit, one.lineage.value, one.title)
    console.print(grid, highlight=False, markup=False)


def print_measured(found: Measured, console: Console) -> None:
    """What the indicator says of itself, its values, their gaps and their sources."""
    one = found.indicator
    console.print(Text(one.title, style="bold"))
    console.print(f"{one.id} · {one.unit} · {limits(one)} · {one.lineage.value}", style="dim", markup=False)
    for text in (one.formula, one.reading, one.caution, f"Range of values: {one.uncertainty}", one.reference):
        if text:
            console.print(Padding(Text(text), (0, 0, 0, 1)))
    console.print()
    if one.assumptions:
        console.print(_assumptions(one), highlight=False, markup=False)
        console.print()
    console.print(_values(found), highlight=False, markup=False)
    more = len(found.values) - SHOWN
    if more > 0:
        console.print(Text(f"… {more} more; --csv FILE writes them all", style="dim"))
    console.print()
    for series in found.coverage:
        console.print(Text(_covered(series), style="dim"))
    for source in found.sources:
        console.print(Text(f"{source.citation} {source.licence}.", style="dim"))


def limits(one: Declared) -> str:
    """The range of an indicator in words."""
    low, high = (None if end is None else f"{end:.3g}" for end in (one.low, one.high))
    if low is None and high is None:
        return "any number"
    if high is None:
        return f"{low} and more"
    return f"{high} and less" if low is None else f"{low} to {high}"


def _assumptions(one: Declared) -> Grid:
    """Every assumed number, with the ends it may reasonably lie between."""
    grid = Grid(box=None, padding=(0, 1), header_style="bold", pad_edge=False)
    for title in ("assumed", "value", "range", "unit", "why"):
        grid.add_column(title, justify="right" if title == "value" else "left")
    for each in one.assumptions:
        grid.add_row(each.name, f"{each.value:g}", f"{each.low:g} to {each.high:g}", each.unit, each.why)
    return grid


def _values(found: Measured) -> Grid:
    rows = found.values[:SHOWN]
    columns = {
        "actor": found.actor is None and any(row.actor for row in rows),
        "year": True,
        "since": any(row.since for row in rows),
        "power": any(row.power for row in rows),
        "sector": any(row.sector for row in rows),
        "value": True,
        "range": any(_ranged(row) for row in rows),
        "status": True,
        "series": True,
    }
    shown = [name for name, wanted in columns.items() if wanted]
    grid = Grid(box=None, padding=(0, 1), header_style="bold", pad_edge=False)
    for name in shown:
        grid.add_column(name, justify="right" if name in ("value", "range") else "left")
    for row in rows:
        grid.add_row(*(_cell(row, name, found.indicator.labels) for name in shown))
    return grid


def _cell(row: Value, name: str, labels: tuple[str, ...]) -> str:
    if name == "value":
        return labels[int(row.value)] if labels else written(row.value, _digits(row.value))
    if name == "range":
        ends = [written(end, _digits(row.value)) for end in (row.low, row.high)]
        return f"{ends[0]} to {ends[1]}" if _ranged(row) else ""
    if name == "since":
        return "" if row.since is None else str(row.since)
    return str(getattr(row, name))


def _ranged(row: Value) -> bool:
    """Whether a value has a range that is wider than itself."""
    return any(end is not None and end != row.value for end in (row.low, row.high))


def _digits(value: float) -> int:
    return 4 if abs(value) < 10 else 1


def _covered(series: Coverage) -> str:
    step = usual_step(series.years)
    if series.gaps == series.years:
        return f"{series.series}: no value; others have {spans(series.years, step)}"
    every = f" every {step} years" if step > 1 else ""
    gaps = f"; no value: {spans(series.gaps, step)}" if series.gaps else ""
    return f"{series.series}: {spans(series.years, step)}{every}{gaps}"
