"""The question of a coalition, checked, and everything that is told about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from hedgerow.errors import RequestError
from hedgerow.planning.coalition.outcomes import Agreed, Outcomes, Taste
from hedgerow.planning.coalition.plans import Planners
from hedgerow.planning.coalition.stability import Inside, Outside, inside, outside
from hedgerow.planning.effects import Progress, SolverRecord
from hedgerow.planning.hypotheses import central, theta_4
from hedgerow.planning.links import Link, link, links_among
from hedgerow.planning.lottery import Lottery, lottery
from hedgerow.planning.portfolio.outside import MIDDLE_POWERS
from hedgerow.planning.portfolio.ranking import ATTITUDES
from hedgerow.planning.portfolio.regimes import Outlook
from hedgerow.planning.portfolio.sureness import main_effects
from hedgerow.planning.question import Question
from hedgerow.trade.economy import Array, Economy
from hedgerow.world.parties import Party, bloc_of, party, trade_parties
from hedgerow.world.world import World

__all__ = ["MIDDLE_POWERS", "Coalition", "Setting", "Spread", "coalition", "named_links", "setting_of"]

LEAST, MOST = 3, 10
OUTSIDERS = 10
"""The largest economies outside that are asked whether they would join."""
PLACES = {"low": 0.0, "central": 0.5, "high": 1.0}


@dataclass(frozen=True)
class Setting:
    """Who might agree, before which power."""

    world: World
    power: Party
    members: tuple[Party, ...]
    given: tuple[str, ...] = ()
    """Names of agreements among members that are taken as made."""

    @property
    def question(self) -> Question:
        """What outlooks are asked with; they depend on the power and the world alone."""
        return Question(self.world, self.members[0], self.power)


@dataclass(frozen=True, eq=False)
class Spread:
    """The gain from planning together under every combination of assumptions; the sets stay what they are."""

    factors: tuple[str, ...]
    levels: tuple[tuple[str, ...], ...]
    gain: Array
    """One axis a factor: sum over members, joint plan less one by one, log units."""
    members: Array
    """The same for each member, last axis."""

    @property
    def shares(self) -> dict[str, float]:
        """Part of the variance that each factor explains alone, and what is left to combinations."""
        found = main_effects(self.gain)
        return dict(zip((*self.factors, "together"), (*found, 1 - found.sum()), strict=True))


@dataclass(frozen=True, eq=False)
class Coalition:
    """Plans of several parties, and what each gets from them. Log units."""

    setting: Setting
    lottery: Lottery
    planners: Planners
    alone: tuple[Agreed, ...]
    """Own plan of each member, while the others do nothing."""
    replies: tuple[Agreed, ...]
    """Own plan of each member, the others' plans taken as given."""
    one_by_one: Agreed
    joint: Agreed
    fairest: Agreed
    enforceable: Agreed
    """What is left of the joint plan where nobody can be held to an agreement."""
    inside: tuple[Inside, ...]
    outside: tuple[Outside, ...]
    spread: Spread

    @property
    def record(self) -> SolverRecord:
        """How well everything was solved."""
        return self.planners.outcomes.record

    @property
    def links(self) -> tuple[Link, ...]:
        """Agreements by their positions in sets."""
        return self.planners.outcomes.links

    @property
    def coordination(self) -> float:
        """Sum over members: joint plan less what comes of own plans."""
        found = self.planners.total([self.joint, self.one_by_one])
        return float(found[0] - found[1])


def setting_of(world: World, names: Sequence[str], power: str, given: Sequence[str] = ()) -> Setting:
    """A coalition of named parties.

    Raises:
        UnknownNameError: a name that fits nobody.
        RequestError: too few or too many members, one of them twice, a member of a bloc, the power itself.
    """
    strong = party(world, power, field="--power")
    found = tuple(party(world, name, field="members") for name in names)
    for one in (*found, strong):
        union = bloc_of(world, one.code)
        if union is not None:
            raise RequestError(f"members: {one.name} signs as {union.name}; name {union.code}")
    twice = [one.code for one in found if found.count(one) > 1]
    if twice:
        raise RequestError(f"members: {twice[0]} is named twice; name everybody once")
    if strong in found:
        raise RequestError(f"members: {strong.code} is the power; leave it out")
    if not LEAST <= len(found) <= MOST:
        raise RequestError(f"members: {len(found)} given, from {LEAST} to {MOST} can plan together")
    setting = Setting(world, strong, found, tuple(given))
    named_links(links_among(world, found), given)
    return setting


