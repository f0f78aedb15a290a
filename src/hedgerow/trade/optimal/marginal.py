"""What one more point of any tariff is worth, at any equilibrium: the model's equations, differentiated backwards.

Write d for a log change (a level change of X, Y, I). At an equilibrium with shares pi, border flows
F = pi X / (1 + t), and without export taxes, the equations of :mod:`hedgerow.trade.equations` read

    dP[j,n] = sum_i pi (dc[j,i] + dk[j,n,i]),                dc = beta dw + sum_k gamma dP            (1, 2)
    d ln F = dX / X - theta (dc + dk - dP) - d ln(1 + t)                                              (3, 4)
    dI = w V dw + sum_j dX - sum dF + dD,                    dX = sum_k gamma dY + alpha dI           (5, 6)
    w V dw = sum_j beta dY,                                  sum w V dw = 0                           (7)

One multiplier for each equation turns a weighted sum of d ln W = dI / I - sum alpha dP around: its derivative with
respect to *every* tariff follows from one linear system of the size of the model. Our derivation; with one sector,
no tariffs and no deficits it is Kleinman, Liu and Redding (2024).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np

from hedgerow.errors import DidNotConverge, RequestError
from hedgerow.trade.changes import ExportTaxChange, TariffRateQuota
from hedgerow.trade.economy import Array
from hedgerow.trade.equations import matvec, per_country, vecmat
from hedgerow.trade.fixedpoint import Mask, Mixing, solve
from hedgerow.trade.policy import DeficitRule, Policy
from hedgerow.trade.result import Equilibrium

__all__ = ["refuse_unsupported", "tariff_slopes"]

TOLERANCE = 1e-12
"""On the multipliers, relative to the largest weight."""
LIMIT = 400
"""Iterations; the deepest worlds need about 60."""


def refuse_unsupported(policy: Policy) -> None:
    """Export taxes, tariff-rate quotas and own-share deficits have no place in the equations above.

    Raises:
        RequestError: names what is not supported.
    """
    if any(isinstance(part, ExportTaxChange | TariffRateQuota) for part in policy.parts):
        raise RequestError("policy: optimal tariffs beside export taxes or quotas are not supported; leave them out")
    if policy.deficits is DeficitRule.OWN_SHARE:
        raise RequestError("deficits: optimal tariffs need DeficitRule.FIXED or DeficitRule.ZERO, not own_share")


def tariff_slopes(equilibrium: Equilibrium, weights: Array) -> Array:
    """Derivative of sum_n weights[n] ln W[n] with respect to ln(1 + t) of every flow, at the equilibrium.

    Args:
        equilibrium: without export taxes, quotas and own-share deficits.
        weights: [N].

    Returns:
        [J, importer, exporter]; a tariff on domestic sales included, which no policy sets.

    Raises:
        RequestError: the equilibrium's policy is not supported.
        DidNotConverge: the multipliers were not found.
    """
    refuse_unsupported(equilibrium.policy)
    point = _point(equilibrium, np.asarray(weights, dtype=float))
    sectors, actors = point.expenditure.shape
    scale = float(np.abs(point.weights / point.income).max())
    start = np.zeros((1, actors + 2 * sectors * actors))
    found = solve(_Multipliers(point, scale), start, Mixing(TOLERANCE, LIMIT, depth=20, longest=np.inf))
    if not found.converged[0]:
        raise DidNotConverge(
            f"slopes of {equilibrium.policy.label or 'the policy'}: multipliers not found, residual "
            f"{found.errors[0]:.1e}; try a smaller change"
        )
    value = _values(point, _split(scale * found.points[0], sectors, actors))
    per_flow = -(1 + point.theta[:, :, None]) * point.flow * value.flow
    return np.asarray(per_flow + point.share * value.price[:, :, None])


class _Point(NamedTuple):
    """An equilibrium, and whose income counts."""

    share: Array
    """[J, importer, exporter] pi."""
    border: Array
    """[J, importer, exporter] pi / (1 + t)."""
    flow: Array
    """[J, importer, exporter] F."""
    expenditure: Array
    """[J, N] X."""
    income: Array
    """[N] I."""
    wage_bill: Array
    """[N] w V."""
    theta: Array
    """[J, 1]"""
    value_added_share: Array
    final_share: Array
    inputs: Array
    """[N, input, sector] gamma."""
    buyers: Array
    """[N, sector, input] the transpose."""
    weights: Array
    """[N]"""
    damping: Array
    """[N] how far a wage's multiplier moves at a time."""


