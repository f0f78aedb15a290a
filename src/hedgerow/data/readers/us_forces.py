"""Readers for the R package troopdata: the Pentagon's reports of troops, bases abroad, multinational exercises."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd

from hedgerow.data.raw import raw_file

_MONTHS = {"March": 3, "June": 6, "September": 9, "December": 12}


def read_troop_reports(folder: Path) -> pd.DataFrame:
    """Columns ``iso3`` (blank where the file has none), ``location``, ``year``, ``month``, ``value`` (active duty).

    One row a location and report, as published; the package's quarterly table counts some hosts twice.
    """
    path = raw_file(folder, "us_troops_reports_1950_2025.parquet")
    columns = ["iso3c", "Location", "year", "month", "troops_ad"]
    rows = duckdb.read_parquet(path.as_posix()).select(*columns).df()
    rows = rows.set_axis(["iso3", "location", "year", "month", "value"], axis=1)
    rows["iso3"] = rows["iso3"].fillna("")
    rows["location"] = rows["location"].str.strip()
    typed: pd.DataFrame = rows.assign(month=rows["month"].map(_MONTHS)).astype(
        {"year": int, "month": int, "value": float}
    )
    return typed


def read_bases(folder: Path) -> pd.DataFrame:
    """Columns ``iso3``, ``bases``, ``lilypads``, ``funded_sites``: sites by host."""
    rows = pd.read_csv(raw_file(folder, "us_bases.csv.gz"), keep_default_na=False)
    rows["iso3c"] = rows["iso3c"].replace({"KSV": "XKX"})
    counts = rows.groupby("iso3c", as_index=False)[["base", "lilypad", "fundedsite"]].sum()
    return counts.set_axis(["iso3", "bases", "lilypads", "funded_sites"], axis=1)


def read_exercises(folder: Path) -> pd.DataFrame:
    """Columns ``code`` (Gleditsch-Ward), ``year``, ``exercise``: who took part, 1980 to 2010, each once."""
    path = raw_file(folder, "multinational_exercises_1980_2010.parquet")
    rows: pd.DataFrame = duckdb.read_parquet(path.as_posix()).select("gwcode AS code, year, MMEID AS exercise").df()
    return rows.dropna(subset=["code"]).astype({"code": int, "year": int}).drop_duplicates(ignore_index=True)
