"""Who would leave a coalition, and who would join it.

Internal and external stability after d'Aspremont, Jacquemin, Gabszewicz and Weymark (1983), Canadian Journal of
Economics 16, 17-25: no member is better off outside, pi_i(S) >= pi_i(S without i), no outsider better off inside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hedgerow.planning.coalition.outcomes import Agreed
from hedgerow.planning.coalition.plans import TIE, Planners
from hedgerow.world.parties import Party

__all__ = ["Inside", "Outside", "inside", "outside"]


@dataclass(frozen=True)
class Inside:
    """A member's choice to stay. Log units."""

    member: Party
    stays: float
    """Its gain in the coalition."""
    leaves: float
    """Its gain if it leaves and the others plan anew without it."""
    others: float
    """What the others' sum of gains loses when it leaves."""

    @property
    def stable(self) -> bool:
        """It does not gain by leaving."""
        return self.stays >= self.leaves - TIE


@dataclass(frozen=True)
class Outside:
    """An outsider's choice to sign with every member. Log units."""

    party: Party
    stays: float
    """Its gain from the coalition while it stays out."""
    joins: float
    members: float
    """What the members' sum of gains would change by."""
    losers: tuple[Party, ...]
    """Members that would lose by it."""

    @property
    def stable(self) -> bool:
        """It does not gain by joining."""
        return self.joins <= self.stays + TIE


def inside(planners: Planners, joint: Agreed) -> tuple[Inside, ...]:
    """Every member beside what it would have outside.

    Args:
        planners: the coalition.
        joint: what it has agreed.
    """
    found = []
    base = planners.gains([joint])[0]
    for place, member in enumerate(planners.members):
        kept = joint - planners.own(member)
        rest = replace(planners, members=tuple(one for one in planners.members if one != member))
        anew = rest.joint([kept])
        after = planners.gains([anew])[0]
        others = float(base.sum() - base[place] - (after.sum() - after[place]))
        found.append(Inside(member, float(base[place]), float(after[place]), others))
    return tuple(found)


def outside(planners: Planners, joint: Agreed, others: Sequence[Party]) -> tuple[Outside, ...]:
    """Every outsider beside what it would have inside, where it signs with all members.

    Args:
        planners: the coalition; its outcomes hold the agreements of outsiders too.
        joint: what it has agreed.
        others: who might join.
    """
    links, found = planners.outcomes.links, []
    for party in others:
        joined = joint | frozenset(
            k for k, link in enumerate(links) if link.ends(party) and link.partner(party) in planners.members
        )
        out, into = planners.gains([joint, joined], [*planners.members, party])
        change = into[:-1] - out[:-1]
        losers = tuple(one for one, lost in zip(planners.members, change, strict=True) if lost < -TIE)
        found.append(Outside(party, float(out[-1]), float(into[-1]), float(change.sum()), losers))
    return tuple(found)
