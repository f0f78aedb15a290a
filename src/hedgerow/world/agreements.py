"""Which trade agreements tie the actors of a world."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from hedgerow.data.readers.agreements import Agreement, read_later_agreements, read_wto_rta2021
from hedgerow.world.actors import alias_table
from hedgerow.world.partnerships import Partnership, PartnershipKind

_WTO, _BY_HAND = "wto-rta-2021", "agreements-by-hand"
_KIND_OF = {"FTA": PartnershipKind.FREE_TRADE_AGREEMENT, "CU": PartnershipKind.CUSTOMS_UNION}
_UNION_TITLE = "EU Treaty"
_LEFT_THE_UNION = {"GBR"}
"""The United Kingdom left on 31 January 2020; the WTO list keeps it as a past signatory."""


def agreements_in_force(folder: Path, codes: Iterable[str]) -> tuple[Partnership, ...]:
    """The European Union as a bloc, then every agreement that ties two parties among ``codes``, by date.

    Agreements notified to the WTO by March 2021 and the later ones of ``data/agreements_since_2021.csv``.
    Partial-scope agreements are left out: they free too little to count as in force.
    """
    actors = set(codes)
    iso3 = {spelling.upper(): found[0] for spelling, found in alias_table().codes.items() if len(spelling) == 2}
    notified = [
        replace(a, members=tuple(sorted({iso3[c] for c in a.members if c in iso3} & actors)))
        for a in read_wto_rta2021(folder)
    ]
    treaty = next(a for a in notified if a.title == _UNION_TITLE)
    union = tuple(c for c in treaty.members if c not in _LEFT_THE_UNION)
    bloc = Partnership("EU", "European Union", PartnershipKind.BLOC, union, treaty.since, _WTO)
    found = [
        _partnership(a, _KIND_OF[a.kind], _WTO)
        for a in notified
        if len({"EU" if c in union else c for c in a.members}) > 1
    ]
    later = [
        _partnership(replace(a, members=tuple(c for c in a.members if c in actors)), PartnershipKind(a.kind), _BY_HAND)
        for a in read_later_agreements()
    ]
    return (bloc, *sorted(found + later, key=lambda p: (p.since, p.id)))


def _partnership(agreement: Agreement, kind: PartnershipKind, source: str) -> Partnership:
    named = Partnership(
        id=agreement.id,
        title=agreement.title,
        kind=kind,
        members=agreement.members,
        since=agreement.since,
        source=source,
        evidence=agreement.evidence,
    )
    slug = re.sub(r"[^a-z0-9]+", "-", named.short_title.casefold()).strip("-")
    return named if named.id else replace(named, id=slug)
