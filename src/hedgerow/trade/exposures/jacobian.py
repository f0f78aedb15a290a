"""Every actor's exposure to every policy of every other one, at once, without ever writing it all down.

The derivative of log real income of N actors to each of J N N tariffs has N J N N entries. It is kept as the worths of
:mod:`hedgerow.trade.exposures.adjoint`, from which any entry follows:

    d ln W / d ln(1 + t)[j,n,i] = pi price[j,n] - (1 + theta) F (output[j,i] - income[n])
    d ln W / d ln d[j,n,i]      = pi price[j,n] -      theta  F (output[j,i] - income[n])
    d ln W / d ln a[j,i]        = - cost[j,i],             d ln W / d D[n] = income[n]

Slopes hold for small changes. At 25 points of tariff they are off by 13 to 88 per cent of the effect, sometimes in
sign: nothing here ranks or screens large shocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import xarray as xr

from hedgerow.dims import ACTOR, EXPORTER, IMPORTER, SECTOR
from hedgerow.errors import DidNotConverge
from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.exposures.adjoint import (
    Objective,
    Point,
    at_base,
    at_equilibrium,
    cost_worth,
    flow_slopes,
    income_worth,
    output_worth,
    price_worth,
    sales_worth,
    spending_worth,
    wage_worth,
)
from hedgerow.trade.result import Equilibrium

__all__ = ["AFFECTED", "Exposures", "exposures"]

AFFECTED = "affected"
"""Dimension: the actor whose real income moves."""
TOLERANCE = 3e-12
"""On worths, relative to the largest."""
LIMIT = 500


@dataclass(frozen=True, eq=False, repr=False)
class Exposures:
    """Slopes of log real income, factored; hats compare with the point where they were taken. A is who is affected."""

    economy: Economy
    point: Point
    income: Array
    """[N, A] worth of a unit of income, shares of world value added."""
    output: Array
    """[J, N, A] of a unit of output."""
    price: Array
    """[J, N, A] of a log point of a price index."""
    cost: Array
    """[J, N, A] of a log point of unit cost."""

    def __repr__(self) -> str:
        sectors, actors, _ = self.price.shape
        return f"<Exposures of {actors} actors x {sectors} sectors>"

    def tariff_slopes(self, affected: str) -> Array:
        """[J, importer, exporter] d ln W of one actor / d ln(1 + t), domestic sales left at zero."""
        return self._flow_slopes(affected, 1 + self.point.theta)

    def iceberg_slopes(self, affected: str) -> Array:
        """[J, importer, exporter] d ln W of one actor / d ln of iceberg cost, domestic sales left at zero."""
        return self._flow_slopes(affected, self.point.theta)

    def to_tariffs(self, affected: str) -> xr.DataArray:
        """Exporter, importer, sector: per cent of real income for one per cent of the tariff factor."""
        return self.economy.by_flow(self.tariff_slopes(affected), "exposure", "elasticity")

    def to_icebergs(self, affected: str) -> xr.DataArray:
        """Exporter, importer, sector: per cent of real income for one per cent of iceberg cost."""
        return self.economy.by_flow(self.iceberg_slopes(affected), "exposure", "elasticity")

    @cached_property
    def to_productivity(self) -> xr.DataArray:
        """Affected, actor, sector: per cent of real income for one per cent of productivity."""
        names = {AFFECTED: list(self.economy.actors), ACTOR: list(self.economy.actors)}
        return xr.DataArray(
            -self.cost.transpose(2, 1, 0),
            dims=(AFFECTED, ACTOR, SECTOR),
            coords={**names, SECTOR: list(self.economy.sectors)},
            name="exposure",
            attrs={"units": "elasticity"},
        )

    @cached_property
    def friends(self) -> xr.DataArray:
        """Affected, actor: real income for one per cent more productivity in all sectors; negative marks an enemy.

        Kleinman, Liu and Redding (2024): with one sector, no tariffs and no deficits this is their welfare exposure U.
        """
        return self.to_productivity.sum(SECTOR)

    @cached_property
    def to_importers(self) -> xr.DataArray:
        """Affected, exporter, importer: to one per cent of the importer's tariff factor on all the exporter's goods."""
        goods = self.economy.goods[:, None, None] & ~np.eye(len(self.economy.actors), dtype=bool)
        weight = (1 + self.point.theta)[:, None, None] * self.point.flow * goods
        found = np.einsum("jni,jna->ani", self.point.share * goods, self.price, optimize=True)
        found -= np.einsum("jni,jia->ani", weight, self.output, optimize=True)
        found += np.einsum("ni,na->ani", weight.sum(axis=0), self.income, optimize=True)
        names = list(self.economy.actors)
        return xr.DataArray(
            found.transpose(0, 2, 1),
            dims=(AFFECTED, EXPORTER, IMPORTER),
            coords={AFFECTED: names, EXPORTER: names, IMPORTER: names},
            name="exposure",
            attrs={"units": "elasticity"},
        )

    def along(self, tariff: Array) -> Array:
        """d ln W of every actor for a direction in ln(1 + t), [J, importer, exporter]. [N]"""
        weighted = (1 + self.point.theta)[:, None, None] * self.point.flow * tariff
        return np.asarray(
            np.einsum("jn,jna->a", (self.point.share * tariff).sum(axis=2), self.price)
            - np.einsum("ji,jia->a", weighted.sum(axis=1), self.output)
            + weighted.sum(axis=(0, 2)) @ self.income
        )

    def _flow_slopes(self, affected: str, response: Array) -> Array:
        a = self.economy.actors.index(affected)
        return flow_slopes(self.point, self.income[:, a], self.output[:, :, a], self.price[:, :, a], response)


def exposures(base: Economy | Equilibrium) -> Exposures:
    """Slopes of every actor's log real income to every tariff, iceberg cost, productivity and transfer.

    Args:
        base: an economy, at its base, or an equilibrium of one.

    Raises:
        RequestError: an equilibrium with export taxes, quotas or own-share deficits.
        DidNotConverge: the worths were not found.
    """
    economy = base if isinstance(base, Economy) else base.economy
    point = at_base(base) if isinstance(base, Economy) else at_equilibrium(base)
    actors = len(point.income)
    objective = _objectives(point)
    spending = _spending(point, objective)
    income, output = income_worth(point, objective, spending), output_worth(point, objective, spending)
    price, cost = _prices(point, objective, income, output)
    wage = wage_worth(point, objective, income, cost)
    market, welfare = wage[:, :actors], wage[:, actors:]
    # Each market's gap moves with every wage; wages move until all gaps are closed and world value added is as before.
    closing = market - point.wage_bill[:, None] / point.wage_bill.sum()
    multiplier = -np.linalg.solve(closing, welfare)  # [market, A]

    def closed(worth: Array) -> Array:
        return np.asarray(worth[..., actors:] + worth[..., :actors] @ multiplier)

    return Exposures(economy, point, closed(income), closed(output), closed(price), closed(cost))


def _objectives(point: Point) -> Objective:
    """2 N rows: the gap between value added sold and wages paid of each actor, then each actor's log real income."""
    sectors, actors = point.expenditure.shape
    income, wage = np.zeros((2, actors, 2 * actors))
    output, price = np.zeros((2, sectors, actors, 2 * actors))
    n = np.arange(actors)
    output[:, n, n] = point.value_added_share / point.wage_bill
    wage[n, n] = -1.0
    income[n, actors + n] = 1 / point.income
    price[:, n, actors + n] = -point.final_share
    return Objective(income, output, price, wage)


