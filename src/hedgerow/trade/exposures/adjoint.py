"""The trade model differentiated backwards: what one more unit of each quantity is worth to an objective.

Write d for a change of a log (of a level for I, Y, X). Around an equilibrium with shares pi, border flows
F = pi X / (1 + t) and no export taxes the equations of :mod:`hedgerow.trade.equations` read

    dc = beta dw + sum_k gamma dP - da,      dP[n] = sum_i pi[n,i] (dc[i] + dk[n,i])                      (1, 2)
    d ln F[n,i] = d ln X[n] - theta (dc[i] + dk[n,i] - dP[n]) - d ln(1 + t)[n,i]                          (3, 4)
    dI = w V dw + sum_j (dX - sum_i dF) + dD,     dX = sum_k gamma dY + alpha dI,     dY[i] = sum_n dF    (5, 6)

with dk = d ln(1 + t) + d ln d. Read backwards, each equation says what its left-hand side is worth. An objective is
a row of direct worths; R objectives are carried along on a last axis. Our derivation.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from hedgerow.errors import RequestError
from hedgerow.trade.changes import ExportTaxChange, TariffRateQuota
from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.policy import DeficitRule, Policy
from hedgerow.trade.result import Equilibrium

__all__ = [
    "Objective",
    "Point",
    "at_base",
    "at_equilibrium",
    "cost_worth",
    "flow_slopes",
    "income_worth",
    "output_worth",
    "price_worth",
    "refuse_unsupported",
    "sales_worth",
    "spending_worth",
    "wage_worth",
]


@dataclass(frozen=True, eq=False)
class Point:
    """Where the model is differentiated. N actors, J sectors."""

    share: Array
    """[J, importer, exporter] pi."""
    flow: Array
    """[J, importer, exporter] F, at the seller's price, share of world value added."""
    expenditure: Array
    """[J, N] X."""
    income: Array
    """[N] I."""
    wage_bill: Array
    """[N] w V."""
    theta: Array
    """[J]"""
    value_added_share: Array
    """[J, N] beta."""
    final_share: Array
    """[J, N] alpha."""
    inputs: Array
    """[N, input, sector] gamma."""

    @cached_property
    def buyers(self) -> Array:
        """[N, sector, input] gamma transposed."""
        return np.ascontiguousarray(self.inputs.swapaxes(1, 2))

    @cached_property
    def bought(self) -> Array:
        """[J, N] sum of F over exporters: expenditure less tariffs."""
        return np.asarray(self.flow.sum(axis=2))

    @cached_property
    def per_spending(self) -> Array:
        """[J, N] one over expenditure; zero in dead cells."""
        return np.where(self.expenditure > 0, 1 / np.where(self.expenditure > 0, self.expenditure, 1), 0.0)


class Objective(NamedTuple):
    """Direct worth of quantities to R objectives; everything else is worth what it leads to."""

    income: Array
    """[N, R] of a unit of income."""
    output: Array
    """[J, N, R] of a unit of output."""
    price: Array
    """[J, N, R] of a log point of a price index."""
    wage: Array
    """[N, R] of a log point of a wage, beyond its income."""


def at_base(economy: Economy) -> Point:
    """The economy's own base."""
    flow = economy.border_share * economy.expenditure[:, :, None]
    return _point(economy, economy.trade_share, flow, economy.expenditure, economy.value_added)


def at_equilibrium(equilibrium: Equilibrium) -> Point:
    """A counterfactual.

    Raises:
        RequestError: it has export taxes, quotas or own-share deficits.
    """
    refuse_unsupported(equilibrium.policy)
    flow = equilibrium.shares / (1 + equilibrium.applied.tariff) * equilibrium.spent[:, :, None]
    wage_bill = equilibrium.wage_hat * equilibrium.economy.value_added
    return _point(equilibrium.economy, equilibrium.shares, flow, equilibrium.spent, wage_bill)


def refuse_unsupported(policy: Policy) -> None:
    """Export taxes, tariff-rate quotas and own-share deficits have no place in the equations above.

    Raises:
        RequestError: names what is not supported.
    """
    if any(isinstance(part, ExportTaxChange | TariffRateQuota) for part in policy.parts):
        raise RequestError("policy: no slopes are known beside export taxes or quotas; leave them out")
    if policy.deficits is DeficitRule.OWN_SHARE:
        raise RequestError("deficits: slopes need DeficitRule.FIXED or DeficitRule.ZERO, not own_share")


