"""The plan inside a brief: the stored one, a quick one made with the brief, or where to get one."""

from __future__ import annotations

from hedgerow.planning.question import Question
from hedgerow.reporting.brief import Table
from hedgerow.reporting.plan.report import PlanReport
from hedgerow.reporting.plan.stored import StoredPlan
from hedgerow.reporting.prose import in_prose

__all__ = ["TABLE", "plan_sentences", "plan_table"]

TABLE = "plan"


def plan_sentences(question: Question, quick: PlanReport | None, stored: StoredPlan | None) -> tuple[str, ...]:
    """What kind of plan it is, how to make it again, and what it says.

    Args:
        question: of the brief; its tariff plays no part in a plan.
        quick: made with the brief.
        stored: shipped; used where there is no quick one.
    """
    report = quick or (stored.report if stored else None)
    if report is None:
        pair = f"{question.actor.code} --power {question.power.code} --world {question.world.id}"
        return (
            f"No plan is stored for {in_prose(question.actor.name)} and {in_prose(question.power.name)} in this world. "
            f"This makes one: hedgerow plan {pair}. This puts a quick one here: hedgerow brief {pair} --plan",
        )
    kind = (
        "A quick plan, made with this brief: how sure it is was not computed."
        if quick is not None or stored is None
        else f"A stored plan, made on {stored.made}; nothing of it was computed for this brief."
    )
    return (f"{kind} Seed {report.outlook.seed}; made with: {report.command}", *report.bottom_line, *report.cautions)


def plan_table(report: PlanReport, command: str) -> Table:
    """The recommendation at three attitudes to risk, as a table of a brief.

    Args:
        report: of the plan.
        command: the command line that makes the brief.
    """
    own = report.table("recommendation")
    return own.model_copy(update={"id": TABLE, "title": f"The plan: {own.title.lower()}", "command": command})
