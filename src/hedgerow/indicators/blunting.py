"""Blunting: own military strength. None of it says against whom, so it rises in allies who follow a power too."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from hedgerow.indicators.declare import Assumption, Indicator, Lineage, Per
from hedgerow.indicators.element import FIRST, MARSTON, NO_RANGE, WINDOW, Element, levels, wide
from hedgerow.indicators.evidence import ARMS, EQUIPMENT, FORCES, GDP, MILITARY, POPULATION, Evidence
from hedgerow.indicators.frames import Array, Estimate, Label, joined, rows
from hedgerow.indicators.us_plus import FIRST_YEAR, INFLATION, INFLATION_RANGE
from hedgerow.provenance import Status


def real_growth(before: Array, after: Array, years: int, inflation: float) -> Array:
    """``Δ ln m − T ln(1 + π)`` (45): growth of spending beyond an assumed rise of prices; NaN where one is not above 0.

    Args:
        before: spending in the earlier year, at current prices. [actor]
        after: spending in the later year.
        years: between the two, T.
        inflation: yearly rise of prices, 0.02 for 2 %.
    """
    known = (before > 0) & (after > 0)
    logs = np.log(np.where(known, after, 1.0)) - np.log(np.where(known, before, 1.0))
    return np.where(known, logs - years * np.log1p(inflation), np.nan)


def filled(series: pd.DataFrame, estimate: pd.DataFrame) -> pd.DataFrame:
    """A series, with the estimate of another where the series has had nothing for five years. [year, actor]"""
    ended = series.ffill(limit=WINDOW - 1).isna()
    return series.fillna(estimate.where(ended))


def _spending(evidence: Evidence) -> pd.DataFrame:
    table = evidence.table(MILITARY)
    return joined(levels(filled(*(wide(table.frame, f"{name}percent_gdp") for name in ("", "factbook_"))), table))


def _growth(evidence: Evidence) -> pd.DataFrame:
    table = evidence.table(MILITARY)
    spent = wide(table.frame, "musd")

    def grown(year: int) -> Estimate:
        old, new = (spent.loc[at].to_numpy() for at in (year - WINDOW, year))
        rates = (INFLATION, *reversed(INFLATION_RANGE))
        return Estimate(*(real_growth(old, new, WINDOW, rate) for rate in rates))

    return joined(
        rows(
            list(spent.columns),
            grown(year),
            Label(table.id, year, (table.origin,), since=year - WINDOW),
            least=Status.ASSUMED,
        )
        for year in spent.index
        if year >= FIRST_YEAR + WINDOW
    )


def _forces(evidence: Evidence) -> pd.DataFrame:
    forces, people = evidence.table(FORCES), evidence.table(POPULATION)
    armed = wide(forces.frame, "value")
    all_people = wide(people.frame, "value").reindex(index=armed.index, columns=armed.columns)
    return joined(levels(1000 * armed / all_people, forces, people))


def _equipment(evidence: Evidence) -> pd.DataFrame:
    table = evidence.table(EQUIPMENT)
    return joined(levels(wide(table.frame, "value"), table))


def bought(deliveries: pd.DataFrame, year: int) -> pd.DataFrame:
    """Deliveries of the five years that end in a year, [importer, exporter], for every state in the register.

    A state without any in these years has a row of NaN: the register lists none.
    """
    inside = deliveries[deliveries["year"].between(year - WINDOW + 1, year)]
    table = inside.pivot_table(index="importer", columns="exporter", values="value", aggfunc="sum")
    return table.reindex(sorted(set(deliveries["importer"])))


def windows(deliveries: pd.DataFrame) -> range:
    """Years whose five years the register covers, from the first year of delivery to the last."""
    if deliveries.empty:
        return range(0)
    return range(max(FIRST, int(deliveries["year"].min()) + WINDOW - 1), int(deliveries["year"].max()) + 1)


def _arms(evidence: Evidence) -> pd.DataFrame:
    arms, gdp = evidence.table(ARMS), evidence.table(GDP)
    size = wide(gdp.frame, "value").rolling(WINDOW).sum()

    volume = pd.DataFrame({year: bought(arms.frame, year).sum(axis=1) for year in windows(arms.frame)}).T
    found = 1000 * volume / size.reindex(index=volume.index, columns=volume.columns)
    return joined(levels(found, arms, gdp))


_declared = partial(Indicator, family=Element.BLUNTING.value, per=Per.ACTOR, high=np.inf)
_AGAINST = "It does not say against whom a state arms."

BLUNTING: tuple[Indicator, ...] = (
    _declared(
        id="blunting-spending",
        title="Military spending",
        unit="% of GDP",
        low=0.0,
        formula="spending / GDP",
        reading="Larger: more of the economy goes to arms.",
        lineage=Lineage.PUBLISHED,
        reference=(
            "World Bank MS.MIL.XPND.GD.ZS, from SIPRI; where that has had nothing for five years, the estimate of the "
            f"World Factbook. {MARSTON}"
        ),
        inputs=(MILITARY,),
        uncertainty=NO_RANGE,
        compute=_spending,
        caution=(
            f"{_AGAINST} A shrinking economy raises it. The Factbook speaks for Viet Nam from 2023, the Emirates from "
            "2020 and a dozen others; where both have a number they rank states nearly alike (0.94)."
        ),
    ),
    _declared(
        id="blunting-growth",
        title="Military spending: real growth over five years",
        unit="log points / 100",
        low=-np.inf,
        formula="Δ ln spending − 5 ln(1 + π), π = 2 %",
        reading="Larger: spending grew faster than dollar prices.",
        lineage=Lineage.ADAPTED,
        reference=f"Growth of spending at constant prices, as SIPRI has it; here prices are assumed. {MARSTON}",
        inputs=(MILITARY,),
        uncertainty="Dollar prices are assumed to rise 2 % a year; low and high take 3 % and 1 %.",
        compute=_growth,
        caution=f"{_AGAINST} Dollars of the day: a fall of the exchange rate looks like disarmament.",
        assumptions=(
            Assumption(
                "Yearly rise of dollar prices",
                INFLATION,
                max(INFLATION_RANGE),
                min(INFLATION_RANGE),
                "fraction a year",
                "The target of the Federal Reserve since 2012; no price index is at hand.",
            ),
        ),
    ),
    _declared(
        id="blunting-forces",
        title="Armed forces per thousand",
        unit="per 1000 persons",
        low=0.0,
        formula="1000 · persons under arms / population",
        reading="Larger: more of the people bear arms.",
        lineage=Lineage.ADAPTED,
        reference=f"World Bank MS.MIL.TOTL.P1, from the International Institute for Strategic Studies. {MARSTON}",
        inputs=(FORCES, POPULATION),
        uncertainty=NO_RANGE,
        compute=_forces,
        caution=f"{_AGAINST} Paramilitary forces count, and large armies may be ill equipped.",
    ),
    _declared(
        id="blunting-arms",
        title="Major arms acquired from abroad in five years",
        unit="TIV per 1000 dollars of GDP",
        low=0.0,
        formula="1000 · Σ₅ deliveries / Σ₅ GDP",
        reading="Larger: more arms were delivered beside the size of the economy.",
        lineage=Lineage.ADAPTED,
        reference=f"SIPRI, volume of arms imports in trend-indicator values, here beside GDP. {MARSTON}",
        inputs=(ARMS, GDP),
        uncertainty=NO_RANGE,
        compute=_arms,
        caution=(
            "Needs the publisher's file (--own). Who builds its own arms looks unarmed. Deliveries lag orders, "
            "and the last year of a register may be incomplete."
        ),
    ),
)
"""Indicators of this element that are scored."""
EQUIPMENT_SHARE = Indicator(
    id="blunting-equipment",
    title="Equipment as a share of military spending",
    family=Element.BLUNTING.value,
    per=Per.ACTOR,
    unit="% of spending",
    low=0.0,
    high=100.0,
    formula="spending on equipment and its research / spending",
    reading="Larger: more of the money goes to arms and less to pay and pensions.",
    lineage=Lineage.PUBLISHED,
    reference=f"NATO, Defence Expenditure of NATO Countries, table 8a. {MARSTON}",
    inputs=(EQUIPMENT,),
    uncertainty=NO_RANGE,
    compute=_equipment,
    caution=(
        "Needs the publisher's file (--own). Shown and not scored: only members of one alliance publish it, so a score "
        "would count the silence of all others against them."
    ),
)
