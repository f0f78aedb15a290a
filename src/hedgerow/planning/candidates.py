"""Who could be a partner, and what an agreement with them would change."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hedgerow.planning.question import Question
from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.policy import Change, IcebergChange, Policy, TariffChange
from hedgerow.world.parties import Party, trade_parties
from hedgerow.world.partnerships import Partnership, in_force_with


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


@dataclass(frozen=True)
class Candidate:
    """A party that could sign, with what is in force already."""

    party: Party
    in_force: tuple[Partnership, ...]

    @property
    def deepens(self) -> bool:
        """An agreement is in force already; the candidate is to deepen it."""
        return bool(self.in_force)

    @property
    def trade_effect(self) -> TradeEffect:
        """The range that applies."""
        return DEEPER_AGREEMENT if self.deepens else NEW_AGREEMENT


def candidates(question: Question) -> tuple[Candidate, ...]:
    """Every party that can sign with the actor's side: never the power, the actor or its own bloc."""
    world, side = question.world, question.signatory
    excluded = set(side.members) | set(question.power.members)
    return tuple(
        Candidate(other, in_force_with(world.partnerships, question.actor.code, other.members))
        for other in trade_parties(world)
        if not excluded & set(other.members)
    )


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
    theta = economy.trade_elasticity
    goods = np.flatnonzero(economy.goods)
    parts: list[Change] = []
    for exporters, importers in ((one.members, other.members), (other.members, one.members)):
        tariff_part = (1 + theta) * _mean_log_tariff(economy, exporters, importers)
        factor = np.exp(-np.maximum(effect - tariff_part, 0.0) / theta)
        parts += [
            IcebergChange(
                exporters=exporters, importers=importers, sectors=(economy.sectors[j],), factor=float(factor[j])
            )
            for j in goods
        ]
    return Policy(tuple(parts))


def _mean_log_tariff(economy: Economy, exporters: tuple[str, ...], importers: tuple[str, ...]) -> Array:
    """ln(1 + t) of one direction by sector, weighted by trade; zero where nothing is traded. [sector]"""
    pair = np.ix_(
        np.arange(len(economy.sectors)),
        np.array([economy.actors.index(code) for code in importers]),
        np.array([economy.actors.index(code) for code in exporters]),
    )
    flow = (economy.border_share * economy.expenditure[:, :, None])[pair]
    total = flow.sum(axis=(1, 2))
    weighted = (flow * np.log1p(economy.tariff[pair])).sum(axis=(1, 2))
    return np.asarray(weighted / np.where(total > 0, total, 1.0))
