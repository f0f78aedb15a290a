"""The answer: an :class:`Equilibrium`, bare for the next computation and labelled for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import xarray as xr

from hedgerow.trade import equations
from hedgerow.trade.cascade import Method, model_of
from hedgerow.trade.changes import TariffRateQuota
from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.equations import Kernel
from hedgerow.trade.policy import Applied, Policy, apply

__all__ = ["Equilibrium", "QuotaOutcome", "QuotaStatus", "Status"]


class Status(StrEnum):
    """How a solve ended. What did not converge is raised as an error, never returned."""

    CONVERGED = "converged"
    """Every condition holds to the tolerance that was asked for."""


class QuotaStatus(StrEnum):
    """Where imports stand against a tariff-rate quota."""

    OPEN = "open"
    """Below the quota: the inside rate applies and there is no rent."""
    BINDING = "binding"
    """Just the quota: the price wedge lies between the two rates."""
    EXCEEDED = "exceeded"
    """Beyond the quota: the outside rate applies at the margin."""


@dataclass(frozen=True)
class QuotaOutcome:
    """One tariff-rate quota in equilibrium."""

    quota: TariffRateQuota
    status: QuotaStatus
    rate: float
    """Price wedge as a tariff, between the inside and the outside rate."""
    limit: float
    """Quota, MUSD/yr at base prices."""
    volume: float
    """Imports under it, MUSD/yr at base prices."""
    rent: float
    """(rate - inside) times the value of what comes in inside the quota, MUSD/yr."""
    paid: tuple[tuple[str, float], ...]
    """In which importer how much of the rent arises, MUSD/yr."""
    received: tuple[tuple[str, float], ...]
    """Who gets how much of it, MUSD/yr; actors without any are left out."""


@dataclass(frozen=True, eq=False, repr=False)
class Equilibrium:
    """A converged counterfactual, compared with ``economy``.

    Bare arrays, sector first, are for computing: ``wage_hat``, ``cost_hat`` and ``price_hat`` are ratios to the base,
    ``spent``, ``income``, ``transfer``, ``shares``, ``flow``, ``sales``, ``revenue`` are levels in shares of world
    value added. All other properties are labelled xarray arrays: changes as fractions (0.01 is one per cent), money in
    MUSD/yr. Large arrays are computed when asked for and not kept, so that thousands of equilibria fit in memory.
    """

    economy: Economy
    """What the hats compare with: under ``DeficitRule.ZERO`` the world without deficits."""
    policy: Policy
    wage_hat: Array
    """[N]"""
    cost_hat: Array
    """[J, N] unit cost, productivity included."""
    price_hat: Array
    """[J, N] price index of purchases."""
    spent: Array
    """[J, N] at the purchaser's price."""
    income: Array
    """[N] value added, revenue and transfers."""
    transfer: Array
    """[N] imports less exports at border value: the deficit, and quota rents that foreigners own."""
    residual: float
    """Largest violation of any condition."""
    iterations: int
    method: Method
    quotas: tuple[QuotaOutcome, ...] = ()
    """In the order of the policy's tariff-rate quotas."""
    status: Status = Status.CONVERGED

    def __repr__(self) -> str:
        name = self.policy.label or f"{len(self.policy.parts)} changes"
        return f"<Equilibrium of {name}: residual {self.residual:.1e}, {self.iterations} iterations, {self.method}>"

    @property
    def applied(self) -> Applied:
        """The policy in bare arrays, quotas at the wedges found."""
        return apply(self.economy, self.policy, [outcome.rate for outcome in self.quotas])

    @property
    def shares(self) -> Array:
        """[J, importer, exporter] new shares of expenditure; rows sum to 1."""
        return self._shares(self.applied.kernel)

    @property
    def flow(self) -> Array:
        """[J, importer, exporter] at border value: before the importer's tariff, after the exporter's tax."""
        applied = self.applied
        return self._shares(applied.kernel) / (1 + applied.tariff) * self.spent[:, :, None]

    @property
    def sales(self) -> Array:
        """[J, importer, exporter] what sellers keep, before export taxes."""
        taxed = self.applied.export_tax
        return self.flow if taxed is None else self.flow / (1 + taxed)

    @property
    def consumer_price_hat(self) -> Array:
        """[N] P_hat, the cost of the base basket of final use in Cobb-Douglas weights."""
        return np.asarray(np.exp((self.economy.final_share * np.log(self.price_hat)).sum(axis=0)))

    @property
    def welfare_hat(self) -> Array:
        """[N] real income over its base."""
        return self.income / self.economy.income / self.consumer_price_hat

    @property
    def revenue(self) -> Array:
        """[N] tariffs, quota wedges and export taxes together."""
        return self.income - self.wage_hat * self.economy.value_added - self.transfer

    @property
    def value_added_by_sector(self) -> Array:
        """[J, N] the wage bill, split over sectors as output times value-added share."""
        split = self.economy.value_added_share * self.sales.sum(axis=1)
        return np.asarray(split / split.sum(axis=0) * self.wage_hat * self.economy.value_added)

    @property
    def welfare(self) -> xr.DataArray:
        """Actor: change of real income, fraction."""
        return self.economy.by_actor(self.welfare_hat - 1, "welfare", "fraction")

    @property
    def real_wage(self) -> xr.DataArray:
        """Actor: change of the wage over consumer prices, fraction."""
        return self.economy.by_actor(self.wage_hat / self.consumer_price_hat - 1, "real_wage", "fraction")

    @property
    def wage(self) -> xr.DataArray:
        """Actor: change of the wage in units of world value added, fraction."""
        return self.economy.by_actor(self.wage_hat - 1, "wage", "fraction")

    @property
    def price_index(self) -> xr.DataArray:
        """Actor: change of consumer prices in units of world value added, fraction."""
        return self.economy.by_actor(self.consumer_price_hat - 1, "price_index", "fraction")

    @property
    def trade_share(self) -> xr.DataArray:
        """Exporter, importer, sector: shares of the importer's expenditure; sum over exporters to 1."""
        return self.economy.by_flow(self.shares, "trade_share", "fraction")

    @property
    def expenditure(self) -> xr.DataArray:
        """Actor, sector: purchases at the purchaser's price, MUSD/yr."""
        return self.economy.by_account(self._money(self.spent), "expenditure", "MUSD/yr")

    @property
    def output(self) -> xr.DataArray:
        """Actor, sector: production at the seller's price, MUSD/yr."""
        return self.economy.by_account(self._money(self.sales.sum(axis=1)), "output", "MUSD/yr")

    @property
    def trade_flow(self) -> xr.DataArray:
        """Exporter, importer, sector: at border value, MUSD/yr."""
        return self.economy.by_flow(self._money(self.flow), "trade_flow", "MUSD/yr")

    @property
    def tariff(self) -> xr.DataArray:
        """Exporter, importer, sector: rates in force at the margin."""
        return self.economy.by_flow(self.applied.tariff, "tariff", "fraction")

    @property
    def export_tax(self) -> xr.DataArray:
        """Exporter, importer, sector: rates on the seller's price; subsidies are negative."""
        taxed = self.applied.export_tax
        return self.economy.by_flow(
            np.zeros_like(self.economy.tariff) if taxed is None else taxed, "export_tax", "fraction"
        )

    @property
    def gross_output(self) -> xr.DataArray:
        """The same as :attr:`output`, under the name of the world's layer."""
        return self.output.rename("gross_output")

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
    def export_tax_revenue(self) -> xr.DataArray:
        """Actor: the exporter's, MUSD/yr; negative where it pays subsidies."""
        taxes = (self.flow - self.sales).sum(axis=(0, 1))
        return self.economy.by_actor(self._money(taxes), "export_tax_revenue", "MUSD/yr")

    @property
    def quota_rent(self) -> xr.DataArray:
        """Actor: rents of tariff-rate quotas by the home of their owner, MUSD/yr."""
        rent = self._by_owner([pair for outcome in self.quotas for pair in outcome.received])
        return self.economy.by_actor(rent, "quota_rent", "MUSD/yr")

    @property
    def tariff_revenue(self) -> xr.DataArray:
        """Actor: the importer's, without quota rents, MUSD/yr."""
        collected = self._money(self.revenue - (self.flow - self.sales).sum(axis=(0, 1)))
        rent = self._by_owner([pair for outcome in self.quotas for pair in outcome.paid])
        return self.economy.by_actor(collected - rent, "tariff_revenue", "MUSD/yr")

    @property
    def deficit(self) -> xr.DataArray:
        """Actor: imports less exports at border value, MUSD/yr."""
        return self.economy.by_actor(self._money(self.transfer), "deficit", "MUSD/yr")

    def _shares(self, kernel: Kernel) -> Array:
        tech = model_of(self.economy).technology
        competing = equations.competitiveness(np.log(self.cost_hat), tech)
        return np.asarray(equations.trade_share(kernel, competing, equations.purchase_sum(kernel, competing, tech)))

    def _money(self, shares: Array) -> Array:
        return shares * self.economy.world_value_added

    def _by_owner(self, pairs: Sequence[tuple[str, float]]) -> Array:
        amounts = np.zeros(len(self.economy.actors))
        for actor, amount in pairs:
            amounts[self.economy.actors.index(actor)] += amount
        return amounts
