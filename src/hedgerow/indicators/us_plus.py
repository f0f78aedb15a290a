"""US-plus: keep the tie with a power and add others. The same code for any power, so China-plus-one is in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd

from hedgerow.indicators.concentration import concentration, effective
from hedgerow.indicators.declare import Indicator, Lineage, Per
from hedgerow.indicators.evidence import TRADE, Evidence
from hedgerow.indicators.frames import Array, Estimate
from hedgerow.indicators.growth import growth, over_horizon
from hedgerow.indicators.ties import Mask, Side, TradeSeries
from hedgerow.provenance import Status

TOLERANCE = 0.05
"""A tie that fell by less, in logs and beyond inflation, counts as kept."""
INFLATION = 0.02
"""Yearly rise of dollar prices: the target of the Federal Reserve since 2012. No price index is at hand."""
INFLATION_RANGE = (0.01, 0.03)
"""For the range of values that rest on it."""
FIRST_YEAR = 1992
"""Changes from earlier years have no value: in the 1970s and 1980s dollar prices rose far faster than assumed."""


class Course(IntEnum):
    """What became of the tie with a power and of the others."""

    DILUTION = 0
    """The share fell, the tie was kept, but trade is no more spread than before."""
    RECONCENTRATION = 1
    """The power's share did not fall."""
    SUBSTITUTION = 2
    """The share fell because the tie itself shrank."""
    PLUS = 3
    """The tie was kept, the share fell and trade is spread over more partners."""


LABELS = ("passive dilution", "re-concentration", "substitution", "power-plus")
"""Words for the values of :class:`Course`."""


@dataclass(frozen=True)
class Moves:
    """What happened between two years. [actor]"""

    log_tie: Array
    """``Δ ln`` of trade with the power at constant prices."""
    share: Array
    """``Δs`` of the power."""
    log_partners: Array
    """``Δ ln ENP`` over all partners."""


def course(moves: Moves) -> Array:
    """The :class:`Course` of each actor (15); NaN where a move is unknown.

    ``maintain = Δ ln tie ≥ −5 %``. {maintain, Δs < 0, ΔENP > 0} is plus; {not maintain, Δs < 0} substitution;
    {Δs ≥ 0} re-concentration; the rest passive dilution. Thresholds are ours.
    """
    kept, fell, spread = moves.log_tie >= -TOLERANCE, moves.share < 0, moves.log_partners > 0
    found = np.select(
        [fell & kept & spread, fell & ~kept, ~fell],
        [float(Course.PLUS), float(Course.SUBSTITUTION), float(Course.RECONCENTRATION)],
        float(Course.DILUTION),
    )
    return np.where(_known(moves), found, np.nan)


def plus_score(moves: Moves) -> Array:
    """``min(1, e^{Δ ln tie}) · max(0, Δ ln ENP)`` (16): spreading counts as far as the tie was kept."""
    kept: Array = np.exp(np.minimum(0.0, moves.log_tie))
    return np.where(_known(moves), kept * np.maximum(0.0, moves.log_partners), np.nan)


def _known(moves: Moves) -> npt.NDArray[np.bool_]:
    return np.isfinite(moves.log_tie) & np.isfinite(moves.share) & np.isfinite(moves.log_partners)


def moves(series: TradeSeries, at: int, back: int, members: Mask, *, inflation: float = INFLATION) -> Moves:
    """What happened to every actor's trade between two years of a series. NaN for the power itself."""
    before, after = series.pair(at, back, Side.TRADE)
    found = growth(before, after, members)
    prices = (series.years[at] - series.years[back]) * np.log1p(inflation)
    old, new = (effective(concentration(ties, series.named)).value for ties in (before, after))
    with np.errstate(divide="ignore", invalid="ignore"):
        log_tie = np.log1p(found.tie) - prices
        spread = np.log(new) - np.log(old)
    return Moves(np.where(np.isfinite(log_tie), log_tie, np.nan), found.share_change, spread)


def _measured(evidence: Evidence, measure: Callable[[Moves], Array]) -> pd.DataFrame:
    def ranged(series: TradeSeries, at: int, back: int, members: Mask) -> Estimate:
        if series.years[back] < FIRST_YEAR:
            return Estimate(np.full(len(series.actors), np.nan))
        rates = (INFLATION, *INFLATION_RANGE)
        found = [measure(moves(series, at, back, members, inflation=rate)) for rate in rates]
        value, *ends = (series.of_actors(values) for values in found)
        if measure is course:
            return Estimate(value)
        return Estimate(value, np.minimum(*ends), np.maximum(*ends))

    return over_horizon(evidence, ranged, least=Status.ASSUMED)


def _log_tie(found: Moves) -> Array:
    return found.log_tie


_DEFLATED = (
    "Dollar prices are assumed to rise 2 % a year; low and high take 3 % and 1 %, since no price index is at hand. "
    "No value for changes from years before 1992, when they rose much faster."
)
_REFERENCE = "The words are those of the debate on US-plus and China-plus-one; rule and thresholds are ours."


def _declared(
    name: str, title: str, unit: str, formula: str, reading: str, compute: Callable[[Moves], Array]
) -> Indicator:
    worded = compute is course
    return Indicator(
        id=name,
        title=title,
        family="US-plus",
        per=Per.TOWARD,
        unit=unit,
        low=-np.inf if compute is _log_tie else 0.0,
        high=float(max(Course)) if worded else np.inf,
        formula=formula,
        reading=reading,
        lineage=Lineage.OURS,
        reference=_REFERENCE,
        inputs=(TRADE,),
        uncertainty=_DEFLATED
        if not worded
        else "None given for a class; see the tie and the score beside it. From 1992, as the tie.",
        compute=partial(_measured, measure=compute),
        labels=LABELS if worded else (),
        caution="Partners are counted whatever their politics, and trade moves for reasons other than hedging.",
    )


US_PLUS: tuple[Indicator, ...] = (
    _declared(
        "tie-growth",
        "Growth of the tie with a power at constant prices",
        "log points / 100",
        "Δ ln(trade with h) − inflation, over five years (four where the source is four-yearly)",
        "Below −0.05 the tie counts as not kept.",
        _log_tie,
    ),
    _declared(
        "us-plus-course",
        "Course: US-plus, substitution, re-concentration or dilution",
        "class",
        "plus: tie kept, Δs_h < 0, ΔENP > 0; substitution: tie not kept, Δs_h < 0; re-concentration: Δs_h ≥ 0",
        "Which of four courses the actor's trade took toward the power; with the power CHN it is China-plus-one.",
        course,
    ),
    _declared(
        "us-plus-score",
        "Score of US-plus",
        "log points / 100",
        "min(1, e^{Δ ln tie}) · max(0, Δ ln ENP)",
        "Larger: more spread over partners while the tie with the power was kept.",
        plus_score,
    ),
)
"""Indicators of this family; any power, US or not."""
