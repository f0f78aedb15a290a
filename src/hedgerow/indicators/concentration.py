"""Concentration: how few partners carry an actor's trade, and how much of it changed hands."""

from __future__ import annotations

from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd

from hedgerow.indicators.declare import Indicator, Lineage, Per
from hedgerow.indicators.evidence import TRADE, Evidence
from hedgerow.indicators.frames import Array, Estimate, joined, rows
from hedgerow.indicators.ties import Mask, Side, TradeSeries, bloc_members, shares, total
from hedgerow.world.memberships import trade_blocs

MOST_PARTNERS = 250.0
"""More partners than there are economies in any table."""


def herfindahl(share: Array) -> Array:
    """``HHI = Σ_p s_p²`` (2): 1 with a single partner, 1/P with P equal ones.

    Source: A. O. Hirschman (1945); O. C. Herfindahl (1950). NaN where no share is known.

    Args:
        share: parts of trade, each 0 to 1. [..., partner]
    """
    return total(share**2)


def effective_partners(concentration: Array) -> Array:
    """``ENP = 1 / HHI`` (3): equal partners that would give the same concentration.

    Source: M. Laakso and R. Taagepera (1979), for parties. NaN where nothing is known of any partner.
    """
    return np.where(concentration > 0, 1 / np.where(concentration > 0, concentration, 1.0), np.nan)


def theil(share: Array) -> Array:
    """``T = Σ_p s_p ln(P s_p)`` (4): 0 with equal partners, ln P with a single one.

    Source: H. Theil (1967), Economics and Information Theory. P counts partners whose trade is known, zero included.

    Args:
        share: parts of trade that sum to 1. [..., partner]
    """
    partners = np.isfinite(share).sum(axis=-1, keepdims=True)
    positive = share > 0
    terms = np.where(positive, share * np.log(np.where(positive, share, 1.0) * np.maximum(partners, 1)), 0.0)
    return np.where(partners[..., 0] > 0, terms.sum(axis=-1), np.nan)


def theil_between(share: Array, group: npt.NDArray[np.int_]) -> Array:
    """``T_B = Σ_g S_g ln(S_g P / P_g)`` (5): the part of Theil's measure that lies between groups.

    The rest, ``Σ_g S_g T_g``, lies within groups; the two add up exactly.

    Args:
        share: parts of trade that sum to 1. [..., partner]
        group: which group a partner is in, from 0. [partner]
    """
    member = group[:, None] == np.arange(group.max(initial=-1) + 1)
    known = np.isfinite(share)
    held = np.where(known, share, 0.0) @ member
    count = known.astype(float) @ member
    partners = count.sum(axis=-1, keepdims=True)
    positive = held > 0
    terms = np.where(positive, held * np.log(np.where(positive, held * partners, 1.0) / np.maximum(count, 1)), 0.0)
    return np.where(partners[..., 0] > 0, terms.sum(axis=-1), np.nan)


def turnover(before: Array, after: Array) -> Array:
    """``½ Σ_p |Δs_p|`` (6): part of trade that went to other partners, 0 to 1.

    Args:
        before: trade in the earlier year with partners observed in both years. [..., partner]
        after: the same in the later year.
    """
    return total(np.abs(shares(after) - shares(before))) / 2


def concentration(ties: Array, named: Mask) -> Estimate:
    """Herfindahl index by actor, with the range that an unlisted rest of the world leaves.

    Low: the rest of the world is so many partners that their squares vanish. High: it is a single one. The value is
    the middle, which is least wrong at worst.

    Args:
        ties: trade of each actor with each partner. [actor, partner]
        named: False for the rest of the world. [partner]
    """
    share = shares(ties)
    least, most = herfindahl(np.where(named, share, np.nan)), herfindahl(share)
    least = np.where(np.isfinite(most), np.nan_to_num(least), np.nan)
    return Estimate(*(np.where(named, values, np.nan) for values in ((least + most) / 2, least, most)))


