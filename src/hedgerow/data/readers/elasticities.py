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
    query = f"""
        select lower(c.gtap_code) as gtap, sum(i.imports)::double as usd
        from read_parquet('{imports.as_posix()}') i
        join read_csv('{crosswalk.as_posix()}', types = {{'hs10': 'VARCHAR'}}) c on i.HS10 = c.hs10
        where c.gtap_code is not null
        group by 1 order by 1
    """  # noqa: S608 paths of ours, not user text
    table = duckdb.sql(query).df()
    return table.set_index("gtap")["usd"]
