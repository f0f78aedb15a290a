"""Binding: ties with each of the two powers. Ties to one side alone do not count, which the harmonic mean sees to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
import pandas as pd

from hedgerow.data.politics import states_in
from hedgerow.indicators.declare import Indicator, Lineage, Per
from hedgerow.indicators.element import FIRST, MARSTON, NO_RANGE, POWERS, Element, levels, standing, wide
from hedgerow.indicators.evidence import AGREEMENT, DEFENCE, ORGANISATIONS, PACTS, SEATS, TREATIES, Evidence
from hedgerow.indicators.frames import Array, joined

TIES = "binding-ties"
"""Id of the closeness of ties with a power."""
_AGE = 4
"""Years for which a part of closeness stands after its last value."""
_LEAST = 3
"""Parts that must be known."""
_TRADE_ONLY = 0.5
"""Level of a trade agreement beside that of a treaty of defence, which is 1."""


def harmonic(one: Array, other: Array) -> Array:
    """``2 b_US b_CN / (b_US + b_CN)`` (48): ties to one side alone do not count; 0 where there are none. [actor]"""
    total = one + other
    return np.where(total > 0, 2 * one * other / np.where(total > 0, total, 1.0), np.where(total == 0, 0.0, np.nan))


def closeness(parts: Array) -> Array:
    """``b_p`` (49): mean of the known parts; NaN where fewer than three are. [..., actor]

    Args:
        parts: closeness from 0 to 1 by kind of tie, NaN where unknown. [part, ..., actor]
    """
    known = np.isfinite(parts).sum(axis=0)
    return np.where(known >= _LEAST, np.nansum(parts, axis=0) / np.maximum(known, 1), np.nan)


def level(trade: Array, defence: Array) -> Array:
    """``max(½ trade, defence)`` (51): 1 with a treaty of defence, ½ with a trade agreement alone, 0 with neither.

    The highest promise counts, as in codings of alliances by type (Signorino and Ritter 1999): states do not promise
    more by adding a lower one.

    Args:
        trade: 1 where an agreement on trade with the power stands, else 0.
        defence: 1 where a treaty of defence with it stands, else 0.
    """
    return np.maximum(_TRADE_ONLY * trade, defence)


Ties = Callable[[Evidence, str], pd.DataFrame]
"""Closeness with a power by one kind of tie, from 0 to 1. [year, actor]"""


def _votes(evidence: Evidence, power: str) -> pd.DataFrame:
    frame = evidence.table(AGREEMENT).frame
    return standing(wide(frame[frame["power"] == power], "value").drop(columns=list(POWERS), errors="ignore"))


def _institutions(evidence: Evidence, power: str) -> pd.DataFrame:
    frame = evidence.table(ORGANISATIONS).frame
    return wide(frame, f"shared_{power.lower()}") / wide(frame, "memberships").replace(0.0, np.nan)


def _treaties(evidence: Evidence, power: str) -> pd.DataFrame:
    frame = evidence.table(TREATIES).frame
    number = frame.assign(value=frame["bilateral"] + frame["multilateral"])
    found = wide(number[number["power"] == power], "value")
    return standing(found.drop(columns=list(POWERS), errors="ignore"))


def _forums(evidence: Evidence, power: str) -> pd.DataFrame:
    """As the lists are whole, a state in none of the power's forums has a zero."""
    held = evidence.table(SEATS).frame
    shared = held.merge(held.loc[held["actor"] == power, ["organisation", "year"]], on=["organisation", "year"])
    years = sorted(int(year) for year in held["year"].unique() if year >= FIRST)
    number = {year: shared[shared["year"] == year].groupby("actor").size().reindex(_others(year), fill_value=0)
              for year in years}  # fmt: skip
    return standing(pd.DataFrame(number).T.astype(float))


def _others(year: int) -> list[str]:
    """States of a year without the powers."""
    return [state for state in states_in(year) if state not in POWERS]


def _agreements(evidence: Evidence, power: str) -> pd.DataFrame:
    """Both lists are whole, so a state that is in neither has a zero."""
    pairs = evidence.table(PACTS).frame
    both = pd.concat([pairs, pairs.rename(columns={"actor": "partner", "partner": "actor"})])
    since = both[both["partner"] == power].set_index("actor")["since"]
    defence = promised(evidence, power)
    states = sorted({*both["actor"], *evidence.table(AGREEMENT).frame["actor"], *defence.columns} - {power})
    first = since.reindex(states).to_numpy(dtype=float)
    trade = (first[None, :] <= defence.index.to_numpy()[:, None]).astype(float)
    held = defence.reindex(columns=states, fill_value=0.0).to_numpy()
    return pd.DataFrame(level(trade, held), index=defence.index, columns=states)


def promised(evidence: Evidence, power: str) -> pd.DataFrame:
    """1 where an alliance or a treaty of defence with the power stands at the end of the year, else 0. [year, actor]"""
    held = evidence.table(DEFENCE).frame
    pairs = held.merge(held.loc[held["actor"] == power, ["organisation", "year"]], on=["organisation", "year"])
    allies = pairs.loc[pairs["actor"] != power, ["actor", "year"]].drop_duplicates()
    found = allies.assign(value=1.0).pivot(index="year", columns="actor", values="value")
    return found.reindex(range(FIRST, int(held["year"].max()) + 1)).fillna(0.0)


