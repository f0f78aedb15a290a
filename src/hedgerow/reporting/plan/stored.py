"""Plans that ship, so that a brief need not compute one; ``tools/build_plans.py`` writes them."""

from __future__ import annotations

import gzip

from hedgerow.data.embedded import checksums, read_embedded
from hedgerow.planning.question import Question
from hedgerow.reporting.brief import Record
from hedgerow.reporting.plan.report import PlanReport

__all__ = ["FOLDER", "StoredPlan", "file_of", "packed", "stored_plan"]

FOLDER = "plans"
DROPPED = ("by-regime",)
"""Tables that do not ship."""


class StoredPlan(Record):
    """A plan and the day on which it was made."""

    made: str
    """ISO date."""
    report: PlanReport


def stored_plan(question: Question) -> StoredPlan | None:
    """The plan that ships for this pair in this world; None where there is none, or the world has changed since."""
    name = file_of(question.actor.code, question.power.code)
    if name not in checksums():
        return None
    found = StoredPlan.model_validate_json(gzip.decompress(read_embedded(name)))
    return found if found.report.world.sha256 == question.world.checksum else None


def file_of(actor: str, power: str) -> str:
    """Where the plan of a pair lies below the embedded folder."""
    return f"{FOLDER}/{actor}-{power}.json.gz"


def packed(report: PlanReport, made: str) -> bytes:
    """A plan as it ships: no pictures, and not the arithmetic of single options."""
    tables = tuple(table for table in report.tables if table.id not in DROPPED)
    kept = StoredPlan(made=made, report=report.model_copy(update={"tables": tables, "figures": ()}))
    return gzip.compress(kept.model_dump_json().encode(), compresslevel=9, mtime=0)