def named_links(links: Sequence[Link], names: Sequence[str]) -> Agreed:
    """Positions of agreements written as ``CAN-EU``, in either order.

    Raises:
        RequestError: no such agreement.
    """
    known = {code: k for k, one in enumerate(links) for code in (one.name, f"{one.other.code}-{one.one.code}")}
    for name in names:
        if name.upper() not in known:
            raise RequestError(f"--given: {name!r} is no agreement of two members; write it as {links[0].name}")
    return frozenset(known[name.upper()] for name in names)


def coalition(setting: Setting, outlook: Outlook, *, progress: Progress | None = None) -> Coalition:
    """Solve plans alone, one by one and together.

    Args:
        setting: members, power and world.
        outlook: of the power; its first chain counts.
        progress: called with the number of solves done since the last call.

    Raises:
        SolveError: a counterfactual has no answer; no number is returned.
    """
    world, members = setting.world, setting.members
    seen = lottery(setting.question, outlook, outlook.chains[0])
    among, others = links_among(world, members), _outsiders(setting)
    more = tuple(link(world, member, other) for other in others for member in members)
    outcomes = Outcomes(central(world).economy, (*among, *more), seen, progress=progress)
    planners = Planners(outcomes, members, named_links(among, setting.given))
    alone = tuple(planners.alone(one) for one in members)
    one_by_one = planners.one_by_one(alone)
    replies = tuple(planners.alone(one, one_by_one) for one in members)
    full = planners.given | planners.every
    starts = [one_by_one, full]
    joint = planners.joint(starts)
    return Coalition(
        setting=setting,
        lottery=seen,
        planners=planners,
        alone=alone,
        replies=replies,
        one_by_one=one_by_one,
        joint=joint,
        fairest=planners.fairest([joint, *starts]),
        enforceable=planners.enforceable(joint),
        inside=inside(planners, joint),
        outside=outside(planners, joint, others),
        spread=_spread(planners, setting, outlook, joint, one_by_one),
    )


def _outsiders(setting: Setting) -> tuple[Party, ...]:
    """The largest parties that are neither members nor the power."""
    income = setting.world["value_added"]
    free = [one for one in trade_parties(setting.world) if one not in setting.members and one != setting.power]
    return tuple(sorted(free, key=lambda one: -float(income.sel(actor=list(one.members)).sum()))[:OUTSIDERS])


def _spread(planners: Planners, setting: Setting, outlook: Outlook, joint: Agreed, one_by_one: Agreed) -> Spread:
    """Both sets again under every combination of elasticity, effect, chain, cost and attitude."""
    economies: dict[str, Economy] = {
        "published": central(setting.world).economy,
        "theta-4": theta_4(setting.world).economy,
    }
    lotteries = {chain.name: lottery(setting.question, outlook, chain) for chain in outlook.chains}
    levels = (tuple(economies), tuple(PLACES), tuple(lotteries), tuple(PLACES), tuple(a.id for a in ATTITUDES))
    found = np.empty((*(len(one) for one in levels), len(setting.members)))
    base = planners.outcomes
    for (e, economy), (p, place) in product(enumerate(economies.values()), enumerate(PLACES.values())):
        solved = Outcomes(economy, base.links, base.lottery, place, base.progress)
        for (c, seen), (k, cost), (a, attitude) in product(
            enumerate(lotteries.values()), enumerate(PLACES.values()), enumerate(ATTITUDES)
        ):
            solved.lottery = seen
            taste = Taste(attitude.aversion, cost)
            together, apart = replace(planners, outcomes=solved, taste=taste).gains([joint, one_by_one])
            found[e, p, c, k, a] = together - apart
        base.record += solved.record
    return Spread(("elasticity", "effect", "chain", "cost", "attitude"), levels, found.sum(axis=-1), found)
