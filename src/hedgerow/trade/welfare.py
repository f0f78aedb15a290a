"""What an equilibrium means for the people in it. All functions compare with ``equilibrium.economy``."""

from __future__ import annotations

import numpy as np
import xarray as xr

from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.result import Equilibrium

__all__ = [
    "base_value_added",
    "caliendo_parro_linear",
    "equivalent_variation",
    "equivalent_variation_parts",
    "real_wage_change",
    "welfare_change",
]


def welfare_change(equilibrium: Equilibrium) -> xr.DataArray:
    """Real income per actor, exactly: I_hat / P_hat - 1, as a fraction. [actor]"""
    return equilibrium.economy.by_actor(equilibrium.welfare_hat - 1, "welfare_change", "fraction")


def equivalent_variation(equilibrium: Equilibrium) -> xr.DataArray:
    """Money at base prices worth as much as the change: (I_hat / P_hat - 1) times base income. [actor], MUSD/yr"""
    economy = equilibrium.economy
    gain = (equilibrium.welfare_hat - 1) * economy.income * economy.world_value_added
    return economy.by_actor(gain, "equivalent_variation", "MUSD/yr")


def real_wage_change(equilibrium: Equilibrium) -> xr.DataArray:
    """w_hat / P_hat - 1, as a fraction. [actor]"""
    change = equilibrium.wage_hat / equilibrium.consumer_price_hat - 1
    return equilibrium.economy.by_actor(change, "real_wage_change", "fraction")


def equivalent_variation_parts(equilibrium: Equilibrium) -> xr.Dataset:
    """Where the equivalent variation comes from; the parts sum to it. MUSD/yr

    Each kind of income is deflated by the actor's own consumer prices: ``value_added`` [actor, sector],
    ``tariff_revenue`` [actor] with quota rents and export taxes, ``transfers`` [actor] with rents paid abroad.
    """
    economy, deflator = equilibrium.economy, equilibrium.consumer_price_hat
    money = economy.world_value_added
    earned = (equilibrium.value_added_by_sector / deflator - _value_added(economy)) * money
    revenue = (equilibrium.revenue / deflator - economy.tariff_revenue) * money
    transfers = (equilibrium.transfer / deflator - economy.deficit) * money
    return xr.Dataset(
        {
            "value_added": economy.by_account(earned, "value_added", "MUSD/yr"),
            "tariff_revenue": economy.by_actor(revenue, "tariff_revenue", "MUSD/yr"),
            "transfers": economy.by_actor(transfers, "transfers", "MUSD/yr"),
        }
    )


def base_value_added(economy: Economy) -> xr.DataArray:
    """Value added at the base, with inputs at the purchaser's price. [actor, sector], MUSD/yr"""
    return economy.by_account(_value_added(economy) * economy.world_value_added, "value_added", "MUSD/yr")


def caliendo_parro_linear(equilibrium: Equilibrium) -> xr.Dataset:
    """The published linear decomposition: one step, evaluated at the base. Fractions of base income. [actor]

    Caliendo and Parro (2015), section 2.3, as their replication computes it: ``terms_of_trade``,
    ``volume_of_trade`` and their ``total``. For large changes it is far from :func:`welfare_change`: NAFTA for
    Mexico is +1.31 % here and +0.007 % exactly.
    """
    economy = equilibrium.economy
    before = economy.border_share * economy.expenditure[:, :, None]
    after = equilibrium.flow
    dearer = equilibrium.cost_hat - 1
    terms = (before.sum(axis=1) * dearer).sum(axis=0) - np.einsum("jni,ji->n", before, dearer)
    growth = after - before * (1 + dearer[:, None, :])
    volume = (economy.tariff * growth).sum(axis=(0, 2))
    parts = {"terms_of_trade": terms, "volume_of_trade": volume, "total": terms + volume}
    shares = {name: part / economy.income for name, part in parts.items()}
    return xr.Dataset({name: economy.by_actor(share, name, "fraction") for name, share in shares.items()})


def _value_added(economy: Economy) -> Array:
    """[J, N] shares of world value added; a sector's share of output, scaled to the actor's total."""
    shares = economy.value_added_share * economy.gross_output
    return np.asarray(shares * economy.value_added / shares.sum(axis=0))
