"""Where every state stands in a year: profile, place with its interval, course, and what the answer hangs on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hedgerow.compute import mapped
from hedgerow.indicators.hedging.classify import (
    COURSES,
    DRAWN_ALIGNED,
    DRAWN_TIED,
    CutOffs,
    Ties,
    courses,
)
from hedgerow.indicators.hedging.composite import ORDER, Profile, profile
from hedgerow.indicators.hedging.draws import (
    Draws,
    composites_drawn,
    drawn,
    elements_drawn,
    mean_rank_shift,
    ranks,
    ranks_drawn,
)
from hedgerow.indicators.hedging.measures import Measures, Placed
from hedgerow.indicators.hedging.normalise import Normalisation
from hedgerow.indicators.hedging.sensitivity import Indices, indices

Array = npt.NDArray[np.float64]

DRAWS, SEED = 2000, 1
"""Draws, and their seed, unless others are asked for."""
FEWEST_DRAWS = 100
"""With fewer draws, a quantile of 5 per cent says nothing."""
FEWEST_STATES = 3
"""With fewer states in it, a ranking says nothing."""
ENDS = (0.05, 0.95)
"""Quantiles of the draws that intervals show."""


@dataclass(frozen=True)
class Setting:
    """What a reader may choose."""

    weights: tuple[float, ...] = (0.25,) * len(ORDER)
    """Of the elements in their order; they add up to one."""
    draws: int = DRAWS
    seed: int = SEED
    sensitivity: bool = True
    """Whether the indices of Sobol are wanted; they take six times the draws again."""


@dataclass(frozen=True)
class Standing:
    """All states of one year: profiles of all, places of those with a composite."""

    placed: Placed
    profile: Profile
    ranked: npt.NDArray[np.int64]
    """The states with a composite, as places in the actors of the measures. [state]"""
    rank: Array
    """By the assured score. [state]"""
    rank_low: Array
    """5 per cent quantile of the draws. [state]"""
    rank_high: Array
    """95 per cent quantile of the draws. [state]"""
    score_low: Array
    """5 per cent quantile of the composite over the draws. [state]"""
    score_high: Array
    """95 per cent quantile of the composite over the draws. [state]"""
    elements_low: Array
    """5 per cent quantile of the draws; NaN where the element has no score. [actor, element]"""
    elements_high: Array
    """95 per cent quantile of the draws; NaN where the element has no score. [actor, element]"""
    shift: float
    """Mean rank shift, on average over the draws."""
    course: Array
    """Place in :data:`COURSES`; NaN where ties are unknown. [state]"""
    course_share: Array
    """Part of the draws in which each course holds. [state, course]"""
    of_shift: Indices | None
    """What the mean rank shift hangs on. [factor, 1]"""
    of_ranks: Indices | None
    """What each rank hangs on. [factor, state]"""


@dataclass(frozen=True, eq=False)
class _Task:
    """What the years of one run share."""

    measures: Measures
    ties: Ties
    """[year, actor, power]"""
    years: tuple[int, ...]
    setting: Setting


def standings(
    measures: Measures, ties: Ties, years: Sequence[int], *, setting: Setting, processes: int = 1
) -> Iterator[Standing | None]:
    """Where every state stands, year by year; None for a year in which fewer than three have a composite.

    Each year draws from a generator of its own, so that digits depend on the seed and the year alone.

    Args:
        measures: values of all indicators.
        ties: with each of the two powers. [year, actor, power]
        years: in the order of ``ties``.
        setting: weights, draws and seed.
        processes: years are shared out among this many.
    """
    task = _Task(measures, ties, tuple(years), setting)
    return mapped(_year, task, range(len(years)), processes=processes)


def _year(task: _Task, at: int) -> Standing | None:
    return standing(task.measures.at(task.years[at]), task.measures.belongs, task.ties[at], setting=task.setting)


def standing(placed: Placed, belongs: Array, ties: Ties, *, setting: Setting) -> Standing | None:
    """One year.

    Args:
        placed: the indicators of all states.
        belongs: 1 where an indicator is of an element, else 0. [indicator, element]
        ties: with each of the two powers. [actor, power]
        setting: weights, draws and seed.
    """
    weights = np.asarray(setting.weights)
    found = profile(placed.placed[Normalisation.MIN_MAX], belongs, weights)
    ranked = np.flatnonzero(np.isfinite(found.score))
    if len(ranked) < FEWEST_STATES:
        return None
    rng = np.random.default_rng([setting.seed, placed.year])
    one = drawn(setting.draws, belongs, weights, rng)
    other = drawn(setting.draws, belongs, weights, rng)
    elements = elements_drawn(placed.placed, one)
    composites = composites_drawn(elements[:, ranked], one)
    rank, places = ranks(found.assured[ranked]), ranks(composites)
    (rank_low, rank_high), (score_low, score_high), ends = (
        np.quantile(values, ENDS, axis=0) for values in (places, composites, elements)
    )
    elements_low, elements_high = np.where(np.isfinite(found.elements), ends, np.nan)
    own = ties[ranked]
    of_shift, of_ranks = _sensitivity(placed, ranked, rank, (one, other)) if setting.sensitivity else (None, None)
    return Standing(
        placed=placed,
        profile=found,
        ranked=ranked,
        rank=rank,
        rank_low=rank_low,
        rank_high=rank_high,
        score_low=score_low,
        score_high=score_high,
        elements_low=elements_low,
        elements_high=elements_high,
        shift=float(mean_rank_shift(places, rank).mean()),
        course=courses(found.elements[ranked], own),
        course_share=_shares(elements[:, ranked], own, rng),
        of_shift=of_shift,
        of_ranks=of_ranks,
    )


def _shares(elements: Array, ties: Ties, rng: np.random.Generator) -> Array:
    """Part of the draws in which each course holds, cut-offs drawn too. [state, course]"""
    tied, aligned = (rng.uniform(*ends, size=(len(elements), 1)) for ends in (DRAWN_TIED, DRAWN_ALIGNED))
    found = courses(elements, ties, CutOffs(tied, aligned))
    shares = np.stack([(found == k).mean(axis=0) for k in range(len(COURSES))], axis=-1)
    return np.where(np.isnan(ties.closeness).any(axis=-1, keepdims=True), np.nan, shares)


def _sensitivity(
    placed: Placed, ranked: npt.NDArray[np.int64], rank: Array, both: tuple[Draws, Draws]
) -> tuple[Indices, Indices]:
    """Indices of the mean rank shift and of every rank, from the same draws."""

    def outcome(draws: Draws) -> Array:
        places = ranks_drawn(placed.placed, draws, ranked)
        return np.column_stack([mean_rank_shift(places, rank), places])

    found = indices(outcome, *both)
    return (
        Indices(found.first[:, :1], found.total[:, :1]),
        Indices(found.first[:, 1:], found.total[:, 1:]),
    )
