"""The best rate of every block: a quasi-Newton climb with exact slopes, from several places."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.optimize import minimize

from hedgerow.trade.economy import Array
from hedgerow.trade.optimal.instrument import Block, Instrument, tariffs
from hedgerow.trade.optimal.objective import Objective
from hedgerow.trade.optimal.optimum import block_slopes
from hedgerow.trade.optimal.uniform import best_rate

__all__ = ["best_rates"]

SAME = 1e-3
"""Summits whose rates differ by less are one."""
SLOPE = 1e-7
"""A climb ends where no slope is steeper, in the coordinates below."""
LIMIT = 500
"""Steps of one climb."""


def best_rates(
    objective: Objective, instrument: Instrument, taxed: tuple[Block, ...], start: Array | None = None
) -> tuple[Array, int]:
    """The best rate of each block, and how many different summits were met.

    L-BFGS-B (Byrd, Lu, Nocedal and Zhu 1995) in ln(1 + t). Each coordinate is stretched by the root of its part in the
    imports taxed, so that all bend alike. The climb is run from the best uniform rate, from 1 / theta of each sector
    and from the lower bound, unless a start is given.

    Args:
        objective: what to climb.
        instrument: the bounds.
        taxed: blocks with trade.
        start: [block] one place to start from instead.

    Raises:
        SolveError: rates on the way have no equilibrium.
    """
    imports = np.array([block.imports for block in taxed])
    scale = float(imports.sum())
    stretch = np.sqrt(imports / scale)
    low, high = np.log1p(instrument.lowest), np.log1p(instrument.highest)

    def descent(stretched: Array) -> tuple[float, Array]:
        at = objective.at(tariffs(instrument.setter, taxed, np.expm1(np.clip(stretched / stretch, low, high))))
        slopes = block_slopes(objective, at, instrument.setter, taxed)
        return -objective.value(at) / scale, -slopes / stretch / scale

    summits: list[tuple[float, Array]] = []
    for place in _starts(objective, instrument, taxed) if start is None else [start]:
        begin = np.clip(np.log1p(place), low, high) * stretch
        answer = minimize(
            descent,
            begin,
            jac=True,
            method="L-BFGS-B",
            bounds=np.stack([low * stretch, high * stretch], axis=1),
            options={"maxiter": LIMIT, "maxfun": 2 * LIMIT, "ftol": 0.0, "gtol": SLOPE, "maxcor": 20},
        )
        rates = np.expm1(np.clip(answer.x / stretch, low, high))
        if all(np.abs(rates - other).max() > SAME for _, other in summits):
            summits.append((float(-answer.fun), rates))
    return max(summits, key=lambda summit: summit[0])[1], len(summits)


def _starts(objective: Objective, instrument: Instrument, taxed: tuple[Block, ...]) -> Iterator[Array]:
    economy = objective.economy
    theta = dict(zip(economy.sectors, economy.trade_elasticity.tolist(), strict=True))
    yield np.full(len(taxed), best_rate(objective, instrument, taxed).rate)
    yield np.array([1 / np.mean([theta[sector] for sector in block.sectors]) for block in taxed])
    yield np.full(len(taxed), instrument.lowest)
