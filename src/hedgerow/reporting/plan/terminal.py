"""A plan on a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from hedgerow.reporting.brief import Table
from hedgerow.reporting.charts_text import written
from hedgerow.reporting.plan.report import PlanReport
from hedgerow.reporting.terminal_tables import print_rows, print_sentences

SHOWN = {
    "options": (
        "code",
        "option",
        "calm_gain_pct",
        "tail_loss_avoided_pct",
        "shapley_insurance_pct",
        "break_even_cost_pct",
    ),
    "terms": (
        "code",
        "partner_calm_pct",
        "partner_pct",
        "partner_agrees",
        "partner_signs_pct",
        "cost_high_pct",
        "punished_high_pct",
    ),
    "frontier": ("number", "mean_pct", "tail_pct", "premium_pct", "bundle"),
    "regimes": ("regime", "ally_points", "rival_points", "other_points", "nothing_pct", "bundle_pct"),
    "chains": ("chain", "expected_loss_pct", "tail_pct", "residual_pct", "bundle"),
    "sureness": (
        "measure",
        "low_pct",
        "central_pct",
        "high_pct",
        "world_share",
        "chain_share",
        "punishment_share",
        "cost_share",
    ),
    "instruments": ("code", "parameter", "low", "central", "high", "unit", "net_low_pct", "net_high_pct", "share_pct"),
    "partnerships": ("code", "instrument", "priced", "why"),
    "membership": ("option", "neutral_pct", "cautious_pct", "anxious_pct"),
    "robust": ("attitude", "doubt", "worth_pct", "plan_pct", "bundle"),
    "worst-prior": ("regime", "assumed_pct", "worst_pct", "more_points"),
    "timing": ("option", "when", "gain_pct", "doubted"),
    "depth-assumptions": ("answer", "assumption", "values", "variance_pct", "changes_pct"),
}
"""Tables after the recommendation, in the order in which they are shown, and their columns."""


def print_plan(report: PlanReport, console: Console) -> None:
    """Title, the recommendation in words, the outlook, and the main tables."""
    about = report.outlook
    console.print(Text(report.title, style="bold"))
    console.print()
    print_sentences((*report.bottom_line, *report.cautions), console)
    console.print(
        f"\noutlook {about.name}, chain {about.chain}, {about.years} years, {about.courses} courses, "
        f"seed {about.seed}\n"
        f"{report.world.title} · world {report.world.id}, sha256 {report.world.sha256[:16]}\n"
        f"solved: {report.solver.solves:,} years, residual {report.solver.worst_residual:.1e} (limit 1e-10); "
        f"surrogate: {report.evaluations:,} bundles times courses",
        style="dim",
        highlight=False,
        markup=False,
    )
    console.print()
    print_recommendation(report.table("recommendation"), console)
    tables = {table.id: table for table in report.tables}
    for name, columns in SHOWN.items():
        if name in tables:
            console.print()
            print_rows(tables[name], tables[name].rows, columns, console)


def print_recommendation(table: Table, console: Console) -> None:
    """Which bundle each attitude takes, then one line a measure, so that it fits a narrow screen."""
    print_rows(table, table.rows, ("attitude", "bundle"), console)
    console.print()
    grid = Grid(box=None, padding=(0, 1), header_style="", pad_edge=False)
    grid.add_column("Of that bundle")
    for row in table.rows:
        grid.add_column(str(row[0]).split(":")[0], justify="right")
    for k, column in enumerate(table.columns[2:], start=2):
        cells = (written(row[k], column.digits) for row in table.rows)
        grid.add_row(f"{column.title}, {column.unit} ({column.status})", *cells)
    console.print(grid, highlight=False)


def print_option(report: PlanReport, code: str, console: Console) -> None:
    """The arithmetic of one option: where its worth comes from, then every column of its row."""
    table, steps = report.table("options"), report.table("by-regime")
    row = next(row for row in table.rows if row[0] == code)
    console.print(Text(str(row[1]), style="bold"))
    kept = [own for own in steps.rows if own[0] == code]
    print_rows(steps, kept, tuple(column.id for column in steps.columns[1:]), console)
    console.print(Padding(Text(steps.formula, style="dim"), (0, 0, 1, 2)))
    terms = report.table("terms")
    more = next(own for own in terms.rows if own[0] == code)
    columns = (*table.columns[2:], *terms.columns[2:])
    for cell, column in zip((*row[2:], *more[2:]), columns, strict=True):
        shown = written(cell, column.digits + 1)
        status = f"({column.status.value})" if column.status else ""
        console.print(f"  {column.title:<44} {shown:>12}  {column.unit} {status}", highlight=False, markup=False)
    for text in (table.formula, *(note for note in terms.notes if note.startswith(f"{code}:"))):
        console.print(Padding(Text(text, style="dim"), (0, 0, 0, 2)))
