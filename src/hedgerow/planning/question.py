"""The question a brief answers, checked before anything is computed."""

from __future__ import annotations

from dataclasses import dataclass

from hedgerow.errors import RequestError
from hedgerow.world.parties import Party, bloc_of, economy, party
from hedgerow.world.world import World

HEADLINE_TARIFF = 0.25
"""The swing when none is named."""


@dataclass(frozen=True)
class Question:
    """How exposed is ``actor`` to a swing of ``power``, and who could help?"""

    world: World
    actor: Party
    power: Party
    tariff: float = HEADLINE_TARIFF
    """Points added by the power to its tariff on goods: 0.25 is 25 points."""
    retaliation: bool = False
    """Whether the actor answers in kind."""

    @property
    def signatory(self) -> Party:
        """Who signs the actor's trade agreements: its bloc, where it has one."""
        return bloc_of(self.world, self.actor.code) or self.actor


def ask(
    world: World, actor: str, power: str, *, tariff: float = HEADLINE_TARIFF, retaliation: bool = False
) -> Question:
    """A question about named parties.

    Args:
        world: where the answer is computed.
        actor: name or code of one economy.
        power: name or code of another economy or of a bloc that sets one tariff.
        tariff: the swing, as a rate.
        retaliation: whether the actor answers in kind.

    Raises:
        UnknownNameError: a name that fits no economy of this world, or more than one.
        RequestError: an actor asked about itself or its own bloc, or a power that sets no tariff of its own.
    """
    one, other = economy(world, actor, field="actor"), party(world, power, field="--power")
    if set(one.members) & set(other.members):
        relation = "the country itself" if one == other else f"{one.name}'s own bloc"
        raise RequestError(f"--power: {other.name} is {relation}; name another power")
    union = bloc_of(world, other.code)
    if union is not None:
        raise RequestError(f"--power: {other.name} sets no tariff of its own; ask about --power {union.code}")
    return Question(world, one, other, tariff, retaliation)
