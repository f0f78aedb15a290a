"""Reader of our own table of who belongs to what: ``memberships.csv`` and ``organisations.csv``."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files


@dataclass(frozen=True)
class MembershipRow:
    """One line: who, in what, from when to when, says who."""

    member: str
    organisation: str
    since: date
    until: date | None
    """The last day; none where it goes on."""
    source: str
    """Id in ``registry.toml``, or a public citation."""
    note: str
    year_only: bool
    """The source gives a year: ``since`` is its first day."""


@dataclass(frozen=True)
class OrganisationRow:
    """One organisation as the table has it."""

    id: str
    title: str
    kind: str
    complete: bool
    """False where members are known to be missing from the table."""
    note: str


def read_memberships() -> list[MembershipRow]:
    """Every line, in the order of the file."""
    return [
        MembershipRow(
            member=row["member"],
            organisation=row["organisation"],
            since=_first_day(row["since"]),
            until=_last_day(row["until"]) if row["until"] else None,
            source=row["source"],
            note=row["note"],
            year_only=len(row["since"]) == len("2016"),
        )
        for row in _rows("memberships.csv")
    ]


def read_organisations() -> list[OrganisationRow]:
    """Every organisation, in the order of the file."""
    return [
        OrganisationRow(row["id"], row["title"], row["kind"], row["complete"] == "true", row["note"])
        for row in _rows("organisations.csv")
    ]


def _rows(name: str) -> Iterator[dict[str, str]]:
    return csv.DictReader((files("hedgerow.data") / name).read_text(encoding="utf-8").splitlines())


def _first_day(written: str) -> date:
    return date.fromisoformat(written) if "-" in written else date(int(written), 1, 1)


def _last_day(written: str) -> date:
    if "-" in written:
        return date.fromisoformat(written)
    return date(int(written), 12, 31)
