"""How sure a plan is: the same ranking under every combination of assumptions, and which of them decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hedgerow.planning.portfolio.ranking import Attitude, Ranking

__all__ = ["COLUMNS", "Sureness", "main_effects", "sureness"]

Array = npt.NDArray[np.float64]

COLUMNS = ("calm_gain", "premium", "expected_loss_avoided", "tail_loss_avoided", "hedging_value")
"""What is followed through the combinations, for the recommended bundle."""


@dataclass(frozen=True, eq=False)
class Sureness:
    """A full factorial design: one ranking for every combination of assumptions."""

    factors: tuple[str, ...]
    levels: tuple[tuple[str, ...], ...]
    """Of each factor, the central one first."""
    membership: Mapping[str, Array]
    """[K] by attitude: share of combinations in which an option belongs to the best bundle."""
    same_bundle: Mapping[str, float]
    """By attitude: share of combinations in which the whole recommended bundle is the best."""
    values: Mapping[str, Array]
    """By column, the followed bundle's value in every combination, one axis a factor."""
    residual_risk: Array
    """In every combination."""

    def range(self, column: str) -> tuple[float, float]:
        """Least and largest value over all combinations."""
        return float(self.values[column].min()), float(self.values[column].max())

    def shares(self, column: str) -> dict[str, float]:
        """Part of a column's variance that each factor explains alone, and what is left to combinations of them."""
        found = main_effects(self.values[column])
        return dict(zip((*self.factors, "together"), (*found, 1 - found.sum()), strict=True))


def sureness(
    rankings: Iterable[tuple[tuple[int, ...], Ranking]],
    *,
    factors: Sequence[str],
    levels: Sequence[Sequence[str]],
    attitudes: Sequence[Attitude],
    recommended: Mapping[str, int],
    followed: int,
) -> Sureness:
    """Compare rankings of the same options and bundles.

    Args:
        rankings: with the position of the level of each factor; every combination once, the central one first. Each
            is looked at once and let go.
        factors: what differs.
        levels: of each factor, the central one first.
        attitudes: whose best bundle is looked for.
        recommended: by attitude, the place of the bundle that the central ranking recommends.
        followed: place of the bundle whose columns are followed.
    """
    shape = tuple(len(one) for one in levels)
    best = {attitude.id: np.empty(shape, dtype=int) for attitude in attitudes}
    values = {name: np.empty(shape) for name in COLUMNS}
    residual, bundles = np.empty(shape), None
    for cell, ranking in rankings:
        bundles = ranking.bundles if bundles is None else bundles
        for attitude in attitudes:
            best[attitude.id][cell] = ranking.best(attitude)
        for name, value in zip(COLUMNS, _columns(ranking, followed), strict=True):
            values[name][cell] = value
        residual[cell] = ranking.residual_risk
    if bundles is None:
        raise ValueError("sureness needs at least one ranking")
    return Sureness(
        factors=tuple(factors),
        levels=tuple(tuple(one) for one in levels),
        membership={name: bundles[places.ravel()].mean(axis=0) for name, places in best.items()},
        same_bundle={name: float((places == recommended[name]).mean()) for name, places in best.items()},
        values=values,
        residual_risk=residual,
    )


def main_effects(values: Array) -> Array:
    """First-order shares of variance in a full factorial design: Var(E[y | factor]) / Var(y). [factors]

    Sobol' (1993) for factors that are independent and take each level equally often; zero where nothing varies.
    """
    total = values.var()
    if total <= np.finfo(float).eps * max(1.0, float(np.abs(values).max()) ** 2):
        return np.zeros(values.ndim)
    axes = range(values.ndim)
    between = [values.mean(axis=tuple(other for other in axes if other != axis)).var() for axis in axes]
    return np.asarray(np.array(between) / total)


def _columns(ranking: Ranking, bundle: int) -> tuple[float, ...]:
    return (
        float(ranking.calm_gain[bundle]),
        float(ranking.premium[bundle]),
        float(ranking.expected_loss[0] - ranking.expected_loss[bundle]),
        float(ranking.tail[0] - ranking.tail[bundle]),
        float(ranking.hedging_value[bundle]),
    )
