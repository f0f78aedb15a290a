"""Put a power's own interest in hedging together into a :class:`Study`."""

from __future__ import annotations

import numpy as np

from hedgerow.planning.hypotheses import THETA_4_SOURCE
from hedgerow.planning.patron.answer import Patron
from hedgerow.planning.patron.hedging import ALL
from hedgerow.reporting.brief import Figure, Passage, SolverNote, Table
from hedgerow.reporting.charts_text import written
from hedgerow.reporting.prose import in_prose, sentence_case
from hedgerow.reporting.studies.claims_patron import claims_table
from hedgerow.reporting.studies.study import Study, Verb, source_notes, world_note
from hedgerow.reporting.studies.tables_patron import patron_tables


def compose_patron(found: Patron, *, command: str, version: str) -> Study:
    """The report of a power's own interest.

    Args:
        found: everything computed.
        command: the command line that makes it again.
        version: of the program.
    """
    question, record = found.question, found.record
    tables = (*patron_tables(found, command), claims_table(found, command))
    military = found.means.sources if found.means is not None else ()
    return Study(
        verb=Verb.PATRON,
        version=version,
        command=command,
        title=f"Does allied hedging serve {in_prose(question.power.name)}?",
        world=world_note(question.world),
        solver=SolverNote(
            solves=record.solves, worst_residual=record.worst_residual, most_iterations=record.most_iterations
        ),
        bottom_line=bottom_line(found),
        tables=tables,
        figures=tuple(_figure(table) for table in tables if table.id == "hedgers"),
        method=_method(),
        sources=source_notes(*question.world.source_ids, THETA_4_SOURCE, "memberships", *military),
    )


def bottom_line(found: Patron) -> tuple[str, str, str]:
    """Whether it serves the power, where the sign turns, and which assumption decides."""
    gain = found.lottery.weight @ found.gain(ALL)
    drawn = found.drawn_gain @ found.lottery.weight
    low, high = np.quantile(100 * drawn, (0.05, 0.95))
    power = in_prose(found.question.power.name)
    total, trade = 100 * float(np.nansum(gain)), 100 * float(gain[0] + gain[3])
    often = 100 * float((drawn > 0).mean())
    first = (
        f"Hedging by all its allies is worth {written(total, 3)} % of income a year to {power} ({written(low, 3)} to "
        f"{written(high, 3)} in nine of ten draws, above zero in {often:.0f} %); agreements without arms "
        f"{written(trade, 4)} %."
    )
    turns = [flip for flip in found.flips if flip.turns_at is not None]
    words = " and ".join(
        f"{flip.factor.label} (at {written(flip.turns_at, 4)}; {flip.factor.central:g} assumed, {flip.factor.unit})"
        for flip in turns
    )
    second = (
        sentence_case(f"the sign turns on {words}: those who disagree about hedging disagree about these.")
        if turns
        else "No single assumption turns the sign within its range."
    )
    most = max(found.flips, key=lambda flip: flip.share)
    third = f"Most is decided by: {most.factor.label} ({100 * most.share:.0f} % of the variance)."
    if found.means is None:
        third += " Commitments and overextension are not priced: whom it has promised to defend is not at hand."
    return first, second, third


def _method() -> tuple[Passage, ...]:
    return (
        Passage(
            title="How it is computed",
            paragraphs=(
                "Real income and leverage of the power are read off exact equilibria under each of its strategies "
                "while nobody hedges, while each ally does, and while all do. Commitments and overextension follow "
                "from military spending, as in the indicators of overextension (docs/patron.md).",
            ),
        ),
        Passage(
            title="What it leaves out",
            paragraphs=(
                "What promises kept are worth to the power beyond leverage; influence by attraction and common goods; "
                "that allies who hedge might also refuse to help. Exclusivity and public goods of a strategy enter no "
                "number. That a hedging ally arms is assumed.",
            ),
        ),
    )


def _figure(table: Table) -> Figure:
    words = "; ".join(f"{row[0]} {row[1]:+.4f}" for row in table.rows)
    return Figure(
        id=table.id,
        title=table.title,
        alt=f"Bars of what hedging by each ally is worth to the power, % of its income: {words}.",
        table=table.id,
    )
