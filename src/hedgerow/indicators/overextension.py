"""Overextension: what the United States has promised to protect, beside its means.

The ratio rests on assumptions that no source decides: :data:`COMMITMENTS` and :data:`CONTINGENCIES` hold them all,
each with a range, and the page of the indicator shows them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from hedgerow.data.politics import states_in
from hedgerow.indicators.declare import Assumption, Indicator, Lineage, Per
from hedgerow.indicators.evidence import GDP, MILITARY, Evidence, by_actor
from hedgerow.indicators.frames import Array, Estimate, Label, joined, rows
from hedgerow.indicators.polarity import FIRST
from hedgerow.indicators.ties import total
from hedgerow.provenance import Status
from hedgerow.world.memberships import members_on

POWER = "USA"
"""The one power whose pacts are at hand."""
SERIES = "us-commitments"

Ends = tuple[float, float, float]
"""A value with the least and the greatest that seem defensible: value, low, high."""


@dataclass(frozen=True)
class Commitment:
    """Allies of one theatre, who might attack them, and what is assumed about it."""

    theatre: str
    organisation: str
    """Alliance whose members are protected; empty where ``allies`` are named."""
    allies: tuple[str, ...]
    rival: str
    probability: Ends
    """``π``: that the rival attacks somebody in the theatre in the years the means are meant for."""
    reach: Ends
    """Part of the rival's means that it can turn against one ally."""
    help: Ends
    """``ρ``: part of the means of the other allies of the theatre that come to help."""

    @property
    def attacked(self) -> str:
        """Who might be attacked, in words."""
        return f"a member of {self.organisation}" if self.organisation else f"one of {', '.join(self.allies)}"

    def protected(self, year: int) -> tuple[str, ...]:
        """Allies at the end of a year, without the power itself."""
        named = members_on(date(year, 12, 31), self.organisation) if self.organisation else self.allies
        return tuple(sorted(set(named) - {POWER}))


COMMITMENTS = (
    Commitment("North Atlantic", "NATO", (), "RUS", (0.1, 0.02, 1.0), (1.0, 0.7, 1.5), (0.5, 0.8, 0.2)),
    Commitment(
        "East Asia and Pacific",
        "",
        ("AUS", "JPN", "KOR", "PHL", "THA"),
        "CHN",
        (0.1, 0.02, 1.0),
        (0.5, 0.3, 1.0),
        (0.25, 0.5, 0.0),
    ),
)
"""Pacts with a duty of defence, by theatre: the North Atlantic Treaty (1949), and the treaties with Australia,
Japan, Korea, the Philippines and Thailand (1951 to 1954). Low and high are the ends that make the ratio small and
large."""
CONTINGENCIES: Ends = (0.75, 1.0, 0.5)
"""``s``: part of the power's means that is free for contingencies."""


def shortfall(threat: float, means: Array, help_share: float) -> Array:
    """``[τ_j − m_j − ρ Σ_{k≠j} m_k]_+`` (26): what a power must add for each ally to hold. MUSD, [ally]

    Args:
        threat: τ, means turned against one ally. MUSD
        means: of each ally. MUSD, [ally]
        help_share: ρ, part of the other allies' means that comes to help; 0 to 1.
    """
    gap: Array = np.maximum(0.0, threat - means - help_share * (means.sum() - means))
    return gap


def overextension(needed: list[tuple[float, Array]], means: float, free_share: float) -> float:
    """``OER = Σ_r π_r mean_j [τ_j − m_j − Σ_k ρ m_k]_+ / (m s)`` (27): means promised beside means there are.

    Inside a theatre every ally is attacked with the same chance, and one at a time.

    Args:
        needed: probability and shortfalls of each theatre. MUSD, [ally]
        means: the power's own. MUSD
        free_share: s, the part of them that is free. Above 0

    Returns:
        Above 1: the promises exceed the means.
    """
    return sum(probability * float(gap.mean()) for probability, gap in needed if len(gap)) / (means * free_share)


def _ratio(spending: dict[str, float], year: int, end: int) -> float:
    """The ratio with all assumptions at one end: 0 the values, 1 what makes it small, 2 what makes it large."""
    needed = []
    for one in COMMITMENTS:
        means = np.array([spending[code] for code in one.protected(year) if code in spending])
        gap = shortfall(one.reach[end] * spending[one.rival], means, one.help[end])
        needed.append((one.probability[end], gap))
    return overextension(needed, spending[POWER], CONTINGENCIES[end])


def _years(evidence: Evidence) -> list[int]:
    return sorted({int(year) for year in evidence.table(MILITARY).frame["year"] if year >= FIRST})


def _spending(evidence: Evidence, year: int) -> dict[str, float]:
    """Military spending of the states that report it. MUSD"""
    states = states_in(year)
    means = by_actor(evidence.table(MILITARY), states, year, "musd")
    return {code: float(value) for code, value in zip(states, means, strict=True) if np.isfinite(value)}


def _overextension(evidence: Evidence) -> pd.DataFrame:
    needed = {POWER, *(one.rival for one in COMMITMENTS)}

    def found(year: int) -> Estimate:
        spending = _spending(evidence, year)
        known = needed <= set(spending) and spending[POWER] > 0
        return Estimate(*(np.array([_ratio(spending, year, end) if known else np.nan]) for end in range(3)))

    origin = evidence.table(MILITARY).origin
    parts = (rows([""], found(year), Label(SERIES, year, (origin,)), least=Status.ASSUMED) for year in _years(evidence))
    return joined(parts)


