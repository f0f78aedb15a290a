"""Two elasticities: what buyers can do this year, and what they can do once they have adapted.

Each buyer keeps, for every supplier, the relative cost it is *set up for*. Around that the short-run elasticity
holds; as the set-up follows actual costs, the long-run elasticity emerges. With p_bar the cost a buyer is set up for
and p = kappa_hat c_hat the actual one:

A. pi_bar = pi p_bar^-theta_L / sum_i                                        shares of the adapted set-up
B. P_bar = (sum_i pi p_bar^-theta_L)^(-1/theta_L)                           its long-run price
C. P_hat = P_bar (sum_i pi_bar (p / p_bar)^-theta_S)^(-1/theta_S)           price this year
D. pi' = pi_bar (p / p_bar)^-theta_S / sum_i                                shares this year
E. ln p_bar moves a part ``speed`` of the way to ln p                       from one year to the next

The short-run cost function (C) touches the long-run one at p_bar and lies above it elsewhere: Le Chatelier
(Samuelson 1947). Our own construction; (C) and (D) keep the form of equations 2 and 3 of
:mod:`hedgerow.trade.equations` with theta_S for theta and another kernel, so the solver is the one of the static
model. Only ratios between suppliers matter; we keep p_bar relative to the buyer's long-run price of the same year.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from hedgerow.trade.economy import Array
from hedgerow.trade.equations import Kernel

__all__ = [
    "SLOWEST_MEMORY",
    "Elasticities",
    "Shock",
    "adapted_kernel",
    "approached",
    "kernel_factor",
    "long_run_price",
    "shock_of",
]

SLOWEST_MEMORY = 1e-9
"""With ``speed`` 1 a supplier that is cut off keeps this part of its share in the set-up, not an exact nothing."""


class Elasticities(NamedTuple):
    """Both horizons."""

    short: Array
    """[J] theta_S."""
    long: Array
    """[J] theta_L, not below theta_S."""


class Shock(NamedTuple):
    """A policy, as buyers meet it."""

    kernel: Kernel
    """With the short-run elasticity: purchases are pi kappa_hat^-theta_S."""
    log_cost: Array
    """[J, importer, exporter] ln kappa_hat; 0 where there is no trade."""
    open_: npt.NDArray[np.bool_]
    """[J, importer, exporter] False where a supplier is cut off."""


def shock_of(kernel: Kernel, trade_share: Array, short: Array) -> Shock:
    """Read the trade costs off a kernel [J, ...] that was built with the elasticities ``short`` [J]."""
    traded = (trade_share > 0) & (kernel.purchases > 0)
    response = np.where(traded, kernel.purchases, 1) / np.where(traded, trade_share, 1)
    return Shock(kernel, -np.log(response) / short[:, None, None], traded | (trade_share <= 0))


def kernel_factor(set_up: Array, trade_share: Array, theta: Elasticities) -> Array:
    """pi_bar P_bar^-theta_S p_bar^theta_S / pi, (A) to (C): what the set-up does to purchases and imports.

    Args:
        set_up: [J, importer, exporter] ln p_bar.
        trade_share: [J, importer, exporter] base shares pi.
        theta: both elasticities.
    """
    short, long = theta.short[:, None, None], theta.long[:, None, None]
    total = (trade_share * np.exp(-long * set_up)).sum(axis=2, keepdims=True)
    logs = np.log(np.where(total > 0, total, 1))
    return np.asarray(np.exp((short - long) * set_up + (short / long - 1) * logs))


def adapted_kernel(kernel: Kernel, factor: Array) -> Kernel:
    """The short-run kernel of buyers with a set-up: every flow times its factor."""
    return kernel._replace(
        purchases=kernel.purchases * factor,
        imports=kernel.imports * factor,
        home=kernel.home * np.diagonal(factor, axis1=1, axis2=2),
        sold=None if kernel.sold is None else kernel.sold * factor,
    )


def long_run_price(log_cost: Array, shock: Shock, trade_share: Array, long: Array) -> Array:
    """ln P of buyers who have fully adapted to this year's costs. [J, N]

    Args:
        log_cost: [J, N] ln c_hat of exporters.
        shock: the policy of the year.
        trade_share: [J, importer, exporter] base shares.
        long: [J] theta_L.
    """
    paid = shock.log_cost + log_cost[:, None, :]
    total = (trade_share * shock.open_ * np.exp(-long[:, None, None] * paid)).sum(axis=2)
    return np.asarray(-np.log(np.where(total > 0, total, 1)) / long[:, None])


def approached(set_up: Array, target: Array, shock: Shock, speed: float, long: Array) -> Array:
    """(E): the move of ln p_bar in a year, before any limit. [J, importer, exporter]

    A supplier that is cut off has no cost to adapt to; its share in the set-up shrinks by ``speed`` a year instead.

    Args:
        set_up: [J, importer, exporter] ln p_bar.
        target: [J, importer, exporter] ln p relative to the buyer's long-run price.
        shock: the policy that made the target.
        speed: part of the gap closed in a year.
        long: [J] theta_L.
    """
    fading = -math.log(max(1 - speed, SLOWEST_MEMORY)) / long[:, None, None]
    return np.where(shock.open_, speed * (target - set_up), fading)
