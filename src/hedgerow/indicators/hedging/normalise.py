"""Three ways to make indicators comparable, all against a frozen pool of states and years, all into 0 to 1.

OECD and JRC (2008), Handbook on Constructing Composite Indicators, step 5. A pool that does not move keeps a state's
score where it is when another state changes or a year is added.
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

Array = npt.NDArray[np.float64]

POOL = (2000, 2019)
"""First and last year of the pool."""
TAILS = (0.025, 0.975)
"""Quantiles of the pool beyond which values are set to these quantiles."""


class Normalisation(StrEnum):
    """How a value is placed in its pool."""

    MIN_MAX = "min-max"
    Z_SCORE = "z"
    RANK = "rank"


def normalised(values: Array, pool: Array, how: Normalisation) -> Array:
    """Values of one indicator on a scale from 0 to 1 that has no unit; NaN stays NaN.

    Every way is monotone: a larger value is never placed lower.

    Args:
        values: of one indicator. [...]
        pool: the values it is placed among, at least one. [value]
        how: which of the three.
    """
    low, high = np.quantile(pool, TAILS)
    inside = np.clip(values, low, high)
    if how is Normalisation.MIN_MAX:
        return min_max(inside, float(low), float(high))
    if how is Normalisation.Z_SCORE:
        return z_share(inside, np.clip(pool, low, high))
    return pool_rank(values, pool)


def min_max(values: Array, low: float, high: float) -> Array:
    """``(x − low) / (high − low)``; a half where the pool is all alike."""
    if high <= low:
        return np.where(np.isnan(values), np.nan, 0.5)
    return (values - low) / (high - low)


def z_share(values: Array, pool: Array) -> Array:
    """``Φ((x − mean) / sd)``: the z-score as a share of the normal distribution, so that it can be multiplied too."""
    spread = float(pool.std())
    if spread <= 1e-12 * float(np.abs(pool).max(initial=0.0)):
        return np.where(np.isnan(values), np.nan, 0.5)
    found: Array = ndtr((values - pool.mean()) / spread)
    return found


def pool_rank(values: Array, pool: Array) -> Array:
    """Share of the pool that lies below, those equal counted half."""
    ordered = np.sort(pool)
    below, upto = (np.searchsorted(ordered, values, side=side) for side in ("left", "right"))
    share = (below + upto) / (2.0 * len(ordered))
    return np.where(np.isnan(values), np.nan, share)
