"""The four elements of hedging on a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from hedgerow.reporting.hedging.report import HedgingReport
from hedgerow.reporting.terminal_tables import print_sentences, print_table

SHOWN = 30
"""Rows of a long table, half from each end; JSON and files have all of them."""


def print_hedging(report: HedgingReport, console: Console) -> None:
    """Title, the answer in words, the tables, what they do not say, and the sources."""
    weights = ", ".join(f"{name} {weight:.2g}" for name, weight in report.weights.items())
    console.print(Text(report.title, style="bold"))
    console.print(Text(f"{report.draws} draws, seed {report.seed} · weights {weights}", style="dim"))
    console.print()
    print_sentences(report.bottom_line, console)
    for table in report.tables:
        console.print()
        print_table(table, console, shown=SHOWN)
    console.print()
    for warning in report.warnings:
        console.print(Padding(Text(warning, style="dim"), (0, 0, 0, 1)))
    console.print()
    for source in report.sources:
        console.print(Text(f"{source.citation} {source.licence}.", style="dim"))
