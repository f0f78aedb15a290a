"""Rewrite ``data/embedded/population.csv`` and ``gdp.csv``: one row an economy, one column a year.

A user's own world takes persons from the first, and one without domestic sales takes GDP from the second.
Needs the folder of raw files: ``python tools/build_economies.py ../shared/data``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from hedgerow.data.readers.gdp import read_gdp
from hedgerow.data.readers.wdi import read_population
from hedgerow.world.actors import alias_table
from hedgerow.world.io import embedded_path, write_manifest

FIRST, LAST, LAST_GDP = 1960, 2024, 2023
FIRST_TAIWAN = 1995
WORLD = "WLD"

TAIWAN = (
    21_357_431, 21_525_433, 21_742_815, 21_928_591, 22_092_387, 22_276_672, 22_405_568, 22_520_776, 22_604_550,
    22_689_122, 22_770_383, 22_876_527, 22_958_360, 23_037_031, 23_119_772, 23_162_123, 23_224_912, 23_315_822,
    23_373_517, 23_433_753, 23_492_074, 23_539_816, 23_571_227, 23_588_932, 23_603_121, 23_561_236, 23_375_314,
    23_264_640, 23_420_442, 23_400_220,
)  # fmt: skip
"""Persons at the end of 1995 to 2024, household registration: source ``taiwan-population``."""


def population(raw: Path) -> pd.DataFrame:
    """Persons by economy and year; the World Bank's economies, Taiwan and the world."""
    folder = raw / "economy" / "country-metadata"
    years = {year: read_population(folder, year=year) for year in range(FIRST, LAST + 1)}
    table = _economies(pd.DataFrame(years))
    table.loc["TWN"] = pd.Series(TAIWAN, index=range(FIRST_TAIWAN, LAST + 1))
    return table.sort_index().round().astype("Int64")


def gdp(raw: Path) -> pd.DataFrame:
    """GDP in millions of current dollars by economy and year; a year without a number is blank."""
    table = read_gdp(raw / "economy" / "baci-2023-liberation-day")
    return _economies(table[list(range(FIRST, LAST_GDP + 1))]).sort_index().round(1)


def _economies(table: pd.DataFrame) -> pd.DataFrame:
    known = [code for code in table.index if code in alias_table().names or code == WORLD]
    return table.loc[known].dropna(how="all").rename_axis("actor")


if __name__ == "__main__":
    raw_folder = Path(sys.argv[1])
    for name, made in (("population", population(raw_folder)), ("gdp", gdp(raw_folder))):
        made.to_csv(embedded_path() / f"{name}.csv", lineterminator="\n")
    write_manifest(embedded_path())
