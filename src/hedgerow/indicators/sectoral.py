"""Dependence by sector, and coercive power, from worlds with accounts by sector."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from hedgerow.dims import REST_OF_WORLD
from hedgerow.indicators.declare import Indicator, Lineage, Per
from hedgerow.indicators.evidence import WORLDS, Evidence
from hedgerow.indicators.frames import Array, Estimate, Label, joined, rows
from hedgerow.indicators.power import coercive_power, net_power
from hedgerow.indicators.ties import Mask, Side, bloc_members, ratio
from hedgerow.provenance import Status
from hedgerow.world.world import World

_USED = ("trade_flow", "gross_output", "input_use", "final_use", "tariff", "trade_elasticity")


def export_dependence(trade_flow: Array, gross_output: Array, members: Mask) -> Array:
    """Part of a sector's output that is sold to a power; a fraction. [actor, sector]

    Args:
        trade_flow: sales at home and abroad. [exporter, importer, sector] MUSD/yr
        gross_output: [actor, sector] MUSD/yr
        members: which actors are the power; NaN for them. [actor]
    """
    sold = trade_flow[:, members, :].sum(axis=1)
    return np.where(members[:, None], np.nan, ratio(sold, gross_output))


def import_dependence(trade_flow: Array, members: Mask) -> Array:
    """``ω_ns``: part of all purchases of a sector's goods, home included, that comes from a power. [actor, sector]

    Args:
        trade_flow: [exporter, importer, sector] MUSD/yr
        members: which actors are the power; NaN for them. [actor]
    """
    bought = trade_flow[members].sum(axis=0)
    return np.where(members[:, None], np.nan, ratio(bought, trade_flow.sum(axis=0)))


@dataclass(frozen=True)
class Shares:
    """What coercive power is computed from."""

    trade_share: Array
    """Of the buyer's spending, tariffs included. [exporter, importer, sector]"""
    input_share: Array
    """Purchaser's price, per unit of output. [actor, input, sector]"""
    final_share: Array
    """[actor, sector]"""
    income: Array
    """Final spending. [actor] MUSD/yr; without any, an actor has nothing to lose and no value."""
    trade_elasticity: Array
    """[sector]"""

    def power(self, by: Mask, over: int) -> float:
        """Coercive power of the actors ``by`` over one actor."""
        return coercive_power(
            self.trade_share[by, over, :].sum(axis=0),
            final_share=self.final_share[over],
            input_share=self.input_share[over],
            trade_elasticity=self.trade_elasticity,
        )


def spending_shares(world: World) -> Shares:
    """Spending shares at purchaser's prices, as :func:`hedgerow.trade.economy.calibrate` has them but unrepaired."""
    flow, tariff = world["trade_flow"].to_numpy(), world["tariff"].to_numpy()
    paid = flow * (1 + tariff)
    spent = paid.sum(axis=0)
    markup = np.divide(spent, flow.sum(axis=0), out=np.ones_like(spent), where=flow.sum(axis=0) > 0)
    final = world["final_use"].to_numpy() * markup
    output = world["gross_output"].to_numpy()
    inputs = world["input_use"].to_numpy() * markup[:, :, None]
    return Shares(
        np.divide(paid, spent, out=np.zeros_like(paid), where=spent > 0),
        np.divide(inputs, output[:, None, :], out=np.zeros_like(inputs), where=output[:, None, :] > 0),
        ratio(final, final.sum(axis=1, keepdims=True) * np.ones_like(final)),
        final.sum(axis=1),
        world["trade_elasticity"].to_numpy(),
    )


def _members(world: World, power: str) -> Mask:
    return np.isin(np.array(world.codes), np.array(bloc_members(power, world.year)))


def _named(world: World) -> Mask:
    return np.array([code != REST_OF_WORLD for code in world.codes])


def _by_sector(evidence: Evidence, side: Side) -> pd.DataFrame:
    def measured(world: World, members: Mask) -> Array:
        flow = world["trade_flow"].to_numpy()
        if side is Side.EXPORTS:
            return export_dependence(flow, world["gross_output"].to_numpy(), members)
        return import_dependence(flow, members)

    return joined(
        rows(
            world.codes,
            Estimate(np.where(_named(world), values[:, k], np.nan)),
            Label(world.id, world.year, (world.layers["trade_flow"].origin,), power, sector),
        )
        for world in evidence.worlds
        for power in evidence.powers
        if (members := _members(world, power)).any() and (values := measured(world, members)) is not None
        for k, sector in enumerate(world.sector_ids)
    )


