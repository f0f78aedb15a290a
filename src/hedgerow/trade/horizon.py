"""Elasticities by horizon: trade answers a tariff slowly, and a tariff on one country costs it more at first.

Boehm, Levchenko and Pandalai-Nayar (2023) find that trade before tariffs falls by 0.76 per cent for one per cent of
tariff in the year after a change and by about 2 in the long run, which takes seven to ten years. Only the *ratio* of
the two, 0.36, is taken from them: it scales every sector's own long-run elasticity, and what is left of the gap closes
by a third a year. That scaling is our assumption. Their own levels are lower than those of the other sources here.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from hedgerow.trade.cascade import model_of, solve_kernels, stacked
from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.equilibrium import TOLERANCE, Equilibrium
from hedgerow.trade.policy import apply

__all__ = ["SOURCE", "at_horizon", "distance_from_another_start", "elasticity_after", "share_of_long_run"]

SOURCE = "boehm-levchenko-pandalai-nayar-2023"
FIRST_YEAR = 0.36
"""Of the long-run response, reached in the first year."""
SPEED = 0.33
"""Rate per year at which the rest of the gap closes; nine tenths of it are gone after eight years. Assumed."""
LOWEST = 0.2
"""Assumed: below it the model may have several equilibria, or none."""


def share_of_long_run(years: float) -> float:
    """The part of the long-run response that trade has made ``years`` (one or more) after the change."""
    return 1.0 if math.isinf(years) else 1 - (1 - FIRST_YEAR) * math.exp(-SPEED * max(0.0, years - 1))


def elasticity_after(theta: Array, years: float) -> Array:
    """Elasticities in the year ``years`` after a change: at least 0.2, never above the long-run ones.

    Args:
        theta: [J] long-run elasticities.
        years: 1 is the first year; ``math.inf`` gives ``theta`` itself.
    """
    return np.asarray(np.minimum(theta, np.maximum(share_of_long_run(years) * theta, LOWEST)))


def at_horizon(economy: Economy, years: float) -> Economy:
    """The same accounts with the elasticities of a horizon."""
    return replace(economy, trade_elasticity=elasticity_after(economy.trade_elasticity, years))


def distance_from_another_start(answer: Equilibrium, start: Equilibrium) -> float:
    """Solve again from another point: the largest difference of log wages and unit costs between the two answers.

    With low elasticities a world may have several equilibria; two starts that lead apart show it.

    Args:
        answer: solved from the base.
        start: any equilibrium of an economy with the same accounts, for example one with other elasticities.

    Returns:
        The distance; infinite where nothing was found from the other start.
    """
    economy = answer.economy
    model = model_of(economy)
    spent = np.log(start.spent + (economy.expenditure <= 0))
    point = np.concatenate([np.log(start.wage_hat), np.log(start.cost_hat).ravel(), spent.ravel()])
    kernel = stacked([apply(economy, answer.policy).kernel])
    again = solve_kernels(model._replace(start=point[None]), kernel, TOLERANCE)
    if not again.converged[0]:
        return math.inf
    wages = np.abs(again.state.wage[0] - np.log(answer.wage_hat)).max()
    costs = np.abs(again.state.cost[0] - np.log(answer.cost_hat)).max()
    return float(max(wages, costs))
