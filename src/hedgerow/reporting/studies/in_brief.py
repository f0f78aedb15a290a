"""What stored studies add to the plan of a brief: where hedging pays, together or alone, and what the power gets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from hedgerow.planning.atlas.grid import MIDDLE, SEVERITIES
from hedgerow.planning.question import Question
from hedgerow.planning.swings import percent
from hedgerow.reporting.brief import Cell, Table
from hedgerow.reporting.charts_text import written
from hedgerow.reporting.prose import enumerated, in_prose, possessive, sentence_case
from hedgerow.reporting.studies.stored import KEPT
from hedgerow.reporting.studies.study import Study, Verb
from hedgerow.world.parties import party

__all__ = ["NOTHING", "TABLE", "Beside", "beside_the_plan"]

TABLE = "atlas"
NOTHING = 5e-4
"""A smaller gain of the power is not worth a sentence, % of income."""

Row = dict[str, Cell]


class Beside(NamedTuple):
    """What is told beside a plan."""

    said: tuple[str, ...] = ()
    """What kind of numbers they are, then one paragraph a study; empty where no study changes the advice."""
    tables: tuple[Table, ...] = ()
    """The country's row of the atlas, where it is told of."""
    sources: tuple[str, ...] = ()


def beside_the_plan(question: Question, studies: Sequence[Study], command: str) -> Beside:
    """What studies of the power say about this country.

    Args:
        question: of the brief; its tariff chooses the severity that is told.
        studies: shipped, of the power.
        command: the command line that makes the brief.
    """
    world, pair = question.world, f"{question.actor.code} --power {question.power.code}"
    more = f"hedgerow atlas {pair} --world {world.id}"
    own = [one for one in studies if one.world.sha256 == world.checksum]
    if studies and not own:
        power = in_prose(question.power.name)
        return Beside((f"The stored studies of {power} are of another world and are left out. One of this: {more}",))
    told = {
        one.verb: (one, said) for one in own if (row := _row(question, one)) and (said := _said(question, one, row))
    }
    if not told:
        return Beside()
    commands = [more if verb is Verb.ATLAS else one.command for verb, (one, _) in told.items()]
    kind = (
        "From stored studies; nothing of them was computed for this brief. Incomes are modelled; chances, severities, "
        "strategies, arms, effects and costs of agreements are assumed. The atlas taxes this country alone and for "
        "good, everybody long adapted; a plan follows regimes that tax many, year by year: they can differ even in "
        f"sign. More: {'; '.join(commands)}"
    )
    return Beside(
        (kind, *(said for _, said in told.values())),
        (_table(question, told[Verb.ATLAS][0], command),) if Verb.ATLAS in told else (),
        tuple(source.id for one, _ in told.values() for source in one.sources),
    )


def _row(question: Question, study: Study) -> Row | None:
    """The country's row, or that of the bloc that signs for it; None where it has none."""
    table = study.table(KEPT[study.verb])
    name = question.actor.name if study.verb is Verb.ATLAS else question.signatory.name
    rows = (row for row in table.rows if row[0] == name)
    return next((dict(zip((c.id for c in table.columns), row, strict=True)) for row in rows), None)


def _said(question: Question, study: Study, row: Row) -> str:
    """One study in words; empty where it changes nothing."""
    if study.verb is Verb.ATLAS:
        return _atlas(question, row)
    return _coalition(question, study, row) if study.verb is Verb.COALITION else _patron(question, row)


def _number(row: Row, column: str) -> float:
    return float(str(row[column]))


