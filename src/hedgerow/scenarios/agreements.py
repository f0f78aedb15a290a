"""What a trade agreement changes: tariffs, and what comes on top of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.policy import Change, IcebergChange, Policy, TariffChange
from hedgerow.world.parties import Party


@dataclass(frozen=True)
class TradeEffect:
    """Log change of goods trade between two parties that an agreement brings in the long run, tariffs included."""

    low: float
    central: float
    high: float


NEW_AGREEMENT = TradeEffect(0.3, 0.5, 0.8)
"""Assumed. Trade between members ends 35, 65 or 123 % higher; brackets what gravity studies report."""

DEEPER_AGREEMENT = TradeEffect(0.1, 0.2, 0.3)
"""Assumed. What is left to gain where an agreement is in force already."""


def tariffs_to_zero(one: Party, other: Party, *, goods: tuple[str, ...]) -> Policy:
    """Tariffs on ``goods`` between two parties go to zero, both ways."""
    return Policy(
        (
            TariffChange(exporters=one.members, importers=other.members, sectors=goods, set_to=0.0),
            TariffChange(exporters=other.members, importers=one.members, sectors=goods, set_to=0.0),
        )
    )


def nontariff_part(one: Party, other: Party, *, effect: float, economy: Economy) -> Policy:
    """The part of an agreement that is not tariffs: lower iceberg costs on goods, both ways.

    An agreement's observed effect ``effect`` on log trade holds its tariff cuts. Trade at the seller's price moves
    by ``-(1 + theta) ln(1 + t)``, so the tariff part is ``(1 + theta) ln(1 + t)`` and what is left comes from an
    iceberg factor ``exp(-max(0, effect - (1 + theta) ln(1 + t)) / theta)``: the long-run elasticity is used once.

    Args:
        one: who signs.
        other: with whom.
        effect: log change of trade in the long run, tariffs included.
        economy: gives elasticities, tariffs and trade at the base.
    """
    goods = np.flatnonzero(economy.goods)
    parts: list[Change] = []
    for exporters, importers in ((one.members, other.members), (other.members, one.members)):
        factor = nontariff_factor(economy, exporters, importers, effect=effect)
        parts += [
            IcebergChange(
                exporters=exporters, importers=importers, sectors=(economy.sectors[j],), factor=float(factor[j])
            )
            for j in goods
        ]
    return Policy(tuple(parts))


def nontariff_factor(
    economy: Economy, exporters: tuple[str, ...], importers: tuple[str, ...], *, effect: float
) -> Array:
    """The iceberg factor of one direction, see :func:`nontariff_part`; 1 for services. [sector]"""
    theta = economy.trade_elasticity
    tariff_part = (1 + theta) * _mean_log_tariff(economy, exporters, importers)
    factor = np.exp(-np.maximum(effect - tariff_part, 0.0) / theta)
    return np.where(economy.goods, factor, 1.0)


def _mean_log_tariff(economy: Economy, exporters: tuple[str, ...], importers: tuple[str, ...]) -> Array:
    """ln(1 + t) of one direction by sector, weighted by trade; zero where nothing is traded. [sector]"""
    buyers, sellers = ([economy.actors.index(code) for code in codes] for codes in (importers, exporters))
    flow = economy.border_share[:, buyers][:, :, sellers] * economy.expenditure[:, buyers, None]
    total = flow.sum(axis=(1, 2))
    weighted = (flow * np.log1p(economy.tariff[:, buyers][:, :, sellers])).sum(axis=(1, 2))
    return np.asarray(weighted / np.where(total > 0, total, 1.0))
