"""Readers for trade agreements: the WTO database of March 2021 and our own list of what came after."""

from __future__ import annotations

import json
from importlib.resources import files
from io import StringIO
from pathlib import Path

import pandas as pd

from hedgerow.data.raw import raw_file

_FULL = {"FTA", "CU"}
"""Types that free substantially all trade; partial-scope agreements (PSA) do not."""


def read_wto_rta2021(folder: Path) -> pd.DataFrame:
    """Agreements in force in March 2021 that free substantially all trade in goods.

    Columns: title, type (``FTA`` or ``CU``), members (tuple of ISO-2 codes, the EU expanded), since (ISO date).

    Raises:
        DataError: a file is absent.
    """
    members = raw_file(folder, "wto_rta_in_force_members_iso2_2021-03.json")
    dates = raw_file(folder, "wto_rta_database_2021-03.csv.gz")
    table = pd.DataFrame(json.loads(members.read_text(encoding="utf-8")))
    since = pd.read_csv(dates).set_index("RTA Name")["Date of Entry into Force (G)"]
    table["type"] = table["type"].str.split(" & ").str[0]
    table = table[table["type"].isin(_FULL)]
    return pd.DataFrame(
        {
            "title": table["rta"],
            "type": table["type"],
            "members": table["countries"].map(tuple),
            "since": table["rta"].map(since[~since.index.duplicated()]),
        }
    ).dropna(subset=["since"])


def read_later_agreements() -> pd.DataFrame:
    """Agreements that entered into force after March 2021, entered by hand with one source a row."""
    text = (files("hedgerow.data") / "agreements_since_2021.csv").read_text(encoding="utf-8")
    return pd.read_csv(StringIO(text))