PARTS: Mapping[str, Ties] = {
    "agreements": _agreements,
    "votes": _votes,
    "forums": _forums,
    "treaties": _treaties,
    "institutions": _institutions,
}
"""Kinds of ties by the name that ends the id of an indicator."""
_CLOSE = ("agreements", "votes", "forums", "treaties")
"""Parts of closeness: not shared organisations, whose source ends in 2014 and would leave a step."""


_INPUTS: Mapping[str, tuple[str, ...]] = {
    "agreements": (PACTS, DEFENCE, AGREEMENT),
    "votes": (AGREEMENT,),
    "forums": (SEATS,),
    "treaties": (TREATIES,),
    "institutions": (ORGANISATIONS,),
}


def _both(evidence: Evidence, part: str) -> pd.DataFrame:
    one, other = PARTS[part](evidence, POWERS[0]).align(PARTS[part](evidence, POWERS[1]), join="inner")
    found = pd.DataFrame(harmonic(one.to_numpy(), other.to_numpy()), index=one.index, columns=one.columns)
    tables = [evidence.table(name) for name in _INPUTS[part]]
    return joined(levels(found.drop(columns=list(POWERS), errors="ignore"), *tables, series=part))


def _closeness(evidence: Evidence) -> pd.DataFrame:
    tables = [evidence.table(name) for name in _EVERY]
    years = range(FIRST, int(evidence.table(DEFENCE).frame["year"].max()) + 1)
    written = []
    for power in POWERS:
        found = [PARTS[part](evidence, power) for part in _CLOSE]
        actors = sorted(set().union(*(frame.columns for frame in found)) - {power})
        aged = [frame.reindex(index=years, columns=actors).ffill(limit=_AGE).to_numpy() for frame in found]
        mean = pd.DataFrame(closeness(np.stack(aged)), index=years, columns=actors)
        written += levels(mean, *tables, power=power, series="binding")
    return joined(written)


_EVERY = (PACTS, DEFENCE, AGREEMENT, SEATS, TREATIES)
_declared = partial(Indicator, family=Element.BINDING.value, unit="fraction", low=0.0, high=1.0)


def _two_sided(part: str, title: str, lineage: Lineage, reference: str, caution: str) -> Indicator:
    return _declared(
        id=f"binding-{part}",
        title=f"Ties with each of the two powers: {title}",
        per=Per.ACTOR,
        formula="2 b_US b_CN / (b_US + b_CN)",
        reading="Larger: close ties with both; ties to one side alone do not count.",
        lineage=lineage,
        reference=f"{reference} {MARSTON}",
        inputs=_INPUTS[part],
        uncertainty=NO_RANGE,
        compute=partial(_both, part=part),
        caution=caution,
    )


BINDING: tuple[Indicator, ...] = (
    _two_sided(
        "agreements",
        "trade and defence agreements",
        Lineage.OURS,
        "b is 1 with a treaty of defence with the power, ½ with a trade agreement alone, 0 with neither.",
        "No depth, no partnerships by name. Trade agreements that ended before March 2021 are not listed, so earlier "
        "years hold only what still stands.",
    ),
    _two_sided(
        "votes",
        "votes alike",
        Lineage.PROXY,
        "b is the place among states by the share of votes alike in the General Assembly (Voeten); "
        "it stands in for dialogues and visits.",
        "Votes are no ties: the agenda moves them, and a state that votes with all binds itself to nobody.",
    ),
    _two_sided(
        "forums",
        "shared forums",
        Lineage.OURS,
        "b is the place among states by the number of forums of which the power is a member too.",
        "Security Council, G7, G20, APEC, BRICS, SCO, Quad, IPEF, New Development Bank: no others are counted.",
    ),
    _two_sided(
        "institutions",
        "shared organisations",
        Lineage.ADAPTED,
        "b is the part of a state's memberships that the power shares (Correlates of War, version 3).",
        "Ends in 2014. Most organisations have both powers as members.",
    ),
    _two_sided(
        "treaties",
        "treaties on environment, trade and health",
        Lineage.PROXY,
        "b is the place among states by the number of agreements with the power (manytreaties); "
        "it stands in for all agreements.",
        "Defence is not in the collection, and agreements between two thin out after 2010.",
    ),
)
"""Indicators of this element."""
CLOSENESS = _declared(
    id=TIES,
    title="Closeness of ties with a power",
    per=Per.TOWARD,
    formula="mean of agreements, votes, forums and treaties, three known at least",
    reading="Larger: a treaty of defence or trade, more votes alike, shared forums and treaties.",
    lineage=Lineage.OURS,
    reference=MARSTON,
    inputs=_EVERY,
    uncertainty=NO_RANGE,
    compute=_closeness,
    caution="A part stands four years after its last value. Bases, visits, arms and investment are not counted.",
)
