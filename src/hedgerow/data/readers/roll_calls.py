"""Readers for roll calls of the UN General Assembly: the R package unvotes, and two resolutions on Ukraine."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd

from hedgerow.data.raw import raw_file
from hedgerow.data.readers.ideal_points import FIRST_SESSION

_UKRAINE = {"68/262": 2014, "ES-11/1": 2022}


def read_roll_calls(folder: Path) -> pd.DataFrame:
    """Columns ``roll_call``, ``year`` of the session, ``country`` (name as written), ``vote`` (y, a or n).

    Absences are not rows.
    """
    votes, calls = (raw_file(folder, f"{name}.parquet").as_posix() for name in ("un_votes", "un_roll_calls"))
    query = """
        SELECT v.rcid AS roll_call, CAST(r.session AS INTEGER) + ? AS year, v.country, left(v.vote, 1) AS vote
        FROM read_parquet(?) v JOIN read_parquet(?) r USING (rcid)
        ORDER BY roll_call, country
    """
    with duckdb.connect() as connection:
        frame: pd.DataFrame = connection.execute(query, [FIRST_SESSION, votes, calls]).df()
    return frame


def read_ukraine_votes(folder: Path) -> pd.DataFrame:
    """Columns ``country`` (name as written), ``year``, ``resolution``, ``vote`` (yes, abstain or no)."""
    rows = pd.read_csv(raw_file(folder, "ukraine_resolutions_68-262_ES-11-1.csv"), keep_default_na=False)
    return rows.assign(year=rows["resolution"].map(_UKRAINE))[["country", "year", "resolution", "vote"]]
