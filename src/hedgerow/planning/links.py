"""Agreements between any two parties, many at once: what each changes and what it costs either side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np

from hedgerow.dims import ACTOR, EXPORTER, IMPORTER, SECTOR
from hedgerow.planning.partnerships import Range
from hedgerow.planning.portfolio.options import OptionKind, parameters
from hedgerow.scenarios.agreements import DEEPER_AGREEMENT, NEW_AGREEMENT, nontariff_factor
from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.policy import ArrayChange, Policy
from hedgerow.world.parties import Party
from hedgerow.world.partnerships import in_force_with
from hedgerow.world.world import World

__all__ = ["Link", "link", "links_among", "policy_of"]


@dataclass(frozen=True)
class Link:
    """An agreement on goods between two parties, new or deeper than what is in force."""

    one: Party
    other: Party
    effect: Range
    """Log change of their trade in the long run, tariffs included."""
    costs: tuple[Range, Range]
    """To each, a share of its income a year."""
    deepens: bool

    @property
    def name(self) -> str:
        """Both codes: ``CAN-EU``."""
        return f"{self.one.code}-{self.other.code}"

    def ends(self, party: Party) -> bool:
        """Whether the party signs it."""
        return party in (self.one, self.other)

    def partner(self, party: Party) -> Party:
        """Who signs with ``party``."""
        return self.other if party == self.one else self.one

    def cost(self, party: Party, place: float = 0.5) -> float:
        """What it costs one of the two: 0 the low end of the range, 1 the high end."""
        return self.costs[party != self.one].at(place)


def link(world: World, one: Party, other: Party) -> Link:
    """The agreement that two parties could still make; ranges are those of options of a plan."""
    in_force = bool(in_force_with(world.partnerships, one.members, other.members))
    kind = OptionKind.DEEPENING if in_force else OptionKind.AGREEMENT
    effect = DEEPER_AGREEMENT if in_force else NEW_AGREEMENT
    return Link(
        one=one,
        other=other,
        effect=Range(effect.low, effect.central, effect.high),
        costs=(_cost(world, kind, one, other), _cost(world, kind, other, one)),
        deepens=in_force,
    )


def links_among(world: World, parties: Sequence[Party]) -> tuple[Link, ...]:
    """Every pair of parties, in their order."""
    return tuple(link(world, one, other) for one, other in combinations(parties, 2))


def policy_of(economy: Economy, links: Iterable[Link], place: float = 0.5) -> Policy:
    """What agreements change together: tariffs between their ends to zero, lower iceberg costs.

    Args:
        economy: gives elasticities, tariffs and trade at the base.
        links: whose ends do not share a member.
        place: where effects are read in their ranges: 0 the low end, 1 the high end.
    """
    goods = np.flatnonzero(economy.goods)
    tariff, iceberg = economy.tariff.copy(), np.ones_like(economy.tariff)
    for one in links:
        effect = one.effect.at(place)
        for exporters, importers in ((one.one.members, one.other.members), (one.other.members, one.one.members)):
            sellers, buyers = (
                np.array([economy.actors.index(code) for code in codes]) for codes in (exporters, importers)
            )
            cells = np.ix_(goods, buyers, sellers)
            tariff[cells] = 0.0
            iceberg[cells] = nontariff_factor(economy, exporters, importers, effect=effect)[goods, None, None]
    return Policy((ArrayChange(tariff=tariff, iceberg=iceberg),))


def _cost(world: World, kind: OptionKind, party: Party, partner: Party) -> Range:
    """A share of the party's exports of goods to the partner, as options of a plan have it."""
    flow, income = _goods_trade(world)
    own, other = ([world.codes.index(code) for code in one.members] for one in (party, partner))
    exports = float(flow[own][:, other].sum() / income[own].sum())
    low, central, high = (exports * share for share in parameters()[kind]["cost_of_exports"])
    return Range(low, central, high)


@lru_cache(maxsize=8)
def _goods_trade(world: World) -> tuple[Array, Array]:
    """Goods sold by exporter and importer, and value added. MUSD/yr, [exporter, importer] and [actor]"""
    flow = world["trade_flow"].sel({SECTOR: list(world.goods)}).sum(SECTOR).transpose(EXPORTER, IMPORTER)
    income = world["value_added"]
    return flow.to_numpy(), income.sum([d for d in income.dims if d != ACTOR]).to_numpy()
