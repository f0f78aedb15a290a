"""Reader for World Bank GDP in current dollars (NY.GDP.MKTP.CD)."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from hedgerow.data.raw import raw_file


def read_gdp(folder: Path) -> pd.DataFrame:
    """GDP in MUSD: ISO-3 (and the bank's aggregates, ``WLD`` the world) by year."""
    rows = pd.read_csv(raw_file(folder, "wdi_gdp_current_usd_1960_2023.csv.gz"), keep_default_na=False)
    rows["gdp_usd"] = pd.to_numeric(rows["gdp_usd"])
    return rows.pivot_table(index="iso3", columns="year", values="gdp_usd") / 1e6


def read_latest_gdp(folder: Path) -> pd.Series:
    """GDP of 2023, or the latest year there is, in MUSD by ISO-3; 194 economies, Taiwan is absent."""
    rows = pd.read_csv(raw_file(folder, "countries_gdp_us_tariff.csv"), keep_default_na=False)
    return rows.set_index("iso3")["gdp_usd_2023_or_latest"].astype(float) / 1e6
