"""An approximate Newton step for :mod:`hedgerow.trade.equations`.

Domestic loops are solved exactly, foreign prices and foreign demand are held fixed. It is kept apart from the
residual on purpose: a mistake here can cost time, never change an answer. Our own derivation.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from hedgerow.trade.equations import Array, Residual, State, Technology, per_country

LEAST_SLOPE = 0.25
"""Floor on the elasticity of a trade balance to the own wage; a smaller one would make wild steps."""


CAUTION = 0.7
"""Share of the wage step taken. The slope leaves out what a wage does abroad, and mixing makes up for short steps."""


class Preconditioner(NamedTuple):
    """Closed forms of the base, once per economy."""

    costs: Array
    """[N, J, J] home prices feed own costs: (I - gamma' diag(home share))^-1. In single precision, like the next:
    they are read from memory in every iteration, and only steer."""
    expenditures: Array
    """[N, J, J] home sales and tariffs feed own spending: (I - gamma diag(home sales) - alpha rho')^-1."""
    cost_of_wage: Array
    """[J, N] d ln c / d ln w, own country."""
    expenditure_of_wage: Array
    """[J, N] d ln X / d ln w, own country."""
    step: Array
    """[N] wage step per unit of log imbalance."""
    reach: Array
    """[N] largest wage step."""


def prepare(tech: Technology, trade_share: Array, border_share: Array, expenditure: Array) -> Preconditioner:
    """Preconditioner of a base: 2 N inverses of size J.

    Args:
        tech: constants of the model.
        trade_share: [J, n, i] at purchaser value.
        border_share: [J, n, i] trade_share / (1 + tariff).
        expenditure: [J, N] level.
    """
    theta, bought = tech.trade_elasticity, tech.bought
    spent = expenditure + tech.dead
    home_share = np.diagonal(trade_share, axis1=1, axis2=2)
    home_border = np.diagonal(border_share, axis1=1, axis2=2)
    flow = border_share * expenditure[:, :, None]
    home = home_border * expenditure
    exports, imports = flow.sum(axis=1) - home, flow.sum(axis=2) - home
    tariff_wedge = (1 - (imports + home) / spent) * bought
    identity = np.eye(len(expenditure))
    costs = np.linalg.inv(identity - tech.input_share_by_sector * home_share.T[:, None, :])
    expenditures = np.linalg.inv(
        identity
        - tech.input_share * home_border.T[:, None, :]
        - tech.final_share.T[:, :, None] * tariff_wedge.T[:, None, :]
    )
    cost_of_wage = np.einsum("njk,kn->jn", costs, tech.value_added_share)
    exports_of_wage = -theta * cost_of_wage * exports
    home_of_wage = -theta * (1 - home_share) * cost_of_wage * home
    imports_of_wage = theta * home_share * cost_of_wage * imports
    demand = tech.final_share * (tech.value_added - (imports_of_wage + home_of_wage).sum(axis=0))
    demand += np.einsum("nkj,jn->kn", tech.input_share, exports_of_wage + home_of_wage)
    own_spending = np.einsum("njk,kn->jn", expenditures, demand) / spent * bought
    paid = np.maximum(imports.sum(axis=0) + tech.lent, 1e-300)
    earned = np.maximum(exports.sum(axis=0) + tech.borrowed, 1e-300)
    slope = (imports_of_wage + imports * own_spending).sum(axis=0) / paid - exports_of_wage.sum(axis=0) / earned
    expenditure_of_wage = np.clip(own_spending, -2, 2)
    return Preconditioner(
        costs.astype(np.float32),
        expenditures.astype(np.float32),
        cost_of_wage,
        expenditure_of_wage,
        step=CAUTION / np.maximum(slope, LEAST_SLOPE),
        reach=np.minimum(0.5, 1 / np.maximum(np.abs(expenditure_of_wage).max(axis=0), 1)),
    )


def precondition(spent: Array, residual: Residual, tech: Technology, pre: Preconditioner, xp: Any = np) -> State:
    """Step of the unknowns, given expenditure [b, J, N]. Clips keep a far start from overshooting; near the answer
    they do nothing."""
    wage = xp.clip(pre.step * residual.balance, -pre.reach, pre.reach)
    own = wage[..., None, :]
    cost = xp.clip(per_country(pre.costs, residual.cost.astype(pre.costs.dtype)), -1, 1) + pre.cost_of_wage * own
    growth = per_country(pre.expenditures, (residual.expenditure * spent).astype(pre.costs.dtype)) / (spent + tech.dead)
    return State(wage, cost, xp.log1p(xp.clip(growth, -0.63, 1.7)) + pre.expenditure_of_wage * own)
