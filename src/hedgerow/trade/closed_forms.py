"""What welfare must be, given how much of its own goods an actor still buys: closed forms of the trade model.

Arkolakis, C., Costinot, A. and Rodriguez-Clare, A. (2012), "New Trade Models, Same Old Gains?", American Economic
Review 102(1); with tariffs and inputs, Costinot, A. and Rodriguez-Clare, A. (2014), "Trade Theory with Numbers",
Handbook of International Economics 4. They check a solver without sharing any of its code, and give the cost of
autarky without solving. No trade cost inside an actor may change, and it must still buy of its own goods.
"""

from __future__ import annotations

import numpy as np

from hedgerow.trade.economy import Array, Economy

__all__ = ["acr", "autarky", "io_acr", "tariff_acr"]


def acr(own_share_hat: Array, theta: float) -> Array:
    """W_hat = lambda_hat^(-1/theta): one sector without inputs, balanced trade, no tariffs. ACR (2012), equation (1).

    Args:
        own_share_hat: [...] lambda_hat, the share of own goods in expenditure over its base.
        theta: trade elasticity, theta > 0; sigma - 1 under Armington.
    """
    return np.asarray(own_share_hat ** (-1 / theta))


def tariff_acr(own_share_hat: Array, revenue_share: Array, revenue_share_new: Array, theta: float) -> Array:
    """W_hat = lambda_hat^(-1/theta) (1 - rho) / (1 - rho'): the same with tariffs. [...]

    (1) of ACR (2012) is the real wage, and income is the wage over 1 - rho; rho is tariff revenue over expenditure.
    """
    return acr(own_share_hat, theta) * (1 - revenue_share) / (1 - revenue_share_new)


def autarky(own_share: Array, theta: float) -> Array:
    """lambda^(1/theta) - 1, the change of welfare when all trade stops: (1) of ACR (2012) at lambda' = 1. [...]"""
    return acr(1 / own_share, theta) - 1


def io_acr(economy: Economy, own_share_hat: Array) -> Array:
    """ln(w_hat / P_hat) = -alpha' (I - G')^-1 diag(1/theta) ln pi_hat_nn: many sectors that buy from each other. [N]

    Costinot and Rodriguez-Clare (2014), with intermediate goods; G [k, j] is the input share. It is the real wage:
    tariffs and deficits move income beside it. Sectors in which an actor spends nothing do not count.

    Args:
        economy: the base, whose technology is used.
        own_share_hat: [J, N] shares of own goods over their base; to get autarky, one over the base shares.
    """
    spent = economy.expenditure > 0
    cheaper = np.log(np.where(spent, own_share_hat, 1)) / economy.trade_elasticity[:, None]
    identity = np.eye(len(economy.sectors))
    chain = np.linalg.solve(identity - economy.input_share.swapaxes(1, 2), cheaper.T[:, :, None])[:, :, 0]
    return np.asarray(-(economy.final_share.T * chain).sum(axis=1))
