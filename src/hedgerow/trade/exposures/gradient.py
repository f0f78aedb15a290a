"""The slopes of one weighted sum of log real incomes: what a policy maker asks at every step of a search.

The equations of :mod:`hedgerow.trade.exposures.adjoint`, carried along for a single objective. Here the worths of
wages, costs and spending are found together by mixing, at about the price of four solves; all actors' slopes at once
(:mod:`hedgerow.trade.exposures.jacobian`) close the markets by a matrix instead and cost about thirty.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np

from hedgerow.errors import DidNotConverge
from hedgerow.trade.economy import Array
from hedgerow.trade.exposures.adjoint import (
    Objective,
    Point,
    at_equilibrium,
    cost_worth,
    flow_slopes,
    income_worth,
    output_worth,
    price_worth,
    sales_worth,
    spending_worth,
    wage_worth,
)
from hedgerow.trade.fixedpoint import Mask, Mixing, solve
from hedgerow.trade.result import Equilibrium

__all__ = ["tariff_slopes"]

MIXING = Mixing(tolerance=1e-12, limit=400, depth=20, longest=np.inf)
"""On worths, relative to the largest direct one; the deepest worlds need about 70 iterations."""


def tariff_slopes(equilibrium: Equilibrium, weights: Array) -> Array:
    """Derivative of sum_n weights[n] ln W[n] with respect to ln(1 + t) of every flow, at an equilibrium.

    Args:
        equilibrium: without export taxes, quotas and own-share deficits.
        weights: [N].

    Returns:
        [J, importer, exporter]; domestic sales are left at zero.

    Raises:
        RequestError: the equilibrium's policy is not supported.
        DidNotConverge: the worths were not found.
    """
    point = at_equilibrium(equilibrium)
    sectors, actors = point.expenditure.shape
    weights = np.asarray(weights, dtype=float)
    problem = _Worths(point, weights, float(np.abs(weights / point.income).max()), _damping(point))
    found = solve(problem, np.zeros((1, actors + 2 * sectors * actors)), MIXING)
    if not found.converged[0]:
        raise DidNotConverge(
            f"slopes of {equilibrium.policy.label or 'the policy'}: worths not found, residual "
            f"{found.errors[0]:.1e}; try a smaller change"
        )
    value = problem.values(problem.unknowns(found.points[0]))
    return flow_slopes(point, value.income[:, 0], value.output[:, :, 0], value.price[:, :, 0], 1 + point.theta)


class _Unknowns(NamedTuple):
    """Worths that feed each other."""

    market: Array
    """[N] of a unit of value added sold beyond the wages paid for it: the multiplier of (7)."""
    cost: Array
    """[J, N, 1] of a log point of unit cost."""
    spending: Array
    """[J, N, 1] of a unit spent."""


class _Values(NamedTuple):
    objective: Objective
    income: Array
    output: Array
    price: Array


@dataclass(frozen=True, eq=False)
class _Worths:
    """A linear system as a fixed point; points are in units of ``scale``."""

    point: Point
    weights: Array
    scale: float
    damping: Array
    """[N] share of its step that a market's worth takes."""

    def unknowns(self, flat: Array) -> _Unknowns:
        sectors, actors = self.point.expenditure.shape
        end = actors + sectors * actors
        shape = (sectors, actors, 1)
        flat = self.scale * flat
        return _Unknowns(flat[:actors], flat[actors:end].reshape(shape), flat[end:].reshape(shape))

    def values(self, at: _Unknowns) -> _Values:
        point = self.point
        objective = Objective(
            income=(self.weights / point.income)[:, None],
            output=(point.value_added_share * at.market)[:, :, None],
            price=-(point.final_share * self.weights)[:, :, None],
            wage=-(point.wage_bill * at.market)[:, None],
        )
        income = income_worth(point, objective, at.spending)
        output = output_worth(point, objective, at.spending)
        return _Values(
            objective, income, output, price_worth(point, objective, sales_worth(point, income, output), at.cost)
        )

    def correction(self, points: Array) -> tuple[Array, Array]:
        point, at = self.point, self.unknowns(points[0])
        value = self.values(at)
        wage = wage_worth(point, value.objective, value.income, at.cost)[:, 0]
        market = wage / point.wage_bill - wage.sum() / point.wage_bill.sum()  # world value added is the numeraire
        cost = cost_worth(point, value.income, value.output, value.price) - at.cost
        spending = spending_worth(point, value.income, value.output) - at.spending
        step = np.concatenate([market, cost.ravel(), spending.ravel()]) / self.scale
        error = np.abs(step).max(keepdims=True)
        step[: len(market)] *= self.damping
        return step[None], error

    def restricted(self, kept: Mask) -> Self:
        return self


def _damping(point: Point) -> Array:
    """[N] the more of its income an actor trades, and the more elastically, the smaller the step of its market."""
    traded = np.einsum("j,jni->ni", point.theta, point.flow) * (1 - np.eye(len(point.income)))
    return np.asarray(1 / (1 + (traded.sum(axis=0) + traded.sum(axis=1)) / point.wage_bill))
