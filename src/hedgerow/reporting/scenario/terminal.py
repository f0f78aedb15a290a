"""A scenario on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from hedgerow.reporting.brief import Table
from hedgerow.reporting.charts import numbers
from hedgerow.reporting.terminal_tables import print_rows, print_sentences
from hedgerow.reporting.told import ScenarioReport
from hedgerow.scenarios.scenario import Listed

SHOWN = 5
"""Winners and losers."""


def print_scenario(report: ScenarioReport, console: Console) -> None:
    """Title, standing, solver, the bottom line, winners and losers, revenue and what is assumed."""
    about = report.scenario
    console.print(Text(report.title, style="bold"))
    console.print(
        f"{about.status.value.replace('_', ' ')} · {about.date} · {about.source}\n"
        f"{report.world.title} · world {report.world.id}, sha256 {report.world.sha256[:16]}\n"
        f"solved: residual {report.solver.worst_residual:.1e} (limit 1e-10), "
        f"{report.solver.most_iterations} iterations, deficits {about.deficits.replace('_', ' ')}",
        style="dim",
        highlight=False,
        markup=False,
    )
    console.print()
    print_sentences(report.bottom_line, console)
    console.print()
    welfare = report.table("welfare")
    print_rows(
        welfare,
        _ends(welfare),
        ("name", "welfare_pct", "equivalent_variation_musd", "per_person_usd", "real_wage_pct"),
        console,
    )
    revenue = report.table("revenue")
    at = [column.id for column in revenue.columns].index("tariff_revenue_change_musd")
    most = sorted(revenue.rows, key=lambda row: -abs(numbers([row[at], 0.0])[0]))[:SHOWN]
    columns = (
        "name",
        "tariff_revenue_before_musd",
        "tariff_revenue_after_musd",
        "tariff_revenue_change_musd",
        "quota_rent_musd",
    )
    console.print()
    print_rows(revenue, most, columns, console)
    for burden in (table for table in report.tables if table.id == "coalition"):
        console.print()
        print_rows(
            burden, _ends(burden), ("name", "transfer_musd", "transfer_pct", "welfare_pct", "unshared_pct"), console
        )
    for note in about.notes:
        console.print(Padding(Text(note, style="dim"), (0, 0, 0, 1)))


def _ends(table: Table) -> Sequence[tuple[object, ...]]:
    """The first and the last rows of a long table."""
    return table.rows if len(table.rows) <= 2 * SHOWN else (*table.rows[:SHOWN], *table.rows[-SHOWN:])


def print_library(listed: Sequence[Listed], console: Console) -> None:
    """One row a scenario."""
    grid = Grid(box=None, padding=(0, 1), header_style="bold", pad_edge=False)
    for title in ("scenario", "date", "status", "title", "source", "--set"):
        grid.add_column(title, no_wrap=title in ("scenario", "date"))
    for one in listed:
        words = (one.status.value.replace("_", " "), one.title, one.source, " ".join(one.parameters))
        grid.add_row(one.id, one.date.isoformat(), *words)
    console.print(grid, highlight=False, markup=False)
