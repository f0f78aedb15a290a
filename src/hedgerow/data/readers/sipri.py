"""Reader for SIPRI's trade register: deliveries of major arms, as its Arms Transfers Database writes them to CSV."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

import pandas as pd

from hedgerow.data.readers.published import own_file
from hedgerow.errors import DataError

FIRST_COLUMN: Final = "SIPRI AT Database ID"
"""First cell of the header, which stands below some lines of explanation."""
_SUPPLIER, _RECIPIENT, _YEAR, _VALUE = "Supplier", "Recipient", "Delivery year", "TIV delivery values"


def read_trade_register(path: Path) -> pd.DataFrame:
    """Columns ``supplier``, ``recipient``, ``year``, ``value``: deliveries added up, names as published.

    Values are trend-indicator values in millions: military capability at production costs of a core set of weapons,
    not the price paid. A row without a value is a delivery the publisher could not find, and is left out.

    Args:
        path: a file such as ``trade-register.csv`` with one row a deal and year of delivery, UTF-8 or Latin-1.

    Raises:
        DataError: the file is absent or not in this format; the message names the column or line.
    """
    lines = _text(own_file(path)).splitlines()
    head = next((at for at, line in enumerate(lines) if line.lstrip('"').startswith(FIRST_COLUMN)), None)
    if head is None:
        raise DataError(
            f"{path}: no header that begins with {FIRST_COLUMN!r}; "
            "export the trade register from armstransfers.sipri.org as CSV, with one row a year of delivery"
        )
    rows = [(at, row) for at, row in enumerate(csv.reader(lines[head + 1 :]), start=head + 2) if any(row)]
    at = _positions(path, next(csv.reader([lines[head]])))
    deliveries = [_delivery(path, line, row, at) for line, row in rows]
    found = pd.DataFrame([d for d in deliveries if d], columns=["supplier", "recipient", "year", "value"])
    if found.empty:
        raise DataError(f"{path}: the file has a header and no delivery with a value")
    summed = found.groupby(["supplier", "recipient", "year"])["value"].sum()
    return summed.reset_index()


def _text(path: Path) -> str:
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _positions(path: Path, header: list[str]) -> dict[str, int]:
    names = [name.strip() for name in header]
    for wanted in (_SUPPLIER, _RECIPIENT, _YEAR, _VALUE):
        if wanted not in names:
            raise DataError(f"{path}: column {wanted} is missing; there are {', '.join(names)}")
    return {wanted: names.index(wanted) for wanted in (_SUPPLIER, _RECIPIENT, _YEAR, _VALUE)}


def _delivery(path: Path, line: int, row: list[str], at: dict[str, int]) -> tuple[str, str, int, float] | None:
    if len(row) <= max(at.values()):
        raise DataError(f"{path}: line {line}: {len(row)} cells, but the header has more")
    supplier, recipient, year, value = (row[at[name]].strip() for name in (_SUPPLIER, _RECIPIENT, _YEAR, _VALUE))
    if not value:
        return None
    for name, written in ((_SUPPLIER, supplier), (_RECIPIENT, recipient)):
        if not written:
            raise DataError(f"{path}: line {line}, column {name}: an empty cell")
    try:
        number = float(value)
    except ValueError:
        raise DataError(f"{path}: line {line}, column {_VALUE}: {value!r} is no number") from None
    if not 0 <= number < float("inf"):
        raise DataError(f"{path}: line {line}, column {_VALUE}: {value!r} is not a number from 0 up")
    if not (year.isdigit() and len(year) == len("2024")):
        raise DataError(f"{path}: line {line}, column {_YEAR}: {year!r} is no year")
    return supplier, recipient, int(year), number
