"""Buyers who adapt: their options, their elasticities, and how a set-up turns into kernels and moves."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from hedgerow.errors import DidNotConverge, RequestError
from hedgerow.trade.cascade import Answers, model_of, solve_kernels, stacked
from hedgerow.trade.dynamics_nest import (
    SLOWEST_MEMORY,
    Elasticities,
    Shock,
    adapted_kernel,
    approached,
    kernel_factor,
    long_run_price,
    shock_of,
)
from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.equations import Kernel
from hedgerow.trade.equilibrium import TOLERANCE
from hedgerow.trade.horizon import FIRST_YEAR, LOWEST
from hedgerow.trade.policy import Policy, apply

__all__ = ["Adjustment", "Buyers"]


@dataclass(frozen=True, kw_only=True)
class Adjustment:
    """How buyers adapt."""

    speed: float = 0.28
    """Part of the gap between actual and adapted relative cost that closes in a year, 0 < speed <= 1.

    A path needs less than :attr:`Buyers.fastest`.
    """
    short_run: float = FIRST_YEAR
    """Short-run elasticity as a part of the long-run one."""
    floor: float = LOWEST
    """Lowest short-run elasticity, unless the long-run one is lower still."""
    capacity: float | None = None
    """Largest change of an adapted log relative cost in a year; None for no limit."""
    anticipation: float = 0.0
    """Weight of next year's announced trade costs, at this year's prices, in what buyers adapt to; 0 for none."""

    def __post_init__(self) -> None:
        if not 0 < self.speed <= 1:
            raise RequestError(f"speed: {self.speed} is not in (0, 1]; 0.28 closes 28 % of the gap in a year")
        if not 0 < self.short_run <= 1:
            raise RequestError(f"short_run: {self.short_run} is not in (0, 1]; 0.36 is 36 % of the long-run elasticity")
        if not (math.isfinite(self.floor) and self.floor > 0):
            raise RequestError(f"floor: {self.floor} is not a positive elasticity, for example 0.2")
        if self.capacity is not None and not self.capacity > 0:
            raise RequestError(f"capacity: {self.capacity} lets nothing move; use a positive number or None")
        if not 0 <= self.anticipation <= 1:
            raise RequestError(f"anticipation: {self.anticipation} is not in [0, 1]; 0 means that nobody looks ahead")

    def short_elasticity(self, theta: Array) -> Array:
        """[J] theta_S of long-run elasticities [J]; never above them."""
        return np.asarray(np.minimum(theta, np.maximum(self.short_run * theta, self.floor)))


@dataclass(frozen=True, eq=False)
class Buyers:
    """The buyers of one economy: their elasticities, and how the set-up turns into kernels and moves."""

    economy: Economy
    """With the long-run elasticities."""
    options: Adjustment = Adjustment()

    @cached_property
    def theta(self) -> Elasticities:
        """Both elasticities, [J] each."""
        long = self.economy.trade_elasticity
        return Elasticities(self.options.short_elasticity(long), long)

    @cached_property
    def short(self) -> Economy:
        """The same accounts with short-run elasticities."""
        return replace(self.economy, trade_elasticity=self.theta.short)

    @property
    def fastest(self) -> float:
        """The speed from which a cobweb may grow: min 2 (1 + theta_S) / (1 + theta_L), at least 0.72 by default.

        All buyers adapt to the costs of one year together and so move the costs of the next. Where a factor makes one
        good and its supply is fixed, its wage falls by 1 / (1 + theta_S) of what buyers turn away, which is
        theta_L - theta_S of the adapted cost; a gap then becomes 1 - speed (1 + theta_L) / (1 + theta_S) of itself.
        Our derivation; inputs and several sectors change the number, and the worlds tried settled below it.
        """
        short, long = self.theta
        return float((2 * (1 + short) / (1 + long)).min())

    @property
    def unmoved(self) -> Array:
        """[J, importer, exporter] ln p_bar of the base."""
        return np.zeros_like(self.economy.trade_share)

    def shock(self, policy: Policy) -> Shock:
        """A policy as these buyers meet it."""
        return shock_of(apply(self.short, policy).kernel, self.economy.trade_share, self.theta.short)

    def kernel(self, shock: Shock, set_up: Array) -> Kernel:
        """What the solver needs in a year."""
        return adapted_kernel(shock.kernel, kernel_factor(set_up, self.economy.trade_share, self.theta))

    def long_run(self, policy: Policy) -> Answers:
        """The static answer with long-run elasticities, where the path ends if the policy stays.

        Raises:
            DidNotConverge: there is none.
        """
        answer = solve_kernels(model_of(self.economy), stacked([apply(self.economy, policy).kernel]), TOLERANCE)
        if not answer.converged[0]:
            raise DidNotConverge(f"long run: no equilibrium found, residual {answer.error[0]:.1e}; try less change")
        return answer

    def adapted(self, shock: Shock, cost: Array) -> Array:
        """[J, importer, exporter] ln p_bar of buyers who have lived with a shock for good.

        The memory of a supplier that is cut off is gone but for a billionth.

        Args:
            shock: what they have lived with.
            cost: [J, N] log unit costs of its long run.
        """
        price = long_run_price(cost, shock, self.economy.trade_share, self.theta.long)
        target = shock.log_cost + cost[:, None, :] - price[:, :, None]
        gone = -math.log(SLOWEST_MEMORY) / self.theta.long[:, None, None]
        return np.where(shock.open_, target, gone)

    def welfare_hat(self, answer: Answers) -> Array:
        """[N] I_hat / P_hat of the first of a batch."""
        return np.asarray(self.welfare_hats(answer)[0])

    def welfare_hats(self, answers: Answers) -> Array:
        """[b, N] I_hat / P_hat."""
        price = (self.economy.final_share * answers.outcome.price).sum(axis=1)
        return np.asarray(answers.outcome.income / self.economy.income * np.exp(-price))

    def wedge(self, log_price: Array, log_cost: Array, shock: Shock) -> Array:
        """ln(P / P_LR) >= 0: what buyers pay for not having adapted to the costs of the year. [J, N]"""
        return log_price - long_run_price(log_cost, shock, self.economy.trade_share, self.theta.long)

    def moved(self, set_up: Array, log_cost: Array, now: Shock, later: Shock) -> Array:
        """ln p_bar of next year.

        Args:
            set_up: [J, importer, exporter] of this year.
            log_cost: [J, N] ln c_hat of this year.
            now: the policy of this year.
            later: the policy announced for next year.
        """
        move = self._move(set_up, log_cost, now)
        if self.options.anticipation and later is not now:
            weight = self.options.anticipation
            move = (1 - weight) * move + weight * self._move(set_up, log_cost, later)
        limit = self.options.capacity
        return set_up + (move if limit is None else np.clip(move, -limit, limit))

    def _move(self, set_up: Array, log_cost: Array, shock: Shock) -> Array:
        price = long_run_price(log_cost, shock, self.economy.trade_share, self.theta.long)
        target = shock.log_cost + log_cost[:, None, :] - price[:, :, None]
        return approached(set_up, target, shock, self.options.speed, self.theta.long)
