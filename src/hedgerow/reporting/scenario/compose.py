"""Put the results of a scenario together into a :class:`ScenarioReport`."""

from __future__ import annotations

from hedgerow.data.registry import cited
from hedgerow.provenance import Status
from hedgerow.reporting.brief import Figure, Passage, SolverNote, SourceNote, Table, WorldNote
from hedgerow.reporting.charts_text import written
from hedgerow.reporting.prose import in_prose
from hedgerow.reporting.scenario.tables import scenario_tables
from hedgerow.reporting.told import ScenarioNote, ScenarioReport
from hedgerow.scenarios import schema
from hedgerow.scenarios.announced import SOURCE as ANNOUNCED
from hedgerow.scenarios.results import Results
from hedgerow.scenarios.scenario import Scenario
from hedgerow.scenarios.us_schedule import SOURCE as SCHEDULE

MAP_SOURCE, MEMBERSHIPS = "natural-earth", "memberships"
NAMED = 3
"""Winners and losers in a sentence."""
NOTHING = 5e-4
"""Per cent; a smaller change is not worth a sentence."""


def compose_scenario(found: Results, *, command: str, version: str) -> ScenarioReport:
    """The report of a solved scenario.

    Args:
        found: everything computed.
        command: the command line that makes it again.
        version: of the program.
    """
    solved, world, answer = found.scenario, found.world, found.equilibrium
    tables = scenario_tables(found, command)
    welfare = next(t for t in tables if t.id == "welfare")
    sources = cited([*world.source_ids, *_sources(solved), MEMBERSHIPS, MAP_SOURCE])
    return ScenarioReport(
        version=version,
        command=command,
        title=solved.title,
        scenario=ScenarioNote(
            id=solved.id,
            date=solved.date.isoformat(),
            source=solved.source,
            status=solved.status,
            deficits=solved.policy.deficits.value,
            notes=solved.notes,
            settings=dict(solved.settings),
            extends=solved.extends,
            sha256=solved.sha256,
        ),
        world=WorldNote(id=world.id, title=world.title, year=world.year, sha256=world.checksum),
        solver=SolverNote(
            solves=1 if solved.coalition is None else 2,
            worst_residual=answer.residual,
            most_iterations=answer.iterations,
        ),
        bottom_line=bottom_line(found, welfare),
        tables=tables,
        figures=_figures(welfare),
        method=_method(found),
        sources=tuple(SourceNote(id=s.id, citation=s.citation, licence=s.licence, url=s.url) for s in sources),
    )


def bottom_line(found: Results, welfare: Table) -> tuple[str, str, str]:
    """Who loses, who gains, and what the world and the treasuries get."""
    by_size = [
        (str(name), float(change or 0.0), float(money or 0.0))
        for name, change, money in zip(
            welfare.column("name"),
            welfare.column("welfare_pct"),
            welfare.column("equivalent_variation_musd"),
            strict=True,
        )
    ]
    losers = [row for row in reversed(by_size) if row[1] <= -NOTHING]
    winners = [row for row in by_size if row[1] >= NOTHING]
    frame = found.table("revenue").frame
    collected = float(frame["tariff_revenue_change_musd"].sum())
    world = sum(row[2] for row in by_size)
    income = float(found.equilibrium.economy.income.sum()) * found.equilibrium.economy.world_value_added
    return (
        _sentence("lose", losers, len(by_size)),
        _sentence("gain", winners, len(by_size)),
        f"The world as a whole: {_money(world)} a year, {written(100 * world / income, 3)}% of its income; tariff "
        f"revenue changes by {_money(collected)}.",
    )


def _sentence(verb: str, rows: list[tuple[str, float, float]], of: int) -> str:
    if not rows:
        return f"Nobody would {verb}."
    named = "; ".join(
        f"{in_prose(name)} {written(change, 2)}% ({_money(money)})" for name, change, money in rows[:NAMED]
    )
    return f"{len(rows)} of {of} economies {verb}, most of all {named}."


def _money(musd: float) -> str:
    size = abs(musd)
    text = f"{size / 1e3:,.1f} bn" if size >= 100 else f"{size:,.1f} m"
    return f"{written(-1.0, 0)[0] if musd < 0 else '+'}{text} dollars"


def _figures(welfare: Table) -> tuple[Figure, ...]:
    values = "; ".join(
        f"{name} {written(change, 2)}%"
        for name, change in zip(welfare.column("name"), welfare.column("welfare_pct"), strict=True)
    )
    return (
        Figure(
            id="map",
            title="Who gains and who loses",
            alt=f"World map, yellow for gains, blue for losses, stronger for more. {values}.",
            table="welfare",
        ),
        Figure(id="bars", title="The greatest gains and losses", alt=f"Bars, % of income. {values}.", table="welfare"),
    )


def _method(found: Results) -> tuple[Passage, ...]:
    solved, world = found.scenario, found.world
    kinds = sorted({layer.origin.status.value for layer in world.layers.values()})
    base = {
        "fixed": "Trade deficits stay what they are, in shares of world value added.",
        "zero": "Trade deficits are closed first, and effects are measured from that world.",
        "own_share": "Trade deficits move with each actor's own value added.",
    }[solved.policy.deficits.value]
    standing = (
        f"Source: {solved.source}.",
        f"Status: {solved.status.value.replace('_', ' ')}. Memberships and date ranges are those of {solved.date}.",
    )
    extended = (f"Built on: {', '.join(solved.extends)}.",) if solved.extends else ()
    return (
        Passage(title="The scenario", paragraphs=(*standing, *extended, *solved.notes)),
        Passage(
            title="The model",
            paragraphs=(
                "Caliendo and Parro (2015): many sectors that buy from each other, labour that moves between sectors "
                "and is always employed, long-run elasticities; revenue is spent by the government that collects it.",
                base,
                *_shared(solved),
                *((f"No exact decomposition: {found.why_no_path}.",) if found.why_no_path else ()),
                *((f"No path over the years: {found.why_no_years}.",) if found.why_no_years else ()),
                f"The numbers behind world {world.id} ({world.year}) are {', '.join(kinds)}; "
                f"the answer is {Status.MODELLED.value}.",
            ),
        ),
    )


def _shared(solved: Scenario) -> tuple[str, ...]:
    if solved.coalition is None:
        return ()
    members, target = (", ".join(codes) for codes in (solved.coalition.members, solved.coalition.target))
    return (
        "A coalition shares the burden, as in Chowdhry, Hinz, Kamin and Wanner (2024): transfers among its members, "
        f"solved together with trade, leave each with the same change of real income. Members: {members}. Aimed at: "
        f"{target}.",
    )


def _sources(solved: Scenario) -> list[str]:
    tables = {e.written.table for e in solved.entries if isinstance(e.written, schema.Schedule)}
    return [
        *([SCHEDULE] if "us-2025-26" in tables else []),
        *([ANNOUNCED] if "us-announced-2025-04-02" in tables else []),
    ]