def _atlas(question: Question, row: Row) -> str:
    """Where the country's agreements pay as insurance alone, and where as growth only."""
    severity = min(SEVERITIES, key=lambda one: abs(one - question.tariff))
    actor, power, points = in_prose(question.actor.name), in_prose(question.power.name), f"{100 * severity:g}"
    worth, cost, calm = (_number(row, name) for name in (f"at_{points}", "cost_pct", "calm_pct"))
    near = "" if severity == question.tariff else f" (of those solved the nearest to {percent(question.tariff)})"
    does = "pay" if worth > cost else "make it hurt more" if round(worth, 4) < 0 else "do not pay"
    partners = [party(question.world, code, field="bundle") for code in str(row["bundle"]).split()]
    return " ".join(
        (
            f"If {power} adds {points} points{near} on goods from {actor} alone, with a chance of {100 * MIDDLE:g} %, "
            f"agreements with {enumerated([in_prose(one.name) for one in partners])} are worth "
            f"{written(worth, 4)} % of {possessive(question.actor.name)} income a year as insurance, the break-even "
            f"cost, and cost {written(cost, 4)} %: by insurance alone they {does} there; {_corners(row)}.",
            f"In calm weather they add {written(calm, 2)} %: "
            + ("as growth they pay without any storm." if calm > cost else "they do not pay as growth either."),
        )
    )


def _corners(row: Row) -> str:
    """In how much of the grid insurance alone pays, and from where."""
    if not row["grid_pct"]:
        return "they pay nowhere, up to 100 points for certain"
    chance, severity, middle = row["chance_pct"], row["severity_points"], 100 * MIDDLE
    ends = (
        f"from a chance of {chance:g} % at {middle:g} points" if chance else "",
        f"from {severity:.0f} points at a chance of {middle:g} %" if severity else "",
    )
    begins = " or ".join(filter(None, ends))
    tried = f"they pay in {row['grid_pct']:.0f} % of the chances and severities tried"
    return f"{tried}, {begins}" if begins else tried


def _coalition(question: Question, study: Study, row: Row) -> str:
    """What acting together adds for the country, and who would leave."""
    table = study.table(KEPT[Verb.COALITION])
    if not any(table.column("coordination_pct")):
        return ""
    others = enumerated([in_prose(str(name)) for name in table.column("member") if name != row["member"]])
    return (
        f"With {others}, the middle powers as we read them, {_signer(question)} would gain "
        f"{written(row['joint_pct'], 3)} % of income a year, {written(row['avoided_pct'], 3)} of it by losing less in "
        f"the worst tenth; everyone's own plan brings {written(row['one_by_one_pct'], 3)} %, so that acting together "
        f"changes its gain by {written(row['coordination_pct'], 4)} %. {study.bottom_line[1]}"
    )


def _patron(question: Question, row: Row) -> str:
    """Whether the power gains when this ally hedges, with arms and without."""
    gain, trade = _number(row, "gain_pct"), _number(row, "income_pct") + _number(row, "leverage_pct")
    if max(abs(gain), abs(trade)) < NOTHING:
        return ""
    trades = f"its agreements without arms would {'cost it' if trade < 0 else 'bring it'} {written(abs(trade), 4)} %"
    serves = (
        "only with the arms"
        if trade < 0 < gain
        else "with or without the arms"
        if trade >= 0
        else "not even with the arms"
    )
    return sentence_case(
        f"{in_prose(question.power.name)} would gain {written(gain, 4)} % of income a year if {_signer(question)} "
        f"hedged alone; {trades}. Hedging serves the power {serves} that hedgers are assumed to add."
    )


def _signer(question: Question) -> str:
    """Who signs, and for whom."""
    signs = in_prose(question.signatory.name)
    return (
        signs if question.signatory == question.actor else f"{signs}, which signs for {in_prose(question.actor.name)},"
    )


def _table(question: Question, atlas: Study, command: str) -> Table:
    """The row of one country."""
    table = atlas.table(KEPT[Verb.ATLAS])
    return table.model_copy(
        update={
            "id": TABLE,
            "title": f"Where hedging pays: {table.title[0].lower()}{table.title[1:]}",
            "rows": tuple(row for row in table.rows if row[0] == question.actor.name),
            "command": command,
            "notes": (*table.notes, f"A row of the stored atlas: {atlas.command}"),
        }
    )
