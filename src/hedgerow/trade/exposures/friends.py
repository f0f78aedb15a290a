"""Friends and enemies in closed form: one sector, no inputs, no tariffs.

Kleinman, B., Liu, E. and Redding, S. J. (2024), "International Friends and Enemies", American Economic Journal:
Macroeconomics. A country is a friend if its growth raises our real income. Arrays are [affected, source], bare; S is
[buyer, seller] shares of spending, T is [seller, buyer] shares of income. With tariffs, inputs or several sectors the
closed form is wrong and :func:`hedgerow.trade.exposures.jacobian.exposures` is not.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from hedgerow.errors import RequestError
from hedgerow.trade.economy import Array, Economy

__all__ = ["Friends", "friends_and_enemies"]


class Friends(NamedTuple):
    """Elasticities with respect to the productivity of the source. [affected, source]"""

    income: Array
    """W: of nominal income, world income held."""
    welfare: Array
    """U: of real income."""
    cross_substitution: Array
    """M = T S - I: how far a source's goods stand beside one's own in the markets that buy one's own."""


def friends_and_enemies(economy: Economy) -> Friends:
    """W, U and M of an economy with one sector, value added only and no tariffs.

    I - V = [(1 + theta)(I + Q) - T diag(Y / E) - theta T S] / (1 + theta), W = -theta / (1 + theta) (I - V)^-1 M and
    U = diag(Y / E) W - S (W - I), with E = Y + D. Without deficits these are the paper's income and welfare exposures;
    deficits fixed in shares of world income are our extension.

    Raises:
        RequestError: more than one sector, inputs, or tariffs.
    """
    if len(economy.sectors) != 1 or economy.input_share.any() or economy.tariff.any():
        raise RequestError(
            "economy: friends in closed form need one sector, no inputs and no tariffs; exposures() needs none of that"
        )
    theta, spent = float(economy.trade_elasticity[0]), economy.expenditure[0]
    shares = economy.trade_share[0]
    earned = economy.value_added
    sold = (shares * spent[:, None]).T / earned[:, None]
    world = np.broadcast_to(earned / earned.sum(), shares.shape)
    identity = np.eye(len(earned))
    through = sold @ shares
    closing = ((1 + theta) * (identity + world) - sold * (earned / spent) - theta * through) / (1 + theta)
    income = -theta / (1 + theta) * np.linalg.solve(closing, through - identity)
    welfare = (earned / spent)[:, None] * income - shares @ (income - identity)
    return Friends(income, welfare, through - identity)
