"""Puts the error report of ``composite-2023`` together: constraints, trials, facts."""

from __future__ import annotations

from pathlib import Path

from hedgerow.world.composite.build import Built
from hedgerow.world.composite.constraints import constraint_rows
from hedgerow.world.composite.exercise import Welfare
from hedgerow.world.composite.facts import fact_rows
from hedgerow.world.composite.report import ReportRow
from hedgerow.world.composite.trials import choice_rows, exercise_rows, hold_out_rows


def assembled_report(made: Built, raw: Path, *, welfare: Welfare | None) -> tuple[ReportRow, ...]:
    """All rows, in the order in which they are to be read.

    Args:
        made: the world with what it was made from.
        raw: the folder that holds ``economy/``.
        welfare: the trade model, passed in because it stands above the world; without it the rows on welfare are
            missing, and the report is not the one that ships.
    """
    return (
        *exercise_rows(raw / "economy" / "wiod-2013-release", welfare),
        *hold_out_rows(made.evidence),
        *choice_rows(raw / "economy" / "wiod-2013-release", made.evidence),
        *fact_rows(made.world, made.evidence),
        *constraint_rows(made),
    )
