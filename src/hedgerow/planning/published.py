"""Other people's numbers beside ours: the American tariffs announced on 2 April 2025."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from hedgerow.data.embedded import read_embedded
from hedgerow.dims import REST_OF_WORLD
from hedgerow.planning.effects import Progress, SolverRecord, effect, solve_all
from hedgerow.planning.hypotheses import central
from hedgerow.planning.question import Question
from hedgerow.trade.policy import Policy, TariffChange
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


@cache
def announced_rates() -> Mapping[str, tuple[float, float]]:
    """Rate announced on 2 April 2025 and US goods imports of 2023 in MUSD, by ISO-3 code."""
    rows = csv.DictReader(read_embedded("us-liberation-day.csv").decode().splitlines())
    return {row["iso3"]: (float(row["rate"]), float(row["us_imports_musd"] or 0.0)) for row in rows}


def announced_tariffs(world: World, *, answered: bool) -> Policy:
    """The announced tariffs on goods, added to those in force.

    The rest of the world bears the mean rate of the economies inside it, weighted by US imports.

    Args:
        world: gives the actors.
        answered: whether everyone puts the same rate on American goods.
    """
    parts = []
    for code in world.codes:
        rate = _rest_rate(world) if code == REST_OF_WORLD else announced_rates().get(code, (0.0, 0.0))[0]
        if code == POWER or rate == 0.0:
            continue
        parts.append(TariffChange(exporters=(code,), importers=(POWER,), sectors=world.goods, add=rate))
        if answered:
            parts.append(TariffChange(exporters=(POWER,), importers=(code,), sectors=world.goods, add=rate))
    return Policy(tuple(parts))


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


def _rest_rate(world: World) -> float:
    inside = [pair for code, pair in announced_rates().items() if code not in world.codes]
    bought = sum(imports for _, imports in inside)
    return sum(rate * imports for rate, imports in inside) / bought
