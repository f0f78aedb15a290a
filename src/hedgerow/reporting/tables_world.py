"""How wrong a reconstructed world is known to be."""

from __future__ import annotations

from hedgerow.planning.question import Question
from hedgerow.provenance import Status
from hedgerow.reporting.brief import Cell, Column, Table
from hedgerow.world.composite.report import ReportRow, error_report


def error_table(question: Question, command: str) -> Table | None:
    """The promised rows of the world's error report and those about the two parties; None for a world without one."""
    rows = error_report(question.world.id)
    if not rows:
        return None
    parties = {question.actor.code, *question.power.members}
    shown = [row for row in rows if row.tolerance is not None or parties & set(row.item.replace(",", "").split())]
    return Table(
        id="world-error",
        title=f"How wrong the world {question.world.id} is known to be",
        reading="The recipe was run on years whose truth is known, a column of the table was hidden and predicted, and "
        "known facts were compared. A limit is a promise that the build keeps or fails; n/a: nothing is promised.",
        columns=(
            Column(id="section", title="Test"),
            Column(id="item", title="What"),
            Column(id="level", title="Level"),
            Column(id="value", title="Here", status=Status.MODELLED, digits=4),
            Column(id="reference", title="Reference", status=Status.PUBLISHED, digits=4),
            Column(id="unit", title="Unit"),
            Column(id="deviation", title="Deviation", status=Status.DERIVED, digits=4),
            Column(id="tolerance", title="Limit", status=Status.ASSUMED, digits=4),
            Column(id="source", title="Source of the reference"),
        ),
        rows=tuple(_row(row) for row in shown),
        formula="here − reference for shares, here / reference − 1 for money and welfare",
        command=command,
        notes=(
            f"{len(rows)} rows in all: `hedgerow world check {question.world.id} --json` prints every one.",
            "A cell of one pair and one sector outside the US column is indicative: about a fifth of the value of such "
            "cells stood in the wrong place where the truth was known.",
        ),
    )


def _row(row: ReportRow) -> tuple[Cell, ...]:
    return (
        row.section,
        row.item,
        row.level,
        row.value,
        row.reference if row.source else None,
        row.unit,
        row.deviation if row.source else None,
        row.tolerance,
        row.source or None,
    )
