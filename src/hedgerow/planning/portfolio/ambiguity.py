"""Doubt about the chances themselves: every prior near the assumed one counts, and the worst of them decides.

Bare arrays as in :mod:`hedgerow.planning.portfolio.risk`. P courses, B bundles. "Near" is relative entropy
KL(q || p) = sum q ln(q / p): Hansen and Sargent (2001, American Economic Review 91(2), 60-66).
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri

__all__ = [
    "Worst",
    "ball",
    "detection_error",
    "multiplier",
    "radius_of",
    "relative_entropy",
    "robust_objective",
    "tilted",
    "worst_rows",
]

Array = npt.NDArray[np.float64]

STEEPEST, FLATTEST = 1e12, 1e-12
"""Ends of the search over 1/theta, in units of one over the spread of utility: the worst course alone, and p."""
HALVINGS: Final = 45
SECTIONS: Final = 40
GOLDEN: Final = (5**0.5 - 1) / 2


class Worst(NamedTuple):
    """The least expected utility over a set of priors, and the prior that gives it."""

    value: Array
    """[B]"""
    prior: Array
    """[P, B] sums to 1 over courses."""
    theta: Array
    """[B] price of a nat at which multiplier preferences choose the same prior; without end where there is no doubt."""


def tilted(utility: Array, weight: Array, steepness: Array | float) -> Array:
    """q proportional to p exp(-s u): the worst prior for its distance from p. [P, B]

    Args:
        utility: [P, B]
        weight: [P] p, all above zero.
        steepness: s = 1 / theta, one or [B].
    """
    raised = weight[:, None] * np.exp(-steepness * (utility - utility.min(axis=0)))
    return np.asarray(raised / raised.sum(axis=0))


def relative_entropy(prior: Array, weight: Array) -> Array:
    """KL(q || p), nats. [B]

    Args:
        prior: [P, B] q.
        weight: [P] p, all above zero.
    """
    ratio = np.where(prior > 0, prior / weight[:, None], 1.0)
    return np.asarray((prior * np.log(ratio)).sum(axis=0))


def multiplier(utility: Array, weight: Array, theta: Array | float) -> Array:
    """-theta ln E exp(-u / theta) = min_q E_q u + theta KL(q || p). [B]

    Hansen and Sargent (2001); the mean for theta without end, the worst course for theta near zero.

    Args:
        utility: [P, B]
        weight: [P] p, all above zero.
        theta: price of a nat of relative entropy, in units of utility; one or [B].
    """
    least = utility.min(axis=0)
    return np.asarray(least - theta * np.log(weight @ np.exp(-(utility - least) / theta)))


def ball(utility: Array, weight: Array, radius: float) -> Worst:
    """min E_q u over all q with KL(q || p) <= radius = max_theta {-theta ln E exp(-u / theta) - theta radius}.

    The maximum is where the tilted prior is as far away as allowed; its distance grows with 1 / theta, so that halving
    finds it.

    Args:
        utility: [P, B]
        weight: [P] p; courses without weight have none under any q.
        radius: nats; 0 leaves p alone.
    """
    real = weight > 0
    utility, weight = utility[real], weight[real]
    prior = np.zeros((len(real), utility.shape[1]))
    if radius <= 0:
        prior[real] = weight[:, None]
        return Worst(weight @ utility, prior, np.full(utility.shape[1], np.inf))
    spread = np.maximum(np.ptp(utility, axis=0), 1e-200)
    low, high = np.zeros(utility.shape[1]), np.full(utility.shape[1], np.log1p(STEEPEST))
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        near = relative_entropy(tilted(utility, weight, np.expm1(middle) / spread), weight) <= radius
        low, high = np.where(near, middle, low), np.where(near, high, middle)
    theta = spread / np.expm1(np.maximum(low, FLATTEST))
    prior[real] = tilted(utility, weight, 1 / theta)
    return Worst(multiplier(utility, weight, theta) - theta * radius, prior, theta)


def robust_objective(
    utility: Array, loss: Array, weight: Array, *, radius: float, aversion: float, tail: float
) -> Worst:
    """min over the ball of E_q u - lambda CVaR_q(L), before costs.

    CVaR is a minimum over eta (Rockafellar and Uryasev 2000), so that the value is a maximum over eta of
    min_q E_q[u - lambda (eta + (L - eta)_+ / (1 - a))]: linear in q, concave in eta, and the order does not matter
    (Sion 1958). Golden section over eta.

    Args:
        utility: [P, B]
        loss: [P, B] L.
        weight: [P] p.
        radius: nats.
        aversion: lambda.
        tail: a.
    """
    if aversion == 0:
        return ball(utility, weight, radius)

    def at(eta: Array) -> Worst:
        return ball(utility - aversion * (eta + np.maximum(loss - eta, 0) / (1 - tail)), weight, radius)

    low, high = loss.min(axis=0), loss.max(axis=0)
    left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
    at_left, at_right = at(left).value, at(right).value
    for _ in range(SECTIONS):
        up = at_right > at_left  # the point inside is kept, one new is tried
        low, high = np.where(up, left, low), np.where(up, high, right)
        new = np.where(up, low + GOLDEN * (high - low), high - GOLDEN * (high - low))
        tried = at(new).value
        left, right = np.where(up, right, new), np.where(up, new, left)
        at_left, at_right = np.where(up, at_right, tried), np.where(up, tried, at_left)
    return at((low + high) / 2)


def worst_rows(value: Array, matrix: Array, radius: float) -> Array:
    """Every row of a chain at its worst for what comes next, each by itself: a rectangular set. [R, B, R]

    Epstein and Schneider (2003, Journal of Economic Theory 113, 1-31).

    Args:
        value: [R, B] worth of being in a regime with a bundle.
        matrix: [R, R] chances of next year's regime (column) given this year's (row).
        radius: nats a year.
    """
    return np.stack([ball(value, row, radius).prior.T for row in matrix])


def radius_of(years: float, error: float) -> float:
    """Nats a year by which a chain may differ and not be told from the assumed one, see :func:`detection_error`."""
    return float(2 * ndtri(1 - error) ** 2 / years)


def detection_error(years: float, radius: float) -> float:
    """Chance that so many years of data pick the wrong one of two chains that are ``radius`` nats a year apart.

    The log likelihood ratio of near chains is about normal with mean N r and variance 2 N r, so that either error has
    the probability Phi(-sqrt(N r / 2)): Anderson, Hansen and Sargent (2003, Journal of the European Economic
    Association 1(1), 68-123), detection-error probabilities.
    """
    return float(ndtr(-np.sqrt(years * radius / 2)))
