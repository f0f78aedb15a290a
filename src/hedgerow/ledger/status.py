"""Where each goal stands on a day: what is reported, how well it is proved, and what follows for the promise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from hedgerow.ledger.book import Book, Item
from hedgerow.ledger.equations import line
from hedgerow.ledger.records import Direction, Goal, Kind, Level, Outcome, Partnership, Verification

EVIDENCE = {Level.CLAIMED: 0.0, Level.AUDITED: 0.5, Level.INDEPENDENT: 0.8, Level.COUNTERFACTUAL: 1.0}
"""The weight v of an outcome by how it was confirmed; what nobody confirmed is claimed. Assumed."""


class State(StrEnum):
    """What can be said of a goal on a day."""

    OPEN = "open"
    """It has no target or no deadline: nothing to hold it against."""
    NOT_YET_DUE = "not yet due"
    """The deadline is ahead, and no report says where it stands on the way."""
    ON_COURSE = "on course"
    """The latest report is at least where a straight line from baseline to target is."""
    BEHIND = "behind"
    MET = "met"
    MET_LATE = "met late"
    MISSED = "missed"
    NO_REPORT = "no report"
    """The deadline is past, and no report is of its year or later."""


@dataclass(frozen=True)
class Evidence:
    """How well an outcome is proved."""

    level: Level
    by: tuple[str, ...] = ()
    """Who confirmed it on that level."""
    disputed: bool = False
    """Somebody found it wrong, on that level or a higher one; it then counts as claimed."""

    @property
    def weight(self) -> float:
        """v in the equations."""
        return EVIDENCE[self.level]


CLAIMED = Evidence(Level.CLAIMED)


@dataclass(frozen=True)
class Reported:
    """An outcome and how well it is proved."""

    outcome: Outcome
    evidence: Evidence


@dataclass(frozen=True)
class Standing:
    """A goal on a day."""

    partnership: str
    goal: Goal
    state: State
    reports: tuple[Reported, ...] = ()
    """Up to the day, by date; of one date the best proved last."""
    telling: Reported | None = None
    """The report that decides."""
    expected: float | None = None
    """The straight line on the day of that report, while the deadline is ahead."""
    verdict: str = field(default="", kw_only=True)
    """Why, in one sentence."""


def standings(book: Book, on: date) -> list[Standing]:
    """Every goal that a partnership has on a day; only what is dated up to the day counts."""
    verdicts: dict[tuple[str, str], list[Verification]] = defaultdict(list)
    for item, verification in book.items(Verification):
        if verification.date <= on and holds(book, item, verification):
            verdicts[item.entry.partnership, verification.outcome].append(verification)
    reports: dict[tuple[str, str], list[Reported]] = defaultdict(list)
    for item, outcome in book.items(Outcome):
        if outcome.date <= on:
            found = evidence(verdicts[item.key])
            reports[item.entry.partnership, outcome.goal].append(Reported(outcome, found))
    begun = {partnership.id for _, partnership in book.items(Partnership) if partnership.since <= on}
    return [
        standing(item.entry.partnership, goal, reports[item.key], on)
        for item, goal in book.items(Goal)
        if item.entry.partnership in begun and stands_from(goal) <= on
    ]


def stands_from(goal: Goal) -> date:
    """The first day on which a goal is known to stand: of its baseline or its source, the earlier one stated."""
    stated = (goal.baseline.date if goal.baseline else None, goal.source.published)
    return min(filter(None, stated), default=date.min)


def holds(book: Book, item: Item, verification: Verification) -> bool:
    """Whether a verdict is about the outcome as it stands: one that was corrected later has to be looked at again."""
    outcome = book.current[Kind.OUTCOME].get((item.entry.partnership, verification.outcome))
    return outcome is not None and outcome.entry.number < item.entry.number


def evidence(verdicts: Sequence[Verification]) -> Evidence:
    """What several verdicts on one outcome amount to: the strongest level counts, and on one level a no prevails."""
    weight = {level: rank for rank, level in enumerate(Level)}
    confirmed = max((v.level for v in verdicts if v.confirms), key=weight.__getitem__, default=Level.CLAIMED)
    refuted = max((v.level for v in verdicts if not v.confirms), key=weight.__getitem__, default=None)
    if refuted is not None and weight[refuted] >= weight[confirmed]:
        return Evidence(Level.CLAIMED, tuple(v.by for v in verdicts if v.level is refuted), disputed=True)
    return Evidence(confirmed, tuple(v.by for v in verdicts if v.level is confirmed))


def standing(partnership: str, goal: Goal, reports: Sequence[Reported], on: date) -> Standing:
    """Where one goal stands, given its reports up to a day."""
    ordered = tuple(sorted(reports, key=lambda r: (r.outcome.date, r.evidence.weight)))
    latest = ordered[-1] if ordered else None
    if goal.target is None or goal.deadline is None:
        missing = "target" if goal.target is None else "deadline"
        return Standing(partnership, goal, State.OPEN, ordered, latest, verdict=f"It has no {missing}.")
    if on <= goal.deadline:
        return _on_the_way(partnership, goal, ordered)
    return _past_the_deadline(partnership, goal, ordered)


def reaches(goal: Goal, value: float) -> bool:
    """Whether a value is at the target or better."""
    target = goal.target if goal.target is not None else float("nan")
    return value >= target if goal.direction is Direction.UP else value <= target


def _on_the_way(partnership: str, goal: Goal, reports: tuple[Reported, ...]) -> Standing:
    if not reports:
        said = f"Due on {goal.deadline}; nothing is reported yet."
        return Standing(partnership, goal, State.NOT_YET_DUE, verdict=said)
    last = reports[-1]
    told = f"{last.outcome.value:g} on {last.outcome.date}"
    if reaches(goal, last.outcome.value):
        return Standing(partnership, goal, State.MET, reports, last, verdict=f"{told} reaches {goal.target:g}.")
    if goal.baseline is None or goal.target is None or goal.deadline is None:
        said = f"{told}; without a baseline nobody can say where it should be by then."
        return Standing(partnership, goal, State.NOT_YET_DUE, reports, last, verdict=said)
    start, end = (goal.baseline.date, goal.baseline.value), (goal.deadline, goal.target)
    expected = line(last.outcome.date, start, end)
    ahead = (last.outcome.value - expected) * (1 if goal.direction is Direction.UP else -1) >= 0
    said = f"{told}, where the straight line to {goal.target:g} has {expected:.4g}."
    state = State.ON_COURSE if ahead else State.BEHIND
    return Standing(partnership, goal, state, reports, last, expected, verdict=said)


def _past_the_deadline(partnership: str, goal: Goal, reports: tuple[Reported, ...]) -> Standing:
    deadline = goal.deadline or date.max
    final = [r for r in reports if r.outcome.date.year == deadline.year and r.outcome.date <= deadline]
    later = [r for r in reports if r.outcome.date > deadline]
    first_later = [r for r in later if r.outcome.date == later[0].outcome.date]
    if not final and not later:
        said = f"Due on {deadline}; nothing is reported of that year or later."
        return Standing(partnership, goal, State.NO_REPORT, reports, reports[-1] if reports else None, verdict=said)
    told = (final or first_later)[-1]
    said = f"{told.outcome.value:g} on {told.outcome.date}, for {goal.target:g} by {deadline}."
    if reaches(goal, told.outcome.value):
        return Standing(partnership, goal, State.MET, reports, told, verdict=said)
    if later and reaches(goal, later[-1].outcome.value):
        said = (
            f"{later[-1].outcome.value:g} on {later[-1].outcome.date}; at the deadline it was {told.outcome.value:g}."
        )
        return Standing(partnership, goal, State.MET_LATE, reports, later[-1], verdict=said)
    return Standing(partnership, goal, State.MISSED, reports, told, verdict=said)
