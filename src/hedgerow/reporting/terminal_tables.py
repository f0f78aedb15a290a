"""What answers share on a terminal: sentences, headings, tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console, JustifyMethod
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from hedgerow.reporting.brief import Column, Table
from hedgerow.reporting.charts_text import written

SHOWN = 12
"""Rows of a long table, half from each end; JSON has all of them."""


def print_sentences(sentences: Iterable[str], console: Console) -> None:
    """Each as a point of its own."""
    for sentence in sentences:
        console.print(Padding(Text(f"• {sentence}"), (0, 0, 0, 1)))


def heading(column: Column) -> str:
    """Title, unit and kind of number, one below the other."""
    lines = (column.title, column.unit, f"({column.status})" if column.status else "")
    return "\n".join(filter(None, lines))


def print_table(table: Table, console: Console, *, shown: int = SHOWN) -> None:
    """A table with its columns that hold anything; of a long one ``shown`` rows, half from each end."""
    console.print(Text(table.title, style="bold"))
    grid = Grid(box=None, padding=(0, 1), header_style="", pad_edge=False)
    kept = [k for k in range(len(table.columns)) if any(row[k] is not None for row in table.rows)]
    for column in (table.columns[k] for k in kept):
        kind = f"({column.status})" if column.status else ""
        justify: JustifyMethod = "right" if column.unit else "left"
        grid.add_column(heading(column), justify=justify, min_width=len(kind), overflow="fold")  # ids, links stay whole
    rows = table.rows
    left_out = len(rows) - shown
    if left_out > 1:
        rows = (*rows[: shown // 2], *rows[-shown // 2 :])
    for row in rows:
        grid.add_row(*(written(row[k], table.columns[k].digits) for k in kept))
    console.print(grid, highlight=False)
    notes = (f"{left_out} rows between are left out; --json has them.",) if left_out > 1 else ()
    for note in (*notes, *table.notes):
        console.print(Padding(Text(note, style="dim"), (0, 0, 0, 1)))


def print_rows(table: Table, rows: Sequence[tuple[object, ...]], columns: tuple[str, ...], console: Console) -> None:
    """Some columns of some rows of a table, with units and kinds of number."""
    console.print(Text(table.title, style="bold"))
    grid = Grid(box=None, padding=(0, 1), header_style="", pad_edge=False)
    kept = [k for k, column in enumerate(table.columns) if column.id in columns]
    for column in (table.columns[k] for k in kept):
        grid.add_column(heading(column), justify="right" if column.unit else "left")
    for row in rows:
        grid.add_row(*(written(row[k], table.columns[k].digits) for k in kept))  # type: ignore[arg-type]
    console.print(grid, highlight=False)
