"""A study on a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from hedgerow.reporting.studies.study import Study
from hedgerow.reporting.terminal_tables import print_sentences, print_table

SHOWN = 24
"""Rows of a long table, half from each end."""


def print_study(report: Study, console: Console) -> None:
    """Title, world, the bottom line, every table, and what is left out."""
    console.print(Text(report.title, style="bold"))
    console.print(
        f"{report.world.title} · world {report.world.id}, sha256 {report.world.sha256[:16]}\n"
        f"solved: {report.solver.solves:,} equilibria, residual {report.solver.worst_residual:.1e} (limit 1e-10)",
        style="dim",
        highlight=False,
        markup=False,
    )
    console.print()
    print_sentences(report.bottom_line, console)
    for table in report.tables:
        console.print()
        print_table(table, console, shown=SHOWN)
    console.print()
    for paragraph in report.method[-1].paragraphs:
        console.print(Padding(Text(paragraph, style="dim"), (0, 0, 0, 1)))
