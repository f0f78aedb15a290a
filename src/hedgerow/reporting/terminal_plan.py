"""A plan on a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from hedgerow.reporting.charts_text import written
from hedgerow.reporting.plan_report import PlanReport
from hedgerow.reporting.terminal_scenario import print_rows

SHOWN = {
    "recommendation": None,
    "options": (
        "option",
        "calm_gain_pct",
        "premium_pct",
        "tail_loss_avoided_pct",
        "shapley_insurance_pct",
        "break_even_cost_pct",
        "partner_pct",
    ),
    "regimes": ("regime", "ally_points", "rival_points", "other_points", "nothing_pct", "bundle_pct"),
    "chains": ("chain", "expected_loss_pct", "tail_pct", "residual_pct", "bundle"),
    "frontier": ("number", "bundle", "mean_pct", "tail_pct", "premium_pct"),
    "sureness": None,
    "instruments": ("code", "parameter", "low", "central", "high", "unit", "net_low_pct", "net_high_pct", "share_pct"),
    "partnerships": ("code", "instrument", "priced", "why"),
    "membership": ("option", "neutral_pct", "cautious_pct", "anxious_pct"),
}
"""Tables and their columns; None for all."""


def print_plan(report: PlanReport, console: Console) -> None:
    """Title, outlook, the bottom line and the main tables."""
    about = report.outlook
    console.print(Text(report.title, style="bold"))
    console.print(
        f"outlook {about.name}, chain {about.chain}, {about.years} years, {about.courses} courses, seed {about.seed}\n"
        f"{report.world.title} · world {report.world.id}, sha256 {report.world.sha256[:16]}\n"
        f"solved: {report.solver.solves:,} years, residual {report.solver.worst_residual:.1e} (limit 1e-10)",
        style="dim",
        highlight=False,
        markup=False,
    )
    console.print()
    for sentence in report.bottom_line:
        console.print(Padding(Text(f"• {sentence}"), (0, 0, 0, 1)))
    for table in report.tables:
        if table.id in SHOWN:
            console.print()
            print_rows(table, table.rows, SHOWN[table.id] or tuple(c.id for c in table.columns), console)


def print_option(report: PlanReport, code: str, console: Console) -> None:
    """The arithmetic of one option: where its worth comes from, then every column of its row."""
    table, steps = report.table("options"), report.table("by-regime")
    row = next(row for row in table.rows if row[0] == code)
    console.print(Text(str(row[1]), style="bold"))
    kept = [own for own in steps.rows if own[0] == code]
    print_rows(steps, kept, tuple(column.id for column in steps.columns[1:]), console)
    console.print(Padding(Text(steps.formula, style="dim"), (0, 0, 1, 2)))
    for cell, column in zip(row[2:], table.columns[2:], strict=True):
        shown = written(cell, column.digits + 1)
        status = f"({column.status.value})" if column.status else ""
        console.print(f"  {column.title:<44} {shown:>12}  {column.unit} {status}", highlight=False, markup=False)
    for text in (table.formula, *(note for note in table.notes if note.startswith(f"{code}:"))):
        console.print(Padding(Text(text, style="dim"), (0, 0, 0, 2)))
