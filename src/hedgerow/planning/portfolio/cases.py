"""Readings of the world that another careful analyst might choose, each an economy, policies and effects of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from hedgerow.planning.hypotheses import central, theta_4
from hedgerow.planning.portfolio.options import Option
from hedgerow.planning.portfolio.ranking import read
from hedgerow.planning.question import Question
from hedgerow.trade.economy import Economy
from hedgerow.trade.equilibrium import without_deficits
from hedgerow.trade.policy import Policy

__all__ = ["Case", "cases"]

BLPN_ELASTICITY = 1.12
"""Long-run trade elasticity after Boehm, Levchenko and Pandalai-Nayar (2023): 2.12 less one."""
HARSHNESS = (0.5, 1.5)
"""The regimes' tariffs, times this: our own range for our own vectors."""


@dataclass(frozen=True, eq=False)
class Case:
    """One reading."""

    id: str
    label: str
    economy: Economy
    place: float = 0.5
    """Where options' effects are read in their ranges: 0 the low end, 1 the high end."""
    harshness: float = 1.0
    """Times the tariffs of every regime."""

    def effect(self, option: Option) -> float:
        """The effect of an option under this reading."""
        return float(read([option.effect], self.place)[0])

    def policies(self, question: Question, options: Sequence[Option]) -> list[Policy]:
        """What each option changes in full."""
        return [option.policy(question, self.economy, self.effect(option)) for option in options]


def cases(question: Question) -> tuple[Case, ...]:
    """The central reading first, then one that differs in one thing each."""
    main = central(question.world).economy
    scale = BLPN_ELASTICITY / float(np.average(main.trade_elasticity, weights=main.expenditure.sum(axis=1)))
    low = replace(main, trade_elasticity=main.trade_elasticity * scale)
    return (
        Case("central", "as published and assumed", main),
        Case("theta-4", "elasticity 4 in every sector", theta_4(question.world).economy),
        Case("blpn", "elasticities scaled to a mean of 1.12", low),
        Case("zero-deficits", "trade deficits closed first", without_deficits(main)),
        Case("weak-options", "options at the low end", main, place=0.0),
        Case("strong-options", "options at the high end", main, place=1.0),
        Case("mild-regimes", f"regimes' tariffs times {HARSHNESS[0]:g}", main, harshness=HARSHNESS[0]),
        Case("harsh-regimes", f"regimes' tariffs times {HARSHNESS[1]:g}", main, harshness=HARSHNESS[1]),
    )

