"""Embedded political tables as ``politics.toml`` declares them: states, votes, forces, organisations, trade by year."""

from __future__ import annotations

import gzip
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import pandas as pd

from hedgerow.data.embedded import read_embedded
from hedgerow.errors import UnknownNameError
from hedgerow.provenance import Origin, Status

FOLDER = "politics"
"""Where the tables lie below the embedded folder."""


class Absent(StrEnum):
    """What it means that a table has no row for a key within its years."""

    UNKNOWN = "unknown"
    """Nothing was reported; it is not a zero."""
    NONE = "none"
    """The source lists every case: there was none."""


@dataclass(frozen=True)
class Column:
    """One column of a table; an empty cell is missing."""

    name: str
    unit: str
    meaning: str
    status: Status
    kind: str
    """``text``, ``count`` (whole numbers) or ``number``."""
    low: float | None
    """Least value there can be; none where nothing bounds it."""
    high: float | None
    """Greatest value there can be."""
    sources: tuple[str, ...]
    """Ids in ``registry.toml``: those of the table, unless the column rests on some of them only."""


@dataclass(frozen=True)
class PoliticalTable:
    """What a table holds and where from."""

    id: str
    title: str
    keys: tuple[str, ...]
    """Columns that name a row together."""
    first: int | None
    """First year with a row; none for a table without years."""
    last: int | None
    absent: Absent
    sources: tuple[str, ...]
    """Ids in ``registry.toml``."""
    method: str
    """What was done to the published numbers."""
    gaps: str
    columns: tuple[Column, ...]

    @property
    def file(self) -> str:
        """Path below the embedded folder."""
        return f"{FOLDER}/{self.id}.csv.gz"

    def column(self, name: str) -> Column:
        """The column with this name.

        Raises:
            UnknownNameError: the table has none.
        """
        for column in self.columns:
            if column.name == name:
                return column
        known = ", ".join(column.name for column in self.columns)
        raise UnknownNameError(f"table {self.id!r} has no column {name!r}; it has {known}")

    def origin(self, column: str) -> Origin:
        """Where the values of a column come from."""
        told = self.column(column)
        return Origin(told.status, told.sources, self.method)


@cache
def political_tables() -> Mapping[str, PoliticalTable]:
    """Every table by id, in the order of ``politics.toml``."""
    text = (files("hedgerow.data") / "politics.toml").read_text(encoding="utf-8")
    return {name: _declared(name, entry) for name, entry in tomllib.loads(text).items()}


def _declared(name: str, entry: Mapping[str, Any]) -> PoliticalTable:
    first, last = entry.get("years", (None, None))
    return PoliticalTable(
        id=name,
        title=entry["title"],
        keys=tuple(entry["keys"]),
        first=first,
        last=last,
        absent=Absent(entry["absent"]),
        sources=tuple(entry["sources"]),
        method=entry["method"],
        gaps=entry["gaps"],
        columns=tuple(
            _column(column, {"sources": entry["sources"], **told}) for column, told in entry["columns"].items()
        ),
    )


def _column(name: str, told: Mapping[str, Any]) -> Column:
    return Column(
        name=name,
        unit=told["unit"],
        meaning=told["meaning"],
        status=Status(told["status"]),
        kind=told["kind"],
        low=told.get("low"),
        high=told.get("high"),
        sources=tuple(told["sources"]),
    )


def political_table(name: str) -> pd.DataFrame:
    """A table as a tidy frame: text, whole numbers (``Int64`` where a cell may be empty) and floats.

    Raises:
        UnknownNameError: there is no such table.
    """
    if name not in political_tables():
        raise UnknownNameError(f"political table {name!r} is unknown; there are {', '.join(political_tables())}")
    return _read(name).copy()


def states_in(year: int) -> tuple[str, ...]:
    """ISO-3 codes of the states that existed in a year, for part of it at least."""
    table = _read("states")
    standing = (table["entry"] <= year) & (table["exit"].isna() | (table["exit"] >= year))
    return tuple(table.loc[standing, "actor"])


@cache
def _read(name: str) -> pd.DataFrame:
    table = political_tables()[name]
    types = {column.name: _TYPES[column.kind] for column in table.columns}
    content = gzip.decompress(read_embedded(table.file))
    frame = pd.read_csv(BytesIO(content), keep_default_na=False, na_values=[""], dtype=types)
    return frame.astype({c: "int64" for c, kind in types.items() if kind == "Int64" and frame[c].notna().all()})


_TYPES = {"text": "str", "count": "Int64", "number": "float64"}
