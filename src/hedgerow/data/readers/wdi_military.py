"""Readers for the World Bank's military series (from SIPRI and the IISS), one row a country and year."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from hedgerow.data.raw import raw_file


def read_military_share(folder: Path) -> pd.DataFrame:
    """Military spending in per cent of GDP: columns ``iso3``, ``year``, ``value``."""
    return _series(folder, "wdi_milex_pct_gdp_1960_2024.csv.gz", "military_expenditure_percent_of_gdp")


def read_armed_forces(folder: Path) -> pd.DataFrame:
    """Persons in the armed forces: columns ``iso3``, ``year``, ``value``."""
    return _series(folder, "wdi_armed_forces_personnel.csv.gz", "armed_forces_personnel_total")


def _series(folder: Path, name: str, column: str) -> pd.DataFrame:
    rows = pd.read_csv(raw_file(folder, name), keep_default_na=False).rename(columns={column: "value", "geo": "iso3"})
    codes = rows["iso3"].str.upper().replace({"KOS": "XKX"})
    return rows.assign(iso3=codes, value=pd.to_numeric(rows["value"]))[["iso3", "year", "value"]]
