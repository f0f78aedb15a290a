"""The best single rate: a scan for summits, then a bounded search on each.

With one sector, two countries and balanced trade the best tariff is one over the elasticity of the other's export
supply (Bickerdike 1906), t = 1 / (theta pi_FF), where pi_FF is what the other buys at home at the optimum (Gros 1987).
A country too small to move pi_FF away from one has t = 1 / theta.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize_scalar

from hedgerow.trade.optimal.instrument import Block, Instrument, tariffs
from hedgerow.trade.optimal.objective import Objective

__all__ = ["BestRate", "best_rate", "highest_point"]

STATIONS = 9
"""Rates tried before the search, evenly spread in ln(1 + t), so that a second summit is not overlooked."""
STEP = 1e-7
"""Accuracy of ln(1 + t)."""


class BestRate(NamedTuple):
    """Where the objective is highest."""

    rate: float
    summits: int
    """How many the scan met, ends of the range included."""


def best_rate(objective: Objective, instrument: Instrument, taxed: tuple[Block, ...]) -> BestRate:
    """The best common rate of all blocks.

    Raises:
        SolveError: a rate on the way has no equilibrium.
    """
    together = np.ones(len(taxed))

    def income(rate: float) -> float:
        return objective.value(objective.at(tariffs(instrument.setter, taxed, rate * together)))

    return highest_point(income, instrument.lowest, instrument.highest)


def highest_point(height: Callable[[float], float], lowest: float, highest: float) -> BestRate:
    """The rate at which ``height`` is greatest; exactly a bound where that is the bound."""
    stations = np.linspace(np.log1p(lowest), np.log1p(highest), STATIONS)
    rates = [lowest, *np.expm1(stations[1:-1]).tolist(), highest]
    heights = [height(rate) for rate in rates]
    padded = np.array([-np.inf, *heights, -np.inf])
    summits = np.flatnonzero((padded[1:-1] >= padded[:-2]) & (padded[1:-1] > padded[2:]))
    found = [(heights[k], rates[k]) for k in (0, STATIONS - 1)]
    for k in summits.tolist():
        bounds = (stations[max(k - 1, 0)], stations[min(k + 1, STATIONS - 1)])
        answer = minimize_scalar(
            lambda x: -height(float(np.expm1(x))), bounds=bounds, method="bounded", options={"xatol": STEP}
        )
        found.append((-float(answer.fun), float(np.expm1(answer.x))))
    return BestRate(max(found)[1], len(summits))
