"""The ledger on a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from hedgerow.reporting.brief import Table
from hedgerow.reporting.ledger.report import LedgerReport
from hedgerow.reporting.terminal_tables import print_sentences, print_table

SHOWN = 60
"""Rows of a long table, half from each end; JSON and files have all of them."""
_PAGE_ONLY = {"checks", "journal"}
"""Tables that only the page and the files hold."""
_WIDE = {"goal-scores": {"added_low", "added_high", "share_low", "share_high"}}
"""Columns that a terminal has no room for, by table."""


def print_ledger(report: LedgerReport, console: Console) -> None:
    """Title, the answer in words, the tables, and the sources."""
    console.print(Text(report.title, style="bold"))
    console.print(Text(f"ledger {report.ledger}, as of {report.as_of}", style="dim"))
    console.print()
    print_sentences(report.bottom_line, console)
    for table in report.tables:
        if table.id not in _PAGE_ONLY:
            console.print()
            print_table(_narrow(table), console, shown=SHOWN)
    for source in report.sources:
        console.print(Text(f"{source.citation} {source.url}", style="dim"))


def _narrow(table: Table) -> Table:
    """The table without the columns that only the page and the files hold."""
    kept = [at for at, column in enumerate(table.columns) if column.id not in _WIDE.get(table.id, ())]
    rows = tuple(tuple(row[at] for at in kept) for row in table.rows)
    return table.model_copy(update={"columns": tuple(table.columns[at] for at in kept), "rows": rows})
