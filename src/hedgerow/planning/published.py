"""Other people's numbers beside ours: the American tariffs announced on 2 April 2025."""

from __future__ import annotations

from dataclasses import dataclass

from hedgerow.planning.effects import Progress, SolverRecord, effect, solve_all
from hedgerow.planning.hypotheses import central
from hedgerow.planning.question import Question
from hedgerow.scenarios.announced import announced_tariffs
from hedgerow.world.parties import Party
from hedgerow.world.world import World

SOURCES = ("ignatenko-2025", "ustr-2025-04-02")
POWER = "USA"
SOLVES = 2

REASONS = (
    "Their model has one sector, labour that answers wages, economies of scale and distribution margins, sets base "
    "tariffs to zero and gives the revenue back as a cut in income tax (or a lump sum); 194 economies of 2023.",
    "Ours has many sectors that buy from each other, labour that is always employed, no scale economies, tariffs on "
    "top of those in force, and revenue that is simply spent.",
)
"""Why the two columns differ."""


@dataclass(frozen=True)
class Comparison:
    """One published change of welfare beside ours, as fractions."""

    scenario: str
    who: str
    published: float
    ours: float | None
    """None where this world does not have the party."""
    table: str


@dataclass(frozen=True)
class _Row:
    scenario: str
    who: str
    value: float
    table: str


_UNILATERAL = "announced tariffs, nobody answers"
_ANSWERED = "announced tariffs, everybody answers in kind"
_PUBLISHED = (
    _Row(_UNILATERAL, "USA", 0.0113, "Table 1, case 1 (income-tax relief)"),
    _Row(_UNILATERAL, "USA", -0.0001, "Table 1, case 2 (lump-sum rebate)"),
    _Row(_UNILATERAL, "others", -0.0057, "Table 1, case 2 (lump-sum rebate)"),
    _Row(_ANSWERED, "USA", -0.0036, "Table 2, case 1"),
    _Row(_ANSWERED, "CHN", -0.0082, "Table 2, case 1"),
    _Row(_ANSWERED, "EU", -0.0022, "Table 2, case 1"),
    _Row(_ANSWERED, "others", -0.0046, "Table 2, case 1"),
)
"""Ignatenko, Macedoni, Lashkaripour and Simonovska (2025), Journal of International Economics."""


def applies(question: Question) -> bool:
    """Whether the published numbers are about this power."""
    return question.power.members == (POWER,)


def published_estimates(
    world: World, *, progress: Progress | None = None
) -> tuple[tuple[Comparison, ...], SolverRecord]:
    """Published changes of welfare beside ours, and how well ours were solved.

    Raises:
        SolveError: a counterfactual has no answer; no number is returned.
    """
    policies = {
        _UNILATERAL: announced_tariffs(world, answered=False),
        _ANSWERED: announced_tariffs(world, answered=True),
    }
    solved = solve_all(central(world), policies, progress)
    persons = world["population"]

    def ours(row: _Row) -> float | None:
        party = _party(world, row.who)
        return effect(solved.equilibria[row.scenario], party, persons).share if party else None

    return tuple(Comparison(r.scenario, r.who, r.value, ours(r), r.table) for r in _PUBLISHED), solved.record


def _party(world: World, who: str) -> Party | None:
    if who == "others":
        return Party(who, "All others", tuple(code for code in world.codes if code != POWER))
    bloc = next((p.members for p in world.partnerships if p.id == who), None)
    members = bloc or ((who,) if who in world.codes else ())
    return Party(who, who, members) if members else None
