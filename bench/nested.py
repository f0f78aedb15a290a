"""The slow, obvious solver: nested loops in the layout of Caliendo and Parro's replication code, one policy.

Prices are solved inside given wages, then expenditure, then wages move a little towards trade balance. It shares no
line with ``hedgerow.trade.equations``, so tests compare the two; the benchmark quotes speed against it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hedgerow.errors import DidNotConverge
from hedgerow.trade.economy import Array, Economy

WAGE_STEP = 0.2
"""Caliendo and Parro's adjustment of wages to the trade balance."""


@dataclass(frozen=True, eq=False)
class Nested:
    """Answer of the nested solver; hats are ratios to the base."""

    wage_hat: Array
    """[N]"""
    price_hat: Array
    """[J, N]"""
    expenditure: Array
    """[J, N] share of world value added."""
    income: Array
    """[N]"""
    rounds: int
    """Wage updates."""


def solve(
    economy: Economy, *, tariff: Array, iceberg: Array | None = None, tolerance: float = 1e-10, limit: int = 20000
) -> Nested:
    """Equilibrium at tariffs [J, importer, exporter] and iceberg factors (infinite under an embargo)."""
    cost_change = (1 + tariff) / (1 + economy.tariff) * (1.0 if iceberg is None else iceberg)
    wage = np.ones(len(economy.actors))
    price, expenditure = np.ones_like(economy.expenditure), economy.expenditure.copy()
    inner = 0.1 * tolerance
    for rounds in range(1, limit + 1):
        cost, price = _prices(economy, cost_change, wage, price, inner)
        share = _shares(economy, cost_change, cost, price)
        expenditure, income = _expenditure(economy, share, tariff, wage, expenditure, inner)
        exports, imports = np.zeros_like(wage), np.zeros_like(wage)
        for j in range(len(share)):
            flow = share[j] / (1 + tariff[j]) * expenditure[j][:, None]
            exports += flow.sum(axis=0)
            imports += flow.sum(axis=1)
        excess = (exports + economy.deficit - imports) / (wage * economy.value_added)
        if np.abs(excess).max() < tolerance:
            return Nested(wage, price, expenditure, income, rounds)
        wage = wage * (1 + WAGE_STEP * excess)
        wage = wage / (wage * economy.value_added).sum()
    raise DidNotConverge(f"nested solver: excess demand {np.abs(excess).max():.1e} after {limit} rounds")


def _prices(economy: Economy, cost_change: Array, wage: Array, price: Array, tolerance: float) -> tuple[Array, Array]:
    """Unit costs and price indices that fit each other at given wages."""
    cost, theta = np.empty_like(price), economy.trade_elasticity
    while True:
        for n in range(len(wage)):
            from_inputs = economy.input_share[n].T @ np.log(price[:, n])
            cost[:, n] = np.exp(economy.value_added_share[:, n] * np.log(wage[n]) + from_inputs)
        updated = np.ones_like(price)
        for j in range(len(price)):
            total = (economy.trade_share[j] * cost_change[j] ** -theta[j]) @ cost[j] ** -theta[j]
            bought = economy.expenditure[j] > 0
            updated[j, bought] = total[bought] ** (-1 / theta[j])
        change = np.abs(updated - price).max()
        price = updated
        if not change > tolerance:
            return cost, price


def _shares(economy: Economy, cost_change: Array, cost: Array, price: Array) -> Array:
    share = np.empty_like(economy.trade_share)
    for j, theta in enumerate(economy.trade_elasticity):
        share[j] = economy.trade_share[j] * (cost_change[j] * cost[j] / price[j][:, None]) ** -theta
    return share


def _expenditure(
    economy: Economy, share: Array, tariff: Array, wage: Array, expenditure: Array, tolerance: float
) -> tuple[Array, Array]:
    """Expenditure that fits income and output at given shares, and that income."""
    sectors, actors = expenditure.shape
    while True:
        output, revenue, updated = np.empty_like(expenditure), np.zeros(actors), np.empty_like(expenditure)
        for j in range(sectors):
            received = share[j] / (1 + tariff[j]) * expenditure[j][:, None]
            output[j] = received.sum(axis=0)
            revenue += (tariff[j] * received).sum(axis=1)
        income = wage * economy.value_added + revenue + economy.deficit
        for n in range(actors):
            updated[:, n] = economy.final_share[:, n] * income[n] + economy.input_share[n] @ output[:, n]
        change = np.abs(updated - expenditure).max() / updated.max()
        expenditure = updated
        if not change > tolerance:
            return expenditure, income
