"""Embedded tables of economies by year: population and GDP."""

from __future__ import annotations

from functools import cache
from io import BytesIO

import pandas as pd

from hedgerow.data.embedded import read_embedded

WORLD = "WLD"
"""Row of the world as a whole."""


@cache
def _table(name: str) -> pd.DataFrame:
    table = pd.read_csv(BytesIO(read_embedded(f"{name}.csv")), keep_default_na=False, na_values=[""])
    return table.set_index("actor").astype(float)


def population(year: int) -> tuple[pd.Series, int]:
    """Persons by ISO-3 code with ``WLD`` the world, and the year they are of: the nearest there is."""
    table = _table("population")
    nearest = min((int(column) for column in table.columns), key=lambda known: abs(known - year))
    return table[str(nearest)].dropna(), nearest


def latest_gdp(year: int) -> pd.Series:
    """GDP in MUSD/yr by ISO-3 code: of the year, or of the latest year before it that has one."""
    table = _table("gdp").drop(index=WORLD, errors="ignore")
    until = table[[column for column in table.columns if int(column) <= year]]
    return until.ffill(axis=1).iloc[:, -1].dropna() if until.shape[1] else pd.Series(dtype=float)


def gdp_by_year() -> pd.DataFrame:
    """GDP in MUSD/yr as actor, year, value; no row where the World Bank has none."""
    return _long("gdp")


def population_by_year() -> pd.DataFrame:
    """Persons as actor, year, value; no row where nobody published a number."""
    return _long("population")


def _long(name: str) -> pd.DataFrame:
    table = _table(name).drop(index=WORLD, errors="ignore")
    long = table.reset_index().melt("actor", var_name="year", value_name="value").dropna()
    return long.assign(year=long["year"].astype(int)).reset_index(drop=True)
