"""Who is an ally, who a rival of a power, and who neither: what a policy toward sides is aimed at."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from hedgerow.errors import RequestError
from hedgerow.scenarios.reach import Codes, blocs_on
from hedgerow.world.memberships import members_on, memberships, organisations
from hedgerow.world.parties import Party, bloc_of
from hedgerow.world.partnerships import PartnershipKind
from hedgerow.world.world import World

__all__ = ["SideRow", "Sides", "side_rows", "sides_of", "sorted_sides", "targets"]


@dataclass(frozen=True)
class SideRow:
    """One line of ``library/sides.csv``."""

    power: str
    side: str
    """``ally`` or ``rival``."""
    who: str
    """ISO-3 code, or the id of an organisation whose members are meant."""
    source: str
    note: str


@dataclass(frozen=True)
class Sides:
    """Economies of one world by what they are to a power; whoever stands on no side is one of the others.

    Raises:
        RequestError: an economy on two sides.
    """

    ally: Codes
    rival: Codes
    other: Codes
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        both = sorted(set(self.ally) & set(self.rival))
        if both:
            raise RequestError(f"sides: {', '.join(both)} is ally and rival at once; name it on one side")


@cache
def side_rows() -> tuple[SideRow, ...]:
    """The table, in its order."""
    text = (files("hedgerow.planning.portfolio") / "library" / "sides.csv").read_text(encoding="utf-8")
    return tuple(SideRow(**row) for row in csv.DictReader(text.splitlines()))


def targets(world: World, power: Party) -> Codes:
    """Whom a power can tax: everyone but itself and its own bloc."""
    union = bloc_of(world, power.code)
    own = {*power.members, *(union.members if union else ())}
    return tuple(code for code in world.codes if code not in own)


def sides_of(world: World, power: Party, day: date) -> Sides:
    """The sides of a power on a day.

    The United States and China have theirs in a table with a source for every row. The allies of any other power are
    its partners in alliances, and it has no rivals. A bloc with one tariff is met as one: where most of its members
    stand on a side, those on none stand there too.

    Args:
        world: whoever has no accounts in it counts among the others, inside the rest of the world.
        power: an economy or a bloc.
        day: memberships are read on it.
    """
    rows = [row for row in side_rows() if (row.power,) == power.members]
    if rows:
        named = {side: _codes((row.who for row in rows if row.side == side), day) for side in ("ally", "rival")}
        notes = [f"Sides of {power.name}: treaties and public strategies, one source a row in docs/regimes.md."]
    else:
        named = {"ally": _partners(power, day), "rival": set()}
        notes = [f"Sides of {power.name}: its partners in alliances on {day} are allies; no rival is assumed."]
    absent = sorted((named["ally"] | named["rival"]) - set(world.codes))
    if absent:
        notes.append(f"Without accounts of their own in world {world.id}, and so not told apart: {', '.join(absent)}.")
    reached = set(targets(world, power))
    ally, rival = (named[side] & reached for side in ("ally", "rival"))
    whole_ally, whole_rival = _whole(world, day, ally) - rival, _whole(world, day, rival) - ally
    return sorted_sides(world, power, ally=whole_ally, rival=whole_rival, notes=tuple(notes))


def sorted_sides(
    world: World, power: Party, *, ally: Iterable[str], rival: Iterable[str], notes: tuple[str, ...]
) -> Sides:
    """Sides in the order of the world, without the power and its bloc.

    Raises:
        RequestError: an economy on two sides.
    """
    reached, allies, rivals = targets(world, power), set(ally), set(rival)
    return Sides(
        tuple(code for code in reached if code in allies),
        tuple(code for code in reached if code in rivals),
        tuple(code for code in reached if code not in allies | rivals),
        notes,
    )


def _codes(names: Iterable[str], day: date) -> set[str]:
    return {code for name in names for code in (members_on(day, name) if name in organisations() else (name,))}


def _partners(power: Party, day: date) -> set[str]:
    """Members of the alliances that anybody in the power belongs to."""
    shared = {
        row.organisation
        for row in memberships()
        if row.actor in power.members
        and row.holds(day)
        and organisations()[row.organisation].kind is PartnershipKind.ALLIANCE
    }
    return _codes(shared, day)


def _whole(world: World, day: date, side: set[str]) -> set[str]:
    """A side with the rest of the blocs that most members of stand on it."""
    most = (set(members) for members in blocs_on(world, day).values() if 2 * len(side & set(members)) > len(members))
    return side.union(*most)