def allies(year: int) -> tuple[str, ...]:
    """Everybody the power has a pact with at the end of a year."""
    return tuple(sorted({code for one in COMMITMENTS for code in one.protected(year)}))


def protected_gdp(own: float, gdp: Array) -> float:
    """``Σ_j GDP_j / GDP`` (28): economies that a power has promised to defend, in sizes of its own.

    Args:
        own: GDP of the power. Above 0
        gdp: of each ally; NaN where unknown. [ally]
    """
    return float(total(gdp)) / own


def allies_per_spending(number: int, own: float, world: float) -> float:
    """``allies / share of the world's military spending in %`` (29).

    Args:
        number: of allies.
        own: spending of the power.
        world: spending of all who report, in the same unit.
    """
    return number / (100 * own / world)


def _protected(evidence: Evidence) -> pd.DataFrame:
    gdp = evidence.table(GDP)

    def found(year: int) -> Array:
        (own,) = by_actor(gdp, (POWER,), year)
        return np.array([protected_gdp(own, by_actor(gdp, allies(year), year))])

    years = sorted({int(year) for year in gdp.frame["year"] if year >= FIRST})
    return joined(rows([""], Estimate(found(year)), Label(SERIES, year, (gdp.origin,))) for year in years)


def _pacts(evidence: Evidence) -> pd.DataFrame:
    def found(year: int) -> Array:
        spending = _spending(evidence, year)
        known = POWER in spending and spending[POWER] > 0
        value = allies_per_spending(len(allies(year)), spending[POWER], sum(spending.values())) if known else np.nan
        return np.array([value])

    origin = evidence.table(MILITARY).origin
    return joined(rows([""], Estimate(found(year)), Label(SERIES, year, (origin,))) for year in _years(evidence))


def _assumptions() -> tuple[Assumption, ...]:
    told = [
        Assumption(f"{one.theatre}: {name}", *ends, unit, why)
        for one in COMMITMENTS
        for name, ends, unit, why in (
            ("π, chance of an attack", one.probability, "probability",
             f"{one.rival} attacks {one.attacked}; 1: in all theatres at once"),
            ("reach of the rival", one.reach, "part of its spending",
             f"what {one.rival} can turn against one ally; above 1 where a dollar buys it more"),
            ("ρ, help of other allies", one.help, "part of their spending", "what reaches the ally attacked"),
        )
    ]  # fmt: skip
    why = "the rest is bound at home, in training and in other regions"
    return (*told, Assumption("s, means free for contingencies", *CONTINGENCIES, "part of spending", why))


_PACTS = (
    "Counted are NATO and the treaties with Australia, Japan, Korea, the Philippines and Thailand. The pact with the "
    "American states of 1947 is left out, and so is New Zealand, to which the duty was suspended in 1986."
)

OVEREXTENSION: tuple[Indicator, ...] = (
    Indicator(
        id="overextension",
        title="Overextension of the United States",
        family="overextension",
        per=Per.SYSTEM,
        unit="ratio",
        low=0.0,
        high=np.inf,
        formula="OER = Σ_r π_r mean_j [τ_j − m_j − ρ Σ_k m_k]_+ / (m s)",
        reading="Above 1: what the promises are expected to take exceeds the means.",
        lineage=Lineage.OURS,
        reference="Our own form of the idea of Lippmann (1943), U.S. Foreign Policy: means must cover commitments.",
        inputs=(MILITARY,),
        uncertainty="Low and high: all assumptions at once at the end that makes the ratio small, and large.",
        compute=_overextension,
        caution="Spending in dollars stands for fighting power, as if no sea lay between. That "
        "the ratio stays below 1 at the far end of all assumptions does not show that means suffice. No pact with "
        f"Taiwan is counted, and North Korea reports nothing. {_PACTS}",
        assumptions=_assumptions(),
    ),
    Indicator(
        id="protected-gdp",
        title="GDP under the protection of the United States",
        family="overextension",
        per=Per.SYSTEM,
        unit="ratio",
        low=0.0,
        high=np.inf,
        formula="Σ_j GDP_j / GDP, j the allies",
        reading="How many economies of its own size the power has promised to defend.",
        lineage=Lineage.OURS,
        reference="A crude twin of the ratio of overextension, without its assumptions.",
        inputs=(GDP,),
        uncertainty="None given: the source publishes no error.",
        compute=_protected,
        caution=f"Large allies also defend themselves. {_PACTS}",
    ),
    Indicator(
        id="pacts-per-spending",
        title="Allies per hundredth of the world's military spending",
        family="overextension",
        per=Per.SYSTEM,
        unit="allies per 1 %",
        low=0.0,
        high=np.inf,
        formula="allies of the United States / its share of the world's military spending in %",
        reading="Larger: more promises rest on each part of the means.",
        lineage=Lineage.OURS,
        reference="A crude twin of the ratio of overextension, without its assumptions.",
        inputs=(MILITARY,),
        uncertainty="None given. The world is what reports: some states are missing, which makes the share too large.",
        compute=_pacts,
        caution=f"Luxembourg counts as much as Japan. {_PACTS}",
    ),
)
"""Indicators of this family."""