def _point(economy: Economy, share: Array, flow: Array, expenditure: Array, wage_bill: Array) -> Point:
    revenue = (expenditure - flow.sum(axis=2)).sum(axis=0)
    deficit = flow.sum(axis=(0, 2)) - flow.sum(axis=(0, 1))
    return Point(
        share=share,
        flow=flow,
        expenditure=expenditure,
        income=wage_bill + revenue + deficit,
        wage_bill=wage_bill,
        theta=economy.trade_elasticity,
        value_added_share=economy.value_added_share,
        final_share=economy.final_share,
        inputs=economy.input_share,
    )


def income_worth(point: Point, objective: Objective, spending: Array) -> Array:
    """(6) backwards: income is spent on alpha. [N, R]"""
    return np.asarray(objective.income + (point.final_share[:, :, None] * spending).sum(axis=0))


def output_worth(point: Point, objective: Objective, spending: Array) -> Array:
    """(6) backwards: output buys inputs gamma. [J, N, R]"""
    return np.asarray(objective.output + _of_country(point.buyers, spending))


def sales_worth(point: Point, income: Array, output: Array) -> Array:
    """(4, 5) backwards: what one per cent more of all purchases is worth to sellers, less the tariffs lost. [J, N, R]

    sum_i F[n,i] (output[i] - income[n])
    """
    return np.asarray(point.flow @ output - point.bought[:, :, None] * income)


def spending_worth(point: Point, income: Array, output: Array) -> Array:
    """(4, 5) backwards: a unit spent goes to sellers, and its tariff part back to the buyer's income. [J, N, R]"""
    live = (point.expenditure > 0)[:, :, None]
    return np.asarray(sales_worth(point, income, output) * point.per_spending[:, :, None] + live * income)


def price_worth(point: Point, objective: Objective, sales: Array, cost: Array) -> Array:
    """(1, 3) backwards: a dearer bundle makes each supplier's own cost look smaller, and inputs dearer. [J, N, R]"""
    return np.asarray(objective.price + point.theta[:, None, None] * sales + _of_country(point.inputs, cost))


def cost_worth(point: Point, income: Array, output: Array, price: Array) -> Array:
    """(2, 3) backwards: a dearer supplier raises its buyers' prices and loses sales. [J, N, R]"""
    sold = point.flow.sum(axis=1)[:, :, None] * output - point.flow.swapaxes(1, 2) @ _wide(income, len(point.theta))
    return np.asarray(point.share.swapaxes(1, 2) @ price - point.theta[:, None, None] * sold)


def wage_worth(point: Point, objective: Objective, income: Array, cost: Array) -> Array:
    """(1, 5) backwards: wages are income and cost. [N, R]"""
    return np.asarray(
        objective.wage + point.wage_bill[:, None] * income + (point.value_added_share[:, :, None] * cost).sum(axis=0)
    )


def flow_slopes(point: Point, income: Array, output: Array, price: Array, response: Array) -> Array:
    """(2, 3, 5) backwards: what a log point of a flow's cost factor is worth. [J, importer, exporter]

    pi price[n] - response F (output[i] - income[n]), domestic sales left at zero.

    Args:
        point: where the model is differentiated.
        income: [N] worths of one objective.
        output: [J, N]
        price: [J, N]
        response: [J] 1 + theta for a tariff, whose base also shrinks; theta for iceberg cost.
    """
    gain = output[:, None, :] - income[:, None]
    slopes = point.share * price[:, :, None] - response[:, None, None] * point.flow * gain
    return np.asarray(slopes * ~np.eye(len(income), dtype=bool))


def _wide(income: Array, sectors: int) -> Array:
    return np.broadcast_to(income, (sectors, *income.shape))


def _of_country(matrix: Array, values: Array) -> Array:
    """[N, k, j] and [J, N, R] to [K, N, R]: one matrix product for each country."""
    return np.asarray((matrix @ values.transpose(1, 0, 2)).transpose(1, 0, 2))