def _coercion(evidence: Evidence, *, net: bool) -> pd.DataFrame:
    def measured(found: Shares, members: Mask, named: Mask) -> Array:
        values = np.full(len(members), np.nan)
        spending = found.income > 0
        for n in np.flatnonzero(~members & named & spending):
            taken = found.power(members, int(n))
            if not net:
                values[n] = taken
                continue
            losers, alone = np.flatnonzero(members & spending), np.arange(len(members)) == n
            losses = [found.power(alone, int(m)) for m in losers]
            lost = float(np.average(losses, weights=found.income[losers])) if len(losers) else 0.0
            values[n] = np.nan if (there := net_power(taken, lost)) is None else there
        return values

    return joined(
        rows(
            world.codes,
            Estimate(measured(found, members, _named(world))),
            Label(world.id, world.year, tuple(world.layers[name].origin for name in _USED), power),
            least=Status.MODELLED,
        )
        for world in evidence.worlds
        if (found := spending_shares(world)) is not None
        for power in evidence.powers
        if (members := _members(world, power)).any()
    )


_CELLS = "None given. In a reconstructed world a cell of one pair and sector is indicative only."
_POWER = (
    "None given: the closed form holds wages and other prices still, and trade elasticities are long-run point values."
)
_AFTER = "After the idea of Clayton, Maggiori and Schreger (NBER 33309, abstract); the closed form is ours."

SECTORAL: tuple[Indicator, ...] = (
    Indicator(
        id="sector-export-dependence",
        title="Export dependence on a power, by sector",
        family="dependence",
        per=Per.SECTOR_TOWARD,
        unit="fraction",
        low=0.0,
        high=1.0,
        formula="sales of sector s to h / output of sector s",
        reading="The part of what a sector makes that the power buys.",
        lineage=Lineage.PUBLISHED,
        reference="Common descriptive statistic of input-output tables.",
        inputs=(WORLDS,),
        uncertainty=_CELLS,
        compute=partial(_by_sector, side=Side.EXPORTS),
        caution="Direct sales only: what a sector sells through others is not in it.",
    ),
    Indicator(
        id="sector-import-dependence",
        title="Import dependence on a power, by sector",
        family="dependence",
        per=Per.SECTOR_TOWARD,
        unit="fraction",
        low=0.0,
        high=1.0,
        formula="ω_ns = purchases of s from h / purchases of s, home included",
        reading="The part of what an economy buys of a sector that the power supplies.",
        lineage=Lineage.PUBLISHED,
        reference="Common descriptive statistic of input-output tables.",
        inputs=(WORLDS,),
        uncertainty=_CELLS,
        compute=partial(_by_sector, side=Side.IMPORTS),
    ),
    Indicator(
        id="coercive-power",
        title="Coercive power over the actor",
        family="power",
        per=Per.TOWARD,
        unit="fraction of real income",
        low=0.0,
        high=1.0,
        formula="Pow = 1 − exp(−α′(I − G′)⁻¹ diag(1/θ)[−ln(1 − ω)])",
        reading="What the actor would lose if the power withheld all its supplies and nothing else moved.",
        lineage=Lineage.ADAPTED,
        reference=_AFTER,
        inputs=(WORLDS,),
        uncertainty=_POWER,
        compute=partial(_coercion, net=False),
    ),
    Indicator(
        id="net-coercive-power",
        title="Net coercive power over the actor",
        family="power",
        per=Per.TOWARD,
        unit="ratio",
        low=0.0,
        high=np.inf,
        formula="Pow of h over n / Pow of n over h",
        reading="Above 1: the actor loses a larger part of its income than the power does.",
        lineage=Lineage.ADAPTED,
        reference=_AFTER,
        inputs=(WORLDS,),
        uncertainty=_POWER,
        compute=partial(_coercion, net=True),
    ),
)
"""Indicators that need accounts by sector."""