def _spending(point: Point, objective: Objective) -> Array:
    """The worth of a unit spent, where spending feeds output, income and spending again. [J, N, R]

    Own-country rounds are closed at once, N inverses of J x J; what goes abroad is iterated.
    """
    sectors, actors = point.expenditure.shape
    n = np.arange(actors)
    at_home = point.flow[:, n, n] * point.per_spending
    taxed = (point.expenditure > 0) - point.bought * point.per_spending
    rounds = at_home.T[:, :, None] * point.buyers + taxed.T[:, :, None] * point.final_share.T[:, None, :]
    inverse: Array = np.asarray(np.linalg.inv(np.eye(sectors) - rounds), dtype=np.float64)
    worth: Array = np.zeros_like(objective.output)
    for _ in range(LIMIT):
        income, output = income_worth(point, objective, worth), output_worth(point, objective, worth)
        gap = spending_worth(point, income, output) - worth
        worth = worth + _closed(inverse, gap)
        if _small(gap, worth):
            return worth
    raise DidNotConverge(_complaint("spending", gap))


def _prices(point: Point, objective: Objective, income: Array, output: Array) -> tuple[Array, Array]:
    """The worths of log prices and log unit costs, each of which feeds the other through inputs. [J, N, R] both"""
    sectors, actors = point.expenditure.shape
    n = np.arange(actors)
    rounds = point.inputs * point.share[:, n, n].T[:, None, :]
    inverse: Array = np.asarray(np.linalg.inv(np.eye(sectors) - rounds), dtype=np.float64)
    sales = sales_worth(point, income, output)
    price: Array = objective.price + point.theta[:, None, None] * sales
    for _ in range(LIMIT):
        cost = cost_worth(point, income, output, price)
        gap = price_worth(point, objective, sales, cost) - price
        price = price + _closed(inverse, gap)
        if _small(gap, price):
            return price, cost_worth(point, income, output, price)
    raise DidNotConverge(_complaint("prices", gap))


def _closed(inverse: Array, gap: Array) -> Array:
    """[N, J, J] on [J, N, R]."""
    return np.asarray((inverse @ gap.transpose(1, 0, 2)).transpose(1, 0, 2))


def _small(gap: Array, worth: Array) -> bool:
    return bool(np.abs(gap).max() <= TOLERANCE * np.abs(worth).max())


def _complaint(what: str, gap: Array) -> str:
    return f"exposures: worths of {what} not found after {LIMIT} rounds, still moving by {np.abs(gap).max():.1e}"
