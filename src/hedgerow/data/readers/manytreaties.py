"""Reader for parties to agreements on environment, trade and health (GGO, in the R package manytreaties)."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd

from hedgerow.data.raw import raw_file

NEVER = 2899
"""From this year on a date of the source is a mark: not yet in force, or without end."""

_JOINED = ("StateSignature", "StateRatification", "StateForce")
_LEFT = ("StateEnd", "End")


def read_parties(folder: Path) -> pd.DataFrame:
    """Columns ``party`` (as written), ``agreement``, ``joined`` and ``left`` (years; ``left`` missing without end).

    A party joins with the first of signature, ratification and entry into force for it; where the source has none of
    them, with the agreement. One row a party and agreement.
    """
    path = raw_file(folder, "parties_GGO.parquet")
    rows = duckdb.read_parquet(path.as_posix()).select("stateID", "treatyID", "Begin", *_JOINED, *_LEFT).df()
    years = rows[["Begin", *_JOINED, *_LEFT]].apply(_year)
    parties = pd.DataFrame(
        {
            "party": rows["stateID"],
            "agreement": rows["treatyID"],
            "joined": years[list(_JOINED)].min(axis=1).fillna(years["Begin"]),
            "left": years[list(_LEFT)].min(axis=1),
        }
    )
    known = parties.dropna(subset=["party", "joined"])
    return known.groupby(["party", "agreement"], as_index=False).agg({"joined": "min", "left": "max"})


def _year(dates: pd.Series) -> pd.Series:
    """First four digits of a written date; marks and blanks are missing."""
    years = pd.to_numeric(dates.astype("str").str.extract(r"^(\d{4})")[0], errors="coerce")
    return years.where(years < NEVER)
