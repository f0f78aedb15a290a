"""Who belongs to which organisation, from when to when; one source a row.

Facts entered by hand in ``data/memberships.csv``. What the table does not say it does not deny: an absent row is
unknown, not "no", in organisations that are not ``complete``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from hedgerow.data.readers.memberships import read_memberships, read_organisations
from hedgerow.errors import UnknownNameError
from hedgerow.world.partnerships import PartnershipKind

CHECKED_TO = date(2026, 5, 31)
"""Later changes are not in the table. ``docs/memberships.md`` says which rows were compared with what."""


@dataclass(frozen=True)
class Organisation:
    """Something that states, and sometimes bodies, belong to."""

    id: str
    title: str
    kind: PartnershipKind
    complete: bool
    """False where members are known to be missing from the table."""
    note: str = ""


@dataclass(frozen=True)
class Membership:
    """One actor in one organisation for one span of time."""

    actor: str
    """ISO-3 code, or the id of an organisation that is itself a member."""
    organisation: str
    since: date
    """First day; the first of January where ``year_only``."""
    until: date | None
    """Last day; none where it goes on."""
    source: str
    """Id of a source in ``data/registry.toml``, or a public citation."""
    note: str = ""
    year_only: bool = False

    def holds(self, day: date) -> bool:
        """True on every day of the span, the first and the last included."""
        return self.since <= day and (self.until is None or day <= self.until)


@cache
def organisations() -> Mapping[str, Organisation]:
    """Every organisation of the table by id."""
    return {
        row.id: Organisation(row.id, row.title, PartnershipKind(row.kind), row.complete, row.note)
        for row in read_organisations()
    }


@cache
def memberships() -> tuple[Membership, ...]:
    """The whole table."""
    return tuple(
        Membership(row.member, row.organisation, row.since, row.until, row.source, row.note, row.year_only)
        for row in read_memberships()
    )


def organisation(written: str) -> Organisation:
    """The organisation with this id or title.

    Raises:
        UnknownNameError: the table has none.
    """
    for known in organisations().values():
        if written.casefold() in (known.id.casefold(), known.title.casefold()):
            return known
    raise UnknownNameError(f"organisation: {written!r} is not in the table; it has {', '.join(organisations())}")


def members_on(day: date, organisation_id: str) -> tuple[str, ...]:
    """Codes of the members on a day, in alphabetical order.

    Raises:
        UnknownNameError: the table has no such organisation.
    """
    wanted = organisation(organisation_id).id
    return tuple(sorted({m.actor for m in memberships() if m.organisation == wanted and m.holds(day)}))


def organisations_of(actor: str, day: date) -> tuple[str, ...]:
    """Ids of the organisations an actor belongs to on a day, in the order of the table."""
    found = {m.organisation for m in memberships() if m.actor == actor and m.holds(day)}
    return tuple(name for name in organisations() if name in found)


def joined(organisation_id: str) -> dict[str, date]:
    """Present members and the day each of them came."""
    wanted = organisation(organisation_id).id
    return {m.actor: m.since for m in memberships() if m.organisation == wanted and m.holds(CHECKED_TO)}


@cache
def trade_blocs() -> Mapping[str, tuple[str, ...]]:
    """Organisations with one tariff towards outsiders, and their present members."""
    return {o.id: members_on(CHECKED_TO, o.id) for o in organisations().values() if o.kind is PartnershipKind.BLOC}
