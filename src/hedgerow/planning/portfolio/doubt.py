"""The plan where the chances themselves are in doubt: the best bundles under the worst plausible prior."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np
import numpy.typing as npt

from hedgerow.planning.portfolio.ambiguity import Worst, radius_of, robust_objective
from hedgerow.planning.portfolio.options import parameters
from hedgerow.planning.portfolio.process import Paths
from hedgerow.planning.portfolio.ranking import ATTITUDES, TAIL, Attitude, Ranking

__all__ = ["CONTENDERS", "ENDS", "Doubt", "Robust", "doubted", "ends", "yearly_radius"]

Array = npt.NDArray[np.float64]

CONTENDERS: Final = 64
"""Bundles, the best by the plan's own objective, whose worst priors are looked for."""
ENDS: Final = ("little", "central", "much")


@dataclass(frozen=True)
class Robust:
    """The best bundle under the worst prior of a ball."""

    attitude: Attitude
    doubt: str
    """Of ``ENDS``."""
    years: float
    """Of data that could not tell the worst prior from the chain."""
    radius: float
    """Nats over the whole horizon."""
    theta: float
    """Price of a nat at which multiplier preferences choose the same prior, log units."""
    place: int
    """Of the best bundle in the ranking."""
    worth: float
    """What it adds to the objective over doing nothing, each under its own worst prior. Log units."""
    kept: float
    """The same of the bundle that the plan recommends."""


@dataclass(frozen=True, eq=False)
class Doubt:
    """What doubt about the chances does to a plan."""

    robust: tuple[Robust, ...]
    """Attitudes by doubts."""
    assumed: Array
    """[T, R] chance of each regime in each year, by the courses drawn."""
    worst: Array
    """[T, R] the same under the worst prior for the robust bundle of the cautious, at central doubt."""
    values: Array
    """[years of data, error, cost] worth of the robust bundle of the cautious; low, central, high each."""
    changes: npt.NDArray[np.bool_]
    """[years of data, error, cost] True where it is another than the plan's."""

    def of(self, attitude: str, doubt: str = "central") -> Robust:
        """One cell."""
        return next(one for one in self.robust if (one.attitude.id, one.doubt) == (attitude, doubt))


def ends(section: str, name: str) -> tuple[float, float, float]:
    """Low, central and high of an assumption, from the table of options."""
    low, central, high = parameters()[section][name]
    return float(low), float(central), float(high)


def yearly_radius(years: int = 1, error: int = 1) -> float:
    """Nats a year, from places in the ranges of both assumptions."""
    return radius_of(ends("doubt", "years")[years], ends("doubt", "error")[error])


def doubted(ranking: Ranking, recommended: Mapping[str, int], paths: Paths, regimes: int) -> Doubt:
    """Look for robust bundles among the best of a plan.

    The ball is around the distribution of courses; its radius is that of a year times the years in which the regime may
    change, because relative entropy adds up along a chain.

    Args:
        ranking: of a chain.
        recommended: place of the plan's bundle, by attitude.
        paths: its courses.
        regimes: R.
    """
    steps = paths.regime.shape[1] - 1
    found, worst = [], {}
    for attitude, (at, doubt) in product(ATTITUDES, enumerate(ENDS)):
        places = _contenders(ranking, attitude, recommended[attitude.id])
        one = _worst(ranking, places, attitude, steps * yearly_radius(at))
        net = one.value - ranking.cost[places]
        best = int(net.argmax())
        gain = net - net[list(places).index(0)]
        kept = float(gain[list(places).index(recommended[attitude.id])])
        radius, years = steps * yearly_radius(at), ends("doubt", "years")[at]
        found.append(
            Robust(
                attitude,
                doubt,
                years=years,
                radius=radius,
                theta=float(one.theta[best]),
                place=int(places[best]),
                worth=float(gain[best]),
                kept=kept,
            )
        )
        worst[attitude.id, doubt] = one.prior[:, best]
    values, changes = _grid(ranking, recommended["cautious"], steps)
    return Doubt(
        robust=tuple(found),
        assumed=_shares(paths, paths.weight, regimes),
        worst=_shares(paths, worst["cautious", "central"], regimes),
        values=values,
        changes=changes,
    )


def _contenders(ranking: Ranking, attitude: Attitude, recommended: int) -> npt.NDArray[np.int_]:
    """Nothing, the plan's bundle, and those that are best without doubt; only what may be held."""
    worth = np.where(ranking.feasible, ranking.objective(attitude), -np.inf)
    order = np.argsort(-worth, kind="stable")[:CONTENDERS]
    return np.array(list(dict.fromkeys([recommended, *order[np.isfinite(worth[order])].tolist(), 0])))


def _worst(ranking: Ranking, places: npt.NDArray[np.int_], attitude: Attitude, radius: float) -> Worst:
    return robust_objective(
        ranking.utility[:, places],
        ranking.loss[:, places],
        ranking.weight,
        radius=radius,
        aversion=attitude.aversion,
        tail=TAIL,
    )


def _grid(ranking: Ranking, recommended: int, steps: int) -> tuple[Array, npt.NDArray[np.bool_]]:
    """The robust bundle of the cautious at every combination of both sides of doubt and of cost."""
    attitude, size = ATTITUDES[1], len(ENDS)
    places = _contenders(ranking, attitude, recommended)
    values, changes = np.empty((size,) * 3), np.empty((size,) * 3, dtype=bool)
    nothing = list(places).index(0)
    for years, error in product(range(size), repeat=2):
        value = _worst(ranking, places, attitude, steps * yearly_radius(years, error)).value
        for dear in range(size):
            net = value - ranking.at_cost(dear / 2).cost[places]
            values[years, error, dear] = net.max() - net[nothing]
            changes[years, error, dear] = places[net.argmax()] != recommended
    return values, changes


def _shares(paths: Paths, weight: Array, regimes: int) -> Array:
    """[T, R] weight of the courses in each regime, by year."""
    return np.stack([weight @ (paths.regime == one) for one in range(regimes)], axis=1)
