"""Put an atlas together into a :class:`Study`."""

from __future__ import annotations

from hedgerow.planning.atlas.answer import Atlas, Corner
from hedgerow.planning.atlas.grid import MIDDLE
from hedgerow.reporting.brief import Figure, Passage, SolverNote, Table
from hedgerow.reporting.prose import enumerated, in_prose
from hedgerow.reporting.studies.study import Study, Verb, source_notes, world_note
from hedgerow.reporting.studies.tables_atlas import countries_table, decides_table, surface_tables

NAMED = 6
"""Countries named in a sentence."""


def compose_atlas(found: Atlas, *, command: str, version: str) -> Study:
    """The report of an atlas: of one country, or of all.

    Args:
        found: everything computed.
        command: the command line that makes it again.
        version: of the program.
    """
    record, power = found.record, in_prose(found.power.name)
    single = len(found.corners) == 1
    tables = _of_one(found, command) if single else (countries_table(found, command),)
    who = found.corners[0].question.actor.name if single else "Every country"
    return Study(
        verb=Verb.ATLAS,
        version=version,
        command=command,
        title=f"{who} and {power}: in which corners of the unknown hedging pays",
        world=world_note(found.world),
        solver=SolverNote(
            solves=record.solves, worst_residual=record.worst_residual, most_iterations=record.most_iterations
        ),
        bottom_line=_one(found.corners[0]) if single else _all(found),
        tables=tables,
        figures=tuple(_figure(table) for table in tables if table.id != "decides"),
        method=_method(),
        sources=source_notes(*found.world.source_ids, "memberships"),
    )


def _of_one(found: Atlas, command: str) -> tuple[Table, ...]:
    return (*surface_tables(found.corners[0], command), decides_table(found, command))


def _one(corner: Corner) -> tuple[str, str, str]:
    surface, cost = corner.surface, 100 * corner.cost[1]
    names = enumerated([in_prose(link.partner(corner.bundle.signatory).name) for link in corner.bundle.links])
    at = 100 * corner.at(surface.insurance)
    middle = f"{100 * MIDDLE:g}"
    first = (
        f"With a chance of {middle} % that {in_prose(corner.question.power.name)} adds {middle} points for good, "
        f"insurance by agreements with {names or 'nobody'} is worth a cost of {at:.4f} % of income a year; they cost "
        f"{cost:.4f} %, so insurance alone {'pays' if at > cost else 'does not pay'}."
    )
    second = (
        f"In calm weather the same agreements add {100 * surface.calm_gain:.3f} % of income: with growth they pay in "
        f"{100 * float(surface.pays(corner.cost[1], whole=True).mean()):.0f} % of the grid, by insurance alone in "
        f"{100 * corner.area:.0f} %."
    )
    chance = "at none of the chances" if corner.chance is None else f"from a chance of {100 * corner.chance:g} %"
    severity = (
        "at no severity that can be told" if corner.severity is None else f"from {100 * corner.severity:.0f} points"
    )
    third = f"Insurance alone pays {chance} at {middle} points, and {severity} at a chance of {middle} %."
    return first, second, third


def _all(found: Atlas) -> tuple[str, str, str]:
    insured = sorted((one for one in found.corners if one.area > 0), key=lambda one: -one.area)
    names = enumerated([in_prose(one.question.actor.name) for one in insured[:NAMED]]) or "nobody"
    growing = [one for one in found.corners if one.surface.calm_gain > one.cost[1]]
    worse = [one for one in found.corners if one.at(one.surface.insurance) < 0]
    return (
        f"For {len(insured)} of {len(found.corners)} countries there is a corner of the grid in which insurance "
        f"against {in_prose(found.power.name)} alone covers the cost of its agreements; it is largest for {names}.",
        f"For {len(growing)} the same agreements cover their cost in calm weather: they pay as growth, not insurance.",
        f"For {len(worse)} the bundle makes a tariff of {100 * MIDDLE:g} points hurt more.",
    )


def _method() -> tuple[Passage, ...]:
    return (
        Passage(
            title="How it is computed",
            paragraphs=(
                "Two worlds for good: calm, or the power's tariff on all goods of the country alone. Severities are "
                "solved exactly without and with the bundle; the chance enters by arithmetic, and the cost is what is "
                "solved for, so that no cell is interpolated (docs/atlas.md).",
            ),
        ),
        Passage(
            title="What it leaves out",
            paragraphs=(
                "The bundle is the same in every cell: the agreements with the highest calm gain that both sides gain "
                "from, at most eight. Another bundle may insure better. Members of a bloc get the bloc's bundle and "
                "its cost.",
                "Chances, severities, costs and effects of agreements are our assumptions. Nobody answers the tariff, "
                "nobody is punished, and the way there is left out.",
            ),
        ),
    )


def _figure(table: Table) -> Figure:
    shown = [k for k, column in enumerate(table.columns) if column.id.startswith("at_")]
    words = [
        f"{row[0]}: " + ", ".join(f"{table.columns[k].title} {row[k]:.4f}" for k in shown) for row in table.rows[:24]
    ]
    return Figure(
        id=table.id,
        title=table.title,
        alt=f"A grid of shades from viridis, lighter is more, % of income. {'; '.join(words)}.",
        table=table.id,
    )
