"""Solve for the equilibrium of an :class:`Economy` under a :class:`Policy`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import xarray as xr

from hedgerow.errors import NoSupplierError, NotConvergedError, RequestError
from hedgerow.trade import equations
from hedgerow.trade.cascade import Answers, Method, model_of, solve_kernels, stacked
from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.equations import Kernel
from hedgerow.trade.policy import DeficitRule, Policy, apply

__all__ = ["Equilibrium", "rebased", "solve", "solve_many", "without_deficits"]

TOLERANCE = 1e-10
CHUNK_BYTES = 6_000_000
"""Kernels iterated together; more would leave the processor's cache."""


@dataclass(frozen=True, eq=False, repr=False)
class Equilibrium:
    """A converged counterfactual. Hats are ratios to ``economy``; money is in shares of world value added.

    Large arrays (trade shares, flows) are computed when asked for and not kept, so that thousands of equilibria fit
    in memory. Labelled properties are xarray arrays in MUSD/yr.
    """

    economy: Economy
    """What the hats compare with: under ``DeficitRule.ZERO`` the world without deficits."""
    policy: Policy
    wage_hat: Array
    """[N]"""
    cost_hat: Array
    """[J, N] unit cost."""
    price_hat: Array
    """[J, N] price index of purchases."""
    expenditure: Array
    """[J, N] at the purchaser's price."""
    income: Array
    """[N] value added, tariff revenue and transfers."""
    residual: float
    """Largest violation of any condition."""
    iterations: int
    method: Method

    def __repr__(self) -> str:
        name = self.policy.label or f"{len(self.policy.parts)} changes"
        return f"<Equilibrium of {name}: residual {self.residual:.1e}, {self.iterations} iterations, {self.method}>"

    @property
    def trade_share(self) -> Array:
        """[J, importer, exporter] new shares of expenditure; rows sum to 1."""
        return self._shares(apply(self.economy, self.policy).kernel)

    @property
    def flow(self) -> Array:
        """[J, importer, exporter] at border value, share of world value added."""
        kernel, rate = apply(self.economy, self.policy)
        return self._shares(kernel) / (1 + rate) * self.expenditure[:, :, None]

    @property
    def consumer_price_hat(self) -> Array:
        """[N] P_hat, the cost of the base basket of final use in Cobb-Douglas weights."""
        return np.asarray(np.exp((self.economy.final_share * np.log(self.price_hat)).sum(axis=0)))

    @property
    def revenue(self) -> Array:
        """[N] tariff revenue, share of world value added."""
        return self.income - self.wage_hat * self.economy.value_added - self.economy.deficit

    @property
    def value_added_by_sector(self) -> Array:
        """[J, N] the wage bill, split over sectors as output times value-added share."""
        split = self.economy.value_added_share * self.flow.sum(axis=1)
        return np.asarray(split / split.sum(axis=0) * self.wage_hat * self.economy.value_added)

    @property
    def trade_flow(self) -> xr.DataArray:
        """Exporter, importer, sector: sales at the seller's price, MUSD/yr."""
        return self.economy.by_flow(self.flow * self.economy.world_value_added, "trade_flow", "MUSD/yr")

    @property
    def tariff(self) -> xr.DataArray:
        """Exporter, importer, sector: rates in force."""
        return self.economy.by_flow(apply(self.economy, self.policy).tariff, "tariff", "fraction")

    @property
    def gross_output(self) -> xr.DataArray:
        """Actor, sector: production at the seller's price, MUSD/yr."""
        return self.economy.by_account(self._money(self.flow.sum(axis=1)), "gross_output", "MUSD/yr")

    @property
    def value_added(self) -> xr.DataArray:
        """Actor, sector: MUSD/yr."""
        return self.economy.by_account(self._money(self.value_added_by_sector), "value_added", "MUSD/yr")

    @property
    def final_use(self) -> xr.DataArray:
        """Actor, sector: final use at the purchaser's price, MUSD/yr."""
        spent = self.economy.final_share * self.income
        return self.economy.by_account(self._money(spent), "final_use", "MUSD/yr")

    @property
    def tariff_revenue(self) -> xr.DataArray:
        """Actor: MUSD/yr."""
        return self.economy.by_actor(self._money(self.revenue), "tariff_revenue", "MUSD/yr")

    @property
    def deficit(self) -> xr.DataArray:
        """Actor: imports less exports at border value, MUSD/yr."""
        return self.economy.by_actor(self._money(self.economy.deficit), "deficit", "MUSD/yr")

    @property
    def wage(self) -> xr.DataArray:
        """Actor: wage_hat, in units of world value added."""
        return self.economy.by_actor(self.wage_hat, "wage_hat", "ratio")

    def _shares(self, kernel: Kernel) -> Array:
        tech = model_of(self.economy).technology
        competing = equations.competitiveness(np.log(self.cost_hat), tech)
        return np.asarray(equations.trade_share(kernel, competing, equations.purchase_sum(kernel, competing, tech)))

    def _money(self, shares: Array) -> Array:
        return shares * self.economy.world_value_added


