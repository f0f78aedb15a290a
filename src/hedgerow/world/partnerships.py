"""Partnerships: dated, typed ties of two or more actors."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PartnershipKind(StrEnum):
    """What the members have bound themselves to."""

    BLOC = "bloc"
    """Members act as one in trade policy: one tariff, one signature."""
    CUSTOMS_UNION = "customs_union"
    """A common tariff on part of trade; each member still signs for itself."""
    FREE_TRADE_AGREEMENT = "free_trade_agreement"
    """Tariffs (nearly) to zero between members, each keeps its own towards outsiders."""


@dataclass(frozen=True)
class Partnership:
    """A dated tie between two or more actors."""

    id: str
    title: str
    kind: PartnershipKind
    members: tuple[str, ...]
    """ISO-3 codes, as far as the world names them."""
    since: date
    """Entry into force, or provisional application."""
    source: str
    """Id of a source in ``data/registry.toml``."""
    evidence: str = ""
    """What in that source, or which announcement."""

    @property
    def short_title(self) -> str:
        """The acronym where the title gives one: ``CPTPP``."""
        acronym = re.search(r"\(([A-Z]{3,})", self.title)
        return acronym.group(1) if acronym else self.title

    def joins(self, one: str, other: str) -> bool:
        """True where the partnership ties these two actors."""
        return one != other and one in self.members and other in self.members


def in_force_between(partnerships: Iterable[Partnership], one: str, other: str) -> tuple[Partnership, ...]:
    """The partnerships that tie two actors."""
    return tuple(p for p in partnerships if p.joins(one, other))
