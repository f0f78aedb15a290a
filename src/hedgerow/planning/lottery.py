"""A power's regimes as one draw: how likely each is in a year of the horizon, everybody long adapted to it.

What a plan spells out year by year is here one lottery of long-run equilibria: fast enough for many countries at once,
and silent about the way there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hedgerow.planning.portfolio.process import RegimeProcess
from hedgerow.planning.portfolio.ranking import TAIL, Horizon
from hedgerow.planning.portfolio.regimes import Outlook, Retaliation, policies
from hedgerow.planning.portfolio.risk import conditional_value_at_risk, deviation
from hedgerow.planning.question import Question
from hedgerow.trade.policy import Policy

__all__ = ["Lottery", "lottery", "tail_loss", "worth"]

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Lottery:
    """R regimes and how likely each is in a year drawn from the horizon by its discount weight."""

    outlook: Outlook
    chain: RegimeProcess
    policies: tuple[Policy, ...]
    """[R]"""
    weight: Array
    """[R] sums to 1."""

    @property
    def calm(self) -> int:
        """Position of the regime that losses are measured against."""
        return self.chain.calm_at


def lottery(question: Question, outlook: Outlook, chain: RegimeProcess, *, horizon: Horizon | None = None) -> Lottery:
    """The chances of regimes over the horizon; nobody answers the power's tariffs.

    Args:
        question: gives the power and the world.
        outlook: regimes of the power.
        chain: over them; from its initial regime in year 0.
        horizon: years and discount factor; those of a plan when omitted.
    """
    horizon = horizon or Horizon()
    found = policies(outlook, question, retaliation=Retaliation.NONE)
    return Lottery(outlook, chain, found, horizon.weights @ chain.chances(horizon.years))


def tail_loss(income: Array, weight: Array, calm: int) -> Array:
    """CVaR of L = income(calm) - income(regime), the mean of the worst tenth of draws. [B]

    Args:
        income: [R, B] log real income.
        weight: [R]
        calm: row that losses are measured against.
    """
    return conditional_value_at_risk(deviation(income, income[calm]), weight, TAIL)


def worth(income: Array, weight: Array, calm: int, aversion: float) -> Array:
    """E[income] - lambda CVaR(L), before any cost. [B]; arguments as of :func:`tail_loss`."""
    return np.asarray(weight @ income - aversion * tail_loss(income, weight, calm))
