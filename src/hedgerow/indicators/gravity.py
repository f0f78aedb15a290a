"""Gravity: a Poisson estimate of one effect on trade beside exporter-year, importer-year and pair effects."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hedgerow.errors import DidNotConverge, NotIdentifiedError
from hedgerow.indicators.frames import Array

Mask = npt.NDArray[np.bool_]

_SETS = (2, 1, 0)
"""Axis of [year, exporter, importer] that each set of effects is constant along: exporter-year, importer-year, pair."""
_TOLERANCE = 1e-7
"""Root mean square of the moves in a round of projections, in logs, each observation with its weight."""
_TOLERANCE_OF_MOVE = 1e-3
"""Looser while the effect still moves: of its last move."""
_LARGEST_LOG = 700.0
_SETTLED = 1e-6
"""Largest move of the effect in a step of reweighted least squares."""
_PROJECTIONS = 20_000
_STEPS = 100
_ABSORBED = 1e-9
"""An effect of which less than this part is left after the controls is not identified."""
NORMAL_95 = 1.959964
"""Two-sided 95 % point of the normal distribution."""


@dataclass(frozen=True)
class Effect:
    """An estimated effect on log trade, its standard error clustered by pair, and how it was found."""

    value: float
    error: float
    observations: int
    steps: int

    @property
    def low(self) -> float:
        """Lower end of the 95 % interval."""
        return self.value - NORMAL_95 * self.error

    @property
    def high(self) -> float:
        """Upper end of the 95 % interval."""
        return self.value + NORMAL_95 * self.error


def poisson_effect(flow: Array, regressor: Array) -> Effect:
    """``X_ijt = exp(β x_ijt + exporter-year + importer-year + pair)`` by Poisson pseudo-maximum likelihood.

    Source: J. M. C. Santos Silva and S. Tenreyro (2006), The Log of Gravity; the three sets of effects after S. L.
    Baier and J. H. Bergstrand (2007) and Y. V. Yotov et al. (2016). Solved by iteratively reweighted least squares
    with the effects projected out, as in S. Correia, P. Guimaraes and T. Zylkin (2020).

    Args:
        flow: trade; NaN where not observed. [year, exporter, importer]
        regressor: x. [year, exporter, importer]

    Raises:
        NotIdentifiedError: the effects absorb x, as they do a dummy of all trade of one country after a date.
        DidNotConverge: no estimate was found.
    """
    everyone = informative(np.isfinite(flow), np.nan_to_num(flow))
    part = np.ix_(*(everyone.sum(axis=others) > 0 for others in ((1, 2), (0, 2), (0, 1))))
    used, size = everyone[part], flow.shape[1]
    y, weight = np.where(used, flow[part], 0.0), used.astype(float)
    x = np.where(used, regressor[part], 0.0)
    left = within(x, weight)
    if (weight * left**2).sum() <= _ABSORBED * max((weight * x**2).sum(), 1e-300):
        raise NotIdentifiedError(
            "effect: exporter-year, importer-year and pair effects absorb it; an effect on all foreign trade of one "
            "country needs sales at home in the data, or a group of partners that is not everyone"
        )
    mean = np.where(used, (y + y[used].mean()) / 2, 1.0)
    working, effect, move = np.where(used, np.log(mean) + (y - mean) / mean, 0.0), 0.0, 1.0
    for step in range(1, _STEPS + 1):
        weight, tolerance = np.where(used, mean, 0.0), max(_TOLERANCE, _TOLERANCE_OF_MOVE * abs(move))
        left = within(left, weight, tolerance=tolerance)
        rest = within(working, weight, tolerance=tolerance)
        move = float((weight * left * rest).sum() / (weight * left**2).sum())
        effect += move
        past = 0.0 if step == 1 else np.log(mean)
        mean = np.where(used, np.exp(np.minimum(past + working - rest + move * left, _LARGEST_LOG)), 1.0)
        working = np.where(used, (y - mean) / mean, 0.0)  # effects so far stay in the mean: little is left to project
        if tolerance == _TOLERANCE and abs(move) < _SETTLED:
            score = np.zeros((size, size))
            score[part[1:]] = (left * np.where(used, y - mean, 0.0)).sum(axis=0)
            error = _clustered_error(score, everyone.sum(axis=0) > 0) / float((weight * left**2).sum())
            return Effect(effect, error, int(used.sum()), step)
    raise DidNotConverge(f"effect: still moving after {_STEPS} steps of reweighted least squares")


def informative(seen: Mask, flow: Array) -> Mask:
    """Observations that say something about an effect: not those that an effect of their own fits.

    Those are all of an exporter-year, importer-year or pair without any trade, and one that is alone in its group.
    """
    used = seen.copy()
    while True:
        kept = used.copy()
        for axis in _SETS:
            kept &= np.where(used, flow, 0.0).sum(axis=axis, keepdims=True) > 0
            kept &= used.sum(axis=axis, keepdims=True) > 1
        if (kept == used).all():
            return used
        used = kept


def within(values: Array, weight: Array, *, tolerance: float = _TOLERANCE) -> Array:
    """What exporter-year, importer-year and pair effects leave of ``values``, by weighted least squares.

    Alternating projections; weight 0 marks what is not used. Arrays are [year, exporter, importer].

    Raises:
        DidNotConverge: the projections still move.
    """
    totals = [weight.sum(axis=axis, keepdims=True) for axis in _SETS]
    left = np.where(weight > 0, values, 0.0)
    for _ in range(_PROJECTIONS):
        moved = 0.0
        for axis, whole in zip(_SETS, totals, strict=True):
            mean = np.divide((weight * left).sum(axis=axis, keepdims=True), whole, out=np.zeros_like(whole),
                             where=whole > 0)  # fmt: skip
            left = np.where(weight > 0, left - mean, 0.0)
            moved = max(moved, float((whole * mean**2).sum()))
        if moved <= tolerance**2 * weight.sum():
            return left
    raise DidNotConverge(f"effects: projections still move after {_PROJECTIONS} rounds")


def _clustered_error(score: Array, used: Mask) -> float:
    """Root of the summed squares of scores over unordered pairs, both directions and all years together.

    Args:
        score: regressor times residual, summed over years. [exporter, importer]
        used: pairs with observations. [exporter, importer]
    """
    pairs = np.triu(score + score.T, 1) + np.diag(np.diag(score))
    clusters = int(np.triu(used | used.T).sum())
    return float(np.sqrt(clusters / max(clusters - 1, 1) * (pairs**2).sum()))


def home_margin(members: Mask, years: int) -> Array:
    """1 for trade between a power and everyone else in the last year: needs sales at home. [year, exporter, importer]

    (14): power x international x later year. Without sales at home it is the collinear dummy of the pitfall.
    """
    x = np.zeros((years, len(members), len(members)))
    x[-1] = members[:, None] != members[None, :]
    return x


def key_partners(members: Mask, partners: Mask, years: int) -> Array:
    """1 for trade between a power and some of its partners in the last year. [year, exporter, importer]

    (13): power x key partner x later year. With all partners it is the collinear dummy of the pitfall.
    """
    x = np.zeros((years, len(members), len(members)))
    x[-1] = (members[:, None] & partners[None, :]) | (partners[:, None] & members[None, :])
    return x
