"""Reader for Fontagné, Guimbard and Orefice's tariff elasticities and the weights that combine them."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd

from hedgerow.data.raw import raw_file


def read_fgo2022(folder: Path) -> pd.Series:
    """Tariff elasticity (negative) by GTAP sector code in lower case; sectors without an estimate are absent."""
    path = raw_file(folder, "fontagne_guimbard_orefice_2020_gtap.csv")
    return pd.read_csv(path).set_index("gtap_sector")["tariff_elasticity_epsilon"].dropna()


def read_us_imports_by_gtap(folder: Path) -> pd.Series:
    """US imports for consumption 2024 in USD by GTAP sector code in lower case."""
    imports = raw_file(folder, "us_imports_hs10_2024_top_partners.parquet")
    crosswalk = raw_file(folder, "yale-budget-lab/hs10_gtap_crosswalk.csv.gz")
    bought = duckdb.read_parquet(imports.as_posix()).df().groupby("HS10")["imports"].sum()
    product = pd.read_csv(crosswalk, dtype=str).dropna(subset=["gtap_code"]).set_index("hs10")["gtap_code"]
    by_product: pd.Series = bought.groupby(product.str.lower()).sum().astype(float)
    return by_product
