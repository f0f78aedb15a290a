"""Reader for US imports for consumption and calculated duties of 2024 (US Census Bureau), by partner."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd

from hedgerow.data.raw import raw_file

EUROPEAN_UNION = "EUROPEAN UNION"
"""A partner row that repeats its members: every reader here leaves it out."""


def read_us_imports_by_product(folder: Path) -> pd.DataFrame:
    """Named partners by HS10: columns ``partner`` (the Census name), ``hs10``, ``imports`` and ``duty`` in USD."""
    path = raw_file(folder, "us_imports_hs10_2024_top_partners.parquet")
    rows = duckdb.read_parquet(path.as_posix()).df().rename(columns={"CTY_NAME": "partner", "HS10": "hs10"})
    rows = rows[rows["partner"] != EUROPEAN_UNION]
    summed: pd.DataFrame = rows.groupby(["partner", "hs10"], as_index=False)[["imports", "duty"]].sum()
    return summed


def read_us_imports_all_products(folder: Path) -> pd.DataFrame:
    """The European Union as one and the other named partners together, by HS10: ``imports`` and ``duty`` in USD."""
    path = raw_file(folder, "us_imports_hs10_2024_top_partners.parquet")
    rows = duckdb.read_parquet(path.as_posix()).df()
    summed: pd.DataFrame = rows.groupby("HS10")[["imports", "duty"]].sum()
    return summed


def read_us_imports_by_chapter(folder: Path) -> pd.DataFrame:
    """All 226 partners by HS chapter: columns ``partner``, ``chapter`` (1 to 99), ``imports`` and ``duty`` in USD."""
    rows = pd.read_csv(raw_file(folder, "us_imports_2024_and_tariff_change_by_country_hs2.csv.gz"))
    rows = rows[rows["CTY_NAME"] != EUROPEAN_UNION]
    return pd.DataFrame(
        {
            "partner": rows["CTY_NAME"],
            "chapter": rows["HS2"].astype(int),
            "imports": rows["2024_imports"].astype(float),
            "duty": rows["2024_duty"].astype(float),
        }
    )


def read_gtap_of_hs10(folder: Path) -> pd.Series:
    """GTAP 10 sector in lower case of every HS10 code (The Budget Lab at Yale)."""
    rows = pd.read_csv(raw_file(folder, "yale-budget-lab/hs10_gtap_crosswalk.csv.gz"), dtype=str)
    return rows.dropna(subset=["hs10", "gtap_code"]).set_index("hs10")["gtap_code"].str.lower()
