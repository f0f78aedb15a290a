"""Put results together into a :class:`Brief`, or into an :class:`ExposureReport` without partners."""

from __future__ import annotations

from hedgerow.data.registry import cited
from hedgerow.planning.answer import Answer, Exposed
from hedgerow.planning.effects import SolverRecord
from hedgerow.planning.hypotheses import THETA_4_SOURCE
from hedgerow.planning.published import SOURCES as PUBLISHED_SOURCES
from hedgerow.planning.question import Question
from hedgerow.planning.uncertainty.answer import Uncertainty
from hedgerow.reporting import (
    prose,
    tables,
    tables_abroad,
    tables_deals,
    tables_schedule,
    tables_uncertainty,
    tables_world,
)
from hedgerow.reporting.bands import banded
from hedgerow.reporting.brief import Brief, Figure, Party, SolverNote, SourceNote, Table, UncertaintyNote, WorldNote
from hedgerow.reporting.exposure_report import ExposureReport
from hedgerow.reporting.hedging import tables as tables_hedging
from hedgerow.reporting.indicators import tables_standing as tables_standing
from hedgerow.reporting.plan.in_brief import plan_sentences, plan_table
from hedgerow.reporting.plan.report import PlanReport
from hedgerow.reporting.plan.stored import stored_plan
from hedgerow.reporting.prose_uncertainty import avoided_band, how_sure, loss_band
from hedgerow.reporting.studies.in_brief import beside_the_plan
from hedgerow.reporting.studies.stored import stored_studies
from hedgerow.scenarios.us_schedule import SOURCE as SCHEDULE_SOURCE
from hedgerow.trade.horizon import SOURCE as HORIZON_SOURCE
from hedgerow.world import parties
from hedgerow.world.world import World

MAP_SOURCE = "natural-earth"


def compose(found: Answer, *, command: str, version: str, plan: PlanReport | None = None) -> Brief:
    """The brief of an answer.

    Args:
        found: every computed part.
        command: the command line that makes this brief again.
        version: of the program.
        plan: a quick plan made for this brief; the stored one by default, where there is one.
    """
    question, stored = found.question, stored_plan(found.question)
    shown, planned = _tables(found, command), plan or (stored.report if stored else None)
    if planned is not None:
        shown += (plan_table(planned, command),)
    beside = beside_the_plan(question, stored_studies(question.power.code), command)
    shown += beside.tables
    sources = [*question.world.source_ids, THETA_4_SOURCE, MAP_SOURCE]
    sources += [*(source.id for source in (planned.sources if planned else ())), *beside.sources]
    if found.history is not None:
        sources += [SCHEDULE_SOURCE, HORIZON_SOURCE]
    if found.published:
        sources += PUBLISHED_SOURCES
    if found.standing is not None:
        sources += found.standing.sources
    if any(table.id == tables_hedging.PROFILE for table in shown):
        sources += tables_hedging.sources_of_brief()
    if found.uncertainty is not None:
        sources += [HORIZON_SOURCE]
    return Brief(
        version=version,
        command=command,
        title=f"{question.actor.name} and {prose.in_prose(question.power.name)}: exposure and partners",
        actor=_party(question.actor),
        power=_party(question.power),
        tariff=question.tariff,
        retaliation=question.retaliation,
        world=_world(question.world),
        solver=_solver(found.record),
        bottom_line=prose.bottom_line(question, found.exposure, found.partnerships, _sentences(found.uncertainty)),
        uncertainty=_uncertainty(found.uncertainty),
        plan=plan_sentences(question, plan, stored),
        studies=beside.said,
        tables=shown,
        figures=_figures(question, {table.id: table for table in shown}),
        method=(*prose.method(question, found.exposure), how_sure(found.exposure, found.uncertainty)),
        sources=_sources(sources),
    )


def compose_exposure(found: Exposed, *, command: str, version: str) -> ExposureReport:
    """The report of an exposure; arguments as for :func:`compose`."""
    question, exposure = found.question, found.exposure
    shown = (
        tables.dependence_table(question, exposure, command),
        tables.swings_table(question, exposure, command),
        tables.map_table(question, exposure, command),
        tables.sectors_table(question, exposure, command),
        tables_abroad.abroad_table(question, found.abroad, command),
        tables.alternatives_table(question, exposure, command),
        tables.elasticities_table(question, command),
    )
    return ExposureReport(
        version=version,
        command=command,
        title=f"{question.actor.name} and {prose.in_prose(question.power.name)}: exposure",
        actor=_party(question.actor),
        power=_party(question.power),
        tariff=question.tariff,
        retaliation=question.retaliation,
        world=_world(question.world),
        solver=_solver(found.record),
        bottom_line=prose.exposure_lines(question, exposure),
        tables=shown,
        sources=_sources([*question.world.source_ids, THETA_4_SOURCE]),
    )


