"""Scores of partnerships: what was added, as far as it is proved and theirs; how complete the goals are; how it is run.

Three measures that are never averaged with each other. What cannot be tested has no number, which is not zero.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from hedgerow.ledger import equations
from hedgerow.ledger.book import Book, Key
from hedgerow.ledger.equations import Bounds
from hedgerow.ledger.records import Attribution, Commitment, Counterfactual, Goal, Outcome, Partnership
from hedgerow.ledger.status import Reported, Standing, standings


@dataclass(frozen=True)
class Smart:
    """The five criteria of Doran (1981, Management Review 70(11), 35-36), as far as a record can show them."""

    specific: bool
    """It says what is measured, and where or for whom."""
    measurable: bool
    """It has a unit, a baseline and a target."""
    assignable: bool
    """It names the members that answer for it."""
    realistic: bool
    """At least one commitment is made to it."""
    time_related: bool
    """It has a deadline."""

    @property
    def met(self) -> tuple[bool, ...]:
        """In the order of the letters."""
        return self.specific, self.measurable, self.assignable, self.realistic, self.time_related


@dataclass(frozen=True)
class GoalScore:
    """What can be said of one goal. None where the ledger does not hold what it takes."""

    standing: Standing
    scored: Reported | None
    """The outcome that is scored: the latest that somebody confirmed, else the latest."""
    smart: Smart
    achievement: float | None
    additionality: Bounds | None
    share: Bounds | None
    """The partnership's own part of the outcome."""
    contribution: Bounds | None
    lacking: str
    """What it would take to test what the partnership added; empty where that can be tested."""


@dataclass(frozen=True)
class PartnershipScore:
    """A partnership's three measures."""

    partnership: Partnership
    goals: tuple[GoalScore, ...]
    score: Bounds | None
    """Over the goals that can be tested; None where none can."""
    completeness: float | None
    """Mean over the goals; None where there are none."""
    procedural: float | None

    @property
    def tested(self) -> int:
        """How many goals the score is over."""
        return sum(goal.contribution is not None for goal in self.goals)


def scores(book: Book, on: date) -> list[PartnershipScore]:
    """The score of every partnership that exists on a day; only what is dated up to the day counts."""
    shares: dict[tuple[str, Key], Bounds] = {}
    for item, attribution in book.items(Attribution):
        if attribution.date <= on:
            pid = item.entry.partnership
            shares[pid, book.fact(pid, attribution.outcome)] = _bounds(
                attribution.share, attribution.low, attribution.high
            )
    resourced = {(item.entry.partnership, c.goal) for item, c in book.items(Commitment) if c.date <= on}
    goals: dict[str, list[GoalScore]] = defaultdict(list)
    for found in standings(book, on):
        pid = found.partnership
        scored = _scored(found)
        share = shares.get((pid, book.fact(pid, scored.outcome.id))) if scored else None
        goals[pid].append(goal_score(found, scored, share, realistic=(pid, found.goal.id) in resourced))
    begun = [partnership for _, partnership in book.items(Partnership) if partnership.since <= on]
    return [_together(partnership, tuple(goals[partnership.id])) for partnership in begun]


def goal_score(found: Standing, scored: Reported | None, share: Bounds | None, *, realistic: bool) -> GoalScore:
    """One goal, from where it stands, the outcome to score, and the partnership's share in it."""
    goal, outcome = found.goal, scored.outcome if scored else None
    way = (goal.baseline.value, goal.target) if goal.baseline and goal.target is not None else None
    if way is not None and way[0] == way[1]:
        way = None  # a level to be kept has no way to be gone
    without = _without(goal, outcome) if outcome else None
    achieved = equations.achievement(outcome.value, *way) if outcome and way else None
    added = None
    if outcome and way and without:
        added = equations.additionality(_bounds(outcome.value, outcome.low, outcome.high), without, *way)
    told = None
    if scored and added and share:
        told = equations.contribution(scored.evidence.weight, share, added)
    lacking = {
        "an outcome": outcome is None,
        "a baseline and a target that differ": way is None,
        "a stated counterfactual up to the day of the outcome": outcome is not None and without is None,
        "the partnership's share in the outcome": outcome is not None and share is None,
    }
    return GoalScore(
        found,
        scored,
        smart(goal, realistic=realistic),
        achieved,
        added,
        share,
        told,
        " and ".join(what for what, lacks in lacking.items() if lacks),
    )


def smart(goal: Goal, *, realistic: bool) -> Smart:
    """Which criteria a goal meets; ``realistic`` where a commitment is made to it."""
    return Smart(
        specific=goal.indicator is not None and goal.scope is not None,
        measurable=goal.unit is not None and goal.baseline is not None and goal.target is not None,
        assignable=bool(goal.responsible),
        realistic=realistic,
        time_related=goal.deadline is not None,
    )


def _scored(found: Standing) -> Reported | None:
    """The latest report that somebody confirmed, else the latest: a new claim takes nothing from an old proof."""
    confirmed = [report for report in found.reports if report.evidence.weight > 0]
    known = confirmed or found.reports
    return known[-1] if known else None


def _without(goal: Goal, outcome: Outcome) -> Bounds | None:
    """The counterfactual on the day of an outcome; None where none is stated, or for a later day than it is stated."""
    stated: Counterfactual | None = goal.counterfactual
    if stated is None or goal.baseline is None or outcome.date > stated.date:
        return None
    start = (goal.baseline.date, goal.baseline.value)
    ends = _bounds(stated.value, stated.low, stated.high)
    return Bounds(*(equations.line(outcome.date, start, (stated.date, end)) for end in ends))


def _bounds(value: float, low: float | None, high: float | None) -> Bounds:
    """A number with its bounds; where none are stated it is taken to be exact."""
    return Bounds(value, value if low is None else low, value if high is None else high)


def _together(partnership: Partnership, goals: tuple[GoalScore, ...]) -> PartnershipScore:
    tested = [(goal.standing.goal.weight, goal.contribution) for goal in goals if goal.contribution is not None]
    asked = partnership.procedure
    aspects = (asked.participation, asked.transparency, asked.accountability, asked.representation) if asked else ()
    complete = [equations.completeness(goal.smart.met) for goal in goals]
    return PartnershipScore(
        partnership,
        goals,
        equations.score([w for w, _ in tested], [c for _, c in tested]) if tested else None,
        sum(complete) / len(complete) if complete else None,
        equations.procedural_index(aspects),
    )
