"""Binding: ties with each of the two powers. Ties to one side alone do not count, which the harmonic mean sees to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
import pandas as pd

from hedgerow.indicators.declare import Indicator, Lineage, Per
from hedgerow.indicators.element import FIRST, MARSTON, NO_RANGE, POWERS, Element, levels, wide
from hedgerow.indicators.evidence import AGREEMENT, DEFENCE, ORGANISATIONS, PACTS, TREATIES, Evidence
from hedgerow.indicators.frames import Array, joined
from hedgerow.world.memberships import CHECKED_TO

TIES = "binding-ties"
"""Id of the closeness of ties with a power."""
_AGE = 4
"""Years for which a part of closeness stands after its last value."""
_LEAST = 2
"""Parts that must be known."""


def harmonic(one: Array, other: Array) -> Array:
    """``2 b_US b_CN / (b_US + b_CN)`` (48): ties to one side alone do not count; 0 where there are none. [actor]"""
    total = one + other
    return np.where(total > 0, 2 * one * other / np.where(total > 0, total, 1.0), np.where(total == 0, 0.0, np.nan))


def closeness(parts: Array, promised: Array) -> Array:
    """``b_p`` (49): mean of the known parts, a promise of defence among them as 1 where there is one. [..., actor]

    Without a promise the mean is that of the parts: a table of treaties does not deny what it does not list.

    Args:
        parts: closeness from 0 to 1 by kind of tie, NaN where unknown. [part, ..., actor]
        promised: 1 where a treaty of defence with the power stands, NaN elsewhere. [..., actor]

    Returns:
        NaN where fewer than two parts are known.
    """
    known, held = np.isfinite(parts).sum(axis=0), np.isfinite(promised)
    mean = (np.nansum(parts, axis=0) + held) / np.maximum(known + held, 1)
    return np.where(known >= _LEAST, mean, np.nan)


def standing(values: pd.DataFrame) -> pd.DataFrame:
    """``P_n = (states with less + ½ others with as much) / (states − 1)`` (50): place among all states, 0 to 1.

    How often states vote with a power, and how many treaties a source lists with it, are on scales of the power: almost
    everybody votes with China more than with the United States. The place takes the scale away.

    Args:
        values: NaN where unknown. [year, actor]
    """
    known = values.notna().sum(axis=1)
    return (values.rank(axis=1) - 1).div((known - 1).where(known > 1), axis=0)


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


def _agreements(evidence: Evidence, power: str) -> pd.DataFrame:
    """1 from the year of the first agreement that still stands; the list is whole, so other states have a zero."""
    pairs = evidence.table(PACTS).frame
    both = pd.concat([pairs, pairs.rename(columns={"actor": "partner", "partner": "actor"})])
    since = both[both["partner"] == power].set_index("actor")["since"]
    states = sorted((set(both["actor"]) | set(evidence.table(AGREEMENT).frame["actor"])) - {power})
    first = since.reindex(states).to_numpy(dtype=float)
    years = np.arange(FIRST, CHECKED_TO.year + 1)
    return pd.DataFrame((first[None, :] <= years[:, None]).astype(float), index=years, columns=states)


def _promised(evidence: Evidence, power: str) -> pd.DataFrame:
    """1 where an alliance or a pact on defence with the power stands, NaN elsewhere."""
    held = evidence.table(DEFENCE).frame
    pairs = held.merge(held.loc[held["actor"] == power, ["organisation", "year"]], on=["organisation", "year"])
    allies = pairs.loc[(pairs["actor"] != power) & (pairs["year"] >= FIRST), ["actor", "year"]].drop_duplicates()
    return wide(allies.assign(value=1.0), "value")


PARTS: Mapping[str, Ties] = {
    "agreements": _agreements,
    "votes": _votes,
    "institutions": _institutions,
    "treaties": _treaties,
}
"""Kinds of ties by the name that ends the id of an indicator."""


_TABLES = {"votes": (AGREEMENT,), "institutions": (ORGANISATIONS,), "treaties": (TREATIES,)}
_INPUTS = {part: _TABLES.get(part, (PACTS, AGREEMENT)) for part in PARTS}


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
        found = [part(evidence, power) for part in PARTS.values()]
        actors = sorted(set().union(*(frame.columns for frame in found)) - {power})
        aged = [frame.reindex(index=years, columns=actors).ffill(limit=_AGE).to_numpy() for frame in found]
        promised = _promised(evidence, power).reindex(index=years, columns=actors).to_numpy(dtype=float)
        mean = pd.DataFrame(closeness(np.stack(aged), promised), index=years, columns=actors)
        written += levels(mean, *tables, power=power, series="binding")
    return joined(written)


_EVERY = (PACTS, AGREEMENT, ORGANISATIONS, TREATIES, DEFENCE)
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
        "trade agreements",
        Lineage.OURS,
        "b is 1 where a trade agreement with the power stands, else 0.",
        "No depth. What ended before March 2021 is not listed, so earlier years hold only what still stands.",
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
    formula="mean of agreement, votes, organisations, treaties, two known at least, and 1 for a treaty of defence",
    reading="Larger: a promise of defence, more votes alike, shared organisations and treaties.",
    lineage=Lineage.OURS,
    reference=MARSTON,
    inputs=_EVERY,
    uncertainty=NO_RANGE,
    compute=_closeness,
    caution="A part stands four years after its last value. The Rio Treaty, bases and partnerships are not counted.",
)
