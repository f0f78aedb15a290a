"""Pictures of a brief's tables, as SVG. Nothing is fetched and nothing is computed.

One function draws one figure; :data:`DRAWN` says which.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

import vl_convert

from hedgerow.errors import RequestError
from hedgerow.reporting import charts, charts_bars, charts_map, charts_partners, charts_schedule, charts_svg
from hedgerow.reporting.brief import Brief, Figure, Table
from hedgerow.reporting.hedging import charts as charts_hedging
from hedgerow.reporting.indicators import charts as charts_indicators
from hedgerow.reporting.ledger import charts as charts_ledger
from hedgerow.reporting.ledger.report import LedgerReport
from hedgerow.reporting.plan import charts as charts_plan
from hedgerow.reporting.plan.report import PlanReport
from hedgerow.reporting.scenario import charts as charts_scenario
from hedgerow.reporting.studies import charts as charts_study
from hedgerow.reporting.studies.study import Study
from hedgerow.reporting.told import Told

Drawer = TypeVar("Drawer", bound=Callable[..., Any])

DRAWN: Final[dict[str, Callable[[Brief, Table], Any]]] = {
    "map": charts_map.exposure,
    "swings": charts_bars.swings,
    "sectors": charts_bars.sectors,
    "spells": charts_schedule.schedule,
    "abroad": charts_bars.abroad,
    "partners": charts_partners.partners,
    "standing": charts_indicators.standing,
    "hedging": charts_hedging.profile,
    "decides": charts_bars.decides,
}
"""Figure id to the function that draws it."""


def render(brief: Told | LedgerReport, figure: Figure) -> str:
    """One figure as an SVG element that can stand in a page or in a file."""
    table = brief.table(figure.table)
    draw: Any = _drawer(figure, DRAWN if isinstance(brief, Brief) else _known(brief))
    chart = draw(brief, table) if isinstance(brief, Brief) else draw(table)
    svg = vl_convert.vegalite_to_svg(charts.finished(chart))
    return charts_svg.finished(svg, name=f"figure-{figure.id}", title=figure.title, description=figure.alt)


def _known(told: Told | LedgerReport) -> Mapping[str, Callable[[Table], Any]]:
    """The figures of a page that is no brief."""
    if isinstance(told, LedgerReport):
        return charts_ledger.DRAWN
    if isinstance(told, PlanReport):
        return charts_plan.DRAWN
    return charts_study.DRAWN if isinstance(told, Study) else charts_scenario.DRAWN


def _drawer(figure: Figure, known: Mapping[str, Drawer]) -> Drawer:
    if figure.id not in known:
        raise RequestError(f"figure {figure.id!r}: nobody draws it; known are {', '.join(known)}")
    return known[figure.id]


def png(svg: str, *, scale: float = 2.0) -> bytes:
    """The same picture for places that show no SVG."""
    return bytes(vl_convert.svg_to_png(svg, scale=scale))
