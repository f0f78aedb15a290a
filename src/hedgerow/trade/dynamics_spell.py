"""Spells: years under one policy by buyers who had adapted to another, for many small additions to both.

A course of policies is a row of spells. If buyers have adapted by the time a policy changes, what a year is worth
depends only on the policy before, the policy now, and the years since the change: few nodes instead of all courses.
Each node is exact; that buyers have adapted is the approximation, and :func:`hedgerow.trade.dynamics.path` audits it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from hedgerow.errors import DidNotConverge, RequestError
from hedgerow.trade.cascade import Answers, model_of, solve_kernels, stacked
from hedgerow.trade.chunk import check_suppliers, chunk_size
from hedgerow.trade.dynamics_buyers import Buyers
from hedgerow.trade.economy import Array
from hedgerow.trade.equilibrium import TOLERANCE
from hedgerow.trade.policy import Policy, apply

__all__ = ["Additions", "Spell", "SpellAnswer", "play"]


class Additions(NamedTuple):
    """What is added to both policies: none, one or two of K options."""

    members: tuple[tuple[int, ...], ...]
    """[B] positions of the options; the empty one first, then every single one, then pairs."""
    policies: tuple[Policy, ...]
    """[B] of the same order."""


class Spell(NamedTuple):
    """Years under ``policy``."""

    before: Policy | None
    """What buyers had adapted to; None for the base itself, without any addition."""
    policy: Policy
    name: str
    """For messages."""


@dataclass(frozen=True, eq=False)
class SpellAnswer:
    """What each year of a spell is worth with each addition."""

    log_income: Array
    """[B, ages, N] log of real income against the base."""
    unadapted: Array
    """[ages, N] log points that final use costs more, with no addition, because buyers have not adapted yet."""
    residual: float
    """The worst of any solve."""
    solves: int
    most_iterations: int
    """Of any solve."""


def play(buyers: Buyers, spell: Spell, additions: Additions, *, ages: int) -> SpellAnswer:
    """Solve the first ``ages`` years of a spell with every addition.

    Answers with two options start from the sum of what each does alone, which leaves few iterations.

    Args:
        buyers: who adapts.
        spell: the policies before and now.
        additions: nothing, single options and pairs, in that order.
        ages: years since the change that are told apart.

    Raises:
        RequestError: quotas, whose rate depends on the year's trade.
        NoSupplierError, DidNotConverge: names the spell, the year and the addition.
    """
    if any(policy.quotas for policy in (spell.policy, spell.before or Policy(), *additions.policies)):
        raise RequestError(f"{spell.name}: quotas have no spell; use TariffChange with the rate of a static answer")
    model = model_of(buyers.short)
    shocks = [buyers.shock(spell.policy + one) for one in additions.policies]
    for shock in shocks:
        check_suppliers(buyers.economy, shock.kernel, spell.name)
    set_up = [buyers.unmoved] * len(shocks)
    if spell.before is not None:
        set_up = list(_adapted(buyers, spell.before, additions))
    points = np.repeat(model.start, len(shocks), axis=0)
    years, unadapted, worst, most = [], [], 0.0, 0
    for age in range(ages):
        before = points.copy()
        kernels = [buyers.kernel(shock, one) for shock, one in zip(shocks, set_up, strict=True)]
        income = np.empty((len(shocks), len(buyers.economy.actors)))
        for part in _parts(additions, chunk_size(buyers.economy)):
            starts = np.array([_start(additions.members, k, points, before) for k in part])
            answers = solve_kernels(model, stacked([kernels[k] for k in part]), TOLERANCE, starts)
            if not answers.converged.all():
                raise DidNotConverge(_complaint(spell, age, additions.members[part[int(answers.converged.argmin())]]))
            points[part] = _points(answers)
            income[part] = buyers.welfare_hats(answers)
            worst, most = max(worst, float(answers.error.max())), max(most, int(answers.iterations.max()))
            if part == [0]:
                wedge = buyers.wedge(answers.outcome.price[0], answers.state.cost[0], shocks[0])
                unadapted.append((buyers.economy.final_share * wedge).sum(axis=0))
            for k, cost in zip(part, answers.state.cost, strict=True):
                set_up[k] = buyers.moved(set_up[k], cost, shocks[k], shocks[k])
        years.append(np.log(income))
    return SpellAnswer(np.stack(years, axis=1), np.array(unadapted), worst, ages * len(shocks), most)


@lru_cache(maxsize=2)
def _adapted(buyers: Buyers, before: Policy, additions: Additions) -> tuple[Array, ...]:
    """What buyers are set up for after a policy with each addition; kept, because many spells follow on one policy."""
    economy, model = buyers.economy, model_of(buyers.economy)
    points, found = np.repeat(model.start, len(additions.policies), axis=0), [buyers.unmoved] * len(additions.policies)
    first = points.copy()
    for part in _parts(additions, chunk_size(economy)):
        kernels = stacked([apply(economy, before + additions.policies[k]).kernel for k in part])
        starts = np.array([_start(additions.members, k, points, first) for k in part])
        answers = solve_kernels(model, kernels, TOLERANCE, starts)
        if not answers.converged.all():
            held = additions.members[part[int(answers.converged.argmin())]]
            raise DidNotConverge(f"long run{_with(held)}: no equilibrium found; try smaller changes")
        points[part] = _points(answers)
        for k, cost in zip(part, answers.state.cost, strict=True):
            found[k] = buyers.adapted(buyers.shock(before + additions.policies[k]), cost)
    return tuple(found)


def _points(answers: Answers) -> Array:
    """[b, unknowns] where the solver ended."""
    return np.concatenate([one.reshape(len(one), -1) for one in answers.state], axis=1)


def _parts(additions: Additions, size: int) -> list[list[int]]:
    """Additions that are solved together: the empty one first, then single ones, then pairs, ``size`` at a time."""
    found = []
    for count in (0, 1, 2):
        group = [k for k, held in enumerate(additions.members) if len(held) == count]
        found += [group[first : first + size] for first in range(0, len(group), size)]
    return found


def _start(members: tuple[tuple[int, ...], ...], k: int, points: Array, before: Array) -> Array:
    """Where to look first: this year's answers for the parts, or last year's moved as the world without options did."""
    held = members[k]
    if len(held) < 2:
        return np.asarray(before[k] + points[0] - before[0])
    return np.asarray(sum(points[members.index((one,))] for one in held) - points[0])


def _complaint(spell: Spell, age: int, held: tuple[int, ...]) -> str:
    return f"{spell.name}: no equilibrium found in year {age}{_with(held)}; try smaller changes or a higher short_run"


def _with(held: tuple[int, ...]) -> str:
    return f" with options {', '.join(map(str, held))}" if held else ""
