"""Put a coalition together into a :class:`Study`."""

from __future__ import annotations

from hedgerow.planning.coalition.answer import Coalition
from hedgerow.planning.hypotheses import THETA_4_SOURCE
from hedgerow.reporting.brief import Figure, Passage, SolverNote, Table
from hedgerow.reporting.charts_text import written
from hedgerow.reporting.prose import enumerated, in_prose, possessive, sentence_case
from hedgerow.reporting.studies.study import Study, Verb, source_notes, world_note
from hedgerow.reporting.studies.tables_coalition import coalition_tables, names_of

NOTHING = 5e-6
"""A sum of gains below this is not worth a sentence, log units."""


def compose_coalition(found: Coalition, *, command: str, version: str) -> Study:
    """The report of a coalition.

    Args:
        found: everything computed.
        command: the command line that makes it again.
        version: of the program.
    """
    tables, record = coalition_tables(found, command), found.record
    return Study(
        verb=Verb.COALITION,
        version=version,
        command=command,
        title=f"{len(found.setting.members)} parties and {in_prose(found.setting.power.name)}: together or one by one",
        world=world_note(found.setting.world),
        solver=SolverNote(
            solves=record.solves, worst_residual=record.worst_residual, most_iterations=record.most_iterations
        ),
        bottom_line=bottom_line(found),
        tables=tables,
        figures=(_figure(tables[0]),),
        method=_method(found),
        sources=source_notes(*found.setting.world.source_ids, THETA_4_SOURCE, "memberships"),
    )


def bottom_line(found: Coalition) -> tuple[str, str, str]:
    """What coordination adds, who would leave, and how sure that is."""
    planners = found.planners
    gains = planners.gains([found.one_by_one, found.joint])
    total, apart = 100 * float(gains[1].sum()), 100 * float(gains[0].sum())
    added = 100 * found.coordination
    if added <= 100 * NOTHING:
        first = f"Planning together adds nothing: everyone's own plan already brings {apart:.3f} % of income, summed."
    else:
        new = names_of(found, found.joint - found.one_by_one)
        gone = names_of(found, found.one_by_one - found.joint)
        what = " and ".join(filter(None, [f"adds {new}" if new else "", f"gives up {gone}" if gone else ""]))
        first = (
            f"One by one the members gain {apart:.3f} % of income, summed; together {total:.3f} %: coordination is "
            f"worth {added:.3f} % and {what}."
        )
    losers = [
        in_prose(one.name)
        for one, change in zip(found.setting.members, gains[1] - gains[0], strict=True)
        if change < -NOTHING
    ]
    leavers = [in_prose(one.member.name) for one in found.inside if not one.stable]
    out = f"{enumerated(leavers)} would leave altogether" if leavers else "nobody would rather have no agreement at all"
    own = "its own plan" if len(losers) == 1 else "their own plans"
    rather = f", but {enumerated(losers)} would rather go by {own} and must be paid to sign"
    second = sentence_case(f"{out}{rather if losers else ''}.")
    tails = planners.outcomes.tails([planners.given, found.joint], found.setting.members)
    least, most = (100 * float(end) for end in ((tails[0] - tails[1]).min(), (tails[0] - tails[1]).max()))
    third = (
        f"Of {possessive(found.setting.power.name)} worst tenth the joint plan avoids {written(least, 4)} to "
        f"{written(most, 4)} % of income a member: the rest of the gain is growth. {_how_sure(found)}"
    )
    return first, second, third


def _how_sure(found: Coalition) -> str:
    """One sentence on assumptions."""
    if found.joint == found.one_by_one:
        return "The two plans hold the same agreements; where assumptions differ they might not."
    spread = found.spread
    deciding = {name: share for name, share in spread.shares.items() if name != "together"}
    name = max(deciding, key=lambda k: deciding[k])
    low, high = (written(100 * float(end), 3) for end in (spread.gain.min(), spread.gain.max()))
    return (
        f"Over {spread.gain.size} combinations coordination is worth {low} to {high} %; the {name} decides most "
        f"({100 * deciding[name]:.0f} % of the variance)."
    )


def _method(found: Coalition) -> tuple[Passage, ...]:
    weights = ", ".join(
        f"{regime.id} {100 * weight:.0f} %"
        for regime, weight in zip(found.lottery.outlook.regimes, found.lottery.weight, strict=True)
    )
    return (
        Passage(
            title="How it is computed",
            paragraphs=(
                "Every set of agreements is an exact long-run equilibrium under every regime of the power. Regimes are "
                f"drawn as one lottery, a year of the horizon by its discount weight: {weights}. Plans are found by "
                "making or dropping the one agreement that helps most until none helps, from several starts "
                "(docs/coalition.md).",
            ),
        ),
        Passage(
            title="What it leaves out",
            paragraphs=(
                "The way there, phase-in and sunk costs of adjustment; punishment by the power; transfers between "
                "members, which the sum takes for granted and the last row of the sets does without.",
                "Who counts as a middle power is our reading: the speech in Davos named no list. Regimes, chances, "
                "effects and costs of agreements are our assumptions.",
            ),
        ),
    )


def _figure(table: Table) -> Figure:
    words = "; ".join(f"{row[0]} {row[1]:+.3f}" for row in table.rows)
    return Figure(
        id="members",
        title=table.title,
        alt=f"Bars of what coordination adds to each member, % of income: {words}.",
        table=table.id,
    )
