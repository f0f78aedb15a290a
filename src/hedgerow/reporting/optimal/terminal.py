"""An optimal policy on a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from hedgerow.reporting.optimal.report import OptimalReport
from hedgerow.reporting.terminal_tables import print_sentences, print_table


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
    print_sentences(report.bottom_line, console)
    for table in report.tables:
        console.print()
        print_table(table, console)
    console.print()
    for warning in report.warnings:
        console.print(Padding(Text(warning, style="dim"), (0, 0, 0, 1)))
