"""Solve for the equilibrium of an :class:`Economy` under a :class:`Policy`, or under many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from hedgerow.errors import RequestError
from hedgerow.trade.batch import Batch, Task, run
from hedgerow.trade.chunk import chunk_size, point_of, solve_chunk
from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.policy import DeficitRule, Policy
from hedgerow.trade.result import Equilibrium

__all__ = [
    "Batch",
    "Equilibrium",
    "base_of",
    "check_tolerance",
    "rebased",
    "solve",
    "solve_best",
    "solve_grid",
    "solve_many",
    "without_deficits",
]

TOLERANCE = 1e-10
SCREEN = 1e-4
"""Enough to rank policies: at most 1 % of the largest effect is wrong, in under half the time."""


def solve(economy: Economy, policy: Policy, *, tolerance: float = TOLERANCE) -> Equilibrium:
    """The equilibrium of one policy.

    Args:
        economy: the base.
        policy: what changes. With ``DeficitRule.ZERO`` deficits are closed first, at unchanged tariffs, and the
            result compares with that world (the procedure of Caliendo and Parro 2015).
        tolerance: on every condition; 1e-4 is enough to rank policies, in under half the time.

    Raises:
        NoSupplierError: the policy leaves a buyer without any supplier.
        DidNotConverge: no method brought the residual below the tolerance.
    """
    check_tolerance(tolerance)
    return solve_chunk(base_of(economy, policy), [policy], tolerance=tolerance)[0]


def solve_many(
    economy: Economy,
    policies: Sequence[Policy],
    *,
    tolerance: float = TOLERANCE,
    progress: Callable[[int], None] | None = None,
    batch: Batch | None = None,
    starts: Array | None = None,
) -> list[Equilibrium]:
    """The equilibria of many policies, in their order; faster than one by one.

    Args:
        economy: the base.
        policies: what changes in each scenario.
        tolerance: on every condition.
        progress: called with the number of scenarios done so far.
        batch: processes, chunks and a folder to resume from.
        starts: [b, N + 2 J N] where to start; see :func:`hedgerow.trade.chunk.point_of`. The base when omitted.

    Raises:
        NoSupplierError, DidNotConverge: names the first scenario without an answer; none is returned.
    """
    check_tolerance(tolerance)
    batch = batch or Batch()
    size = batch.chunk or chunk_size(economy)
    bases = [base_of(economy, policy) for policy in policies]
    economies = list({id(base): base for base in bases}.values())
    tasks: list[Task] = []
    first = 0
    while first < len(policies):
        last = first + 1
        while last < min(first + size, len(policies)) and bases[last] is bases[first]:
            last += 1
        place = next(k for k, base in enumerate(economies) if base is bases[first])
        tasks.append(Task(place, first, tuple(policies[first:last]), None if starts is None else starts[first:last]))
        first = last
    found: list[Equilibrium] = []
    for answers in run(economies, tasks, tolerance=tolerance, batch=batch):
        found += answers
        if progress is not None:
            progress(len(found))
    return found


def solve_best(
    economy: Economy,
    policies: Sequence[Policy],
    *,
    choose: Callable[[Sequence[Equilibrium]], Sequence[int]],
    progress: Callable[[int], None] | None = None,
    batch: Batch | None = None,
) -> dict[int, Equilibrium]:
    """Solve all policies roughly, choose some, and solve those exactly from where the rough answers ended.

    Args:
        economy: the base.
        policies: what changes in each scenario.
        choose: numbers of the scenarios worth an exact answer, given all rough ones.
        progress: called with the number of scenarios screened so far.
        batch: see :func:`solve_many`.

    Returns:
        Exact answers by number, in the order chosen. Rough ones are never returned.
    """
    rough = solve_many(economy, policies, tolerance=SCREEN, progress=progress, batch=batch)
    chosen = [int(k) for k in choose(rough)]
    starts = np.array([point_of(rough[k]) for k in chosen])
    exact = solve_many(economy, [policies[k] for k in chosen], batch=batch, starts=starts if chosen else None)
    return dict(zip(chosen, exact, strict=True))


def solve_grid(
    economy: Economy,
    regimes: Sequence[Policy],
    bundles: Sequence[Policy],
    *,
    tolerance: float = TOLERANCE,
    progress: Callable[[int], None] | None = None,
    batch: Batch | None = None,
) -> list[list[Equilibrium]]:
    """Every regime plus every bundle, each started at u(regime) + u(bundle) - u(base).

    That sum is already right to a few per cent of the effect, so that fewer iterations are left.

    Args:
        economy: the base.
        regimes: applied first.
        bundles: applied second.
        tolerance: on every condition.
        progress: called with the number of combinations solved so far.
        batch: see :func:`solve_many`.

    Returns:
        By regime, then by bundle.
    """
    plus = [regime + bundle for regime in regimes for bundle in bundles]
    if not plus:
        return [[] for _ in regimes]
    rules = {policy.deficits for policy in (*regimes, *bundles)}
    starts = None
    if len(rules) == 1:  # otherwise the parts compare with different bases
        alone = solve_many(economy, [*regimes, *bundles], tolerance=SCREEN, batch=batch)
        points = np.array([point_of(one) for one in alone])
        base = base_of(economy, plus[0])
        still = np.concatenate(
            [
                np.zeros(points.shape[1] - base.expenditure.size),
                np.log(base.expenditure + (base.expenditure <= 0)).ravel(),
            ]
        )
        starts = (points[: len(regimes), None] + points[None, len(regimes) :] - still).reshape(len(plus), -1)
    found = solve_many(economy, plus, tolerance=tolerance, progress=progress, batch=batch, starts=starts)
    return [found[k : k + len(bundles)] for k in range(0, len(plus), len(bundles))]


@lru_cache(maxsize=8)
def without_deficits(economy: Economy) -> Economy:
    """The world in which every trade deficit is closed and all tariffs are as before."""
    return rebased(replace(economy, deficit=np.zeros_like(economy.deficit)))


def rebased(economy: Economy) -> Economy:
    """The economy at its own equilibrium: makes a base of accounts or deficits that do not fit each other."""
    base = solve(economy, Policy(label="base"))
    return replace(
        economy,
        trade_share=base.shares,
        expenditure=base.spent,
        value_added=base.wage_hat * economy.value_added,
    )


def base_of(economy: Economy, policy: Policy) -> Economy:
    """What the policy's hats compare with: under ``DeficitRule.ZERO`` the world without deficits."""
    return without_deficits(economy) if policy.deficits is DeficitRule.ZERO else economy


def check_tolerance(tolerance: float) -> None:
    """Refuse what is not between 0 and 1."""
    if not 0 < tolerance < 1:
        raise RequestError(f"tolerance: {tolerance} is not between 0 and 1; 1e-10 solves, 1e-4 screens")
