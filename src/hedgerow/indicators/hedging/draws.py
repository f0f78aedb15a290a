"""Draws over what a composite leaves open: normalisation, weights, aggregation, imputation, one indicator less.

OECD and JRC (2008), Handbook on Constructing Composite Indicators, step 7; M. Saisana, A. Saltelli and S. Tarantola
(2005), Journal of the Royal Statistical Society A 168(2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from hedgerow.indicators.hedging.composite import LEAST, Aggregation, composite, element_scores, equal_weights
from hedgerow.indicators.hedging.normalise import Normalisation

Array = npt.NDArray[np.float64]

CONCENTRATION = 10.0
"""Weights are drawn from Dirichlet(this times the weight): with four alike, 0.25 give or take 0.13."""
NONE = -1
"""In place of the indicator that is dropped."""


class Imputation(StrEnum):
    """What stands for an indicator that is not known."""

    LEAST = "least"
    """Its least: nobody gains by not being known."""
    PEERS = "peers"
    """The median of those that are known."""
    PRESENT = "present"
    """Nothing: the mean of the others."""


class Factor(StrEnum):
    """What is drawn."""

    NORMALISATION = "normalisation"
    WEIGHTS = "weights"
    AGGREGATION = "aggregation"
    IMPUTATION = "imputation"
    DROP = "drop-one"


NORMALISATIONS, AGGREGATIONS, IMPUTATIONS = tuple(Normalisation), tuple(Aggregation), tuple(Imputation)

_COLUMNS = {
    Factor.NORMALISATION: ("normalisation",),
    Factor.WEIGHTS: ("elements", "indicators"),
    Factor.AGGREGATION: ("aggregation",),
    Factor.IMPUTATION: ("imputation",),
    Factor.DROP: ("dropped",),
}


@dataclass(frozen=True)
class Draws:
    """One choice of every factor a draw."""

    normalisation: npt.NDArray[np.int64]
    """Place in :data:`NORMALISATIONS`. [draw]"""
    elements: Array
    """Weights of the elements, each draw adds up to one. [draw, element]"""
    indicators: Array
    """Weights of the indicators, those of an element add up to one. [draw, indicator, element]"""
    aggregation: npt.NDArray[np.int64]
    """Place in :data:`AGGREGATIONS`. [draw]"""
    imputation: npt.NDArray[np.int64]
    """Place in :data:`IMPUTATIONS`. [draw]"""
    dropped: npt.NDArray[np.int64]
    """The indicator left out, or :data:`NONE`. [draw]"""

    def __len__(self) -> int:
        return len(self.normalisation)

    def part(self, chosen: npt.NDArray[Any]) -> Draws:
        """Some of the draws."""
        return Draws(*(getattr(self, one.name)[chosen] for one in fields(self)))

    def with_factor(self, factor: Factor, other: Draws) -> Draws:
        """These draws with one factor taken from others."""
        return replace(self, **{name: getattr(other, name) for name in _COLUMNS[factor]})


def drawn(count: int, belongs: Array, weights: Array, rng: np.random.Generator) -> Draws:
    """Independent draws.

    Args:
        count: how many.
        belongs: 1 where an indicator is of an element, else 0. [indicator, element]
        weights: of the elements around which weights are drawn; one that is 0 stays 0. [element]
        rng: the only source of chance.
    """
    inside = np.zeros((count, *belongs.shape))
    for e in range(belongs.shape[1]):
        own = np.flatnonzero(belongs[:, e])
        inside[:, own, e] = rng.dirichlet(np.full(len(own), CONCENTRATION / len(own)), count)
    across = np.zeros((count, len(weights)))
    counted = np.flatnonzero(weights)
    across[:, counted] = rng.dirichlet(CONCENTRATION * weights[counted], count)
    return Draws(
        normalisation=rng.integers(len(NORMALISATIONS), size=count),
        elements=across,
        indicators=inside,
        aggregation=rng.integers(len(AGGREGATIONS), size=count),
        imputation=rng.integers(len(IMPUTATIONS), size=count),
        dropped=rng.integers(NONE, len(belongs), size=count),
    )


def reference(belongs: Array, weights: Array) -> Draws:
    """The one draw that ranks are published for: min–max, equal weights, geometric, the unknown at its least."""
    return Draws(
        normalisation=np.array([NORMALISATIONS.index(Normalisation.MIN_MAX)]),
        elements=weights[None],
        indicators=equal_weights(belongs)[None],
        aggregation=np.array([AGGREGATIONS.index(Aggregation.GEOMETRIC)]),
        imputation=np.array([IMPUTATIONS.index(Imputation.LEAST)]),
        dropped=np.array([NONE]),
    )


def imputed(placed: Array, how: Imputation) -> Array:
    """Indicators with the unknown filled in; NaN where it is left to the mean of the others. [actor, indicator]"""
    if how is Imputation.PRESENT:
        return placed
    unknown = np.isnan(placed)
    if how is Imputation.LEAST:
        return np.where(unknown, LEAST, placed)
    known = np.where(unknown.all(axis=0), LEAST, placed)
    return np.where(unknown, np.nanmedian(known, axis=0), placed)


def elements_drawn(placed: Mapping[Normalisation, Array], draws: Draws) -> Array:
    """Element scores of every draw.

    Args:
        placed: the indicators of all states by each normalisation, NaN where unknown. [actor, indicator]
        draws: the choices.

    Returns:
        [draw, actor, element]
    """
    kept = draws.indicators.copy()
    lacking = np.flatnonzero(draws.dropped != NONE)
    kept[lacking, draws.dropped[lacking]] = 0.0
    states = len(placed[Normalisation.MIN_MAX])
    found = np.empty((len(draws), states, kept.shape[2]))
    for k, way in enumerate(NORMALISATIONS):
        for m, how in enumerate(IMPUTATIONS):
            chosen = np.flatnonzero((draws.normalisation == k) & (draws.imputation == m))
            found[chosen] = element_scores(imputed(placed[way], how), kept[chosen])
    return found


def composites_drawn(elements: Array, draws: Draws) -> Array:
    """Composites of every draw. [draw, actor, element] to [draw, actor]"""
    both = [composite(elements, draws.elements[:, None, :], how) for how in AGGREGATIONS]
    return np.where(draws.aggregation[:, None] == AGGREGATIONS.index(Aggregation.ARITHMETIC), *both)


def ranks(scores: Array) -> Array:
    """Places from 1, the greatest score; equal scores share the better place. [..., actor]"""
    from scipy.stats import rankdata  # takes a third of a second to load, and a brief reads stored ranks

    return np.asarray(rankdata(-scores, method="min", axis=-1), dtype=float)


def ranks_drawn(placed: Mapping[Normalisation, Array], draws: Draws, ranked: npt.NDArray[np.int64]) -> Array:
    """Places in every draw of the states ``ranked`` among themselves; gaps are filled from all. [draw, state]"""
    return ranks(composites_drawn(elements_drawn(placed, draws)[:, ranked], draws))


def mean_rank_shift(drawn_ranks: Array, reference_ranks: Array) -> Array:
    """``R̄ = (1/n) Σ_a |rank_a − rank_a,ref|``: by how many places a draw moves a state on average. [draw]"""
    return np.asarray(np.abs(drawn_ranks - reference_ranks).mean(axis=-1))
