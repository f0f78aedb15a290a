"""Reader for NATO's table of spending by category: the sheet of table 8a, saved as CSV."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Final

import pandas as pd

from hedgerow.data.readers.published import own_file
from hedgerow.errors import DataError

EQUIPMENT: Final = "equipment"
"""How the heading of the block begins, in any case."""
_YEAR: Final = re.compile(r"((?:19|20)\d\d)\s*e?")
"""A year, with an e where the publisher estimates."""
_NOT_KNOWN: Final = ("..", "-")


def read_equipment_share(path: Path) -> pd.DataFrame:
    """Columns ``country``, ``year``, ``value``: equipment and its research, % of spending; names as published.

    Above the first block stands a row of years. A block begins with its heading alone in a row, "Equipment" among
    others, and goes on with one row a country, the name in front of its numbers. A cell of two dots is not known.

    Args:
        path: table 8a of *Defence Expenditure of NATO Countries*, saved as CSV from the publisher's workbook, UTF-8.

    Raises:
        DataError: the file is absent or not in this format; the message names the line.
    """
    with own_file(path).open(encoding="utf-8-sig", newline="") as stream:
        lines = [(at, [cell.strip() for cell in row]) for at, row in enumerate(csv.reader(stream), start=1)]
    years = _years(path, lines)
    shares, inside = [], False
    for at, row in lines:
        words = [cell for k, cell in enumerate(row) if cell and k not in years]
        cells = {k: row[k] for k in years if k < len(row) and row[k]}
        if words and not cells:
            inside = words[0].casefold().startswith(EQUIPMENT)
        elif words and inside:
            known = {k: cell for k, cell in cells.items() if cell not in _NOT_KNOWN}
            shares += [(words[0].rstrip("*"), years[k], _share(path, at, cell)) for k, cell in known.items()]
    if not shares:
        raise DataError(f"{path}: no block headed Equipment with a number; save the sheet of table 8a as CSV")
    return pd.DataFrame(shares, columns=["country", "year", "value"])


def _years(path: Path, lines: list[tuple[int, list[str]]]) -> dict[int, int]:
    """The year of each column of numbers."""
    for _, row in lines:
        found = {k: int(match[1]) for k, cell in enumerate(row) if (match := _YEAR.fullmatch(cell))}
        if len(found) > 1:
            return found
    raise DataError(f"{path}: no row of years; save the sheet of table 8a as CSV")


def _share(path: Path, line: int, cell: str) -> float:
    try:
        share = float(cell)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 100:
        raise DataError(f"{path}: line {line}: {cell!r} is no percentage")
    return share