def effective(index: Estimate) -> Estimate:
    """Effective partners for a Herfindahl index with its range, whose ends change places."""
    ends = [None if values is None else effective_partners(values) for values in (index.high, index.low)]
    return Estimate(effective_partners(index.value), *ends)


def _herfindahl(evidence: Evidence, side: Side) -> pd.DataFrame:
    return joined(
        rows(series.actors, concentration(series.ties(side)[at], series.named), series.label(at))
        for series in evidence.trade
        for at in range(len(series.years))
    )


def _effective(evidence: Evidence, side: Side) -> pd.DataFrame:
    return joined(
        rows(series.actors, effective(concentration(series.ties(side)[at], series.named)), series.label(at))
        for series in evidence.trade
        for at in range(len(series.years))
    )


def _largest(evidence: Evidence, side: Side) -> pd.DataFrame:
    def largest(series: TradeSeries, at: int) -> Array:
        share = np.where(series.named, shares(series.ties(side)[at]), np.nan)
        return np.where(np.isfinite(share).any(axis=1), np.nan_to_num(share).max(axis=1, initial=0.0), np.nan)

    return joined(
        rows(series.actors, Estimate(series.of_actors(largest(series, at))), series.label(at))
        for series in evidence.trade
        for at in range(len(series.years))
    )


def _theil(evidence: Evidence, part: str) -> pd.DataFrame:
    def measured(series: TradeSeries, at: int) -> Array:
        share = shares(np.where(series.named, series.ties(Side.TRADE)[at], np.nan))
        whole = theil(share)
        if part == "whole":
            return whole
        between = theil_between(share, bloc_of_each(series.actors, series.years[at]))
        return between if part == "between" else np.maximum(whole - between, 0.0)

    return joined(
        rows(series.actors, Estimate(series.of_actors(measured(series, at))), series.label(at))
        for series in evidence.trade
        for at in range(len(series.years))
    )


def bloc_of_each(actors: tuple[str, ...], year: int) -> npt.NDArray[np.int_]:
    """Number of the group each actor is in: blocs with one tariff, everyone else alone. [actor]"""
    held = {code: bloc for bloc in trade_blocs() for code in bloc_members(bloc, year)}
    names = [held.get(code, code) for code in actors]
    return np.unique(np.array(names), return_inverse=True)[1]


def _turnover(evidence: Evidence, side: Side) -> pd.DataFrame:
    def measured(series: TradeSeries, at: int, back: int) -> Array:
        return series.of_actors(turnover(*series.pair(at, back, side)))

    return joined(
        rows(series.actors, Estimate(measured(series, at, back)), series.label(at, since=back))
        for series in evidence.trade
        for at, back in series.changes()
    )


_FAMILY = "concentration"
_ROW = (
    "Where the source lumps economies into a rest of the world, low and high take it as very many partners and as one; "
    "the value is the middle. Elsewhere low and high are the value."
)
_NAMES = {Side.EXPORTS: ("exports", "Exports"), Side.IMPORTS: ("imports", "Imports"), Side.TRADE: ("trade", "Trade")}


def _concentration(side: Side) -> Indicator:
    name, title = _NAMES[side]
    return Indicator(
        id=f"{name}-concentration",
        title=f"{title}: concentration of partners",
        family=_FAMILY,
        per=Per.ACTOR,
        unit="index",
        low=0.0,
        high=1.0,
        formula="HHI = Σ_p s_p², s_p the share of partner p",
        reading=f"1: all {name} with one partner; near 0: spread over many.",
        lineage=Lineage.PUBLISHED,
        reference="Hirschman (1945), National Power and the Structure of Foreign Trade; Herfindahl (1950).",
        inputs=(TRADE,),
        uncertainty=_ROW,
        compute=partial(_herfindahl, side=side),
        caution="It counts partners, not their politics: six partners of one camp look diverse.",
    )


