"""Readers for trade agreements: the WTO database of March 2021 and our own list of what it lacks."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd

from hedgerow.data.raw import raw_file

_FULL = {"FTA", "CU"}
"""Types that free substantially all trade; partial-scope agreements (PSA) do not."""

UNION_TITLE = "EU Treaty"

_HUBS: Mapping[str, str] = {
    "EU": UNION_TITLE,
    "EFTA": "European Free Trade Association (EFTA)",
    "ASEAN": "ASEAN Free Trade Area (AFTA)",
    "Southern Common Market (MERCOSUR)": "Southern Common Market (MERCOSUR)",
    "Eurasian Economic Union (EAEU)": "Eurasian Economic Union (EAEU)",
    "Gulf Cooperation Council (GCC)": "Gulf Cooperation Council (GCC)",
}
"""Groups that sign as one side, as titles begin, and the agreement that lists their members."""

_ALONE: Mapping[str, str] = {
    "United Kingdom": "GB",
    "Mexico - Central America": "MX",
    "Colombia - Northern Triangle": "CO",
    "El Salvador- Honduras - Chinese Taipei": "TW",
}
"""Beginnings of titles where one country faces several."""

_FACES_OTHERS = {"Dominican Republic - Central America": "DO"}
"""Whole titles where one country faces several."""

_SPAN = re.compile(r"([^;()]+?)\s*\((\d\d-\w{3}-\d{4})?\s*-\s*(\d\d-\w{3}-\d{4})?\)")
_NEVER = 9999
"""The year that the database writes for a party that had not ratified."""


@dataclass(frozen=True)
class Agreement:
    """One agreement as its source has it."""

    title: str
    kind: str
    """The source's own word for it."""
    sides: tuple[tuple[str, ...], ...]
    """Country codes of the source; a single side where everyone is tied to everyone."""
    since: date
    """Entry into force for goods."""
    id: str = ""
    evidence: str = ""
    entered: tuple[tuple[str, date], ...] = ()
    """Parties with a date of their own, as the source spells them."""
    left: tuple[str, ...] = ()
    """Parties that left, as the source spells them."""

    @property
    def members(self) -> tuple[str, ...]:
        """Everyone, whatever the side."""
        return tuple(code for side in self.sides for code in side)


def read_wto_rta2021(folder: Path) -> list[Agreement]:
    """Agreements in force in March 2021 that free substantially all trade in goods.

    Kinds are ``FTA`` and ``CU``, members ISO-2 codes with the European Union expanded.

    Raises:
        DataError: a file is absent.
    """
    in_force = json.loads(raw_file(folder, "wto_rta_in_force_members_iso2_2021-03.json").read_text(encoding="utf-8"))
    register = pd.read_csv(raw_file(folder, "wto_rta_database_2021-03.csv.gz"), usecols=[0, 9, 19], dtype=str)
    register.columns = pd.Index(["title", "since", "dates"])
    dated = register.dropna(subset=["since"]).drop_duplicates("title").set_index("title").fillna("")
    listed = {row["rta"]: frozenset(row["countries"]) for row in in_force}
    full = [row for row in in_force if row["type"].split(" & ")[0] in _FULL and row["rta"] in dated.index]
    return [_notified(row, dated.loc[row["rta"]], listed) for row in full]


def _notified(row: Mapping[str, Any], entry: pd.Series[str], listed: Mapping[str, frozenset[str]]) -> Agreement:
    spans = list(_spans(entry["dates"]))
    return Agreement(
        title=row["rta"],
        kind=row["type"].split(" & ")[0],
        sides=_sides(row["rta"], tuple(row["countries"]), listed),
        since=date.fromisoformat(entry["since"]),
        entered=tuple((name, came) for name, came, _ in spans if came is not None and came.year != _NEVER),
        left=tuple(name for name, _, went in spans if went is not None),
    )


def _sides(title: str, countries: tuple[str, ...], listed: Mapping[str, frozenset[str]]) -> tuple[tuple[str, ...], ...]:
    """Hub and spokes where the title names a hub; everyone with everyone elsewhere."""
    hub: frozenset[str] = frozenset()
    for start, list_title in _HUBS.items():
        if title.startswith((f"{start} - ", f"{start} ñ ")):
            hub = listed[list_title]
    for start, code in _ALONE.items():
        if title.startswith(start):
            hub = frozenset({code})
    if title in _FACES_OTHERS:
        hub = frozenset({_FACES_OTHERS[title]})
    if not hub:
        return (countries,)
    return tuple(c for c in countries if c in hub), tuple(c for c in countries if c not in hub)


def _spans(written: str) -> Iterator[tuple[str, date | None, date | None]]:
    """Name, entry and exit from ``Viet Nam(14-Jan-2019 - ); Bulgaria( - 01-Jan-2007)``."""
    for name, came, went in _SPAN.findall(written):
        yield name.strip(), _day(came), _day(went)


def _day(written: str) -> date | None:
    return datetime.strptime(written, "%d-%b-%Y").date() if written else None


def read_later_agreements() -> list[Agreement]:
    """Agreements that the list of March 2021 lacks, entered by hand with one source a row.

    ISO-3 codes, or ids of organisations that stand for their members; sides are separated by ``;``.
    """
    return [
        Agreement(
            title=row["title"],
            kind=row["kind"],
            sides=tuple(tuple(side.split("|")) for side in row["parties"].split(";")),
            since=date.fromisoformat(row["since"]),
            id=row["id"],
            evidence=row["evidence"],
            entered=tuple(_dated(cell) for cell in row["entered"].split("|") if cell),
        )
        for row in _rows("agreements_since_2021.csv")
    ]


def read_suspended_pairs() -> list[tuple[str, str, date, str]]:
    """Two ISO-3 codes, the day their governments stopped trade or its preferences, and the evidence."""
    return [
        (row["one"], row["other"], date.fromisoformat(row["since"]), row["evidence"])
        for row in _rows("pairs_suspended.csv")
    ]


def _rows(name: str) -> Iterator[dict[str, str]]:
    return csv.DictReader((files("hedgerow.data") / name).read_text(encoding="utf-8").splitlines())


def _dated(cell: str) -> tuple[str, date]:
    code, day = cell.split(":")
    return code, date.fromisoformat(day)
