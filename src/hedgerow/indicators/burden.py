"""Burden sharing in an alliance: who pays, beside what each has to protect, and how members answer each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from hedgerow.indicators.declare import Indicator, Lineage, Per
from hedgerow.indicators.evidence import GDP, MILITARY, POPULATION, Evidence, by_actor
from hedgerow.indicators.frames import Array, Estimate, Label, joined, rows
from hedgerow.indicators.ties import shares
from hedgerow.provenance import Origin
from hedgerow.world.memberships import members_on

ALLIANCES = ("NATO",)
"""With a duty of mutual defence and dated members; pacts of two have nothing to rank."""
LEAST_MEMBERS = 5
"""Fewer say nothing about a rank."""
WINDOW = 10
"""Yearly changes over which the answer to the others is estimated."""
LEAST_CHANGES = 5
_NORMAL = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, eq=False)
class Alliance:
    """Members of an alliance that report in a year, and their means. Arrays are [member]."""

    id: str
    year: int
    members: tuple[str, ...]
    spending: Array
    """MUSD."""
    gdp: Array
    """MUSD."""
    people: Array
    origins: tuple[Origin, ...]

    @property
    def label(self) -> Label:
        """What its values belong to; the series is the alliance."""
        return Label(self.id, self.year, self.origins)


def alliance(evidence: Evidence, name: str, year: int) -> Alliance:
    """Members at the end of a year for which spending, GDP and population are all known."""
    tables = {key: evidence.table(key) for key in (MILITARY, GDP, POPULATION)}
    members = members_on(date(year, 12, 31), name)
    columns = {MILITARY: "musd", GDP: "value", POPULATION: "value"}
    means = np.array([by_actor(table, members, year, columns[key]) for key, table in tables.items()])
    known = np.isfinite(means).all(axis=0) & (means > 0).all(axis=0)
    spending, gdp, people = means[:, known]
    named = tuple(code for code, there in zip(members, known, strict=True) if there)
    return Alliance(name, year, named, spending, gdp, people, tuple(table.origin for table in tables.values()))


def alliances(evidence: Evidence) -> Iterator[list[Alliance]]:
    """Every alliance over the years in which enough members report."""
    years = sorted({int(year) for year in evidence.table(MILITARY).frame["year"]})
    for name in ALLIANCES:
        found = (alliance(evidence, name, year) for year in years)
        yield [one for one in found if len(one.members) >= LEAST_MEMBERS]


def exploitation(gdp: Array, spending: Array) -> tuple[float, float, float]:
    """``ρ = Spearman(GDP, spending / GDP)`` (21) with its interval of 95 %.

    Source: M. Olson and R. Zeckhauser (1966): the great are exploited where ρ is above 0. The interval is that of
    D. G. Bonett and T. A. Wright (2000), ``tanh(atanh ρ ± 1.96 √((1 + ρ²/2) / (N − 3)))``.
    Efforts equal to a billionth are ties.

    Args:
        gdp: of each member. [member]
        spending: on the military, in the same unit. [member]

    Returns:
        ρ, low, high; NaN where all members are alike in one of the two.
    """
    effort = np.round(spending / gdp, 9)
    if np.ptp(gdp) == 0 or np.ptp(effort) == 0:
        return (np.nan, np.nan, np.nan)
    one, other = (pd.Series(values).rank() for values in (gdp, effort))
    rank = float(np.clip(one.corr(other), -1.0, 1.0))
    within = np.arctanh(np.clip(rank, -1 + 1e-12, 1 - 1e-12))
    wide = _NORMAL * np.sqrt((1 + rank**2 / 2) / (len(gdp) - 3))
    return rank, min(rank, float(np.tanh(within - wide))), max(rank, float(np.tanh(within + wide)))


def benefit_shares(gdp: Array, people: Array) -> Array:
    """``B_i = ½ (GDP share + population share)`` (22): what a member has to protect. [member], sums to 1

    Source: T. Sandler and J. F. Forbes (1980), who take a third base, the exposed border; it is not at hand.
    """
    return (shares(gdp) + shares(people)) / 2


def burden_gap(spending: Array, benefit: Array) -> Array:
    """``C_i − B_i`` (23): a member's part of the alliance's spending less its part of the benefit. Sums to 0."""
    return shares(spending) - benefit


def match(spending: Array, benefit: Array) -> float:
    """Probability of so lopsided a set of gaps if burdens followed benefits: Wilcoxon's signed ranks (24).

    Source: T. Sandler and J. F. Forbes (1980); F. Wilcoxon (1945). Gaps equal to a billionth are ties.
    """
    from scipy import stats  # takes a second to load, and a brief needs none of it

    gap = np.round(burden_gap(spending, benefit), 9)
    gap = gap[gap != 0]
    return float(stats.wilcoxon(gap).pvalue) if len(gap) else 1.0


def spillin_response(own: Array, others: Array, year: npt.NDArray[np.int_]) -> tuple[float, float, float]:
    """Slope of ``Δ ln e_i = a + b Δ ln e_−i`` (25) with its interval of 95 %, errors clustered by year.

    ``e`` is spending beside GDP, of the member and of all others together, so that prices and the dollar cancel.
    After J. C. Murdoch and T. Sandler (1984): below 0 members rest on the others (a pure public good), above 0 what
    they buy goes with what the others buy (joint products, or a common threat).

    Args:
        own: a member's change of the log. [observation]
        others: that of the others. [observation]
        year: of each observation. [observation]

    Returns:
        b, low, high; NaN for fewer than five years, or where the others never changed.
    """
    from scipy.special import stdtrit  # a brief needs none of it either

    years = np.unique(year)
    if len(years) < LEAST_CHANGES or np.ptp(others) < 1e-12:
        return (np.nan, np.nan, np.nan)
    design = np.column_stack([np.ones_like(others), others])
    inverse = np.linalg.inv(design.T @ design)
    found = inverse @ design.T @ own
    score = design * (own - design @ found)[:, None]
    summed = np.array([score[year == one].sum(axis=0) for one in years])
    spread = inverse @ summed.T @ summed @ inverse * len(years) / (len(years) - 1)
    wide = float(stdtrit(len(years) - 1, 0.975) * np.sqrt(max(spread[1, 1], 0.0)))
    return float(found[1]), float(found[1]) - wide, float(found[1]) + wide


def _of_alliance(evidence: Evidence, measure: Callable[[Alliance], tuple[float, float, float]]) -> pd.DataFrame:
    return joined(_one(measure(found), found.label) for series in alliances(evidence) for found in series)


def _one(found: tuple[float, float, float], label: Label) -> Any:
    return rows([""], Estimate(*(np.array([value]) for value in found)), label)


def _exploitation(evidence: Evidence) -> pd.DataFrame:
    return _of_alliance(evidence, lambda one: exploitation(one.gdp, one.spending))


def _match(evidence: Evidence) -> pd.DataFrame:
    return _of_alliance(
        evidence, lambda one: (match(one.spending, benefit_shares(one.gdp, one.people)), np.nan, np.nan)
    )


def _by_member(evidence: Evidence, measure: Callable[[Alliance], Estimate]) -> pd.DataFrame:
    return joined(
        rows(found.members, measure(found), found.label) for series in alliances(evidence) for found in series
    )


def _cost(evidence: Evidence) -> pd.DataFrame:
    return _by_member(evidence, lambda one: Estimate(shares(one.spending)))


def _gap(evidence: Evidence) -> pd.DataFrame:
    def measure(one: Alliance) -> Estimate:
        bases = np.array([burden_gap(one.spending, shares(base)) for base in (one.gdp, one.people)])
        value = burden_gap(one.spending, benefit_shares(one.gdp, one.people))
        return Estimate(value, bases.min(axis=0), bases.max(axis=0))

    return _by_member(evidence, measure)


def _changes(before: Alliance, after: Alliance) -> Array:
    """Changes of the log of the member's effort and of the others', for members of both years. [2, member]"""
    both = [code for code in after.members if code in before.members]
    logs = []
    for one in (before, after):
        at = [one.members.index(code) for code in both]
        spending, gdp = one.spending[at], one.gdp[at]
        logs.append(np.log([spending / gdp, (spending.sum() - spending) / (gdp.sum() - gdp)]))
    changed: Array = logs[1] - logs[0]
    return changed


def _response(evidence: Evidence) -> pd.DataFrame:
    parts = []
    for series in alliances(evidence):
        moved = [(after, _changes(before, after)) for before, after in pairwise(series)]
        for end, (last, _) in enumerate(moved, start=1):
            window = moved[max(0, end - WINDOW) : end]
            own, others = np.concatenate([changed for _, changed in window], axis=1)
            year = np.concatenate([np.full(changed.shape[1], one.year) for one, changed in window])
            label = Label(last.id, last.year, last.origins, since=window[0][0].year - 1)
            parts.append(_one(spillin_response(own, others, year), label))
    return joined(parts)


_INPUTS = (MILITARY, GDP, POPULATION)
_CAUTION = (
    "Spending is one burden: troops sent, bases lent, sanctions borne and risk run are others. A large state "
    "also has other reasons to arm than its allies."
)


def _declared(name: str, title: str, per: Per, **more: Any) -> Indicator:
    shared = {"family": "burden sharing", "inputs": _INPUTS, "caution": _CAUTION, "low": -1.0, "high": 1.0}
    return Indicator(id=name, title=title, per=per, **{**shared, **more})


BURDEN: tuple[Indicator, ...] = (
    _declared(
        "exploitation",
        "Exploitation of the great by the small",
        Per.SYSTEM,
        unit="rank correlation",
        formula="ρ = Spearman(GDP, spending / GDP) over the members",
        reading="Above 0: larger members bear the larger burden beside their means.",
        lineage=Lineage.PUBLISHED,
        reference="Olson and Zeckhauser (1966), Review of Economics and Statistics 48(3).",
        uncertainty="Low and high: 95 % interval after Bonett and Wright (2000), members taken as independent.",
        compute=_exploitation,
    ),
    _declared(
        "burden-share",
        "Part of the alliance's military spending",
        Per.ACTOR,
        unit="fraction",
        low=0.0,
        formula="C_i = spending of i / spending of all members that report",
        reading="The part of what the alliance spends that this member spends.",
        lineage=Lineage.PUBLISHED,
        reference="Common descriptive statistic; as cost share in Sandler and Forbes (1980).",
        uncertainty="None given: the sources publish no error. All spending counts, whatever it is for.",
        compute=_cost,
    ),
    _declared(
        "burden-gap",
        "Burden less benefit",
        Per.ACTOR,
        unit="difference of fractions",
        formula="C_i − B_i, B_i = ½ (GDP share + population share)",
        reading="Above 0: the member's part of the spending exceeds its part of what is protected.",
        lineage=Lineage.ADAPTED,
        reference="Sandler and Forbes (1980), Economic Inquiry 18(3), without their third base, the exposed border.",
        uncertainty="Low and high: benefit by GDP alone and by population alone.",
        compute=_gap,
    ),
    _declared(
        "burden-match",
        "Probability that burdens follow benefits",
        Per.SYSTEM,
        unit="probability",
        low=0.0,
        formula="p of Wilcoxon's signed ranks over C_i − B_i",
        reading="Near 0: gaps between burden and benefit are lopsided beyond chance.",
        lineage=Lineage.ADAPTED,
        reference="Sandler and Forbes (1980), Economic Inquiry 18(3); Wilcoxon (1945), Biometrics Bulletin 1(6).",
        uncertainty="None: it is a probability itself.",
        compute=_match,
    ),
    _declared(
        "spillin-response",
        "Answer of members to what the others spend",
        Per.SYSTEM,
        unit="elasticity",
        low=-np.inf,
        high=np.inf,
        formula="b in Δ ln e_i = a + b Δ ln e_−i, e spending / GDP, over ten yearly changes",
        reading="Below 0: members rest on the others; above 0: they spend when the others do (joint products).",
        lineage=Lineage.ADAPTED,
        reference="Murdoch and Sandler (1984), Journal of Public Economics 25; joint products after Sandler (1977).",
        uncertainty="Low and high: 95 % interval, errors clustered by year; with ten years it is rough.",
        compute=_response,
        caution="A threat that all members see raises it too, and so does everybody's answer to everybody: it is no "
        "cause. The part of spending with private benefits cannot be told from totals.",
    ),
)
"""Indicators of this family."""