def _point(equilibrium: Equilibrium, weights: Array) -> _Point:
    economy, shares = equilibrium.economy, equilibrium.shares
    border = shares / (1 + equilibrium.applied.tariff)
    flow = border * equilibrium.spent[:, :, None]
    wage_bill = equilibrium.wage_hat * economy.value_added
    abroad = flow * (1 - np.eye(len(economy.actors)))
    open_ = np.einsum("j,jni->i", economy.trade_elasticity, abroad) + np.einsum(
        "j,jni->n", economy.trade_elasticity, abroad
    )
    return _Point(
        share=shares,
        border=border,
        flow=flow,
        expenditure=equilibrium.spent,
        income=equilibrium.income,
        wage_bill=wage_bill,
        theta=economy.trade_elasticity[:, None],
        value_added_share=economy.value_added_share,
        final_share=economy.final_share,
        inputs=economy.input_share,
        buyers=np.ascontiguousarray(economy.input_share.swapaxes(1, 2)),
        weights=weights,
        damping=1 / (1 + open_ / wage_bill),
    )


class _Unknowns(NamedTuple):
    """Multipliers of (7), (1) and (6)."""

    wage: Array
    """[N]"""
    cost: Array
    """[J, N]"""
    spending: Array
    """[J, N]"""


class _Values(NamedTuple):
    """What one more of each quantity is worth."""

    income: Array
    """[N]"""
    output: Array
    """[J, N]"""
    flow: Array
    """[J, importer, exporter] per unit of border value: to its seller, less the tariff base's loss to its buyer."""
    price: Array
    """[J, N] per log point."""


def _values(point: _Point, at: _Unknowns) -> _Values:
    income = point.weights / point.income + (point.final_share * at.spending).sum(axis=0)
    output = per_country(point.buyers, at.spending[None])[0] + point.value_added_share * at.wage
    flow = output[:, None, :] - income[None, :, None]
    price = (
        -point.weights * point.final_share
        + per_country(point.inputs, at.cost[None])[0]
        + point.theta * (point.flow * flow).sum(axis=2)
    )
    return _Values(income, output, flow, price)


@dataclass(frozen=True, eq=False)
class _Multipliers:
    """The linear system as a fixed point, in units of ``scale``."""

    point: _Point
    scale: float

    def correction(self, points: Array) -> tuple[Array, Array]:
        point = self.point
        sectors, actors = point.expenditure.shape
        at = _split(self.scale * points[0], sectors, actors)
        value = _values(point, at)
        spending = value.income * (1 - point.border.sum(axis=2)) + matvec(point.border, value.output)
        sold = (point.flow * value.flow).sum(axis=1)
        cost = vecmat(value.price, point.share) - point.theta * sold
        wage = value.income + (point.value_added_share * at.cost).sum(axis=0) / point.wage_bill
        gap = wage - at.wage
        gap = gap - (point.wage_bill * gap).sum() / point.wage_bill.sum()  # the numeraire's multiplier
        step = np.concatenate([gap, (cost - at.cost).ravel(), (spending - at.spending).ravel()]) / self.scale
        error = np.abs(step).max()
        step[:actors] *= point.damping
        return step[None], np.array([error])

    def restricted(self, kept: Mask) -> Self:
        return self


def _split(flat: Array, sectors: int, actors: int) -> _Unknowns:
    end = actors + sectors * actors
    return _Unknowns(flat[:actors], flat[actors:end].reshape(sectors, actors), flat[end:].reshape(sectors, actors))
