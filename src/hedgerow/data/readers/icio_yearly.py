"""Reader for the OECD Inter-Country Input-Output tables: the yearly CSV files of the editions 2021 to 2025."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pandas as pd

from hedgerow.data.readers.published import (
    PublishedTable,
    first_lines,
    refuse_duplicates,
    require_total,
    wide_numbers,
    world_table,
    year_of,
)
from hedgerow.errors import DataError

FINAL_USES: Final = frozenset({"HFCE", "NPISH", "GGFC", "GFCF", "DPABR"})
"""Households, non-profits, government, fixed capital, residents' direct purchases abroad."""
INVENTORIES: Final = "INVNT"
PARTS: Final = {"MX1": "MEX", "MX2": "MEX", "CN1": "CHN", "CN2": "CHN"}
"""Producers for home and for export in Mexico and China: separate in the extended files, one country here."""

_TAXES, _VALUE_ADDED, _OUTPUT = {"TLS", "TAXSUB"}, {"VA", "VALU"}, {"OUT", "OUTPUT", "TOTAL"}
_LABEL = re.compile(r"([A-Z][A-Z0-9]{2})_(.+)")
_LAST_GOODS_DIVISION = 33
"""ISIC divisions 01 to 33 produce goods."""

_TITLES: Final = {
    "01": "Agriculture and forestry", "02": "Forestry", "03": "Fishing", "05": "Mining of energy products",
    "06": "Oil and gas", "07": "Mining of other products", "08": "Quarrying", "09": "Mining support",
    "10": "Food, beverages, tobacco", "13": "Textiles, clothing, leather", "16": "Wood and cork",
    "17": "Paper and printing", "19": "Coke and refined petroleum", "20": "Chemicals", "21": "Pharmaceuticals",
    "22": "Rubber and plastics", "23": "Other non-metallic minerals", "24": "Basic metals", "25": "Metal products",
    "26": "Computers and electronics", "27": "Electrical equipment", "28": "Machinery", "29": "Motor vehicles",
    "30": "Other transport equipment", "31": "Other manufacturing, repair", "35": "Electricity and gas",
    "36": "Water and waste", "41": "Construction", "45": "Wholesale and retail trade", "49": "Land transport",
    "50": "Water transport", "51": "Air transport", "52": "Warehousing", "53": "Post", "55": "Hotels and restaurants",
    "58": "Publishing and broadcasting", "61": "Telecommunications", "62": "Computing services",
    "64": "Finance and insurance", "68": "Real estate", "69": "Professional services",
    "77": "Administrative services", "84": "Public administration", "85": "Education", "86": "Health and social work",
    "90": "Arts and recreation", "94": "Other services", "97": "Households as employers",
}  # fmt: skip
"""Short titles by the first ISIC division of an industry."""
_LETTERS: Final = {"D": "35", "E": "36", "F": "41", "G": "45", "I": "55", "K": "64", "L": "68", "M": "69", "N": "77",
                   "O": "84", "P": "85", "Q": "86", "R": "90", "S": "94", "T": "97"}  # fmt: skip
"""First division of the sections that the tables do not split."""


def first_division(industry: str) -> str:
    """The first ISIC division of an industry's code: ``A01_02`` and ``01T02`` give ``01``; none gives an empty text."""
    digits = re.search(r"\d\d", industry)
    return digits.group() if digits else _LETTERS.get(industry[:1], "")


def is_goods(industry: str) -> bool:
    """True for agriculture, mining and manufacturing: sections A, B and C, divisions 01 to 33."""
    division = first_division(industry)
    return industry[:1] in "ABC" or (division.isdigit() and int(division) <= _LAST_GOODS_DIVISION)


def read_icio(path: Path, year: int | None) -> PublishedTable:
    """One year's table in MUSD at basic prices, Mexico's and China's parts added up.

    Args:
        path: a file such as ``2018_SML.csv``: rows ``AUS_A01_02``, then TLS, VA and OUT; the same columns, then
            ``AUS_HFCE`` and the other final uses.
        year: of the table; read from the file's name where omitted.

    Raises:
        DataError: the file is not in this format; the message names the line or label.
        UnbalancedError: its cells do not add up to its row OUT.
    """
    header = first_lines(path, 1)[0]
    names = ["row", *header[1:]]
    if not any(_LABEL.fullmatch(name) for name in names):
        raise DataError(f"{path}: no column is an industry such as AUS_A01_02; is this the yearly CSV of the ICIO?")
    refuse_duplicates(path, names, "column")
    cells = wide_numbers(path, skip=1, texts=(0,), names=names).set_index("row")
    refuse_duplicates(path, list(cells.index), "row")
    industries = [row for row in cells.index if _LABEL.fullmatch(row) and _use(row) not in _TAXES]
    if not industries:
        raise DataError(f"{path}: no row is an industry such as AUS_A01_02; is this the yearly CSV of the ICIO?")
    _require_labels(path, industries, names[1:], list(cells.index))
    columns = [c for c in names[1:] if c not in _OUTPUT]
    block = cells.loc[industries, columns]
    block.index = pd.MultiIndex.from_tuples([_split(row) for row in industries])
    block.columns = pd.MultiIndex.from_tuples([_split(column) for column in columns])
    _require_totals(path, cells, industries, columns)
    table = world_table(block, final=FINAL_USES, inventories=INVENTORIES, fold=PARTS)
    sectors = [str(s) for s in table.intermediate.index.unique("row_sector")]
    return PublishedTable(
        table=table,
        year=year_of(path, year),
        titles={s: _TITLES.get(first_division(s), s) for s in sectors},
        goods=frozenset(s for s in sectors if is_goods(s)),
    )


def _split(label: str) -> tuple[str, str]:
    country, _, use = label.partition("_")
    return country, use


def _use(label: str) -> str:
    return _split(label)[1] or label


def _require_labels(path: Path, industries: list[str], columns: list[str], rows: list[str]) -> None:
    known = {*industries, *(c for c in columns if _use(c) in FINAL_USES | {INVENTORIES}), *_OUTPUT}
    strange = [c for c in columns if c not in known]
    missing = [row for row in industries if row not in columns]
    if strange:
        raise DataError(f"{path}: column {strange[0]} is neither an industry of the rows nor a final use")
    if missing:
        raise DataError(f"{path}: row {missing[0]} has no column of its own")
    if not any(_use(c) in FINAL_USES for c in columns):
        raise DataError(f"{path}: no column is a final use such as AUS_HFCE")
    for names in (_TAXES, _VALUE_ADDED, _OUTPUT):
        if not any(_use(row) in names for row in rows):
            raise DataError(f"{path}: row {min(names, key=len)} is missing")
    odd = [row for row in rows if row not in industries and _use(row) not in _TAXES | _VALUE_ADDED | _OUTPUT]
    if odd:
        raise DataError(f"{path}: row {odd[0]} is neither an industry nor one of TLS, VA and OUT")


def _require_totals(path: Path, cells: pd.DataFrame, industries: list[str], columns: list[str]) -> None:
    uses = pd.Series([_use(row) for row in cells.index], index=cells.index)
    output = cells.loc[uses.isin(_OUTPUT).to_numpy(), industries].sum()
    added = cells.loc[uses.isin(_TAXES | _VALUE_ADDED).to_numpy(), industries].sum()
    require_total(path, cells.loc[industries, columns].sum(axis=1), output, "sales")
    require_total(path, cells.loc[industries, industries].sum() + added, output, "costs")
