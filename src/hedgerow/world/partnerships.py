"""Partnerships: dated, typed ties of two or more actors."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import product


class PartnershipKind(StrEnum):
    """What the members have bound themselves to."""

    BLOC = "bloc"
    """Members act as one in trade policy: one tariff, one signature."""
    CUSTOMS_UNION = "customs_union"
    """A common tariff on part of trade; each member still signs for itself."""
    FREE_TRADE_AGREEMENT = "free_trade_agreement"
    """Tariffs (nearly) to zero between members, each keeps its own towards outsiders."""
    ALLIANCE = "alliance"
    """Defence: a mutual promise, or weapons and technology shared."""
    DEFENCE_PACT = "defence_pact"
    """A treaty or declaration on defence: a promise, a duty to consult, or access for forces; no organisation."""
    FORUM = "forum"
    """Members meet and declare; nothing binds."""
    BANK = "bank"
    """Members hold its capital and borrow from it."""
    REGIONAL_ORGANISATION = "regional_organisation"
    """Neighbours with a charter and a secretariat; each signs for itself."""


@dataclass(frozen=True)
class Suspension:
    """Two members between whom a partnership does not work, though neither has left it."""

    one: str
    other: str
    since: date

    def covers(self, one: str, other: str, *, on: date | None = None) -> bool:
        """True where these two are the pair, on a day or now."""
        return {one, other} == {self.one, self.other} and (on is None or on >= self.since)


@dataclass(frozen=True)
class Partnership:
    """A dated tie between two or more actors."""

    id: str
    title: str
    kind: PartnershipKind
    members: tuple[str, ...]
    """ISO-3 codes, as far as the world names them."""
    since: date
    """Entry into force, or provisional application, between the first parties."""
    source: str
    """Id of a source in ``data/registry.toml``."""
    evidence: str = ""
    """What in that source, or which announcement."""
    sides: tuple[tuple[str, ...], ...] = ()
    """Who faces whom: ``EU - Canada`` ties Canada to each member of the Union and not these to each other.
    Empty where every member is tied to every other one."""
    entered: tuple[tuple[str, date], ...] = ()
    """Members that came later than ``since``, and when."""
    suspended: tuple[Suspension, ...] = ()
    """Pairs of members between whom it does not work."""

    @property
    def short_title(self) -> str:
        """The acronym where the title ends with one: ``CPTPP``."""
        acronym = re.search(r"\(([A-Z]{3,})(?:[/-][^)]*)?\)$", self.title)
        return acronym.group(1) if acronym else self.title

    def joins(self, one: str, other: str, *, on: date | None = None) -> bool:
        """True where the partnership ties these two actors.

        Args:
            one: an actor.
            other: another actor.
            on: the day; now when omitted.
        """
        if one == other or one not in self.members or other not in self.members:
            return False
        if any({one, other} <= set(side) for side in self.sides):
            return False
        if any(pause.covers(one, other, on=on) for pause in self.suspended):
            return False
        return on is None or on >= self.since_between(one, other)

    def since_between(self, one: str, other: str) -> date:
        """The day from which the partnership ties two of its members."""
        return max(self.since, *(day for code, day in self.entered if code in (one, other)), self.since)


def in_force_between(
    partnerships: Iterable[Partnership], one: str, other: str, *, on: date | None = None
) -> tuple[Partnership, ...]:
    """The partnerships that tie two actors, on a day or now."""
    return tuple(p for p in partnerships if p.joins(one, other, on=on))


def in_force_with(
    partnerships: Iterable[Partnership], ones: Iterable[str], others: Iterable[str], *, on: date | None = None
) -> tuple[Partnership, ...]:
    """The partnerships that tie every one of some actors to every one of others, such as the members of two blocs."""
    pairs = tuple(product(ones, tuple(others)))
    return tuple(p for p in partnerships if all(p.joins(one, other, on=on) for one, other in pairs))
