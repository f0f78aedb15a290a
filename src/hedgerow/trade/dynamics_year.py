"""One year of a path: its answer, and whether other starting points lead to another one."""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from hedgerow.errors import DidNotConverge
from hedgerow.trade.cascade import Answers, Model, solve_kernels, stacked
from hedgerow.trade.chunk import check_suppliers
from hedgerow.trade.dynamics_buyers import Buyers
from hedgerow.trade.economy import Array
from hedgerow.trade.equations import Kernel
from hedgerow.trade.equilibrium import TOLERANCE
from hedgerow.trade.policy import Policy

__all__ = ["Branch", "answer_of_year", "branches_of_year", "point_of"]

AGITATION = {"random": 0.1, "far random": 0.5}
"""Standard deviations of the changes to log wages, costs and spending that make the random starts."""
SEED = 4


@dataclass(frozen=True, eq=False)
class Branch:
    """What another starting point led to."""

    year: int
    start: str
    """``base``, ``long run``, ``random`` or ``far random``."""
    distance: float
    """Largest difference of log wages and unit costs from the path's answer; NaN where no answer was found."""
    welfare_change: Array
    """[N] fraction; NaN where no answer was found."""


def answer_of_year(buyers: Buyers, model: Model, kernel: Kernel, start: Array, year: int) -> Answers:
    """Solve one year from ``start``, usually the answer of the year before; from the base where that fails.

    Args:
        buyers: who adapts.
        model: of the short-run elasticities.
        kernel: of the year, without the scenario axis.
        start: [1, N + 2 J N]
        year: named if there is no answer.

    Raises:
        NoSupplierError, DidNotConverge: names the year.
    """
    check_suppliers(buyers.economy, kernel, f"year {year}")
    answer = solve_kernels(model._replace(start=start), stacked([kernel]), TOLERANCE)
    if not answer.converged[0] and start is not model.start:
        answer = solve_kernels(model, stacked([kernel]), TOLERANCE)
    if not answer.converged[0]:
        raise DidNotConverge(
            f"year {year}: no equilibrium found, residual {answer.error[0]:.1e}; a short-run elasticity of "
            f"{buyers.theta.short.min():.2g} may be too low for this policy, raise floor or short_run"
        )
    return answer


def point_of(answer: Answers) -> Array:
    """The unknowns of a batch of one, as the solver takes them. [1, N + 2 J N]"""
    return np.concatenate([part.reshape(1, -1) for part in answer.state], axis=1)


def branches_of_year(
    buyers: Buyers, model: Model, kernel: Kernel, answer: Answers, *, policy: Policy, year: int
) -> list[Branch]:
    """Solve the year again from the base, from the long run of its policy, and from somewhere random."""
    rng = np.random.default_rng(SEED)
    here = point_of(answer)
    starts = {name: here + rng.normal(0, size, here.shape) for name, size in AGITATION.items()}
    if year:  # the first year was solved from the base already
        starts["base"] = model.start
    with suppress(DidNotConverge):
        starts["long run"] = point_of(buyers.long_run(policy))
    return [
        _branch(buyers, solve_kernels(model._replace(start=start), stacked([kernel]), TOLERANCE), answer, name, year)
        for name, start in starts.items()
    ]


def _branch(buyers: Buyers, again: Answers, answer: Answers, start: str, year: int) -> Branch:
    if not again.converged[0]:
        return Branch(year, start, math.nan, np.full(len(buyers.economy.actors), np.nan))
    wages = np.abs(again.state.wage - answer.state.wage).max()
    costs = np.abs(again.state.cost - answer.state.cost).max()
    return Branch(year, start, float(max(wages, costs)), buyers.welfare_hat(again) - 1)
