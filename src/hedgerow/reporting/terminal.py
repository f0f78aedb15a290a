"""The brief on a terminal, whole or its first half."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from hedgerow.reporting.bands import ends_of, written_band
from hedgerow.reporting.brief import Brief, Cell, Table
from hedgerow.reporting.charts_text import written
from hedgerow.reporting.exposure_report import ExposureReport
from hedgerow.reporting.terminal_tables import heading, print_sentences

_SHOWN = {
    "dependence": None,
    "swings": (
        "swing",
        "own_pct",
        "own_theta4_pct",
        "own_zero_pct",
        "own_bn",
        "own_per_person",
        "power_pct",
        "power_theta4_pct",
    ),
    "sectors": None,
    "partners": (
        "partner",
        "standing",
        "calm_tariff_pct",
        "calm_nontariff_pct",
        "avoided_pct",
        "avoided_low_pct",
        "avoided_high_pct",
        "avoided_share_pct",
        "avoided_theta4_pct",
        "partner_loses",
    ),
    "together": (
        "deals",
        "calm_tariff_pct",
        "calm_nontariff_pct",
        "avoided_pct",
        "avoided_low_pct",
        "avoided_high_pct",
        "avoided_share_pct",
        "avoided_theta4_pct",
    ),
    "abroad": (
        "name",
        "on_actor_point_pct",
        "on_actor_large_pct",
        "on_actor_off_pct",
        "on_others_point_pct",
        "on_others_large_pct",
        "on_others_off_pct",
        "growth_pct",
    ),
    "alternatives": None,
    "decides": ("assumption", "headline_alone_pct", "headline_total_pct", "insurance_total_pct"),
    "spells": ("start", "days", "standing", "rate_pct", "alone_pct", "alone_first_pct", "whole_pct", "whole_first_pct"),
}
"""Tables that fit a terminal, and which of their columns; the page and the files hold the rest."""


_BANDED = {
    "swings": ("own_pct", "power_pct"),
    "sectors": ("alone_pct",),
    "together": ("avoided_pct", "avoided_share_pct"),
    "dependence": ("coercion_pct", "cut_off_pct"),
    "spells": ("alone_pct", "whole_pct"),
    "decides": ("headline_total_pct", "insurance_total_pct"),
}
"""Columns whose band a terminal has room for."""


def print_brief(brief: Brief | ExposureReport, console: Console) -> None:
    """Title, vintage, solver, the bottom line and the main tables."""
    console.print(Text(brief.title, style="bold"))
    console.print(
        f"{brief.world.title} · world {brief.world.id}, sha256 {brief.world.sha256[:16]}\n"
        f"{brief.solver.solves} counterfactuals solved, worst residual {brief.solver.worst_residual:.1e} "
        f"(limit 1e-10), at most {brief.solver.most_iterations} iterations",
        style="dim",
        highlight=False,
    )
    console.print()
    print_sentences(brief.bottom_line, console)
    _print_plan(brief, console)
    for name, columns in _SHOWN.items():
        if any(table.id == name for table in brief.tables):
            console.print()
            _print_table(brief.table(name), columns, console)


def _print_plan(brief: Brief | ExposureReport, console: Console) -> None:
    """The plan and what studies add to it, in words; their tables stand on the page."""
    if not isinstance(brief, Brief):
        return
    for title, said in (("The plan", brief.plan), ("Beside the plan", brief.studies)):
        if said:
            console.print()
            console.print(Text(title, style="bold"))
            console.print(Padding(Text(said[0], style="dim"), (0, 0, 0, 1)))
        print_sentences(said[1:], console)


def _print_table(table: Table, columns: tuple[str, ...] | None, console: Console) -> None:
    console.print(Text(table.title, style="bold"))
    ends = ends_of(table)
    kept = [k for k, c in enumerate(table.columns) if k not in ends and (columns is None or c.id in columns)]
    grid = Grid(box=None, padding=(0, 1), header_style="", pad_edge=False)
    for k in kept:
        column = table.columns[k]
        numeric = any(isinstance(row[k], float) for row in table.rows)
        grid.add_column(heading(column), justify="right" if numeric else "left", no_wrap=not numeric and k == 0)
    for row in table.rows:
        grid.add_row(*(_shown(row, table, k) for k in kept))
    console.print(grid, highlight=False)
    for note in table.notes:
        console.print(Padding(Text(note, style="dim"), (0, 0, 0, 1)))


def _shown(row: tuple[Cell, ...], table: Table, place: int) -> str:
    """A cell; in the columns of :data:`_BANDED` with its band below it."""
    column = table.columns[place]
    band = written_band(row, table, column) if column.id in _BANDED.get(table.id, ()) else ""
    return written(row[place], column.digits) + (f"\n{band}" if band else "")
