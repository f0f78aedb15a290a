"""Readers for Chinese leaders' travel (CEIAS) and Chinese official finance (AidData GCOF 1.0)."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd

from hedgerow.data.raw import raw_file


def read_chinese_trips(folder: Path) -> pd.DataFrame:
    """Columns ``country`` (name as written) and ``year``, one row a trip."""
    rows = pd.read_csv(raw_file(folder, "ceias_chinese_leaders_travel_1949_2020.csv"), keep_default_na=False)
    return rows[["Country", "Year"]].set_axis(["country", "year"], axis=1).astype({"year": int})


def read_chinese_projects(folder: Path) -> pd.DataFrame:
    """Projects recommended for research and not umbrella agreements.

    Columns ``iso3`` (several recipients: as written), ``recipients`` (how many), ``year``, ``flow_class``,
    ``musd`` (millions of 2014 dollars, missing where unknown).
    """
    path = raw_file(folder, "gcof_v1_projects_2000_2014.parquet")
    query = "recommended_for_research AND umbrella = 0"
    columns = "recipient_iso3 AS iso3, recipient_count AS recipients, year, flow_class, usd_defl_2014 / 1e6 AS musd"
    rows = duckdb.read_parquet(path.as_posix()).filter(query).order("project_id")
    frame: pd.DataFrame = rows.select(columns).df()
    return frame
