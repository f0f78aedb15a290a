"""Coercive power: what a bloc could take from an economy by withholding its supplies. Closed form, no equilibrium."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


def coercive_power(reliance: Array, *, final_share: Array, input_share: Array, trade_elasticity: Array) -> float:
    """Share of real income an economy loses if a bloc withholds all supplies and nothing else moves.

    ``Pow = 1 - exp(-alpha' (I - G')^-1 diag(1/theta) [-ln(1 - omega)])``: losing the bloc's varieties raises a
    sector's price index by ``-ln(1 - omega) / theta`` in a constant-elasticity aggregate, and input chains carry it
    on. Wages abroad and at home stay put, so this is an import cut seen from the buyer's side, after the idea of
    Clayton, Maggiori and Schreger (NBER 33309); the closed form is our derivation. It is convex in ``omega``: power
    jumps near monopoly, and modest diversification takes much of it away. For small shares it falls back to
    ``omega / theta``, the sector-weighted import half of Hirschman's dependence.

    Args:
        reliance: omega, the bloc's share of the economy's expenditure by sector. [sector], 0 to 1
        final_share: alpha, shares of final spending. [sector]
        input_share: G, input per unit of output. [input, sector]
        trade_elasticity: theta. [sector]

    Returns:
        A fraction; 1 where the bloc is the only supplier of something that is needed.
    """
    whole = reliance >= 1.0
    dearer = np.where(whole, np.inf, -np.log1p(-np.where(whole, 0.0, reliance)) / trade_elasticity)
    chained = np.linalg.solve(np.eye(len(reliance)) - input_share, final_share)
    felt = dearer[chained > 0] * chained[chained > 0]
    return float(-np.expm1(-felt.sum()))


def net_power(taken: float, given_up: float) -> float | None:
    """How much more the target loses than the bloc would, both as coercive power; None where the bloc loses nothing."""
    return taken / given_up if given_up > 0 else None
