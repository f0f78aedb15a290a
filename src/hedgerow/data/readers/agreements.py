"""Readers for trade agreements: the WTO database of March 2021 and our own list of what came after."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

import pandas as pd

from hedgerow.data.raw import raw_file

_FULL = {"FTA", "CU"}
"""Types that free substantially all trade; partial-scope agreements (PSA) do not."""


@dataclass(frozen=True)
class Agreement:
    """One agreement as its source has it."""

    title: str
    kind: str
    """The source's own word for it."""
    members: tuple[str, ...]
    """Country codes of the source."""
    since: date
    """Entry into force for goods."""
    id: str = ""
    evidence: str = ""


def read_wto_rta2021(folder: Path) -> list[Agreement]:
    """Agreements in force in March 2021 that free substantially all trade in goods.

    Kinds are ``FTA`` and ``CU``, members ISO-2 codes with the European Union expanded.

    Raises:
        DataError: a file is absent.
    """
    in_force = json.loads(raw_file(folder, "wto_rta_in_force_members_iso2_2021-03.json").read_text(encoding="utf-8"))
    register = pd.read_csv(raw_file(folder, "wto_rta_database_2021-03.csv.gz"), usecols=[0, 9])
    entered = register.dropna().drop_duplicates("RTA Name").set_index("RTA Name").iloc[:, 0].to_dict()
    found = []
    for row in in_force:
        kind = row["type"].split(" & ")[0]
        if kind in _FULL and row["rta"] in entered:
            since = date.fromisoformat(entered[row["rta"]])
            found.append(Agreement(row["rta"], kind, tuple(row["countries"]), since))
    return found


def read_later_agreements() -> list[Agreement]:
    """Agreements that entered into force after March 2021, entered by hand with one source a row. ISO-3 codes."""
    text = (files("hedgerow.data") / "agreements_since_2021.csv").read_text(encoding="utf-8")
    return [
        Agreement(
            title=row["title"],
            kind=row["kind"],
            members=tuple(row["members"].split("|")),
            since=date.fromisoformat(row["since"]),
            id=row["id"],
            evidence=row["evidence"],
        )
        for row in csv.DictReader(text.splitlines())
    ]
