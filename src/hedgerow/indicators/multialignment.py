"""Multi-alignment: ties with several rival powers at once, neither with one alone nor with none."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from hedgerow.data.politics import states_in
from hedgerow.indicators.association import kappa, vote_tables
from hedgerow.indicators.declare import Indicator, Lineage, Per
from hedgerow.indicators.evidence import CLUBS, EXERCISES, TRADE, VOTES, Evidence
from hedgerow.indicators.frames import Array, Estimate, Label, Rows, joined, rows
from hedgerow.indicators.ties import HORIZON, Side, TradeSeries, ratio, shares, total
from hedgerow.provenance import Origin, Status

POLES = ("USA", "CHN", "RUS")
"""Rival powers on whom there is evidence of every kind."""
TRADE_POLES = (*POLES, "EU")
"""In trade there is a fourth, and for many states it is the first."""
WINDOW = 5
"""Years over which military exercises are counted."""


def evenness(ties: Array) -> Array:
    """``H(a) / ln|P| = −Σ_p a_p ln a_p / ln|P|`` (35): 0 with one pole only, 1 with equal ties to all.

    Source: the normalised entropy of C. E. Shannon (1948), of the shares ``a_p`` of an actor's ties with the poles.

    Args:
        ties: with every pole, none negative. [actor, pole]

    Returns:
        [actor]; 0 where there is no tie at all, NaN where a tie is unknown.
    """
    part = shares(ties)
    spread = 0.0 - np.sum(part * np.log(np.where(part > 0, part, 1.0)), axis=-1) / np.log(ties.shape[-1])
    return np.where(ties.sum(axis=-1) == 0, 0.0, np.clip(spread, 0.0, 1.0))


def strength(intensity: Array) -> Array:
    """``min(1, intensity / median)`` (36): 1 from the median of those with any tie on. [actor]

    Entropy alone would score a state highly that has next to no ties, if only they are even.
    """
    tied = intensity[np.isfinite(intensity) & (intensity > 0)]
    return np.minimum(1.0, intensity / np.median(tied)) if len(tied) else 0.0 * intensity


def multi_alignment(ties: Array, intensity: Array) -> Array:
    """``MA = H(a) / ln|P| · min(1, intensity / median)`` (37): even ties with all poles, and no weak ones.

    Args:
        ties: with every pole, none negative; NaN where unknown. [actor, pole]
        intensity: all ties with the poles, made comparable between large and small actors. [actor]
    """
    known = np.isfinite(ties).all(axis=-1)
    return evenness(ties) * strength(np.where(known, intensity, np.nan))


def mean_of_pillars(scores: Array) -> tuple[Array, Array, Array]:
    """``MA_n = mean_k MA_nk`` (38) over pillars, with the range that leaving out one pillar at a time gives.

    Args:
        scores: multi-alignment by pillar, two pillars or more. [actor, pillar]

    Returns:
        Mean, least and greatest, each [actor].
    """
    others = (scores.sum(axis=-1, keepdims=True) - scores) / (scores.shape[-1] - 1)
    return scores.mean(axis=-1), others.min(axis=-1), others.max(axis=-1)


def _trade(evidence: Evidence) -> pd.DataFrame:
    """Trade with each pole, beside all trade; a member of the EU trades with it where it trades with other members."""

    def block(series: TradeSeries, at: int, year: int) -> Rows:
        trade = series.ties(Side.TRADE)[at]
        poles = [series.members(pole, year) for pole in TRADE_POLES]
        ties = np.stack([total(np.where(members, trade, np.nan)) for members in poles], axis=-1)
        found = series.of_actors(multi_alignment(ties, ratio(ties.sum(axis=-1), total(trade))))
        return rows(series.actors, Estimate(found), series.label(at))

    return joined(block(series, at, year) for series in evidence.trade for at, year in enumerate(series.years))


def _votes(evidence: Evidence) -> pd.DataFrame:
    """Agreement beyond chance with each pole; where there is less than chance there is no tie."""
    votes = evidence.table(VOTES)
    tie = np.maximum(kappa(vote_tables(votes.frame)), 0.0)
    held = votes.frame[["actor", "power", "year"]].assign(tie=tie)
    return joined(
        _block(
            group.pivot(index="actor", columns="power", values="tie").reindex(columns=list(POLES)),
            Label(votes.id, int(str(year)), (votes.origin,)),
        )
        for year, group in held.groupby("year")
    )


def _exercises(evidence: Evidence) -> pd.DataFrame:
    """Exercises with each pole in five years; a state that took part in none at all has no row, hence no value."""
    drills = evidence.table(EXERCISES)
    columns = {f"with_{pole.lower()}": pole for pole in POLES}
    held = drills.frame.dropna(subset=list(columns), how="all").rename(columns=columns)
    years = range(int(held["year"].min()) + WINDOW - 1, int(held["year"].max()) + 1) if len(held) else range(0)
    return joined(
        _block(
            held[held["year"].between(year - WINDOW + 1, year)].groupby("actor")[list(POLES)].sum(min_count=1),
            Label(drills.id, year, (drills.origin,)),
        )
        for year in years
    )


def _clubs(evidence: Evidence) -> pd.DataFrame:
    """Organisations shared with each pole; as all members are known, a state that shares none has a zero."""
    clubs = evidence.table(CLUBS)
    held = clubs.frame[["actor", "organisation", "year"]]
    poles = held[held["actor"].isin(POLES)].rename(columns={"actor": "power"})
    pairs = held.merge(poles, on=["organisation", "year"])
    pairs = pairs[pairs["actor"] != pairs["power"]]
    counted = pairs.pivot_table(index=["year", "actor"], columns="power", values="organisation", aggfunc="count")

    def block(year: int) -> Rows:
        keys = pd.MultiIndex.from_product([[year], states_in(year)])
        shared = counted.reindex(index=keys, columns=list(POLES)).droplevel(0)
        return _block(shared.fillna(0.0), Label(clubs.id, year, (clubs.origin,)))

    return joined(block(int(year)) for year in sorted(pairs["year"].unique()))


def _block(ties: pd.DataFrame, label: Label) -> Rows:
    """Values of one year; the poles themselves have none. Rows of ``ties`` are actors, columns poles."""
    ties = ties.drop(index=list(POLES), errors="ignore").sort_index()
    held = ties.to_numpy(dtype=float, na_value=np.nan)
    return rows(list(ties.index), Estimate(multi_alignment(held, held.sum(axis=-1))), label)


def _overall(evidence: Evidence) -> pd.DataFrame:
    """The mean of the pillars that have a value at most :data:`~hedgerow.indicators.ties.HORIZON` years old."""
    frames = [_observed(one.compute(evidence)) for one in PILLARS]
    years = sorted({int(year) for frame in frames for year in frame["year"]})
    return joined(_mean_of_year(frames, year) for year in years)


def _observed(frame: pd.DataFrame) -> pd.DataFrame:
    """Without modelled values: a reconstructed tie with a pole says what the model holds to be usual."""
    kept: pd.DataFrame = frame[frame["status"].isin([Status.PUBLISHED, Status.DERIVED])]
    return kept


def _mean_of_year(frames: Sequence[pd.DataFrame], year: int) -> Rows:
    recent = [frame[(frame["year"] <= year) & (frame["year"] >= year - HORIZON)] for frame in frames]
    latest = [_latest(frame) for frame in recent if len(frame)]
    scores = pd.concat([held.set_index("actor")["value"] for held in latest], axis=1, join="inner").sort_index()
    label = Label("mean-of-pillars", year, tuple(_origin(held) for held in latest))
    if len(latest) < 2:
        return rows([], Estimate(np.array([])), label)
    return rows(list(scores.index), Estimate(*mean_of_pillars(scores.to_numpy(dtype=float))), label)


def _latest(frame: pd.DataFrame) -> pd.DataFrame:
    """The block of the latest year, of the series with most actors where several have it."""
    newest = frame[frame["year"] == frame["year"].max()]
    held: pd.DataFrame = newest[newest["series"] == newest["series"].value_counts().sort_index().idxmax()]
    return held


def _origin(block: pd.DataFrame) -> Origin:
    """Where the values of one block come from."""
    return Origin(
        Status(block["status"].iloc[0]), tuple(block["source"].iloc[0].split()), "Multi-alignment, one pillar."
    )


_FORMULA = "MA = −Σ_p a_p ln a_p / ln|P| · min(1, intensity / median)"
_REFERENCE = "Our design: the entropy of Shannon (1948), damped where ties are weak; alone it would praise isolation."


def _pillar(
    name: str, ties: str, inputs: tuple[str, ...], compute: Callable[[Evidence], pd.DataFrame], caution: str
) -> Indicator:
    return Indicator(
        id=f"multi-alignment-{name}",
        title=f"Multi-alignment: {name}",
        family="multi-alignment",
        per=Per.ACTOR,
        unit="index",
        low=0.0,
        high=1.0,
        formula=f"{_FORMULA}; a: {ties}",
        reading="0: ties with one pole or none; 1: even ties with all, no fewer than the median of those with any.",
        lineage=Lineage.OURS,
        reference=_REFERENCE,
        inputs=inputs,
        uncertainty="None given: the sources publish no error of what they count.",
        compute=compute,
        caution=caution,
    )


PILLARS: tuple[Indicator, ...] = (
    _pillar(
        "trade",
        "trade with USA, CHN, RUS, EU; intensity: their part of all trade",
        (TRADE,),
        _trade,
        "Trade follows size and distance as much as choice. Members of the EU are tied to it by trade with each other.",
    ),
    _pillar(
        "votes",
        "κ of votes with USA, CHN, RUS where above 0; intensity: their sum",
        (VOTES,),
        _votes,
        "China and Russia vote alike, so votes like theirs pass for ties with two poles. Roll calls end in 2019.",
    ),
    _pillar(
        "exercises",
        "military exercises with USA, CHN, RUS in five years; intensity: their number",
        (EXERCISES,),
        _exercises,
        "Ends in 2010, before Crimea: exercises of Russia with NATO's partners count for Poland. A large exercise "
        "counts once, as a small one does.",
    ),
    _pillar(
        "memberships",
        "organisations shared with USA, CHN, RUS; intensity: their number",
        (CLUBS,),
        _clubs,
        "Twenty-one organisations known in full, alliances and forums alike; observers and dialogue partners do not "
        "count, and two-sided pacts such as Japan's with the United States are none.",
    ),
)
"""One kind of tie each, with its own years."""

MULTI_ALIGNMENT: tuple[Indicator, ...] = (
    Indicator(
        id="multi-alignment",
        title="Multi-alignment: mean of the pillars",
        family="multi-alignment",
        per=Per.ACTOR,
        unit="index",
        low=0.0,
        high=1.0,
        formula="mean over pillars with a value at most five years old",
        reading="0: ties with one pole or none; 1: even and ample ties with all poles in every pillar.",
        lineage=Lineage.OURS,
        reference=_REFERENCE,
        inputs=(TRADE, VOTES, EXERCISES, CLUBS),
        uncertainty="Low and high: the mean with one pillar left out, the least and the greatest.",
        compute=_overall,
        caution=(
            "Pillars come and go with their years, so compare actors within a year rather than years: exercises count "
            "to 2015, votes to 2024. An actor needs a value in every pillar of the year. What it ranks as "
            "expected, and where it fails, is in docs/indicators/orderings.md."
        ),
    ),
    *PILLARS,
)
"""Indicators of this family."""
