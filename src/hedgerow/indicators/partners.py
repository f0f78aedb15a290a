"""Ties with a power: its share of trade, trade beside GDP, and trade beside what size alone would give."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd

from hedgerow.indicators.declare import Indicator, Lineage, Per
from hedgerow.indicators.evidence import GDP, TRADE, Evidence, by_actor
from hedgerow.indicators.frames import Array, Estimate, joined, rows
from hedgerow.indicators.ties import Mask, Side, TradeSeries, ratio, shares, total, toward

HIRSCHMAN = "Hirschman (1945), National Power and the Structure of Foreign Trade."


def partner_share(ties: Array, members: Mask) -> Array:
    """``s_nh`` (1): the power's part of an actor's trade. [actor, partner] to [actor], a fraction"""
    return toward(shares(ties), members)


def trade_to_gdp(trade: Array, gdp: Array) -> Array:
    """``(exports + imports) / GDP`` (7): dependence where trade is that with one partner, openness where it is all.

    Source: A. O. Hirschman (1945). Both in money of the same year; NaN where GDP is missing.
    """
    return ratio(trade, gdp)


def trade_intensity(exports: Array, members: Mask) -> Array:
    """``TI_ij = (X_ij / X_i) / (M_j / (M_W − M_i))`` (8): exports to j beside j's weight in imports.

    Source: A. J. Brown (1947); K. Kojima (1964). 1 where i sends j what j's size among the importers other than i
    suggests. A bloc is one economy: trade between its members is left out. With imports in place of exports it is
    the intensity of imports.

    Args:
        exports: trade of each actor with each partner, NaN on the diagonal. [actor, partner]
        members: which partners are the power j. [partner]

    Returns:
        [actor]; NaN for the power itself.
    """
    outside = np.where(members[:, None] & members[None, :], np.nan, exports)
    bought = total(outside, axis=0)
    abroad = np.nansum(bought) - np.nan_to_num(bought)
    weight = ratio(np.full(len(bought), np.nansum(bought[members])), abroad)
    return ratio(partner_share(exports, members), weight)


def _toward(
    evidence: Evidence, measure: Callable[[TradeSeries, int, Mask], Array], *, beside: bool = False
) -> pd.DataFrame:
    """A measure of every actor's ties with every power in every year."""
    origins = (evidence.table(GDP).origin,) if beside else ()
    return joined(
        rows(series.actors, Estimate(series.of_actors(measure(series, at, members))), label)
        for series in evidence.trade
        for at, year in enumerate(series.years)
        for power in evidence.powers
        if (members := series.members(power, year)).any() and (label := series.label(at, power=power, beside=origins))
    )


def _share(evidence: Evidence, side: Side) -> pd.DataFrame:
    return _toward(evidence, lambda series, at, members: partner_share(series.ties(side)[at], members))


def _dependence(evidence: Evidence, *, asymmetric: bool) -> pd.DataFrame:
    gdp = evidence.table(GDP)

    def measure(series: TradeSeries, at: int, members: Mask) -> Array:
        size = by_actor(gdp, series.actors, series.years[at])
        trade = toward(series.ties(Side.TRADE)[at], members)
        theirs = trade_to_gdp(trade, size)
        if not asymmetric:
            return theirs
        return theirs - trade_to_gdp(trade, np.full(len(size), size[members].sum()))

    return _toward(evidence, measure, beside=True)


def _openness(evidence: Evidence) -> pd.DataFrame:
    gdp = evidence.table(GDP)

    def measure(series: TradeSeries, at: int) -> Array:
        size = by_actor(gdp, series.actors, series.years[at])
        return series.of_actors(trade_to_gdp(total(series.ties(Side.TRADE)[at]), size))

    return joined(
        rows(series.actors, Estimate(measure(series, at)), series.label(at, beside=(gdp.origin,)))
        for series in evidence.trade
        for at in range(len(series.years))
    )


