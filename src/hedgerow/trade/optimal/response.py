"""The best tariffs of one setter while nobody else moves."""

from __future__ import annotations

import numpy as np

from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.optimal.by_block import best_rates
from hedgerow.trade.optimal.instrument import Instrument, blocks
from hedgerow.trade.optimal.objective import Objective, Ticker
from hedgerow.trade.optimal.optimum import Optimum, certified
from hedgerow.trade.optimal.uniform import best_rate
from hedgerow.trade.policy import Policy

__all__ = ["optimal_tariffs"]


def optimal_tariffs(
    economy: Economy,
    instrument: Instrument,
    *,
    background: Policy | None = None,
    start: Array | None = None,
    progress: Ticker | None = None,
) -> Optimum:
    """The tariffs within an instrument's bounds that give its setter the highest real income; nobody answers.

    Args:
        economy: the base.
        instrument: what may be chosen.
        background: what everybody else does, and the rule for deficits (fixed or zero).
        start: [block] where to begin if there is more than one block; several places when omitted.
        progress: told about every solve.

    Raises:
        RequestError: nothing is traded under the instrument, or the background is not supported.
        SolveError: an equilibrium on the way, or the optimum itself, was not found; no number is returned.
    """
    taxed = blocks(economy, instrument)
    objective = Objective(economy, instrument.setter, background=background, progress=progress)
    if len(taxed) == 1:
        rate, summits = best_rate(objective, instrument, taxed)
        rates = np.array([rate])
    else:
        rates, summits = best_rates(objective, instrument, taxed, start)
    return certified(objective, instrument, taxed, rates, summits=summits)
