"""What a file of the user's own says, before any rule of ours; and the checks that every such file passes."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from hedgerow.data.readers.wiod2013 import WorldTable
from hedgerow.errors import DataError, RequestError, UnbalancedError

ROUNDING = 1e-3
"""Largest difference between two published totals of a sector, as a share of its output; one MUSD is let pass."""


@dataclass(frozen=True)
class PublishedTable:
    """A world input-output table: rows sell, columns buy, MUSD/yr."""

    table: WorldTable
    year: int
    titles: Mapping[str, str]
    """Sector to its title, in order."""
    goods: frozenset[str]


@dataclass(frozen=True)
class PublishedFlows:
    """Sales without input-output data."""

    flows: pd.DataFrame
    """exporter, importer, sector, value in MUSD/yr; codes as the source writes them."""
    year: int
    titles: Mapping[str, str]
    """Sector to its title, in order."""
    goods: frozenset[str]
    elasticity: Mapping[str, float] = field(default_factory=dict)
    """Trade elasticity by sector, where the file gives one."""
    domestic: bool = True
    """False where the source leaves out domestic sales by design."""


def own_file(path: Path) -> Path:
    """The path of a file that exists and is not empty.

    Raises:
        DataError: it is absent or empty.
    """
    if not path.is_file():
        raise DataError(f"{path}: there is no such file")
    if path.stat().st_size == 0:
        raise DataError(f"{path}: the file is empty")
    return path


def year_of(path: Path, asked: int | None) -> int:
    """The year of a file that holds one year: as asked for, or the last year in its name.

    Raises:
        RequestError: neither says.
    """
    named = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", path.stem)
    if asked is None and not named:
        raise RequestError(f"--year: {path.name} does not say which year it holds; name it")
    return asked if asked is not None else int(named[-1])


def chosen_year(path: Path, found: Sequence[int], asked: int | None) -> int:
    """One of the years that a file holds.

    Raises:
        RequestError: the year asked for is not among them, or none was and there are several.
    """
    years = ", ".join(str(y) for y in sorted(found))
    if asked is None and len(found) > 1:
        raise RequestError(f"--year: {path.name} holds {years}; name one")
    if asked is not None and asked not in found:
        raise RequestError(f"--year: {path.name} does not hold {asked}; it holds {years}")
    return found[0] if asked is None else asked


def first_lines(path: Path, count: int) -> list[list[str]]:
    """The first lines of a CSV file, cells stripped."""
    try:
        with own_file(path).open(encoding="utf-8-sig", newline="") as file:
            return [[cell.strip() for cell in line] for _, line in zip(range(count), csv.reader(file), strict=False)]
    except (UnicodeDecodeError, csv.Error):
        raise DataError(f"{path}: this is no CSV file in UTF-8") from None


def refuse_duplicates(path: Path, labels: Sequence[object], what: str) -> None:
    """Raises :class:`DataError` with the first label that stands twice."""
    seen: set[object] = set()
    for label in labels:
        if label in seen:
            shown = " ".join(str(part) for part in label) if isinstance(label, tuple) else label
            raise DataError(f"{path}: {what} {shown} stands twice")
        seen.add(label)


def wide_numbers(path: Path, *, skip: int, texts: Sequence[int], names: Sequence[str]) -> pd.DataFrame:
    """A wide CSV file: columns ``texts`` as text, every other cell a number.

    Args:
        path: the file.
        skip: lines before the first row.
        texts: positions of columns that hold labels.
        names: what each column is called in messages; also the columns of the answer.

    Raises:
        DataError: no rows, rows of another length, or a cell that is no number, with its line and column.
    """
    try:
        cells = pd.read_csv(path, skiprows=skip, header=None, keep_default_na=False, na_values=[""],
                            dtype=dict.fromkeys(texts, str), low_memory=False, skip_blank_lines=False)  # fmt: skip
    except (pd.errors.EmptyDataError, pd.errors.ParserError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: {' '.join(str(error).split())}") from None
    cells = cells.dropna(how="all")
    if cells.shape[1] != len(names):
        raise DataError(f"{path}: its rows have {cells.shape[1]} cells, its header has {len(names)}")
    for position in range(len(names)):
        if position in texts:
            cells[position] = cells[position].fillna("").str.strip()
            continue
        numbers = pd.to_numeric(cells[position], errors="coerce").astype(float)
        bad = ~np.isfinite(numbers)
        if bad.any():
            row = int(np.flatnonzero(bad)[0])
            written = cells[position].iloc[row]
            found = "an empty cell" if pd.isna(written) else repr(str(written))
            line = int(cells.index[row]) + skip + 1
            raise DataError(f"{path}: line {line}, column {names[position]}: {found} is no number")
        cells[position] = numbers
    return cells.set_axis(list(names), axis=1)


def world_table(cells: pd.DataFrame, *, final: frozenset[str], inventories: str, fold: Mapping[str, str]) -> WorldTable:
    """A world table from labelled cells, with parts of a country added up.

    Args:
        cells: rows (country, industry), columns (country, industry or final use).
        final: names of final uses other than stock building.
        inventories: name of stock building.
        fold: code of a part of a country to the country's code.
    """
    rows, uses = ["row_country", "row_sector"], ["col_country", "col_use"]
    folded = cells.rename_axis(index=rows, columns=uses)
    folded = folded.rename(index=fold, columns=fold, level=0)
    folded = folded.groupby(rows).sum().T.groupby(uses).sum().T
    countries = sorted(folded.index.unique("row_country"))
    sectors = sorted(folded.index.unique("row_sector"))
    order = pd.MultiIndex.from_product([countries, sectors], names=rows)
    folded = folded.reindex(index=order, fill_value=0.0)
    use = folded.columns.get_level_values("col_use")

    def by_importer(wanted: frozenset[str]) -> pd.DataFrame:
        part = folded.loc[:, use.isin(list(wanted))]
        return part.T.groupby("col_country").sum().T.reindex(columns=countries, fill_value=0.0)

    return WorldTable(
        intermediate=folded.reindex(columns=order.set_names(uses), fill_value=0.0),
        final=by_importer(final),
        inventories=by_importer(frozenset({inventories})),
    )


def require_total(path: Path, total: pd.Series, published: pd.Series, what: str) -> None:
    """Hold the sums of a table's cells to the totals that its publisher printed.

    Raises:
        UnbalancedError: a sector is off by more than :data:`ROUNDING` of its output.
    """
    gap = (total - published).abs()
    bad = gap > ROUNDING * published.abs() + 1.0
    if bad.any():
        at = int((gap - ROUNDING * published.abs()).to_numpy().argmax())
        label = total.index[at]
        shown = " ".join(str(part) for part in label) if isinstance(label, tuple) else str(label)
        raise UnbalancedError(
            f"{path}: {what} of {shown} add up to {total.iloc[at]:,.1f}, "
            f"its published output is {published.iloc[at]:,.1f}"
        )
