"""Who could be a partner."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from hedgerow.planning.question import Question
from hedgerow.scenarios.agreements import DEEPER_AGREEMENT, NEW_AGREEMENT, TradeEffect
from hedgerow.world.parties import Party, trade_parties
from hedgerow.world.partnerships import Partnership, in_force_with


@dataclass(frozen=True)
class Candidate:
    """A party that could sign, with what is in force already."""

    party: Party
    in_force: tuple[Partnership, ...]

    @property
    def deepens(self) -> bool:
        """An agreement is in force already; the candidate is to deepen it."""
        return bool(self.in_force)

    @property
    def trade_effect(self) -> TradeEffect:
        """The range that applies."""
        return DEEPER_AGREEMENT if self.deepens else NEW_AGREEMENT


@lru_cache(maxsize=8)
def candidates(question: Question) -> tuple[Candidate, ...]:
    """Every party that can sign with the actor's side: never the power, the actor or its own bloc."""
    world, side = question.world, question.signatory
    excluded = set(side.members) | set(question.power.members)
    return tuple(
        Candidate(other, in_force_with(world.partnerships, question.actor.members, other.members))
        for other in trade_parties(world)
        if not excluded & set(other.members)
    )
