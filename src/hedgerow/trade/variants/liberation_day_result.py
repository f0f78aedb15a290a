"""Outcomes of the Liberation Day model: bare hats, and the columns of the published tables with labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr

from hedgerow.dims import ACTOR
from hedgerow.trade.fixedpoint import Array
from hedgerow.trade.variants.liberation_day_base import Base
from hedgerow.trade.variants.liberation_day_tariffs import Rebate, Scenario

__all__ = ["Outcome"]


@dataclass(frozen=True, eq=False, repr=False)
class Outcome:
    """A converged counterfactual. Hats are bare ratios to the base, [N]; all other properties carry labels.

    Nominal numbers are in the paper's numeraire: prices weighted by base expenditure do not change. Changes are
    fractions (0.01 is one per cent).
    """

    base: Base
    scenario: Scenario
    wage_hat: Array
    spending_hat: Array
    labour_hat: Array
    price_hat: Array
    residual: float
    """Largest relative violation of any condition."""
    iterations: int

    def __repr__(self) -> str:
        return f"<Outcome of {self.scenario.label}: residual {self.residual:.1e}, {self.iterations} iterations>"

    @property
    def shares(self) -> Array:
        """[importer, exporter] lambda', (1)."""
        base, e = self.base, self.base.elasticities
        competing = (self.wage_hat / self.labour_hat**e.scale) ** -e.trade
        taxed = (1 + self.scenario.tariff) ** (-e.trade * base.tariff_response[:, None])
        weight = base.trade_share * taxed * competing
        return np.asarray(weight / weight.sum(axis=1, keepdims=True))

    @property
    def flow(self) -> Array:
        """[importer, exporter] X', before tariffs, (3)."""
        spent = self.base.expenditure * self.spending_hat
        return np.asarray(self.shares * spent[:, None] / (1 + self.scenario.tariff))

    @property
    def welfare_hat(self) -> Array:
        """[N] W_hat, (7): spending and, as work is a burden, income from it."""
        base, kappa = self.base, self.base.elasticities.labour
        kept = 1 - self._relief
        weight = base.expenditure / (base.expenditure - kappa * kept * base.income / (1 + kappa))
        earned = self.wage_hat * self.labour_hat
        return np.asarray((weight * self.spending_hat + (1 - weight) * earned) / self.price_hat)

    @property
    def welfare(self) -> xr.DataArray:
        """Actor: change of welfare, fraction."""
        return self._change(self.welfare_hat, "welfare")

    @property
    def employment(self) -> xr.DataArray:
        """Actor: change of hours worked, fraction."""
        return self._change(self.labour_hat, "employment")

    @property
    def price_index(self) -> xr.DataArray:
        """Actor: change of consumer prices, fraction."""
        return self._change(self.price_hat, "price_index")

    @property
    def wage(self) -> xr.DataArray:
        """Actor: change of the wage before tax, fraction."""
        return self._change(self.wage_hat, "wage")

    @property
    def real_wage(self) -> xr.DataArray:
        """Actor: change of the wage before tax over consumer prices, fraction."""
        return self._change(self.wage_hat / self.price_hat, "real_wage")

    @property
    def tariff_revenue(self) -> xr.DataArray:
        """Actor: R, in the unit of the base (MUSD/yr for the paper's data)."""
        return self.base.by_actor(self._revenue, "tariff_revenue", "MUSD/yr")

    @property
    def revenue_share(self) -> xr.DataArray:
        """Actor: tariff revenue over base expenditure, fraction; the paper's "per cent of GDP"."""
        return self.base.by_actor(self._revenue / self.base.expenditure, "revenue_share", "fraction")

    @property
    def deficit(self) -> xr.DataArray:
        """Actor: change of the trade deficit as a fraction of its size at the base; NaN where there was none."""
        before, after = _deficit(self.base.trade_flow), _deficit(self.flow)
        size = np.where(before != 0, np.abs(before), np.nan)
        return self.base.by_actor((after - before) / size, "deficit", "fraction")

    @property
    def export_share(self) -> xr.DataArray:
        """Actor: change of exports over income, fraction."""
        return self._change(self._over_income(0), "export_share")

    @property
    def import_share(self) -> xr.DataArray:
        """Actor: change of imports before tariffs over income, fraction."""
        return self._change(self._over_income(1), "import_share")

    @property
    def table(self) -> xr.Dataset:
        """The columns of the published tables, by actor."""
        columns = (
            self.welfare,
            self.deficit,
            self.export_share,
            self.import_share,
            self.employment,
            self.price_index,
            self.real_wage,
            self.revenue_share,
        )
        return xr.Dataset({str(column.name): column for column in columns})

    def mean(self, actors: Sequence[str]) -> xr.Dataset:
        """:attr:`table` averaged over actors with their base expenditure, as the paper averages.

        Raises:
            UnknownNameError: an actor is not in the base.
        """
        places = [self.base.position(actor) for actor in actors]
        weight = xr.DataArray(self.base.expenditure[places], dims=ACTOR)
        chosen = self.table.isel({ACTOR: places}).drop_vars(ACTOR)
        return (chosen * weight).sum(ACTOR, skipna=False) / weight.sum()

    @property
    def _revenue(self) -> Array:
        return np.asarray((self.scenario.tariff * self.flow).sum(axis=1))

    @property
    def _relief(self) -> Array:
        """[N] tau, the part of incomes that revenue replaces as tax."""
        if self.scenario.rebate is Rebate.LUMP_SUM:
            return np.zeros(len(self.base.actors))
        return np.asarray(self._revenue / (self.wage_hat * self.labour_hat * self.base.income))

    def _over_income(self, side: int) -> Array:
        """[N] ratio to the base of trade over income; side 0 sells, 1 buys."""
        before, after = _abroad(self.base.trade_flow).sum(axis=side), _abroad(self.flow).sum(axis=side)
        grown = np.divide(after, before, out=np.full(len(before), np.nan), where=before > 0)
        return np.asarray(grown / (self.wage_hat * self.labour_hat))

    def _change(self, hat: Array, name: str) -> xr.DataArray:
        return self.base.by_actor(hat - 1, name, "fraction")


def _abroad(flow: Array) -> Array:
    return flow * (1 - np.eye(len(flow)))


def _deficit(flow: Array) -> Array:
    return np.asarray(flow.sum(axis=1) - flow.sum(axis=0))
