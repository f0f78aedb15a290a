"""The Liberation Day model: one sector, elastic labour, scale, and distribution at home.

Ignatenko, A., Lashkaripour, A., Macedoni, L. and Simonovska, I. (2025), "Making America Great Again? The Economic
Impacts of Liberation Day Tariffs", Journal of International Economics, in exact hats. n buys from i:

1. lambda' = lambda (w_hat_i / L_hat_i^psi)^-epsilon (1 + t)^(-epsilon phi_n) / Phi_n, and Phi_n its sum over i
2. P_hat_n = (E_hat_n / w_hat_n)^(1 - phi_n) Phi_n^(-1 / epsilon)
3. X' = lambda' E' / (1 + t), and revenue R_n = sum_i t X'
4. w_hat_i L_hat_i Y_i = sum_n (1 - nu_n) X' + nu_i (purchases of i before tariffs)
5. E'_n = R_n + w_hat_n L_hat_n Y_n + T_n (world income over its base)
6. L_hat_n = (tau_hat_n w_hat_n / P_hat_n)^kappa, with tau_hat = 1 / (1 - R / (w_hat L_hat Y)) if revenue cuts the tax
   on incomes, 1 if it is given back as a lump sum
7. W_hat_n = delta_n E_hat_n / P_hat_n + (1 - delta_n) w_hat_n L_hat_n / P_hat_n

The numbers are ours. The numeraire is the paper's: prices weighted by base expenditure do not change. With nu = 0,
phi~ = 1, kappa = 0 and psi = 0 this is the model of Eaton and Kortum (2002).

Letters: b scenario, n importer, i exporter (N). Unknowns are logs of w_hat, E_hat and L_hat.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Self

import numpy as np

from hedgerow.trade.chunk import CHUNK_BYTES
from hedgerow.trade.equations import matvec, vecmat
from hedgerow.trade.fixedpoint import Array, Mask
from hedgerow.trade.variants.liberation_day_base import Base, Elasticities, base_from_arrays, base_of
from hedgerow.trade.variants.liberation_day_result import Outcome
from hedgerow.trade.variants.liberation_day_tariffs import (
    Rebate,
    Scenario,
    announced,
    answered,
    balanced_with,
    best_answer,
    optimal_tariff,
    published_scenarios,
    uniform,
)
from hedgerow.trade.variants.variant import solve_variant

__all__ = [
    "Base",
    "Elasticities",
    "Outcome",
    "Rebate",
    "Scenario",
    "announced",
    "answered",
    "balanced_with",
    "base_from_arrays",
    "base_of",
    "best_answer",
    "optimal_tariff",
    "published_scenarios",
    "solve",
    "uniform",
]

LONGEST = 0.5
"""Largest step of one unknown before mixing."""


def solve(base: Base, scenarios: Sequence[Scenario], *, tolerance: float = 1e-10) -> list[Outcome]:
    """The outcomes of scenarios, in their order, solved together.

    Args:
        base: the world before tariffs.
        scenarios: tariffs, what happens to their revenue, and transfers.
        tolerance: on every condition, relative to what the actor earns or spends.

    Raises:
        DidNotConverge: names the first scenario without an answer; none is returned.
        RequestError: a tariff does not fit the base.
    """
    together = max(1, CHUNK_BYTES // (16 * len(base.actors) ** 2))
    named = [replace(s, label=s.label or f"scenario {k}") for k, s in enumerate(scenarios)]
    chunks = [named[k : k + together] for k in range(0, len(named), together)]
    return [outcome for chunk in chunks for outcome in _solve_chunk(base, chunk, tolerance)]


def _solve_chunk(base: Base, scenarios: Sequence[Scenario], tolerance: float) -> list[Outcome]:
    model = _model(base, scenarios)
    found = solve_variant(model, tolerance=tolerance)
    state = _State(*np.split(found.points, 3, axis=1))
    by = _by_products(state, model)
    level = np.log(np.exp(by.price) @ base.expenditure / base.expenditure.sum())  # the paper's numeraire
    return [
        Outcome(
            base=base,
            scenario=scenario,
            wage_hat=np.exp(state.wage[b] - level[b]),
            spending_hat=np.exp(state.spending[b] - level[b]),
            labour_hat=np.exp(state.labour[b]),
            price_hat=np.exp(by.price[b] - level[b]),
            residual=float(found.errors[b]),
            iterations=int(found.iterations[b]),
        )
        for b, scenario in enumerate(scenarios)
    ]


class _State(NamedTuple):
    """Logs of hats, [b, N] each."""

    wage: Array
    spending: Array
    labour: Array


class _ByProducts(NamedTuple):
    """What follows from a state, [b, N] each."""

    price: Array
    """Log of P_hat."""
    sold: Array
    """Right-hand side of (4), level."""
    earned: Array
    """w_hat L_hat Y, level."""
    spent: Array
    """E', level."""
    revenue: Array
    """R, level."""


