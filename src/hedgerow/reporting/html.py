"""The brief as one HTML file that needs nothing else: no script, no font, no picture, no network.

The style is inlined and named by its hash in the Content-Security-Policy, so that nothing smuggled into a name or
a note could ever load or run.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

import jinja2
from markupsafe import Markup

from hedgerow.provenance import Status
from hedgerow.reporting import figures
from hedgerow.reporting.bands import ends_of, written_band
from hedgerow.reporting.brief import Brief, Cell, Column, Table
from hedgerow.reporting.charts_text import MISSING, plain, written
from hedgerow.reporting.ledger.report import LedgerReport
from hedgerow.reporting.plan.in_brief import TABLE as PLAN
from hedgerow.reporting.plan.report import PlanReport
from hedgerow.reporting.studies.in_brief import TABLE as ATLAS
from hedgerow.reporting.studies.study import Study
from hedgerow.reporting.told import Told

MEANINGS = {
    Status.PUBLISHED: "stands in the source as shown",
    Status.DERIVED: "follows from published numbers by arithmetic that is stated",
    Status.MODELLED: "the answer of a model to a question",
    Status.ASSUMED: "our choice; no source decides it",
}

LEADING = "recommendation"
"""Of a plan: the table that comes before the pictures."""

LONG = 16
"""Rows; a longer table scrolls inside its own frame, on paper it runs on."""


WIDE = 9
"""Columns; a wider table is printed on a page turned sideways."""


def render_html(brief: Told | LedgerReport) -> str:
    """The whole page."""
    style = (files("hedgerow.reporting") / "templates" / "brief.css").read_text(encoding="utf-8")
    drawn = {figure.table for figure in brief.figures}
    return (
        _templates()
        .get_template("ledger.html.j2" if isinstance(brief, LedgerReport) else "brief.html.j2")
        .render(
            brief=brief,
            kicker=_kicker(brief),
            style=Markup(style),  # noqa: S704  our own file
            style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
            pictures={f.id: Markup(figures.render(brief, f)) for f in brief.figures},  # noqa: S704  escaped by the XML writer
            leading=[table for table in brief.tables if table.id == LEADING],
            others=[table for table in brief.tables if table.id not in drawn | {PLAN, ATLAS, LEADING}],
            meanings=MEANINGS,
            missing=MISSING,
            long=LONG,
            wide=WIDE,
        )
    )


def _kicker(told: Told | LedgerReport) -> str:
    """The small line above the title: what kind of page this is."""
    if isinstance(told, LedgerReport):
        return "Hedgerow ledger · what was promised, reported and confirmed"
    if isinstance(told, Brief):
        answer = "answered in kind" if told.retaliation else "not answered"
        return f"Hedgerow brief · a tariff of {_percent(told.tariff)}, {answer}"
    if isinstance(told, PlanReport):
        about = told.outlook
        return f"Hedgerow plan · {about.name}, {about.chain} · {about.years} years"
    if isinstance(told, Study):
        return f"Hedgerow {told.verb.value}"
    return f"Hedgerow scenario · {told.scenario.status.value.replace('_', ' ')} · {told.scenario.date}"


@cache
def _templates() -> jinja2.Environment:
    """Templates that escape everything and refuse names they do not know."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("hedgerow.reporting"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "cell": _cell,
        "numeric": _numeric,
        "linkable": _linkable,
        "ends": ends_of,
        "band": written_band,
    }
    return environment


def _cell(cell: Cell, column: Column) -> str:
    """A cell as it is written in its column."""
    return written(cell, column.digits)


def _numeric(table: Table, at: int) -> bool:
    """Whether a column holds numbers and stands to the right."""
    return any(isinstance(row[at], int | float) and not isinstance(row[at], bool) for row in table.rows)


def _percent(rate: float) -> str:
    """A rate as percent, without the dust of binary fractions."""
    return f"{plain(round(rate * 100, 6))}%"


def _linkable(url: str) -> bool:
    """Whether an address may become a link; ``javascript:`` and its like may not."""
    return url.startswith(("https://", "http://"))
