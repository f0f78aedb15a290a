"""Polarity of the system: how unequally means are spread over states, and over states and a bloc taken as one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd

from hedgerow.data.politics import states_in
from hedgerow.indicators.concentration import effective_partners, herfindahl
from hedgerow.indicators.declare import Indicator, Lineage, Per
from hedgerow.indicators.evidence import GDP, MILITARY, POPULATION, Evidence, by_actor
from hedgerow.indicators.frames import Array, Estimate, Label, joined, rows
from hedgerow.indicators.ties import shares
from hedgerow.world.memberships import members_on

FIRST = 1992
"""Before, the publishers' tables give today's borders and the system had others: the Soviet Union is not in them."""


@dataclass(frozen=True)
class Base:
    """One kind of means that a system's poles can be counted in."""

    id: str
    title: str
    evidence: str
    column: str
    left_out: str
    """Who is missing from it, and why no range is given."""


BASES = (
    Base(
        "gdp",
        "GDP",
        GDP,
        "value",
        "None given. Taiwan, North Korea and other states without a figure of the World Bank are left out.",
    ),
    Base(
        "military",
        "military spending",
        MILITARY,
        "musd",
        "None given. States without a figure are left out: Taiwan, North Korea, the United Arab Emirates from 2015 and "
        "Viet Nam from 2019 among them.",
    ),
    Base(
        "population",
        "population",
        POPULATION,
        "value",
        "None given: the sources publish no error of a head count.",
    ),
)
BLOCS = ("EU", "NATO")
"""Taken as one pole in turn: the union with one tariff, and the alliance whose members defend each other."""


def concentration(means: Array) -> float:
    """``CON = √((Σ S² − 1/N) / (1 − 1/N))`` (19): 0 where N states are equal, 1 where one has everything.

    Source: J. D. Singer, S. Bremer and J. Stuckey (1972). ``S`` are shares of the total.

    Args:
        means: of each state, none negative. [state]

    Returns:
        NaN for fewer than two states, or where there are no means at all.
    """
    number = len(means)
    if number < 2:
        return float("nan")
    spread = (herfindahl(shares(means)) - 1 / number) / (1 - 1 / number)
    return float(np.sqrt(np.clip(spread, 0.0, 1.0)))


def poles(means: Array, group: npt.NDArray[np.int_]) -> float:
    """``N_p = 1 / Σ_g S_g²`` (20): how many equal poles would give the same concentration.

    Source: M. Laakso and R. Taagepera (1979), for parties. Merging states into groups never raises it.

    Args:
        means: of each state. [state]
        group: which pole a state belongs to, from 0. [state]
    """
    held = np.bincount(group, weights=means).astype(float)
    return float(effective_partners(herfindahl(shares(held))))


def groups(actors: tuple[str, ...], bloc: str, year: int) -> npt.NDArray[np.int_]:
    """Number of the pole of each state: the members of the bloc at the end of the year are one. [state]"""
    merged = set(members_on(date(year, 12, 31), bloc)) if bloc else set()
    names = [bloc if code in merged else code for code in actors]
    return np.unique(np.array(names, dtype=object), return_inverse=True)[1]


def _by_year(evidence: Evidence, base: Base, measure: Callable[[Array, tuple[str, ...], int], float]) -> pd.DataFrame:
    """A measure of the means of the states that report them, in every year."""
    table = evidence.table(base.evidence)

    def found(year: int) -> Estimate:
        states = np.array(sorted(states_in(year)), dtype=object)
        means = by_actor(table, tuple(states), year, base.column)
        known = np.isfinite(means)
        return Estimate(np.array([measure(means[known], tuple(states[known]), year) if known.any() else np.nan]))

    years = sorted({int(year) for year in table.frame["year"] if year >= FIRST})
    return joined(rows([""], found(year), Label(base.evidence, year, (table.origin,))) for year in years)


def _concentration(evidence: Evidence, base: Base) -> pd.DataFrame:
    return _by_year(evidence, base, lambda means, states, year: concentration(means))


def _poles(evidence: Evidence, base: Base, bloc: str) -> pd.DataFrame:
    return _by_year(evidence, base, lambda means, states, year: poles(means, groups(states, bloc, year)))


_CAUTION = (
    "A property of the system, not of any state. The bases differ, and none of them is the right one. Dollars are at "
    "market rates: a strong dollar makes the United States larger."
)


def _title(base: Base, what: str) -> str:
    return f"{base.title[0].upper()}{base.title[1:]}: {what}"


def _concentrated(base: Base) -> Indicator:
    return Indicator(
        id=f"{base.id}-system-concentration",
        title=_title(base, "concentration in the system"),
        family="polarity",
        per=Per.SYSTEM,
        unit="index",
        low=0.0,
        high=1.0,
        formula="CON = √((Σ S² − 1/N) / (1 − 1/N))",
        reading="0: all states equal; 1: one has everything.",
        lineage=Lineage.PUBLISHED,
        reference="Singer, Bremer and Stuckey (1972), in Russett (ed.), Peace, War, and Numbers.",
        inputs=(base.evidence,),
        uncertainty=base.left_out,
        compute=partial(_concentration, base=base),
        caution=_CAUTION,
    )


def _poled(base: Base, bloc: str) -> Indicator:
    as_one = f", {bloc} as one" if bloc else ""
    return Indicator(
        id=f"{base.id}-poles-{bloc.lower()}" if bloc else f"{base.id}-poles",
        title=_title(base, f"effective number of poles{as_one}"),
        family="polarity",
        per=Per.SYSTEM,
        unit="poles",
        low=1.0,
        high=np.inf,
        formula="N_p = 1 / Σ_g S_g²" + (f", the members of {bloc} in one g" if bloc else ", every state its own g"),
        reading="How many equal poles would give the same concentration.",
        lineage=Lineage.ADAPTED,
        reference="Laakso and Taagepera (1979), Comparative Political Studies 12(1), for parties; here for states.",
        inputs=(base.evidence,),
        uncertainty=base.left_out,
        compute=partial(_poles, base=base, bloc=bloc),
        caution=_CAUTION,
    )


POLARITY: tuple[Indicator, ...] = tuple(
    one for base in BASES for one in (_concentrated(base), *(_poled(base, bloc) for bloc in ("", *BLOCS)))
)
"""Indicators of this family."""