def _intensity(evidence: Evidence, side: Side) -> pd.DataFrame:
    return _toward(evidence, lambda series, at, members: trade_intensity(series.ties(side)[at], members))


_NO_RANGE = "None given: the sources publish no error of a recorded flow."
_NAMES = {Side.EXPORTS: ("exports", "Exports"), Side.IMPORTS: ("imports", "Imports"), Side.TRADE: ("trade", "Trade")}


def _power_share(side: Side) -> Indicator:
    name, title = _NAMES[side]
    return Indicator(
        id=f"{name}-power-share",
        title=f"{title}: share of a power",
        family="dependence",
        per=Per.TOWARD,
        unit="fraction",
        low=0.0,
        high=1.0,
        formula="s_nh = trade of n with h / trade of n",
        reading=f"The part of {name} that is with the power.",
        lineage=Lineage.PUBLISHED,
        reference=HIRSCHMAN,
        inputs=(TRADE,),
        uncertainty=_NO_RANGE,
        compute=partial(_share, side=side),
    )


def _intense(side: Side) -> Indicator:
    name, title = _NAMES[side]
    return Indicator(
        id=f"{name}-intensity",
        title=f"{title}: intensity toward a power",
        family="dependence",
        per=Per.TOWARD,
        unit="ratio",
        low=0.0,
        high=np.inf,
        formula="TI_ij = (X_ij / X_i) / (M_j / (M_W − M_i))",
        reading="1: the trade that the power's weight in the world suggests; above 1: a special tie.",
        lineage=Lineage.PUBLISHED,
        reference="Brown (1947), Applied Economics; Kojima (1964), Hitotsubashi Journal of Economics 5(1).",
        inputs=(TRADE,),
        uncertainty=_NO_RANGE,
        compute=partial(_intensity, side=side),
        caution="Distance, language and history are in it; changes say more than levels.",
    )


PARTNERS: tuple[Indicator, ...] = (
    *(_power_share(side) for side in Side),
    Indicator(
        id="dependence",
        title="Dependence on a power",
        family="dependence",
        per=Per.TOWARD,
        unit="fraction",
        low=0.0,
        high=np.inf,
        formula="dep_n(h) = (exports_nh + imports_nh) / GDP_n",
        reading="Trade with the power beside the actor's own economy.",
        lineage=Lineage.PUBLISHED,
        reference=HIRSCHMAN,
        inputs=(TRADE, GDP),
        uncertainty=_NO_RANGE,
        compute=partial(_dependence, asymmetric=False),
        caution="Trade is gross, GDP is not: hubs that pass goods on look more dependent than they are.",
    ),
    Indicator(
        id="dependence-asymmetry",
        title="Asymmetry of dependence",
        family="dependence",
        per=Per.TOWARD,
        unit="difference of fractions",
        low=-np.inf,
        high=np.inf,
        formula="dep_n(h) − dep_h(n)",
        reading="Above 0: the tie weighs more on the actor than on the power.",
        lineage=Lineage.PUBLISHED,
        reference=HIRSCHMAN,
        inputs=(TRADE, GDP),
        uncertainty=_NO_RANGE,
        compute=partial(_dependence, asymmetric=True),
    ),
    Indicator(
        id="openness",
        title="Trade openness",
        family="dependence",
        per=Per.ACTOR,
        unit="fraction",
        low=0.0,
        high=np.inf,
        formula="(exports + imports) / GDP",
        reading="All trade beside the economy.",
        lineage=Lineage.PUBLISHED,
        reference="Common descriptive statistic; World Bank NE.TRD.GNFS.ZS where services are included.",
        inputs=(TRADE, GDP),
        uncertainty=_NO_RANGE,
        compute=_openness,
        caution="Goods only where the series holds goods only.",
    ),
    *(_intense(side) for side in (Side.EXPORTS, Side.IMPORTS)),
)
"""Indicators of this family that need trade and GDP only."""
