"""An independent witness: does an equilibrium satisfy the model, written out cell by cell with explicit shares?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.equilibrium import Equilibrium
from hedgerow.trade.policy import (
    ArrayChange,
    Change,
    DeficitChange,
    DeficitRule,
    Embargo,
    ExportTaxChange,
    IcebergChange,
    NonTariffChange,
    Policy,
    ProductivityChange,
    RentOwner,
    TariffChange,
)


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
    """New tariffs and iceberg factors [J, importer, exporter], built one cell at a time; quotas are left out."""
    tariff, iceberg, _ = _costs(economy, policy)
    return tariff, iceberg


def _costs(economy: Economy, policy: Policy) -> tuple[Array, Array, Array]:
    """New tariffs, iceberg factors and export taxes."""
    costs = economy.tariff.copy(), np.ones_like(economy.tariff), np.zeros_like(economy.tariff)
    for part in policy.parts:
        if isinstance(part, ArrayChange):
            if part.tariff is not None:
                costs[0][:] = part.tariff
            if part.iceberg is not None:
                costs[1][:] *= part.iceberg
        if not isinstance(part, Change):
            continue
        for j, sector in enumerate(economy.sectors):
            for n, importer in enumerate(economy.actors):
                for i, exporter in enumerate(economy.actors):
                    if n != i and _reaches(part, sector, importer, exporter):
                        _change_cell(part, costs, (j, n, i))
    return costs


def _reaches(part: Change, sector: str, importer: str, exporter: str) -> bool:
    return (
        (part.sectors is None or sector in part.sectors)
        and (part.importers is None or importer in part.importers)
        and (part.exporters is None or exporter in part.exporters)
    )


def _change_cell(part: Change, costs: tuple[Array, Array, Array], cell: tuple[int, int, int]) -> None:
    tariff, iceberg, taxed = costs
    if isinstance(part, TariffChange):
        if part.add is not None:
            tariff[cell] += part.add
        elif part.set_to is not None:
            tariff[cell] = part.set_to
        elif part.cap is not None:
            tariff[cell] = min(tariff[cell], part.cap)
        elif part.floor is not None:
            tariff[cell] = max(tariff[cell], part.floor)
    elif isinstance(part, ExportTaxChange):
        taxed[cell] = part.set_to if part.set_to is not None else taxed[cell] + (part.add or 0)
    elif isinstance(part, IcebergChange | NonTariffChange):
        iceberg[cell] *= part.factor
    elif isinstance(part, Embargo):
        iceberg[cell] = np.inf


def _productivity(economy: Economy, policy: Policy) -> Array:
    """[J, N] ratio to the base."""
    made = np.ones_like(economy.expenditure)
    for part in policy.parts:
        if isinstance(part, ProductivityChange):
            for j, sector in enumerate(economy.sectors):
                for n, actor in enumerate(economy.actors):
                    if (part.sectors is None or sector in part.sectors) and (
                        part.actors is None or actor in part.actors
                    ):
                        made[j, n] *= part.factor
    return made


def _stated_deficits(economy: Economy, policy: Policy, wage_bill: Array) -> Array:
    """[N] what the policy's rule makes of deficits, quota rents apart."""
    stated = economy.deficit.copy()
    for part in policy.parts:
        if isinstance(part, DeficitChange):
            for actor, level in part.levels:
                stated[economy.actors.index(actor)] = level / economy.world_value_added
    if policy.deficits is not DeficitRule.OWN_SHARE:
        return stated
    rate = stated / economy.value_added
    return np.asarray(wage_bill * (rate - (rate * wage_bill).sum() / wage_bill.sum()))


def _rents_paid_abroad(equilibrium: Equilibrium) -> Array:
    """[N] received less paid, share of world value added."""
    actors, moved = equilibrium.economy.actors, np.zeros(len(equilibrium.economy.actors))
    for outcome in equilibrium.quotas:
        if outcome.quota.owner is RentOwner.EXPORTERS:
            for owner, amount in outcome.received:
                moved[actors.index(owner)] += amount
            for payer, amount in outcome.paid:
                moved[actors.index(payer)] -= amount
    return moved / equilibrium.economy.world_value_added


def violations(equilibrium: Equilibrium) -> Violations:
    """Recompute every condition from wages, costs and expenditure, and quota rates as they are stated."""
    economy, spent, cost = equilibrium.economy, equilibrium.spent, equilibrium.cost_hat
    tariff, iceberg, taxed = _costs(economy, equilibrium.policy)
    for outcome in equilibrium.quotas:
        for j, n, i in np.ndindex(tariff.shape):
            pair = economy.sectors[j], economy.actors[n], economy.actors[i]
            if n != i and _reaches(outcome.quota, *pair):
                tariff[j, n, i] = outcome.rate
    kappa = (1 + tariff) / (1 + economy.tariff) * iceberg * (1 + taxed)
    weight = economy.trade_share * (kappa * cost[:, None, :]) ** -economy.trade_elasticity[:, None, None]
    bought = economy.expenditure > 0
    total = np.where(bought, weight.sum(axis=2), 1)
    share = weight / total[:, :, None]
    price = total ** (-1 / economy.trade_elasticity[:, None])
    border = share / (1 + tariff) * spent[:, :, None]
    flow = border / (1 + taxed)
    output = flow.sum(axis=1)
    wage_bill = equilibrium.wage_hat * economy.value_added
    deficit = _stated_deficits(economy, equilibrium.policy, wage_bill) + _rents_paid_abroad(equilibrium)
    earned = wage_bill + (tariff * border).sum(axis=(0, 2)) + (taxed * flow).sum(axis=(0, 1)) + deficit
    demand = economy.final_share * earned + np.einsum("nkj,jn->kn", economy.input_share, output)
    implied_cost = economy.value_added_share * np.log(equilibrium.wage_hat)
    implied_cost += np.einsum("nkj,kn->jn", economy.input_share, np.log(price))
    implied_cost -= np.log(_productivity(economy, equilibrium.policy))
    produced = (economy.value_added_share * output).sum(axis=0)
    balance = border.sum(axis=(0, 2)) - border.sum(axis=(0, 1)) - deficit
    return Violations(
        share_sum=_largest(equilibrium.shares.sum(axis=2) - bought),
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
