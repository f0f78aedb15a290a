"""Which trade agreements tie the actors of a world."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from hedgerow.data.readers.agreements import (
    Agreement,
    read_later_agreements,
    read_suspended_pairs,
    read_wto_rta2021,
)
from hedgerow.world.actors import alias_table
from hedgerow.world.memberships import joined, organisations, trade_blocs
from hedgerow.world.partnerships import Partnership, PartnershipKind, Suspension

_WTO, _BY_HAND = "wto-rta-2021", "agreements-by-hand"
_TABLE = "memberships"
_KIND_OF = {"FTA": PartnershipKind.FREE_TRADE_AGREEMENT, "CU": PartnershipKind.CUSTOMS_UNION}

_DATED_BY = {
    "Comprehensive and Progressive Agreement for Trans-Pacific Partnership (CPTPP)": "CPTPP",
}
"""Agreements of the list that some parties had not ratified: their dates are in the table of memberships."""

_IDS = {"Commonwealth of Independent States (CIS)": "cis-1994"}
"""Agreements whose acronym a later one took over."""


def agreements_in_force(folder: Path, codes: Iterable[str]) -> tuple[Partnership, ...]:
    """The blocs with at least two members among ``codes`` and every agreement that ties two parties, by date.

    Agreements notified to the WTO by March 2021 and those of ``data/agreements_since_2021.csv``. Partial-scope
    agreements are left out: they free too little to count as in force. An agreement among the members of one
    bloc is that bloc. Members carry the day they came, later members of a hub their accession to it; pairs whose
    governments have stopped trade or its preferences are marked as suspended.
    """
    actors = set(codes)
    blocs = _blocs(actors)
    party_of = {code: bloc.id for bloc in blocs for code in bloc.members}
    found = [_partnership(a, _KIND_OF[a.kind], _WTO) for a in _notified(folder, actors)]
    found += [_partnership(a, PartnershipKind(a.kind), _BY_HAND) for a in _by_hand(actors)]
    tying = [p for p in found if len({party_of.get(c, c) for c in p.members}) > 1 and _ties(p)]
    return tuple(sorted([*blocs, *tying], key=lambda p: (p.since, p.id)))


def _blocs(actors: set[str]) -> tuple[Partnership, ...]:
    """Unions that set one tariff; alone in a world a member signs for itself."""
    found = []
    for name, members in trade_blocs().items():
        present = tuple(code for code in members if code in actors)
        if len(present) > 1:
            since = min(day for code, day in joined(name).items())
            later = _later(joined(name).items(), since, set(present))
            title = organisations()[name].title
            found.append(Partnership(name, title, PartnershipKind.BLOC, present, since, _TABLE, entered=later))
    return tuple(found)


def _notified(folder: Path, actors: set[str]) -> list[Agreement]:
    """The list of March 2021 in ISO-3 codes, as far as the world has them, with the days members came."""
    iso3 = {spelling.upper(): found[0] for spelling, found in alias_table().codes.items() if len(spelling) == 2}
    spelled = alias_table().code
    found = []
    for a in read_wto_rta2021(folder):
        left = {spelled(name, field=a.title) for name in a.left}
        sides = tuple(tuple(sorted({iso3[c] for c in side if c in iso3} & actors - left)) for side in a.sides)
        own = {spelled(name, field=a.title): day for name, day in a.entered}
        own |= joined(_DATED_BY[a.title]) if a.title in _DATED_BY else {}
        found.append(replace(a, sides=sides, entered=tuple((_accessions(sides) | own).items())))
    return found


def _by_hand(actors: set[str]) -> list[Agreement]:
    """Our own list in ISO-3 codes: an organisation stands for its members, with the days they came."""
    found = []
    for a in read_later_agreements():
        dates: dict[str, date] = {}
        sides = []
        for side in a.sides:
            expanded: list[str] = []
            for party in side:
                present = joined(party) if party in organisations() else {party: a.since}
                dates |= present
                expanded += present
            sides.append(tuple(sorted(set(expanded) & actors)))
        found.append(replace(a, sides=tuple(sides), entered=tuple((dates | dict(a.entered)).items())))
    return found


def _accessions(sides: tuple[tuple[str, ...], ...]) -> dict[str, date]:
    """Days on which the members of a bloc that is one of the sides came to it."""
    found: dict[str, date] = {}
    for side in sides if len(sides) > 1 else ():
        for name, members in trade_blocs().items():
            if side and set(side) <= set(members):
                found |= joined(name)
    return found


def _ties(p: Partnership) -> bool:
    """False where nobody is left to face."""
    return not p.sides or all(p.sides)


def _later(dates: Iterable[tuple[str, date]], since: date, present: set[str]) -> tuple[tuple[str, date], ...]:
    return tuple(sorted((code, day) for code, day in dates if code in present and day > since))


def _partnership(agreement: Agreement, kind: PartnershipKind, source: str) -> Partnership:
    sides = agreement.sides if len(agreement.sides) > 1 else ()
    members = tuple(sorted(set(agreement.members)))
    plain = sides and all(len(side) == 1 for side in sides)
    named = Partnership(
        id=agreement.id,
        title=agreement.title,
        kind=kind,
        members=members,
        since=agreement.since,
        source=source,
        evidence=agreement.evidence,
        sides=() if plain else sides,
        entered=_later(agreement.entered, agreement.since, set(members)),
        suspended=tuple(
            Suspension(one, other, since)
            for one, other, since, _ in read_suspended_pairs()
            if {one, other} <= set(members)
        ),
    )
    slug = re.sub(r"[^a-z0-9]+", "-", named.short_title.casefold()).strip("-")
    return named if named.id else replace(named, id=_IDS.get(named.title, slug))
