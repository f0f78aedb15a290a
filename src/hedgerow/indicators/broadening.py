"""Broadening: partners outside the two powers, in trade, by agreement, in organisations and for arms."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from hedgerow.data.politics import states_in
from hedgerow.indicators.blunting import bought, windows
from hedgerow.indicators.concentration import effective_partners, herfindahl
from hedgerow.indicators.declare import Indicator, Lineage, Per
from hedgerow.indicators.element import FIRST, MARSTON, NO_RANGE, POWERS, Element, levels
from hedgerow.indicators.evidence import ARMS, CLUBS, PACTS, TRADE, Evidence
from hedgerow.indicators.frames import Array, Estimate, joined, rows
from hedgerow.indicators.ties import Side, shares
from hedgerow.world.memberships import CHECKED_TO


def without(ties: Array, partners: tuple[str, ...], powers: tuple[str, ...] = POWERS) -> Array:
    """Ties with everyone but the powers. [actor, partner]"""
    return np.where(np.isin(np.array(partners), powers), np.nan, ties)


def partners_outside(ties: Array, partners: tuple[str, ...]) -> Array:
    """``1 / Σ_p s_p²`` over partners other than the powers (46); NaN where there are none. [actor]

    Args:
        ties: with each partner, NaN where unknown. [actor, partner]
        partners: their codes or names.
    """
    return effective_partners(herfindahl(shares(without(ties, partners))))


def _trade(evidence: Evidence, side: Side) -> pd.DataFrame:
    return joined(
        rows(
            series.actors,
            Estimate(series.of_actors(partners_outside(series.ties(side)[at], series.actors))),
            series.label(at),
        )
        for series in evidence.trade
        for at in range(len(series.years))
    )


def _agreements(evidence: Evidence) -> pd.DataFrame:
    table = evidence.table(PACTS)
    turned = table.frame.rename(columns={"actor": "partner", "partner": "actor"})
    both = pd.concat([table.frame, turned])
    both = both[~both["partner"].isin(POWERS)]
    actors = sorted(set(both["actor"]))
    number = {
        year: both[both["since"] <= year].groupby("actor").size().reindex(actors, fill_value=0)
        for year in range(FIRST, CHECKED_TO.year + 1)
    }
    return joined(levels(pd.DataFrame(number).T.astype(float), table))


def _organisations(evidence: Evidence) -> pd.DataFrame:
    """As the lists are whole, a state in none has a zero."""
    table = evidence.table(CLUBS)
    held = table.frame
    shared = set(map(tuple, held.loc[held["actor"].isin(POWERS), ["organisation", "year"]].to_numpy()))
    apart = held[[pair not in shared for pair in map(tuple, held[["organisation", "year"]].to_numpy())]]
    number = {
        year: apart[apart["year"] == year].groupby("actor").size().reindex(states_in(year), fill_value=0)
        for year in sorted(set(held["year"]))
        if year >= FIRST
    }
    return joined(levels(pd.DataFrame(number).T.astype(float), table))


def _suppliers(evidence: Evidence) -> pd.DataFrame:
    """0 where all arms came from the powers; no value where none came at all."""
    table = evidence.table(ARMS)

    def outside(year: int) -> pd.Series:
        ties = bought(table.frame, year)
        found = partners_outside(ties.to_numpy(), tuple(ties.columns))
        some = ties.sum(axis=1).to_numpy() > 0
        return pd.Series(np.where(some, np.nan_to_num(found), np.nan), index=ties.index)

    return joined(levels(pd.DataFrame({year: outside(year) for year in windows(table.frame)}).T, table))


_declared = partial(Indicator, family=Element.BROADENING.value, per=Per.ACTOR, high=np.inf)


def _spread(side: Side) -> Indicator:
    return _declared(
        id=f"broadening-{side.value}",
        title=f"Partners outside the two powers: {side.value}",
        unit="partners",
        low=1.0,
        formula="1 / Σ_p s_p², p outside the two powers",
        reading="Larger: trade without the United States and China is spread over more partners.",
        lineage=Lineage.ADAPTED,
        reference=f"Laakso and Taagepera (1979), for parties; here for partners other than the powers. {MARSTON}",
        inputs=(TRADE,),
        uncertainty=NO_RANGE,
        compute=partial(_trade, side=side),
        caution="Trade with the powers is left out, however large: see the power's share beside it.",
    )


BROADENING: tuple[Indicator, ...] = (
    _spread(Side.EXPORTS),
    _spread(Side.IMPORTS),
    _declared(
        id="broadening-agreements",
        title="Partners by trade agreement outside the two powers",
        unit="partners",
        low=0.0,
        formula="number of partners with an agreement in force",
        reading="Larger: more partners are tied by an agreement.",
        lineage=Lineage.PROXY,
        reference=f"Stands in for agreements weighted by depth, as DESTA or the World Bank measure it. {MARSTON}",
        inputs=(PACTS,),
        uncertainty=NO_RANGE,
        compute=_agreements,
        caution="No depth. What ended before March 2021 is not listed, so earlier years hold only what still stands.",
    ),
    _declared(
        id="broadening-organisations",
        title="Organisations without the two powers",
        unit="organisations",
        low=0.0,
        formula="number of memberships in organisations of which neither power is a member",
        reading="Larger: a member of more bodies that neither the United States nor China belongs to.",
        lineage=Lineage.OURS,
        reference=MARSTON,
        inputs=(CLUBS,),
        uncertainty=NO_RANGE,
        compute=_organisations,
        caution="Only organisations whose list of members is complete here: blocs, regional bodies and a few forums.",
    ),
    _declared(
        id="broadening-suppliers",
        title="Suppliers of major arms outside the two powers",
        unit="suppliers",
        low=0.0,
        formula="1 / Σ_p s_p² over five years of deliveries, p outside the two powers; 0 where all came from them",
        reading="Larger: arms from more suppliers other than the United States and China.",
        lineage=Lineage.ADAPTED,
        reference=f"Laakso and Taagepera (1979), for parties; here for suppliers in SIPRI's trade register. {MARSTON}",
        inputs=(ARMS,),
        uncertainty=NO_RANGE,
        compute=_suppliers,
        caution="Needs the publisher's file (--own). Suppliers the publisher does not know are left out.",
    ),
)
"""Indicators of this element."""