def _tables(found: Answer, command: str) -> tuple[Table, ...]:
    question, exposed, helped = found.question, found.exposure, found.partnerships
    shown: list[Table | None] = [
        tables.swings_table(question, exposed, command),
        tables.map_table(question, exposed, command),
        tables.sectors_table(question, exposed, command),
        tables.partners_table(question, helped, command),
        tables.together_table(question, helped, command),
        tables.dependence_table(question, exposed, command),
        tables_abroad.abroad_table(question, found.abroad, command),
        tables.alternatives_table(question, exposed, command),
    ]
    if found.standing is not None:
        shown.append(tables_standing.standing_table(question, found.standing, command))
    if found.history is not None:
        shown.append(tables_schedule.spells_table(question, found.history, command))
        shown.append(tables_schedule.schedule_sectors_table(question, found.history, command))
    if found.published:
        shown.append(tables_schedule.published_table(question, found.published, command))
    if found.deals:
        shown.append(tables_deals.deals_table(question, found.deals, command))
    shown += tables_hedging.tables_of_brief(question, command)
    unsure = found.uncertainty
    if unsure is not None:
        shown = [table and banded(table, unsure.bands) for table in shown]
        shown += [
            tables_uncertainty.decides_table(question, unsure, command),
            tables_uncertainty.headline_table(question, unsure, command),
            tables_uncertainty.varied_table(command),
        ]
    shown.append(tables_world.error_table(question, command))
    shown.append(tables.elasticities_table(question, command))
    return tuple(table for table in shown if table is not None)


def _uncertainty(unsure: Uncertainty | None) -> UncertaintyNote | None:
    if unsure is None:
        return None
    drawn, headline = unsure.bands, unsure.headline
    return UncertaintyNote(
        draws=drawn.draws, headline_draws=headline.draws, seed=drawn.seed, failed=drawn.failed + headline.failed
    )


def _sentences(unsure: Uncertainty | None) -> prose.Spread | None:
    if unsure is None:
        return None
    return prose.Spread(*loss_band(unsure), avoided_band(unsure), unsure.headline.draws, len(unsure.headline.worlds))


def _figures(question: Question, by_id: dict[str, Table]) -> tuple[Figure, ...]:
    drawn = [
        _map(by_id["exposure-map"], question),
        _bars(by_id["swings"], "swings", "own_pct"),
        _bars(by_id["sectors"], "sectors", "alone_pct"),
    ]
    if "spells" in by_id:
        drawn.append(_bars(by_id["spells"], "spells", "whole_pct"))
    drawn.append(_bars(by_id["abroad"], "abroad", "on_actor_point_pct"))
    drawn.append(_bars(by_id["partners"], "partners", "avoided_pct"))
    if "standing" in by_id:
        drawn.append(_years(by_id["standing"], question))
    if tables_hedging.PROFILE in by_id:
        drawn.append(tables_hedging.figure(by_id[tables_hedging.PROFILE]))
    if "decides" in by_id:
        drawn.append(_bars(by_id["decides"], "decides", "headline_total_pct"))
    return tuple(drawn)


def _world(world: World) -> WorldNote:
    return WorldNote(id=world.id, title=world.title, year=world.year, sha256=world.checksum)


def _solver(record: SolverRecord) -> SolverNote:
    return SolverNote(
        solves=record.solves, worst_residual=record.worst_residual, most_iterations=record.most_iterations
    )


def _sources(ids: list[str]) -> tuple[SourceNote, ...]:
    return tuple(SourceNote(id=s.id, citation=s.citation, licence=s.licence, url=s.url) for s in cited(ids))


def _party(party: parties.Party) -> Party:
    return Party(code=party.code, name=party.name, members=party.members)


def _map(table: Table, question: Question) -> Figure:
    worst = "; ".join(f"{row[1]} {row[2]:.2f}%" for row in table.rows[:5])
    own = next(row[2] for row in table.rows if row[0] == question.actor.code)
    return Figure(
        id="map",
        title=table.title,
        alt=f"World map, darker where the loss is larger. Most exposed: {worst}. {question.actor.name}: {own:.2f}%. "
        "Economies inside the rest of the world have no value of their own.",
        table=table.id,
    )


def _years(table: Table, question: Question) -> Figure:
    last = {str(row[1]): row for row in table.rows}
    told = "; ".join(
        f"{series}, {row[0]}: {row[2]:.1f}%, rank {row[6]:.0f} of {row[7]:.0f}" for series, row in last.items()
    )
    return Figure(
        id="standing",
        title=table.title,
        alt=f"Lines by year, one panel a series, with the middle half of the peers shaded. Latest values of "
        f"{question.actor.name}: {told}.",
        table=table.id,
    )


def _bars(table: Table, name: str, column: str) -> Figure:
    values = [
        f"{label}: {value:.3g}"
        for label, value in zip(table.column(table.columns[0].id), table.column(column), strict=True)
        if value is not None
    ]
    unit = next(c.unit for c in table.columns if c.id == column)
    return Figure(id=name, title=table.title, alt=f"Bars, {unit}. {'; '.join(values)}.", table=table.id)
