"""Plans of several parties: each alone, one by one, and all together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from hedgerow.planning.coalition.outcomes import Agreed, Outcomes, Taste
from hedgerow.trade.economy import Array
from hedgerow.world.parties import Party

__all__ = ["Planners", "ascend", "best_from"]

TIE = 1e-9
"""Log units; a smaller gain is no reason to change a set. The solver's own noise is a tenth of it."""

Value = Callable[[Sequence[Agreed]], Array]
"""[B] worth of sets of agreements."""


def ascend(value: Value, start: Agreed, flips: Collection[int]) -> Agreed:
    """From a set, make or drop the one agreement that helps most until none helps: a local optimum.

    Args:
        value: of sets of agreements.
        start: where to begin.
        flips: agreements that may be made or dropped.
    """
    here, best = start, float(value([start])[0])
    while flips:
        near = [here ^ {k} for k in sorted(flips)]
        found = value(near)
        top = int(found.argmax())
        if found[top] <= best + TIE:
            break
        here, best = near[top], float(found[top])
    return here


def best_from(value: Value, starts: Iterable[Agreed], flips: Collection[int]) -> Agreed:
    """The best local optimum over several starts, never worse than any start; the first among equals."""
    ends = list(dict.fromkeys(ascend(value, start, flips) for start in starts))
    return ends[int(value(ends).argmax())]


@dataclass(frozen=True, eq=False)
class Planners:
    """Parties that could sign with each other, and how they judge what comes of it."""

    outcomes: Outcomes
    members: tuple[Party, ...]
    given: Agreed = frozenset()
    """Agreements taken as made, whoever plans."""
    taste: Taste = field(default_factory=Taste)

    @property
    def every(self) -> Agreed:
        """All agreements between two members."""
        return frozenset(k for k, link in enumerate(self.outcomes.links) if {link.one, link.other} <= set(self.members))

    @property
    def free(self) -> Agreed:
        """Those that are still to be decided."""
        return self.every - self.given

    def own(self, party: Party) -> Agreed:
        """Agreements still to be decided that a member signs."""
        return frozenset(k for k in self.free if self.outcomes.links[k].ends(party))

    def gains(self, sets: Sequence[Agreed], parties: Sequence[Party] | None = None) -> Array:
        """[B, party] payoff beyond that of what is given; of members by default."""
        found = self.outcomes.payoffs([self.given, *sets], parties or self.members, self.taste)
        return np.asarray(found[1:] - found[0])

    def welcome(self, party: Party) -> Agreed:
        """Own agreements that the partner does not lose from, each by itself."""
        own = sorted(self.own(party))
        if not own:
            return frozenset()
        partners = [self.outcomes.links[k].partner(party) for k in own]
        found = self.gains([self.given | {k} for k in own])
        takes = [found[row, self.members.index(one)] >= -TIE for row, one in enumerate(partners)]
        return frozenset(k for k, yes in zip(own, takes, strict=True) if yes)

    def alone(self, party: Party, others: Agreed = frozenset()) -> Agreed:
        """A member's own plan, among agreements its partners would sign.

        Args:
            party: who plans.
            others: what the others do among themselves, taken as given.
        """
        may, start = self.welcome(party), self.given | (others - self.own(party))
        return best_from(partial(self._payoff, party), [start, start | may], may)

    def one_by_one(self, plans: Sequence[Agreed]) -> Agreed:
        """What comes of everyone's own plan: an agreement is made where it is in the plans of both its ends.

        Args:
            plans: of each member, in their order.
        """
        by_party = dict(zip(self.members, plans, strict=True))
        links = self.outcomes.links
        made = (k for k in self.free if k in by_party[links[k].one] and k in by_party[links[k].other])
        return self.given | frozenset(made)

    def joint(self, starts: Iterable[Agreed]) -> Agreed:
        """The set with the greatest sum of members' payoffs that the search finds; never below any start."""
        return best_from(self.total, starts, self.free)

    def fairest(self, starts: Iterable[Agreed]) -> Agreed:
        """The set whose worst-off member gains most, of those the search finds."""
        return best_from(self.least, starts, self.free)

    def enforceable(self, start: Agreed) -> Agreed:
        """What is left of a set when agreements fall that one end would rather drop, the greatest wish first."""
        here = start
        while True:
            wishes = self.wishes(here)
            worst = max(wishes, key=lambda k: wishes[k][1], default=None)
            if worst is None:
                return here
            here = here - {worst}

    def wishes(self, made: Agreed) -> dict[int, tuple[Party, float]]:
        """Agreements of a set that an end would gain by dropping alone: who, and how much."""
        free = sorted(made & self.free)
        if not free:
            return {}
        found, base = self.gains([made - {k} for k in free]), self.gains([made])[0]
        links, wishes = self.outcomes.links, {}
        for row, k in enumerate(free):
            gain, who = max(
                ((float(found[row, m] - base[m]), one) for m, one in enumerate(self.members) if links[k].ends(one)),
                key=lambda pair: pair[0],
            )
            if gain > TIE:
                wishes[k] = (who, gain)
        return wishes

    def total(self, sets: Sequence[Agreed]) -> Array:
        """[B] sum of the members' gains, log units: Mexico counts as much as the European Union."""
        return np.asarray(self.gains(sets).sum(axis=1))

    def least(self, sets: Sequence[Agreed]) -> Array:
        """[B] gain of the member who gains least."""
        return np.asarray(self.gains(sets).min(axis=1))

    def _payoff(self, party: Party, sets: Sequence[Agreed]) -> Array:
        return self.gains(sets, [party])[:, 0]