def solve(economy: Economy, policy: Policy, *, tolerance: float = TOLERANCE) -> Equilibrium:
    """The equilibrium of one policy.

    Args:
        economy: the base.
        policy: what changes. With ``DeficitRule.ZERO`` deficits are closed first, at unchanged tariffs, and the
            result compares with that world (the procedure of Caliendo and Parro 2015).
        tolerance: on every condition; 1e-4 is enough to rank policies, in under half the time.

    Raises:
        NoSupplierError: the policy leaves a buyer without any supplier.
        NotConvergedError: no method brought the residual below the tolerance.
    """
    return solve_many(economy, [policy], tolerance=tolerance)[0]


def solve_many(
    economy: Economy,
    policies: Sequence[Policy],
    *,
    tolerance: float = TOLERANCE,
    progress: Callable[[int], None] | None = None,
) -> list[Equilibrium]:
    """The equilibria of many policies, in their order; faster than one by one.

    Args:
        economy: the base.
        policies: what changes in each scenario.
        tolerance: on every condition.
        progress: called with the number of scenarios done so far.

    Raises:
        NoSupplierError, NotConvergedError: names the first scenario without an answer; none is returned.
    """
    if not 0 < tolerance < 1:
        raise RequestError(f"tolerance: {tolerance} is not between 0 and 1; 1e-10 solves, 1e-4 screens")
    sectors, actors = economy.expenditure.shape
    chunk = max(1, CHUNK_BYTES // (16 * actors * actors * sectors))
    bases = [without_deficits(economy) if p.deficits is DeficitRule.ZERO else economy for p in policies]
    found: list[Equilibrium] = []
    while len(found) < len(policies):
        first = len(found)
        base = bases[first]
        last = first + 1
        while last < min(first + chunk, len(policies)) and bases[last] is base:
            last += 1
        found += _solve_chunk(base, policies[first:last], tolerance=tolerance, first=first)
        if progress is not None:
            progress(len(found))
    return found


@lru_cache(maxsize=8)
def without_deficits(economy: Economy) -> Economy:
    """The world in which every trade deficit is closed and all tariffs are as before."""
    return rebased(replace(economy, deficit=np.zeros_like(economy.deficit)))


def rebased(economy: Economy) -> Economy:
    """The economy at its own equilibrium: makes a base of accounts or deficits that do not fit each other."""
    base = solve(economy, Policy(label="base"))
    return replace(
        economy,
        trade_share=base.trade_share,
        expenditure=base.expenditure,
        value_added=base.wage_hat * economy.value_added,
    )


def _solve_chunk(economy: Economy, policies: Sequence[Policy], *, tolerance: float, first: int) -> list[Equilibrium]:
    kernels = [apply(economy, policy).kernel for policy in policies]
    for offset, (policy, kernel) in enumerate(zip(policies, kernels, strict=True)):
        _check_suppliers(economy, kernel, _name(policy, first + offset))
    answers = solve_kernels(model_of(economy), stacked(kernels), tolerance)
    if not answers.converged.all():
        failed = int(answers.converged.argmin())
        raise NotConvergedError(_complaint(economy, answers, failed, _name(policies[failed], first + failed)))
    return [_equilibrium(economy, policy, answers, index) for index, policy in enumerate(policies)]


def _equilibrium(economy: Economy, policy: Policy, answers: Answers, index: int) -> Equilibrium:
    return Equilibrium(
        economy=economy,
        policy=policy,
        wage_hat=np.exp(answers.state.wage[index]),
        cost_hat=np.exp(answers.state.cost[index]),
        price_hat=np.exp(answers.outcome.price[index]),
        expenditure=np.exp(answers.state.expenditure[index]) * (economy.expenditure > 0),
        income=answers.outcome.income[index],
        residual=float(answers.error[index]),
        iterations=int(answers.iterations[index]),
        method=answers.method[index],
    )


def _check_suppliers(economy: Economy, kernel: Kernel, name: str) -> None:
    stranded = (economy.expenditure > 0) & (kernel.purchases.sum(axis=-1) <= 0)
    if stranded.any():
        sector, actor = np.argwhere(stranded)[0]
        raise NoSupplierError(
            f"{name}: {economy.actors[actor]} has no supplier of {economy.sectors[sector]} left "
            f"({int(stranded.sum())} such cells); leave one open or merge the sector with another"
        )


def _complaint(economy: Economy, answers: Answers, index: int, name: str) -> str:
    gaps = np.abs(answers.residual.balance[index]) + np.abs(answers.residual.expenditure[index]).max(axis=0)
    worst = economy.actors[int(np.nan_to_num(gaps, nan=np.inf).argmax())]
    return (
        f"{name}: no equilibrium found, residual {answers.error[index]:.1e} after {answers.iterations[index]} "
        f"iterations, worst in {worst}; try smaller changes or DeficitRule.ZERO"
    )


def _name(policy: Policy, index: int) -> str:
    return f"scenario {index} ({policy.label})" if policy.label else f"scenario {index}"
