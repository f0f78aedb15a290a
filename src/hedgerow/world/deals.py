"""Trade deals of the day: who, what stands, since when, and which tariffs are known to change. Facts only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from hedgerow.data.readers.deals import read_deals
from hedgerow.errors import UnknownNameError
from hedgerow.world.memberships import CHECKED_TO, members_on, organisations


class DealStatus(StrEnum):
    """How far a deal has come."""

    IN_FORCE = "in_force"
    PROVISIONAL = "in_force_provisionally"
    """Applied before every party has ratified."""
    SIGNED = "signed"
    CONCLUDED = "concluded"
    """The text is agreed, nothing is signed."""
    NEGOTIATING = "negotiating"

    @property
    def applies(self) -> bool:
        """True where goods are treated differently already."""
        return self in (DealStatus.IN_FORCE, DealStatus.PROVISIONAL)


class DealScope(StrEnum):
    """How much of trade a deal reaches."""

    GOODS = "goods"
    """Substantially all goods."""
    PRODUCTS = "products"
    """A few products."""
    RULES = "rules"
    """Rules and checks, no tariffs."""


@dataclass(frozen=True)
class TariffLine:
    """One tariff that a deal changes, from published announcements."""

    exporter: str
    importer: str
    goods: str
    before: float
    """Rate: 0.84 is 84 %."""
    after: float
    since: date
    until: date | None
    quota_units: int | None
    """Units a year that the new rate covers; the old rate stands beyond. None where there is no quota."""
    quota_units_year_5: int | None
    confirmed: bool
    note: str


@dataclass(frozen=True)
class Deal:
    """A trade deal with its date and status."""

    id: str
    title: str
    parties: tuple[str, ...]
    """ISO-3 codes, or ids of organisations that sign as one."""
    status: DealStatus
    date: date
    """The day of that status."""
    confirmed: bool
    """False where the reports we found contradict each other or leave something out; none was compared with a text."""
    source: str
    changes: str
    scope: DealScope
    quota_rent: str = ""
    """Where a quota leaves a rent: what it is and who may get it."""
    tariffs: tuple[TariffLine, ...] = ()

    @property
    def members(self) -> tuple[str, ...]:
        """ISO-3 codes of everyone bound, organisations expanded."""
        found: set[str] = set()
        for party in self.parties:
            found |= set(members_on(CHECKED_TO, party)) if party in organisations() else {party}
        return tuple(sorted(found))


@cache
def deals() -> Mapping[str, Deal]:
    """Every deal by id, in the order of the file."""
    return {
        name: Deal(
            id=name,
            title=entry["title"],
            parties=tuple(entry["parties"]),
            status=DealStatus(entry["status"]),
            date=entry["date"],
            confirmed=entry["confirmed"],
            source=entry["source"],
            changes=entry["changes"],
            scope=DealScope(entry.get("scope", "goods")),
            quota_rent=entry.get("quota_rent", ""),
            tariffs=tuple(_line(line) for line in entry.get("tariffs", ())),
        )
        for name, entry in read_deals().items()
    }


def deal(deal_id: str) -> Deal:
    """The deal with this id.

    Raises:
        UnknownNameError: the list has none.
    """
    if deal_id not in deals():
        raise UnknownNameError(f"deal: {deal_id!r} is not in the list; it has {', '.join(deals())}")
    return deals()[deal_id]


def _line(entry: Mapping[str, object]) -> TariffLine:
    known = {**{"until": None, "quota_units": None, "quota_units_year_5": None}, **entry}
    return TariffLine(**{("since" if key == "from" else key): value for key, value in known.items()})  # type: ignore[arg-type]
