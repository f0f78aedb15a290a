"""Growth of trade taken apart: "the power grew slower than the rest" is arithmetic, not diversification."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from hedgerow.indicators.declare import Indicator, Lineage, Per
from hedgerow.indicators.evidence import TRADE, Evidence
from hedgerow.indicators.frames import Array, Estimate, joined, rows
from hedgerow.indicators.partners import trade_intensity
from hedgerow.indicators.ties import Mask, Side, TradeSeries, ratio, total, toward
from hedgerow.provenance import Status


@dataclass(frozen=True)
class Growth:
    """Growth of an actor's trade between two years, and the power's part in it. Fractions, [actor]."""

    whole: Array
    """``g_W``, of trade with everyone."""
    tie: Array
    """``g_h``, of trade with the power."""
    base_share: Array
    """``s_h0``, the power's share in the earlier year."""

    @property
    def contribution(self) -> Array:
        """``s_h0 g_h``: what the power added to growth; over all partners these sum to ``g_W`` (9)."""
        return self.base_share * self.tie

    @property
    def gap(self) -> Array:
        """``s_h0 (g_h − g_W)``: how much the power's being slower than the whole took from growth (10)."""
        return self.base_share * (self.tie - self.whole)

    @property
    def share_change(self) -> Array:
        """``Δs_h = s_h0 (g_h − g_W) / (1 + g_W)``, exactly (11)."""
        return ratio(self.gap, 1 + self.whole)


def growth(before: Array, after: Array, members: Mask) -> Growth:
    """Growth of every actor's trade with everyone and with a power. NaN for the power.

    Args:
        before: trade of each actor with each partner in the earlier year; NaN not observed. [actor, partner]
        after: the same in the later year.
        members: which partners are the power; the same in both years, so that an enlargement is no growth. [partner]
    """
    old, new = toward(before, members), toward(after, members)
    whole_old, whole_new = total(before), total(after)
    return Growth(ratio(whole_new, whole_old) - 1, ratio(new, old) - 1, ratio(old, whole_old))


def log_intensity_change(before: Array, after: Array, members: Mask) -> Array:
    """``Δ ln TI_hn``: change of the tie beyond what both sides' sizes explain (12). [actor]

    The actor's own growth and the power's growth in the world cancel; what remains belongs to the tie. Below zero
    the tie weakened.
    """
    old, new = (trade_intensity(ties, members) for ties in (before, after))
    with np.errstate(divide="ignore", invalid="ignore"):
        change = np.log(new) - np.log(old)
    return np.where(np.isfinite(change), change, np.nan)


Change = Callable[[TradeSeries, int, int, Mask], Estimate]
"""From a series, the later and the earlier position and the power's members."""


def over_horizon(evidence: Evidence, measure: Change, *, least: Status = Status.DERIVED) -> pd.DataFrame:
    """A change of every actor's ties with every power over the horizon; a bloc has the members of the later year."""
    return joined(
        rows(series.actors, measure(series, at, back, members), label, least=least)
        for series in evidence.trade
        for at, back in series.changes()
        for power in evidence.powers
        if (members := series.members(power, series.years[at])).any()
        and (label := series.label(at, power=power, since=back))
    )


def _part(evidence: Evidence, part: str) -> pd.DataFrame:
    def measure(series: TradeSeries, at: int, back: int, members: Mask) -> Estimate:
        before, after = series.pair(at, back, Side.TRADE)
        return Estimate(series.of_actors(getattr(growth(before, after, members), part)))

    return over_horizon(evidence, measure)


def _whole(evidence: Evidence) -> pd.DataFrame:
    def measure(series: TradeSeries, at: int, back: int) -> Array:
        before, after = series.pair(at, back, Side.TRADE)
        return series.of_actors(ratio(total(after), total(before)) - 1)

    return joined(
        rows(series.actors, Estimate(measure(series, at, back)), series.label(at, since=back))
        for series in evidence.trade
        for at, back in series.changes()
    )


def _residual(evidence: Evidence) -> pd.DataFrame:
    def measure(series: TradeSeries, at: int, back: int, members: Mask) -> Estimate:
        before, after = series.pair(at, back, Side.TRADE)
        return Estimate(series.of_actors(log_intensity_change(before, after, members)))

    return over_horizon(evidence, measure)


_NO_RANGE = "None given: the sources publish no error of a recorded flow."
_ARITHMETIC = "Arithmetic of sizes. It is no sign of diversification: see tie-residual for what belongs to the tie."


def _declared(name: str, title: str, formula: str, reading: str, limits: tuple[float, float], part: str) -> Indicator:
    return Indicator(
        id=name,
        title=title,
        family="growth",
        per=Per.TOWARD,
        unit="fraction over the horizon",
        low=limits[0],
        high=limits[1],
        formula=formula,
        reading=reading,
        lineage=Lineage.ADAPTED,
        reference="Shift-share accounting of growth, in its exact form.",
        inputs=(TRADE,),
        uncertainty=_NO_RANGE,
        compute=partial(_part, part=part),
        caution=_ARITHMETIC,
    )


GROWTH: tuple[Indicator, ...] = (
    Indicator(
        id="trade-growth",
        title="Growth of trade",
        family="growth",
        per=Per.ACTOR,
        unit="fraction over the horizon",
        low=-1.0,
        high=np.inf,
        formula="g_W = trade now / trade five years before − 1 (four where the source is four-yearly)",
        reading="Growth of all trade at current prices.",
        lineage=Lineage.PUBLISHED,
        reference="Common descriptive statistic.",
        inputs=(TRADE,),
        uncertainty=_NO_RANGE,
        compute=_whole,
        caution="Current dollars: inflation and the exchange rate are in it.",
    ),
    _declared(
        "power-growth-contribution",
        "What trade with a power added to growth",
        "s_h0 g_h; over all partners the contributions sum to g_W",
        "The part of the growth of trade that came from trade with the power.",
        (-1.0, np.inf),
        "contribution",
    ),
    _declared(
        "power-growth-gap",
        "What a power's being slower than the whole took from growth",
        "s_h0 (g_h − g_W)",
        "Below 0: trade with the power grew more slowly than trade as a whole.",
        (-np.inf, np.inf),
        "gap",
    ),
    _declared(
        "power-share-change",
        "Change of a power's share",
        "Δs_h = s_h0 (g_h − g_W) / (1 + g_W)",
        "Below 0: the power's share of trade fell.",
        (-1.0, 1.0),
        "share_change",
    ),
    Indicator(
        id="tie-residual",
        title="Change of the tie with a power beyond size",
        family="growth",
        per=Per.TOWARD,
        unit="log points / 100",
        low=-np.inf,
        high=np.inf,
        formula="Δ ln TI_hn, TI the intensity of trade",
        reading="Below 0: the tie weakened more than the growth of both sides explains.",
        lineage=Lineage.ADAPTED,
        reference="Trade intensity after Brown (1947) and Kojima (1964); its change is taken as the residual.",
        inputs=(TRADE,),
        uncertainty="None for one tie; power-tie-residual estimates all ties of a power together with a range.",
        compute=_residual,
        caution="A single pair moves for many reasons: prices of one good, a plant, a war.",
    ),
)
"""Indicators of this family."""
