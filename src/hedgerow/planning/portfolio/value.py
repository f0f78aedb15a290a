"""What a bundle is worth: calm gain, premium, loss avoided, certainty equivalents, marginal values, break-even points.

Bare arrays as in :mod:`hedgerow.planning.portfolio.risk`. Log units unless a docstring says fraction.
"""

from __future__ import annotations

from math import comb

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq

__all__ = ["break_even_probability", "certainty_equivalent", "hedging_value", "premium", "shapley"]

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


def premium(calm_empty: float, calm: Array, cost: Array) -> Array:
    """Pi = u_calm(none) - u_calm(x) + k: what a bundle costs if the storm never comes; negative if it pays. [B]"""
    return np.asarray(calm_empty - calm + cost)


def certainty_equivalent(utility: Array, weight: Array, aversion: float) -> Array:
    """ln of the sure consumption that is as good as the lottery exp(utility) under CRRA. [B]

    Args:
        utility: [P, B] log consumption.
        weight: [P]
        aversion: relative risk aversion gamma >= 0; 1 is log utility.
    """
    if aversion == 1:
        return np.asarray(weight @ utility)
    scaled = (1 - aversion) * utility
    top = scaled.max(axis=0)  # keeps exp within range
    return np.asarray((top + np.log(weight @ np.exp(scaled - top))) / (1 - aversion))


def hedging_value(loss_empty: Array, loss: Array, weight: Array, aversion: float) -> Array:
    """phi, fraction of consumption that insurance alone is worth: CRRA over deviations from the calm path. [B]

    phi = 1 - [E exp(-L_0)^(1-g) / E exp(-L_x)^(1-g)]^(1/(1-g)). Growth, which comes storm or no storm, cancels in L.

    Args:
        loss_empty: [P] deviation without any option.
        loss: [P, B]
        weight: [P]
        aversion: relative risk aversion.
    """
    sure = certainty_equivalent(-loss, weight, aversion)
    bare = certainty_equivalent(-loss_empty[:, None], weight, aversion)[0]
    return np.asarray(-np.expm1(bare - sure))


def shapley(worth: Array, bundles: Mask) -> Array:
    """Marginal value of each option averaged over every order of joining; sums to worth(all) - worth(none). [K]

    Shapley (1953), over all 2^K bundles.

    Args:
        worth: [2^K] of every bundle.
        bundles: [2^K, K] which options each holds, in any order.
    """
    count = bundles.shape[1]
    codes = bundles @ (1 << np.arange(count))
    by_code = np.empty_like(worth)
    by_code[codes] = worth
    every = np.arange(2**count)
    size = ((every[:, None] >> np.arange(count)) & 1).sum(axis=1)
    share = np.array([1 / (count * comb(count - 1, k)) for k in range(count)] + [0.0])
    found = []
    for option in range(count):
        without = every[(every >> option) & 1 == 0]
        found.append(float((share[size[without]] * (by_code[without | 1 << option] - by_code[without])).sum()))
    return np.array(found)


def break_even_probability(calm: tuple[float, float], storm: tuple[float, float], aversion: float) -> float | None:
    """Chance of the storm from which a bundle is better than none under CRRA: 0 where it pays in calm, None if never.

    A lottery of two outcomes: the calm path, or the storm from the first year to the last.

    Args:
        calm: net utility on the calm path, (without the bundle, with it).
        storm: the same in the storm.
        aversion: relative risk aversion.
    """

    def gain(chance: float) -> float:
        weight = np.array([1 - chance, chance])
        both = np.array([calm, storm])
        without, with_ = certainty_equivalent(both, weight, aversion)
        return float(with_ - without)

    if gain(0.0) >= 0:
        return 0.0
    if gain(1.0) < 0:
        return None
    return float(brentq(gain, 0.0, 1.0, xtol=1e-10))