def _effective_partners(side: Side) -> Indicator:
    name, title = _NAMES[side]
    return Indicator(
        id=f"{name}-effective-partners",
        title=f"{title}: effective number of partners",
        family=_FAMILY,
        per=Per.ACTOR,
        unit="partners",
        low=1.0,
        high=np.inf,
        formula="ENP = 1 / HHI",
        reading="How many equal partners would give the same concentration.",
        lineage=Lineage.ADAPTED,
        reference="Laakso and Taagepera (1979), Comparative Political Studies 12(1), for parties; here for partners.",
        inputs=(TRADE,),
        uncertainty=_ROW,
        compute=partial(_effective, side=side),
    )


def _largest_partner(side: Side) -> Indicator:
    name, title = _NAMES[side]
    return Indicator(
        id=f"{name}-largest-partner",
        title=f"{title}: share of the largest partner",
        family=_FAMILY,
        per=Per.ACTOR,
        unit="fraction",
        low=0.0,
        high=1.0,
        formula="max_p s_p",
        reading=f"The part of {name} that hangs on one partner.",
        lineage=Lineage.PUBLISHED,
        reference="Common descriptive statistic.",
        inputs=(TRADE,),
        uncertainty="None: a partner inside the rest of the world could only be larger if it were hidden there.",
        compute=partial(_largest, side=side),
    )


def _theil_part(part: str, name: str, title: str, formula: str, reading: str) -> Indicator:
    return Indicator(
        id=name,
        title=title,
        family=_FAMILY,
        per=Per.ACTOR,
        unit="nats",
        low=0.0,
        high=float(np.log(MOST_PARTNERS)),
        formula=formula,
        reading=reading,
        lineage=Lineage.PUBLISHED,
        reference="Theil (1967), Economics and Information Theory; decomposition by groups as in Shorrocks (1980).",
        inputs=(TRADE,),
        uncertainty="None given: shares are of trade with named partners, the rest of the world is left out.",
        compute=partial(_theil, part=part),
        caution="P counts the partners a source lists: levels do not compare between series.",
    )


def _turned_over(side: Side) -> Indicator:
    name, title = _NAMES[side]
    return Indicator(
        id=f"{name}-turnover",
        title=f"{title}: turnover of partners",
        family=_FAMILY,
        per=Per.ACTOR,
        unit="fraction",
        low=0.0,
        high=1.0,
        formula="½ Σ_p |Δs_p| over five years (four where the source is four-yearly)",
        reading="The part of trade that went to other partners since the earlier year.",
        lineage=Lineage.PUBLISHED,
        reference="Common descriptive statistic (total variation distance between two sets of shares).",
        inputs=(TRADE,),
        uncertainty="None given. Partners known in both years only; shifts inside the rest of the world stay unseen.",
        compute=partial(_turnover, side=side),
    )


CONCENTRATION: tuple[Indicator, ...] = (
    *(_concentration(side) for side in Side),
    *(_effective_partners(side) for side in Side),
    *(_largest_partner(side) for side in (Side.EXPORTS, Side.IMPORTS)),
    _theil_part(
        "whole",
        "trade-theil",
        "Trade: Theil's concentration",
        "T = Σ_p s_p ln(P s_p)",
        "0: equal partners; larger: more concentrated.",
    ),
    _theil_part(
        "between",
        "trade-theil-between",
        "Trade: Theil's concentration between blocs",
        "T_B = Σ_g S_g ln(S_g P / P_g); groups are blocs with one tariff, everyone else alone",
        "Concentration that would remain if trade were even inside every bloc.",
    ),
    _theil_part(
        "within",
        "trade-theil-within",
        "Trade: Theil's concentration within blocs",
        "T_W = Σ_g S_g T_g = T − T_B",
        "Concentration on some members of blocs rather than others.",
    ),
    *(_turned_over(side) for side in (Side.EXPORTS, Side.IMPORTS)),
)
"""Indicators of this family."""
