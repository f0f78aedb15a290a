"""Readers for the yearly series of the World Input-Output Database, Release 2013, 1995-2011."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd

from hedgerow.data.raw import raw_file
from hedgerow.errors import DataError

INPUT_OUTPUT_YEARS = (2008, 2011)
"""Years for which input-output and final demand are at hand."""

LAST_GOODS_SECTOR = 16
"""Sectors c1 to c16 are agriculture, mining and manufacturing."""


def read_wiod_flows(folder: Path, *, year: int) -> pd.Series:
    """Sales in MUSD by exporter, importer and sector, for all uses; domestic sales included, negatives kept.

    Raises:
        DataError: the file is absent or lacks the year.
    """
    path = raw_file(folder, "wiod13_bilateral_sector_1995_2011.parquet")
    rows = duckdb.read_parquet(path.as_posix()).filter(f"year = {int(year)}").df()
    if rows.empty:
        raise DataError(f"raw file {path.name} lacks the year {year}")
    sales = rows["intermediate_musd"] + rows["final_musd"]
    flows: pd.Series = sales.groupby([rows["exporter"], rows["importer"], rows["sector"]]).sum()
    return flows


def read_wiod_pairs(folder: Path) -> pd.DataFrame:
    """Columns ``exporter``, ``importer``, ``year``, ``goods`` and ``all``: sales in MUSD for all uses, every year.

    ``goods`` are sectors c1 to c16; domestic sales included, negatives kept.
    """
    path = raw_file(folder, "wiod13_bilateral_sector_1995_2011.parquet")
    query = """
        SELECT exporter, importer, CAST(year AS INTEGER) AS year,
            CAST(coalesce(sum(sold) FILTER (number <= ?), 0) AS DOUBLE) AS goods, CAST(sum(sold) AS DOUBLE) AS "all"
        FROM (
            SELECT *, intermediate_musd + final_musd AS sold, CAST(substr(sector, 2) AS INTEGER) AS number
            FROM read_parquet(?)
        )
        GROUP BY ALL ORDER BY exporter, importer, year
    """
    with duckdb.connect(config={"threads": 1}) as connection:
        frame: pd.DataFrame = connection.execute(query, [LAST_GOODS_SECTOR, path.as_posix()]).df()
    return frame


def read_wiod_accounts(folder: Path, *, year: int) -> pd.DataFrame:
    """Columns ``output_musd`` and ``value_added_musd`` by country and sector."""
    rows = pd.read_csv(raw_file(folder, "wiod13_output_va_1995_2011.csv.gz"))
    return rows[rows["year"] == year].set_index(["country", "sector"])[["output_musd", "value_added_musd"]]


def read_wiod_inputs(folder: Path, *, year: int) -> pd.Series:
    """Inputs from all origins in MUSD by country, input sector and using sector; see :data:`INPUT_OUTPUT_YEARS`."""
    rows = pd.read_csv(raw_file(folder, "wiod13_input_output_2008_2011.csv.gz"))
    rows = rows[(rows["year"] == year) & rows["using_sector"].str.fullmatch(r"c\d+")]
    inputs: pd.Series = rows.groupby(["country", "input_sector", "using_sector"])["all_origins_musd"].sum()
    return inputs


def read_wiod_final(folder: Path, *, year: int) -> pd.Series:
    """Final demand from all origins in MUSD by country and sector; see :data:`INPUT_OUTPUT_YEARS`."""
    rows = pd.read_csv(raw_file(folder, "wiod13_final_demand_2008_2011.csv.gz"))
    final: pd.Series = rows[rows["year"] == year].groupby(["country", "sector"])["value_musd"].sum()
    return final
