"""Reader for the World Input-Output Tables, Release 2013 (full matrix of one year, Parquet)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from hedgerow.data.raw import raw_file
from hedgerow.errors import DataError

FINAL_USES = ("households_c37", "npish_c38", "government_c39", "gfcf_c41")
"""Final demand other than stock building."""
INVENTORIES = "inventories_c42"
_COLUMNS = ["row_country", "row_sector", "col_country", "col_use", "value_musd"]


@dataclass(frozen=True)
class WorldTable:
    """One year's table as published, in MUSD at basic prices. Rows sell, columns buy."""

    intermediate: pd.DataFrame
    """exporter x sector (rows) by importer x sector (columns)."""
    final: pd.DataFrame
    """exporter x sector (rows) by importer; without stock building."""
    inventories: pd.DataFrame
    """exporter x sector (rows) by importer; may be negative."""


def read_wiod2013(folder: Path, *, year: int) -> WorldTable:
    """The complete table of one year.

    Raises:
        DataError: the file is absent or not in the expected format.
    """
    path = raw_file(folder, f"wiod13_full_matrix_{year}.parquet")
    cells = duckdb.read_parquet(path.as_posix()).df()
    if list(cells.columns) != _COLUMNS:
        raise DataError(f"raw file {path.name} has columns {list(cells.columns)}, expected {_COLUMNS}")
    rows = ["row_country", "row_sector"]
    uses = cells["col_use"]
    codes = pd.MultiIndex.from_product(
        [sorted(cells["row_country"].unique()), [f"c{k}" for k in range(1, 36)]], names=rows
    )

    def wide(part: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
        table = part.pivot_table(index=rows, columns=columns, values="value_musd", aggfunc="sum", observed=True)
        full = codes if len(columns) == 2 else codes.get_level_values(0).unique()
        return table.reindex(index=codes, columns=full).fillna(0.0)

    intermediate = cells[~uses.isin([*FINAL_USES, INVENTORIES])]
    return WorldTable(
        intermediate=wide(intermediate, ["col_country", "col_use"]),
        final=wide(cells[uses.isin(FINAL_USES)], ["col_country"]),
        inventories=wide(cells[uses == INVENTORIES], ["col_country"]),
    )
