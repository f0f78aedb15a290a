"""What a power gets and pays: real income, commitments, overextension and leverage, each a share of its income."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from hedgerow.planning.means import Means
from hedgerow.planning.patron.factors import Point
from hedgerow.planning.portfolio.regimes import Regime
from hedgerow.trade.economy import Array

__all__ = ["TERMS", "Promise", "commitments", "promise_of", "terms"]

TERMS: Final = ("income", "commitments", "overextension", "leverage")
"""Summands of the payoff, in the order of arrays."""


@dataclass(frozen=True)
class Promise:
    """What a strategy promises its allies and asks of them."""

    reliability: float
    burden: float


def promise_of(regime: Regime, point: Point) -> Promise:
    """A strategy's promise where its numbers are scaled; shares stay at most 1."""
    return Promise(
        min(1.0, regime.reliability * point.value("reliability")), min(1.0, regime.burden * point.value("burden"))
    )


def commitments(means: Means, promise: Promise, hedgers: tuple[str, ...], point: Point) -> float:
    """Share of the power's GDP that commitments take: m omega r (1 - tau b), less what allied arms save, never below 0.

    Args:
        means: gives m, the power's military spending as a share of its GDP.
        promise: r, the chance that it keeps its promises, and b, the burden it asks partners to carry.
        hedgers: allies that have added arms.
        point: omega, tau, delta and the saving for a dollar of allied arms.
    """
    asked = 1 - point.value("take-up") * promise.burden
    spent = means.effort * point.value("omega") * promise.reliability * asked
    saved = point.value("offset") * means.added(hedgers, point.value("delta"))
    return max(0.0, spent - saved)


def terms(
    means: Means | None, promise: Promise, hedgers: tuple[str, ...], *, trade: tuple[float, float], point: Point
) -> Array:
    """The four terms of :data:`TERMS`; NaN where the power's promises are not at hand. [term]

    Args:
        means: military means and promises.
        promise: of the strategy.
        hedgers: allies that look for other partners.
        trade: the power's log real income, and the share of the others' income that it could take.
        point: all weights.
    """
    income, reach = trade
    leverage = point.value("psi") * reach
    if means is None:
        return np.array([income, np.nan, np.nan, leverage])
    ratio = means.overextension(hedgers, point.value("delta"), point.place("threat"))
    return np.array(
        [
            income,
            -commitments(means, promise, hedgers, point),
            -point.value("kappa") * promise.reliability * ratio,
            leverage,
        ]
    )
