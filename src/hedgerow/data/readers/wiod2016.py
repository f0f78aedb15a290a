"""Reader for the World Input-Output Tables, Release 2016, saved as CSV: a year's sheet, or the R and Stata table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from hedgerow.data.readers.icio_yearly import is_goods
from hedgerow.data.readers.published import (
    PublishedTable,
    chosen_year,
    first_lines,
    refuse_duplicates,
    require_total,
    wide_numbers,
    world_table,
    year_of,
)
from hedgerow.errors import DataError

FINAL_USES: Final = ("CONS_h", "CONS_np", "CONS_g", "GFCF")
INVENTORIES: Final = "INVEN"
_OUTPUT, _TOTAL = "GO", "TOT"
_NOT_COSTS = {_OUTPUT, "II_fob"}
"""Rows under the table that are totals, not costs."""
_MOST_HEADER_LINES = 12
_COUNTRY = re.compile(r"[A-Z]{3}")
_COLUMN = re.compile(r"v?([A-Z]{3})_?(\w.*)")


@dataclass(frozen=True)
class _Layout:
    """Where a CSV of the release keeps its labels."""

    header_lines: int
    texts: tuple[int, ...]
    """Positions of label columns."""
    names: list[str]
    """Of every column; the labels are called Code, Title, Country, Number and Year."""
    columns: list[tuple[str, str]]
    """Country and use of every column of numbers; a use may be its number."""


def read_wiod2016(path: Path, year: int | None) -> PublishedTable:
    """One year's table of 44 economies and 56 industries in MUSD at basic prices.

    Two forms are read: the sheet of a workbook such as ``WIOT2014_Nov16_ROW`` saved as CSV, with its header lines, and
    the table of the R and Stata files with the columns IndustryCode, Country, Year, ``AUS1`` to ``ROW61`` and TOT.

    Raises:
        DataError: the file is in neither form; the message names the line or label.
        RequestError: the file holds several years and none, or another, was asked for.
        UnbalancedError: its cells do not add up to its row GO.
    """
    layout = _layout(path)
    refuse_duplicates(path, layout.names, "column")
    cells = wide_numbers(path, skip=layout.header_lines, texts=layout.texts, names=layout.names)
    if "Year" in layout.names:
        found = sorted({_whole(path, y) for y in cells["Year"]})
        chosen = chosen_year(path, found, year)
        cells = cells[cells["Year"].map(lambda y: _whole(path, y)) == chosen]
    else:
        chosen = year_of(path, year)
    rows = cells[(cells["Country"] != _TOTAL) & cells["Country"].str.fullmatch(_COUNTRY.pattern)]
    if rows.empty:
        raise DataError(f"{path}: no row has a country's code")
    refuse_duplicates(path, list(zip(rows["Country"], rows["Code"], strict=True)), "row")
    codes = list(dict.fromkeys(rows["Code"]))
    uses = [(country, _named(path, use, codes)) for country, use in layout.columns]
    numbers = cells.drop(columns=[layout.names[k] for k in layout.texts])
    numbers.columns = pd.MultiIndex.from_tuples(uses)
    below = numbers[(cells["Country"] == _TOTAL).to_numpy()].set_axis(
        cells.loc[cells["Country"] == _TOTAL, "Code"], axis=0
    )
    block = numbers.loc[rows.index].set_axis(pd.MultiIndex.from_frame(rows[["Country", "Code"]]), axis=0)
    block = block.loc[:, block.columns.get_level_values(0) != _TOTAL]
    _require_labels(path, block, below)
    _require_totals(path, block, below)
    titles = dict(zip(rows["Code"], rows["Title"] if "Title" in rows else rows["Code"], strict=True))
    return PublishedTable(
        table=world_table(block, final=frozenset(FINAL_USES), inventories=INVENTORIES, fold={}),
        year=chosen,
        titles={code: titles[code] or code for code in sorted(codes)},
        goods=frozenset(code for code in codes if is_goods(code)),
    )


def _layout(path: Path) -> _Layout:
    lines = first_lines(path, _MOST_HEADER_LINES)
    if "IndustryCode" in lines[0]:
        return _table_layout(path, lines[0])
    for k, line in enumerate(lines):
        if k >= 2 and sum(bool(_COUNTRY.fullmatch(cell)) for cell in line[4:]) > len(line[4:]) / 2 > 0:
            columns = list(zip(line[4:], lines[k - 2][4:], strict=False))
            names = ["Code", "Title", "Country", "Number", *(f"{country} {use}" for country, use in columns)]
            return _Layout(k + 2, (0, 1, 2, 3), names, columns)
    raise DataError(
        f"{path}: neither a header with IndustryCode, Country, AUS1… nor a line of country codes over the columns; "
        "is this a table of the WIOD 2016 release saved as CSV?"
    )


def _table_layout(path: Path, header: list[str]) -> _Layout:
    labels = {"IndustryCode": "Code", "IndustryDescription": "Title", "Country": "Country", "RNr": "Number",
              "Year": "Year"}  # fmt: skip
    if "Country" not in header:
        raise DataError(f"{path}: column Country is missing")
    texts = tuple(k for k, name in enumerate(header) if name in labels)
    columns = []
    for name in (n for n in header if n not in labels):
        found = _COLUMN.fullmatch(name)
        if name.removeprefix("v") != _TOTAL and found is None:
            raise DataError(f"{path}: column {name} is neither a label nor a country with a use, such as AUS1")
        columns.append((_TOTAL, _OUTPUT) if found is None else (found[1], found[2]))
    return _Layout(1, texts, [labels.get(name, name) for name in header], columns)


def _whole(path: Path, written: str) -> int:
    try:
        return int(float(written))
    except ValueError:
        raise DataError(f"{path}: column Year: {written!r} is no year") from None


def _named(path: Path, use: str, codes: list[str]) -> str:
    """A use by its name: number 1 is the first industry, the numbers after the last are the final uses."""
    names = [*codes, *FINAL_USES, INVENTORIES]
    if not use.isdigit():
        return use
    if not 1 <= int(use) <= len(names):
        raise DataError(f"{path}: a column is numbered {use}, but there are {len(codes)} industries and 5 final uses")
    return names[int(use) - 1]


def _require_labels(path: Path, block: pd.DataFrame, below: pd.DataFrame) -> None:
    industries, columns = set(block.index), set(block.columns)
    strange = [c for c in block.columns if c not in industries and c[1] not in {*FINAL_USES, INVENTORIES}]
    missing = [row for row in block.index if row not in columns]
    if strange:
        raise DataError(f"{path}: column {' '.join(strange[0])} is neither an industry of the rows nor a final use")
    if missing:
        raise DataError(f"{path}: row {' '.join(missing[0])} has no column of its own")
    for name in (_OUTPUT, "VA"):
        if name not in below.index:
            raise DataError(f"{path}: row {name} is missing")


def _require_totals(path: Path, block: pd.DataFrame, below: pd.DataFrame) -> None:
    output = below.loc[[_OUTPUT], list(block.index)].sum()
    other = below.loc[[row for row in below.index if row not in _NOT_COSTS], list(block.index)].sum()
    require_total(path, block.sum(axis=1), output, "sales")
    require_total(path, block[list(block.index)].sum() + other, output, "costs")
