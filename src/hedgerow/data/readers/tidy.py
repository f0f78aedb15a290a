"""Reader for plain CSV files: one sale a row, with what the user knows beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pandas as pd

from hedgerow.data.readers.long_csv import LongCsv, long_csv
from hedgerow.data.readers.published import PublishedFlows
from hedgerow.errors import DataError

_YES, _NO = {"true", "yes", "1"}, {"false", "no", "0"}
_LEAST_ELASTICITY = 1e-6

T = TypeVar("T")


def read_tidy(path: Path, year: int | None) -> PublishedFlows:
    """Sales at home and abroad by sector in MUSD.

    Args:
        path: columns exporter, importer, sector, value; optional are year, title (of the sector), goods (yes where
            customs tariffs apply, the default) and trade_elasticity. What an optional column says of a sector is the
            same in all its rows.
        year: of the rows to read; needed where the file holds several, or none and its name no year.

    Raises:
        DataError: the file is not in this format; the message names the column, line or sector.
        RequestError: the year is not in the file.
    """
    keys = ("exporter", "importer", "sector")
    file = long_csv(path).require(*keys, "value").filled(*keys).numbers("value")
    rows, chosen = file.of_year("year", year)
    table = rows.unique(*keys).totals(keys, "value")
    sectors = [str(s) for s in sorted(table["sector"].unique())]
    goods = _by_sector(rows, "goods", lambda text: _flag(path, text))
    if "trade_elasticity" in rows.columns:
        rows.numbers("trade_elasticity", minimum=_LEAST_ELASTICITY)
    titles = _by_sector(rows, "title", str)
    return PublishedFlows(
        table,
        chosen,
        {s: titles.get(s) or s for s in sectors},
        frozenset(s for s in sectors if goods.get(s, True)),
        elasticity=_by_sector(rows, "trade_elasticity", float),
    )


def read_inputs(path: Path, year: int | None) -> pd.DataFrame:
    """What sectors use of each input, from all origins, in MUSD: actor, input, sector, value.

    Raises:
        DataError: the file is not in this format; the message names the column or line.
    """
    keys = ("actor", "input", "sector")
    file = long_csv(path).require(*keys, "value").filled(*keys).numbers("value")
    rows = file.of_year("year", year)[0] if "year" in file.columns else file
    return rows.unique(*keys).totals(keys, "value")


def read_by_actor(path: Path, column: str) -> pd.Series:
    """One number an economy, from a file with the columns actor and ``column``.

    Raises:
        DataError: the file is not in this format; the message names the column or line.
    """
    file = long_csv(path).require("actor", column).filled("actor").numbers(column).unique("actor")
    return file.totals(("actor",), column).set_index("actor")[column]


def _flag(path: Path, text: str) -> bool:
    if text.casefold() in _YES | _NO:
        return text.casefold() in _YES
    raise DataError(f"{path}: column goods: {text!r} is neither yes nor no")


def _by_sector(rows: LongCsv, column: str, read: Callable[[str], T]) -> dict[str, T]:
    """What an optional column says of each sector."""
    if column not in rows.columns:
        return {}
    said: dict[str, T] = {}
    for sector, text in rows.table("sector", column).drop_duplicates().itertuples(index=False):
        value = read("" if pd.isna(text) else str(text))
        if said.setdefault(str(sector), value) != value:
            raise DataError(f"{rows.path}: column {column}: sector {sector} has {said[str(sector)]} and {value}")
    return said
