"""Solve for the equilibrium of an :class:`Economy` under a :class:`Policy`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from hedgerow.errors import RequestError
from hedgerow.trade.chunk import chunk_size, solve_chunk
from hedgerow.trade.economy import Economy
from hedgerow.trade.policy import DeficitRule, Policy
from hedgerow.trade.result import Equilibrium

__all__ = ["Equilibrium", "rebased", "solve", "solve_many", "without_deficits"]

TOLERANCE = 1e-10


def solve(economy: Economy, policy: Policy, *, tolerance: float = TOLERANCE) -> Equilibrium:
    """The equilibrium of one policy.

    Args:
        economy: the base.
        policy: what changes. With ``DeficitRule.ZERO`` deficits are closed first, at unchanged tariffs, and the
            result compares with that world (the procedure of Caliendo and Parro 2015).
        tolerance: on every condition; 1e-4 is enough to rank policies, in under half the time.

    Raises:
        NoSupplierError: the policy leaves a buyer without any supplier.
        NotConvergedError: no method brought the residual below the tolerance.
    """
    return solve_many(economy, [policy], tolerance=tolerance)[0]


def solve_many(
    economy: Economy,
    policies: Sequence[Policy],
    *,
    tolerance: float = TOLERANCE,
    progress: Callable[[int], None] | None = None,
) -> list[Equilibrium]:
    """The equilibria of many policies, in their order; faster than one by one.

    Args:
        economy: the base.
        policies: what changes in each scenario.
        tolerance: on every condition.
        progress: called with the number of scenarios done so far.

    Raises:
        NoSupplierError, NotConvergedError: names the first scenario without an answer; none is returned.
    """
    if not 0 < tolerance < 1:
        raise RequestError(f"tolerance: {tolerance} is not between 0 and 1; 1e-10 solves, 1e-4 screens")
    chunk = chunk_size(economy)
    bases = [without_deficits(economy) if p.deficits is DeficitRule.ZERO else economy for p in policies]
    found: list[Equilibrium] = []
    while len(found) < len(policies):
        first = len(found)
        base = bases[first]
        last = first + 1
        while last < min(first + chunk, len(policies)) and bases[last] is base:
            last += 1
        found += solve_chunk(base, policies[first:last], tolerance=tolerance, first=first)
        if progress is not None:
            progress(len(found))
    return found


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