@dataclass(frozen=True, eq=False)
class _Model:
    """Scenarios of one base as a batched fixed point; a ``Variant``."""

    base: Base
    labels: tuple[str, ...]
    purchases: Array
    """[b, n, i] lambda (1 + t)^(-epsilon phi), all that a tariff does to buyers."""
    border: Array
    """[b, n, i] purchases / (1 + t), before tariffs."""
    transfer: Array
    """[b, N] T"""
    relieved: Array
    """[b, 1] 1.0 where revenue cuts the income tax, 0.0 where it is a lump sum."""
    newton: Array
    """[N, 3, 3] minus the inverse of each actor's own derivatives at the base."""

    @property
    def start(self) -> Array:
        """[b, 3 N] the base itself."""
        return np.zeros((len(self.labels), 3 * len(self.base.actors)))

    def correction(self, points: Array) -> tuple[Array, Array]:
        """Own Newton steps, and the largest relative violation of (4), (5) and (6)."""
        base = self.base
        state = _State(*np.split(points, 3, axis=1))
        by = _by_products(state, self)
        growth = by.earned.sum(axis=1, keepdims=True) / base.income.sum()
        relief = self.relieved * by.revenue / by.earned
        wage = np.log(by.sold / by.earned)
        spending = np.log((by.revenue + by.earned + self.transfer * growth) / by.spent)
        supplied = base.elasticities.labour * (state.wage - np.log(1 - relief) - by.price)
        labour = supplied - state.labour
        residual = np.stack([wage - np.log(growth), spending, labour], axis=-1)  # growth pins the numeraire
        step = np.einsum("nuv,bnv->bun", self.newton, residual)
        error = np.abs(residual).max(axis=(1, 2)) + np.abs(np.log(growth[:, 0]))
        return np.clip(step, -LONGEST, LONGEST).reshape(len(points), -1), error

    def restricted(self, kept: Mask) -> Self:
        """The kept scenarios."""
        return replace(
            self,
            labels=tuple(label for label, keep in zip(self.labels, kept, strict=True) if keep),
            purchases=self.purchases[kept],
            border=self.border[kept],
            transfer=self.transfer[kept],
            relieved=self.relieved[kept],
        )

    def complaint(self, index: int, point: Array) -> str:
        """The scenario, and whose goods or budget are furthest from balance."""
        alone = self.restricted(np.arange(len(self.labels)) == index)
        by = _by_products(_State(*np.split(point[None], 3, axis=1)), alone)
        gap = np.abs(np.log(by.sold / by.earned))[0]
        return f"{self.labels[index]}, worst in {self.base.actors[int(np.nan_to_num(gap, nan=np.inf).argmax())]}"


def _model(base: Base, scenarios: Sequence[Scenario]) -> _Model:
    paid = np.stack([1 + scenario.checked(base) for scenario in scenarios])
    purchases = base.trade_share * paid ** (-base.elasticities.trade * base.tariff_response[:, None])
    return _Model(
        base=base,
        labels=tuple(scenario.label for scenario in scenarios),
        purchases=purchases,
        border=purchases / paid,
        transfer=np.stack([base.transfer if s.transfer is None else s.transfer for s in scenarios]),
        relieved=np.array([[float(s.rebate is Rebate.INCOME_TAX)] for s in scenarios]),
        newton=np.asarray(-np.linalg.inv(_own_derivatives(base)), dtype=np.float64),
    )


def _by_products(state: _State, model: _Model) -> _ByProducts:
    """(1) to (4), without forming the matrix of flows."""
    base, e = model.base, model.base.elasticities
    competing = np.exp(-e.trade * (state.wage - e.scale * state.labour))
    total = matvec(model.purchases, competing)  # Phi
    price = (1 - base.tariff_response) * (state.spending - state.wage) - np.log(total) / e.trade
    spent = base.expenditure * np.exp(state.spending)
    demand = spent / total
    before_tariffs = demand * matvec(model.border, competing)
    sold = competing * vecmat((1 - base.distribution_share) * demand, model.border)
    return _ByProducts(
        price=price,
        sold=sold + base.distribution_share * before_tariffs,
        earned=np.exp(state.wage + state.labour) * base.income,
        spent=spent,
        revenue=spent - before_tariffs,
    )


def _own_derivatives(base: Base) -> Array:
    """[N, 3, 3] of residuals (4), (5), (6) by an actor's own log wage, spending and labour, others held, no tariffs.

    Only a step is made of it: where it is inexact it costs iterations and cannot move an answer.
    """
    e, phi, share = base.elasticities, base.tariff_response, base.distribution_share
    at_home = np.diagonal(base.trade_share)
    sales = (1 - share)[:, None] * base.trade_flow / base.income  # [n, i] shares of i's income
    lost = (sales * (1 - base.trade_share)).sum(axis=0)
    own_spending = np.diagonal(sales) + share * base.expenditure / base.income
    earned = base.income / base.expenditure
    one = np.ones_like(earned)
    rows = [
        [-e.trade * lost - 1, own_spending, e.trade * e.scale * lost - 1],
        [earned, -one, earned],
        [e.labour * (2 - phi - at_home), e.labour * (phi - 1), e.labour * e.scale * at_home - 1],
    ]
    return np.array(rows).transpose(2, 0, 1)
