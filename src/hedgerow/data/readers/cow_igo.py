"""Readers for memberships of intergovernmental organisations (Correlates of War, version 3)."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd

from hedgerow.data.raw import raw_file


def read_organisation_years(folder: Path, *, since: int) -> pd.DataFrame:
    """Full memberships: columns ``code`` (Correlates of War), ``organisation`` (lower case), ``year``."""
    path = raw_file(folder, "cow_igo_v3_memberships_1816_2014.parquet")
    rows = duckdb.read_parquet(path.as_posix()).filter(f"status = 'full' AND year >= {int(since)}")
    frame: pd.DataFrame = rows.select("ccode AS code, igo AS organisation, year").df()
    return frame.astype({"code": int, "year": int})


def read_organisations(folder: Path) -> pd.DataFrame:
    """Columns ``organisation`` (lower case), ``title``, ``political``, ``social``, ``economic`` (0 or 1)."""
    rows = pd.read_csv(raw_file(folder, "cow_igo_v3_organisations.csv"), keep_default_na=False)
    flags = rows[["political", "social", "economic"]].apply(pd.to_numeric).astype("Int64")
    table: pd.DataFrame = flags.assign(organisation=rows["ioname"].str.lower(), title=rows["longorgname"].str.strip())
    return table
