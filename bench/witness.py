"""An independent witness: does an equilibrium satisfy the model, written out cell by cell with explicit shares?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.equilibrium import Equilibrium
from hedgerow.trade.policy import Embargo, IcebergChange, Policy, TariffChange


@dataclass(frozen=True)
class Violations:
    """Largest violation of each condition."""

    share_sum: float
    """Shares of a buyer less 1."""
    price: float
    """Log price index against the one implied by unit costs."""
    cost: float
    """Log unit cost against the one implied by wages and prices."""
    market: float
    """Demand less expenditure, as a share of all the actor's expenditure."""
    income: float
    """Stated against implied income, as a share."""
    labour: float
    """Value added in all sectors less the wage bill, as a share."""
    balance: float
    """Imports less exports less deficit, as a share of value added."""
    walras: float
    """World value added produced less the world's wage bill."""

    @property
    def largest(self) -> float:
        """The worst of all conditions."""
        return float(max(vars(self).values()))


def cost_change(economy: Economy, policy: Policy) -> tuple[Array, Array]:
    """New tariffs and iceberg factors [J, importer, exporter], built one cell at a time."""
    tariff, iceberg = economy.tariff.copy(), np.ones_like(economy.tariff)
    for part in policy.parts:
        for j, sector in enumerate(economy.sectors):
            for n, importer in enumerate(economy.actors):
                for i, exporter in enumerate(economy.actors):
                    reached = (
                        n != i
                        and (part.sectors is None or sector in part.sectors)
                        and (part.importers is None or importer in part.importers)
                        and (part.exporters is None or exporter in part.exporters)
                    )
                    if not reached:
                        continue
                    if isinstance(part, TariffChange):
                        tariff[j, n, i] = tariff[j, n, i] + part.add if part.add is not None else part.set_to
                    elif isinstance(part, IcebergChange):
                        iceberg[j, n, i] *= part.factor
                    elif isinstance(part, Embargo):
                        iceberg[j, n, i] = np.inf
    return tariff, iceberg


def violations(equilibrium: Equilibrium) -> Violations:
    """Recompute every condition from wages, costs and expenditure."""
    economy, spent, cost = equilibrium.economy, equilibrium.expenditure, equilibrium.cost_hat
    tariff, iceberg = cost_change(economy, equilibrium.policy)
    kappa = (1 + tariff) / (1 + economy.tariff) * iceberg
    weight = economy.trade_share * (kappa * cost[:, None, :]) ** -economy.trade_elasticity[:, None, None]
    bought = economy.expenditure > 0
    total = np.where(bought, weight.sum(axis=2), 1)
    share = weight / total[:, :, None]
    price = total ** (-1 / economy.trade_elasticity[:, None])
    flow = share / (1 + tariff) * spent[:, :, None]
    output = flow.sum(axis=1)
    wage_bill = equilibrium.wage_hat * economy.value_added
    earned = wage_bill + (tariff * flow).sum(axis=(0, 2)) + economy.deficit
    demand = economy.final_share * earned + np.einsum("nkj,jn->kn", economy.input_share, output)
    implied_cost = economy.value_added_share * np.log(equilibrium.wage_hat)
    implied_cost += np.einsum("nkj,kn->jn", economy.input_share, np.log(price))
    produced = (economy.value_added_share * output).sum(axis=0)
    balance = flow.sum(axis=(0, 2)) - flow.sum(axis=(0, 1)) - economy.deficit
    return Violations(
        share_sum=_largest(equilibrium.trade_share.sum(axis=2) - bought),
        price=_largest(np.log(price / equilibrium.price_hat)),
        cost=_largest(implied_cost - np.log(cost)),
        market=_largest((demand - spent) / spent.sum(axis=0)),
        income=_largest(equilibrium.income / earned - 1),
        labour=_largest(produced / wage_bill - 1),
        balance=_largest(balance / wage_bill),
        walras=abs(float(produced.sum() - wage_bill.sum())),
    )


def _largest(gap: Array) -> float:
    return float(np.abs(gap).max())
