"""Put results together into a :class:`Brief`."""

from __future__ import annotations

from hedgerow.data.registry import cited
from hedgerow.planning.exposure import Exposure
from hedgerow.planning.hypotheses import THETA_4_SOURCE
from hedgerow.planning.partnerships import Partnerships
from hedgerow.planning.question import Question
from hedgerow.reporting import prose, tables
from hedgerow.reporting.brief import Brief, Figure, Party, SolverNote, SourceNote, Table, WorldNote
from hedgerow.world import parties

MAP_SOURCE = "natural-earth"


def compose(question: Question, exposed: Exposure, helped: Partnerships, *, command: str, version: str) -> Brief:
    """The brief of a question from its computed halves.

    Args:
        question: what was asked.
        exposed: the swings.
        helped: the partnerships.
        command: the command line that makes this brief again.
        version: of the program.
    """
    world, record = question.world, exposed.record + helped.record
    shown = (
        tables.swings_table(question, exposed, command),
        tables.map_table(question, exposed, command),
        tables.sectors_table(question, exposed, command),
        tables.partners_table(question, helped, command),
        tables.together_table(question, helped, command),
        tables.dependence_table(question, exposed, command),
        tables.alternatives_table(question, exposed, command),
        tables.elasticities_table(question, command),
    )
    by_id = {table.id: table for table in shown}
    return Brief(
        version=version,
        command=command,
        title=f"{question.actor.name} and {prose.in_prose(question.power.name)}: exposure and partners",
        actor=_party(question.actor),
        power=_party(question.power),
        tariff=question.tariff,
        retaliation=question.retaliation,
        world=WorldNote(id=world.id, title=world.title, year=world.year, sha256=world.checksum),
        solver=SolverNote(
            solves=record.solves, worst_residual=record.worst_residual, most_iterations=record.most_iterations
        ),
        bottom_line=prose.bottom_line(question, exposed, helped),
        tables=shown,
        figures=(
            _map(by_id["exposure-map"], question),
            _bars(by_id["swings"], "swings", "own_pct"),
            _bars(by_id["sectors"], "sectors", "alone_pct"),
            _bars(by_id["partners"], "partners", "avoided_pct"),
        ),
        method=prose.method(question, exposed),
        sources=tuple(
            SourceNote(id=s.id, citation=s.citation, licence=s.licence, url=s.url)
            for s in cited((*world.source_ids, THETA_4_SOURCE, MAP_SOURCE))
        ),
    )


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


def _bars(table: Table, name: str, column: str) -> Figure:
    values = [
        f"{label}: {value:.3g}"
        for label, value in zip(table.column(table.columns[0].id), table.column(column), strict=True)
        if value is not None
    ]
    unit = next(c.unit for c in table.columns if c.id == column)
    return Figure(id=name, title=table.title, alt=f"Bars, {unit}. {'; '.join(values)}.", table=table.id)
