"""Reader for the Global Tariff Database, bilateral applied tariffs of 2017 by 25 sectors."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from hedgerow.data.raw import raw_file
from hedgerow.errors import DataError

GOODS_SECTORS = (
    "Agriculture",
    "Mining and Quarrying",
    "Food & Beverages",
    "Textiles and Wearing Apparel",
    "Wood and Paper",
    "Petroleum, Chemical and Non-Metallic Mineral Products",
    "Metal Products",
    "Electrical and Machinery",
    "Transport Equipment",
    "Other Manufacturing",
)
"""The database's goods sectors; Fishing is left out (agriculture stands for both), services carry no tariff."""


def read_gtd2017(folder: Path) -> pd.Series:
    """Applied tariffs as fractions, indexed by importer, exporter and sector.

    ``tariff95`` (winsorised) is read, never ``tariff``: raw means hold outliers of several hundred per cent.

    Raises:
        DataError: the file is absent or lacks a goods sector.
    """
    path = raw_file(folder, "bilateral_sector_tariffs_2017.csv.gz")
    table = pd.read_csv(path, usecols=["Importer", "Exporter", "Sector", "tariff95"])
    missing = set(GOODS_SECTORS) - set(table["Sector"])
    if missing:
        raise DataError(f"raw file {path.name} lacks the sector {sorted(missing)[0]!r}")
    goods = table[table["Sector"].isin(GOODS_SECTORS)]
    return goods.set_index(["Importer", "Exporter", "Sector"])["tariff95"] / 100.0
