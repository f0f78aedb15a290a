"""Readings of the world that another careful analyst might choose, each an economy, policies and effects of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hedgerow.planning.hypotheses import blpn_level, central, theta_4
from hedgerow.planning.portfolio.options import Option
from hedgerow.planning.portfolio.regimes import Outlook, draws
from hedgerow.planning.question import Question
from hedgerow.trade.economy import Economy
from hedgerow.trade.equilibrium import without_deficits
from hedgerow.trade.policy import Policy

__all__ = ["COUNT", "Case", "cases", "central_case"]

DRAWS, WIDTH = 4, 0.5
"""Outlooks whose numbers are drawn half more to half less: our own range for our own vectors."""
COUNT = 6 + DRAWS
"""Readings that :func:`cases` has."""


@dataclass(frozen=True, eq=False)
class Case:
    """One reading."""

    id: str
    label: str
    economy: Economy
    outlook: Outlook
    place: float = 0.5
    """Where options' effects are read in their ranges: 0 the low end, 1 the high end."""

    def effect(self, option: Option) -> float:
        """The effect of an option under this reading."""
        return option.effect.at(self.place)

    def policies(self, question: Question, options: Sequence[Option]) -> list[Policy]:
        """What each option changes in full."""
        return [option.policy(question, self.economy, self.effect(option)) for option in options]


def central_case(question: Question, outlook: Outlook) -> Case:
    """As published and assumed; nothing else is computed for it."""
    return Case("central", "as published and assumed", central(question.world).economy, outlook)


def cases(question: Question, outlook: Outlook, *, seed: int) -> tuple[Case, ...]:
    """The central reading first, then readings that differ in one thing each.

    Args:
        question: gives the world.
        outlook: regimes as they are stated.
        seed: of the draws around them.
    """
    first = central_case(question, outlook)
    main = first.economy
    low = blpn_level(question.world)
    drawn = draws(outlook, count=DRAWS, width=WIDTH, seed=seed)
    return (
        first,
        Case("theta-4", "elasticity 4 in every sector", theta_4(question.world).economy, outlook),
        Case("blpn", low.label, low.economy, outlook),
        Case("zero-deficits", "trade deficits closed first", without_deficits(main), outlook),
        Case("weak-options", "options at the low end of their effects", main, outlook, 0.0),
        Case("strong-options", "options at the high end of their effects", main, outlook, 1.0),
        *(Case(f"regimes-{k}", f"regimes drawn anew, {k}", main, one, 0.5) for k, one in enumerate(drawn, start=1)),
    )
