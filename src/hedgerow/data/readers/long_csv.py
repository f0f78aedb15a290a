"""Long CSV files of any size: read as text by DuckDB, checked, then added up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from hedgerow.data.readers.published import chosen_year, own_file, year_of
from hedgerow.errors import DataError


@dataclass(frozen=True)
class LongCsv:
    """A long CSV file: one observation a row."""

    path: Path
    rows: duckdb.DuckDBPyRelation
    """Every column as text, with ``line``, the row's line in the file."""
    columns: tuple[str, ...]

    def require(self, *names: str) -> LongCsv:
        """The same file, if it has these columns.

        Raises:
            DataError: the first column that is missing, with those there are.
        """
        for name in names:
            if name not in self.columns:
                raise DataError(f"{self.path}: column {name} is missing; there are {', '.join(self.columns)}")
        return self

    def filled(self, *names: str) -> LongCsv:
        """The same file, if no row leaves these columns empty; raises :class:`DataError` with the line."""
        for name in names:
            empty = self.rows.filter(f"coalesce(trim(\"{name}\"), '') = ''").order("line").limit(1).fetchall()
            if empty:
                raise DataError(f"{self.path}: line {empty[0][-1]}, column {name}: an empty cell")
        return self

    def numbers(self, name: str, *, minimum: float = 0.0) -> LongCsv:
        """The same file, if a column holds numbers from ``minimum`` up; raises :class:`DataError` with the line."""
        number = f'try_cast(trim("{name}") as double)'
        for wrong, what in (
            (f"{number} is null or not isfinite({number})", "is no number"),
            (f"{number} < {minimum}", f"is below {minimum:g}"),
        ):
            bad = self.rows.filter(wrong).order("line").limit(1).project(f'line, "{name}"').fetchall()
            if bad:
                written = "an empty cell" if bad[0][1] is None else repr(bad[0][1])
                raise DataError(f"{self.path}: line {bad[0][0]}, column {name}: {written} {what}")
        return self

    def unique(self, *names: str) -> LongCsv:
        """The same file, if no two rows agree in all these columns; raises :class:`DataError` with the line."""
        keys = ", ".join(f'"{n}"' for n in names)
        twice = self.rows.aggregate(f"{keys}, count(*) as n, max(line) as last", keys).filter("n > 1").order("last")
        found = twice.limit(1).fetchall()
        if found:
            shown = " ".join(str(part) for part in found[0][: len(names)])
            raise DataError(f"{self.path}: line {found[0][-1]}: {shown} stands twice")
        return self

    def of_year(self, name: str, asked: int | None) -> tuple[LongCsv, int]:
        """The rows of one year, and the year; where there is no column ``name``, the whole file.

        Raises:
            DataError: a cell of the column is no number.
            RequestError: the year is not in the file, or none was asked for and there are several.
        """
        if name not in self.columns:
            return self, year_of(self.path, asked)
        self.numbers(name)
        number = f'cast(cast(trim("{name}") as double) as integer)'
        found = sorted(int(row[0]) for row in self.rows.project(f"{number} as year").distinct().fetchall())
        year = chosen_year(self.path, found, asked)
        return LongCsv(self.path, self.rows.filter(f"{number} = {year}"), self.columns), year

    def totals(self, keys: Sequence[str], value: str) -> pd.DataFrame:
        """Sums of a column of numbers over rows that agree in ``keys``, sorted by them."""
        names = ", ".join(f'trim("{key}") as "{key}"' for key in keys)
        table = self.rows.aggregate(
            f'{names}, sum(cast(trim("{value}") as double) order by line) as "{value}"',
            ", ".join(f'trim("{key}")' for key in keys),
        )
        found: pd.DataFrame = table.df()
        return found.sort_values(list(keys), ignore_index=True)

    def table(self, *names: str) -> pd.DataFrame:
        """Columns as text, in the order of the file."""
        columns = ", ".join(f'trim("{name}") as "{name}"' for name in names)
        found: pd.DataFrame = self.rows.order("line").project(columns).df()
        return found


def long_csv(path: Path) -> LongCsv:
    """A long CSV file, plain or gzip, in UTF-8 or Latin-1.

    Raises:
        DataError: it is absent, empty, has no rows, or is no CSV.
    """
    own_file(path)
    try:
        return _opened(path, duckdb.read_csv(path.as_posix(), header=True, all_varchar=True, sep=",", encoding="utf-8"))
    except duckdb.Error as error:
        failed = str(error)
    if "unicode" in failed.casefold():
        return _opened(path, _latin(path))
    lines = [line.strip() for line in failed.splitlines() if line.strip()]
    raise DataError(f"{path}: no CSV file with commas and a header: {' '.join(lines[:2])}")


def _latin(path: Path) -> duckdb.DuckDBPyRelation:
    table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="latin-1")
    return duckdb.from_df(table.astype(object))


def _opened(path: Path, text: duckdb.DuckDBPyRelation) -> LongCsv:
    names = [str(column) for column in text.columns]
    columns = tuple(name.strip().lower() for name in names)
    shown = [f'"{written}" as "{name}"' for written, name in zip(names, columns, strict=True)]
    rows = text.project(f"{', '.join(shown)}, row_number() over () + 1 as line")
    if rows.aggregate("count(line) as n").fetchall()[0][0] == 0:  # reads it all: a broken row is found here
        raise DataError(f"{path}: the file has a header and no rows")
    return LongCsv(path, rows, columns)
