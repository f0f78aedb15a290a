"""An optimal policy on a terminal."""

from __future__ import annotations

from rich.console import Console, JustifyMethod
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from hedgerow.reporting.brief import Table
from hedgerow.reporting.charts_text import written
from hedgerow.reporting.optimal_report import OptimalReport

SHOWN = 12
"""Rows of a long table, half from each end; JSON has all of them."""


def print_optimal(report: OptimalReport, console: Console) -> None:
    """Title, world, the bottom line, what is left out, and the tables."""
    console.print(Text(report.title, style="bold"))
    console.print(
        f"{report.world.title} · world {report.world.id}, sha256 {report.world.sha256[:16]}\n"
        f"{report.solver.solves} equilibria solved, residual {report.solver.worst_residual:.1e}, "
        f"deficits {report.deficits}",
        style="dim",
        highlight=False,
        markup=False,
    )
    console.print()
    for sentence in report.bottom_line:
        console.print(Padding(Text(f"• {sentence}"), (0, 0, 0, 1)))
    for table in report.tables:
        console.print()
        print_table(table, console)
    console.print()
    for warning in report.warnings:
        console.print(Padding(Text(warning, style="dim"), (0, 0, 0, 1)))


def print_table(table: Table, console: Console, *, shown: int = SHOWN) -> None:
    """A table with its columns that hold anything; of a long one ``shown`` rows, half from each end."""
    console.print(Text(table.title, style="bold"))
    grid = Grid(box=None, padding=(0, 1), header_style="", pad_edge=False)
    kept = [k for k in range(len(table.columns)) if any(row[k] is not None for row in table.rows)]
    for column in (table.columns[k] for k in kept):
        kind = f"({column.status})" if column.status else ""
        heading = "\n".join(filter(None, [column.title, column.unit, kind]))
        justify: JustifyMethod = "right" if column.unit else "left"
        grid.add_column(heading, justify=justify, min_width=len(kind), overflow="fold")  # ids and links stay whole
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
