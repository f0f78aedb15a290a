"""Which choice moves the ranks: first-order and total indices of Sobol.

A. Saltelli, P. Annoni, I. Azzini, F. Campolongo, M. Ratto and S. Tarantola (2010), Computer Physics Communications
181(2), table 2; the total index after M. J. W. Jansen (1999), Computer Physics Communications 117.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hedgerow.indicators.hedging.draws import Draws, Factor

Array = npt.NDArray[np.float64]

FACTORS = tuple(Factor)
STILL = 1e-12
"""Variance below which nothing moved and no index exists."""


@dataclass(frozen=True)
class Indices:
    """Parts of the variance of an outcome; NaN where it does not vary. Estimates may lie a little outside 0 to 1."""

    first: Array
    """By a factor alone. [factor, outcome]"""
    total: Array
    """By a factor alone and together with others. [factor, outcome]"""


def first_order(one: Array, other: Array, mixed: Array) -> Array:
    """``S_i = E[f(B)(f(AB_i) − f(A))] / V[f]``. Arrays [draw, outcome] to [outcome]."""
    both = np.concatenate([one, other])
    centred = other - both.mean(axis=0)
    return _part((centred * (mixed - one)).mean(axis=0), both.var(axis=0))


def total_order(one: Array, other: Array, mixed: Array) -> Array:
    """``S_Ti = E[(f(A) − f(AB_i))²] / 2V[f]``. Arrays [draw, outcome] to [outcome]."""
    return _part(((one - mixed) ** 2).mean(axis=0) / 2, np.concatenate([one, other]).var(axis=0))


def indices(outcome: Callable[[Draws], Array], one: Draws, other: Draws) -> Indices:
    """Indices of every factor.

    Args:
        outcome: what draws lead to. [draw, outcome]
        one: draws, the rows A.
        other: as many independent draws, the rows B.
    """
    a, b = outcome(one), outcome(other)
    mixed = [outcome(one.with_factor(factor, other)) for factor in FACTORS]
    return Indices(np.array([first_order(a, b, m) for m in mixed]), np.array([total_order(a, b, m) for m in mixed]))


def _part(moment: Array, variance: Array) -> Array:
    return np.divide(moment, variance, out=np.full_like(variance, np.nan), where=variance > STILL)
