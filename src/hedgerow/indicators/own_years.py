"""The user's own files beside the evidence that ships: years of BACI, SIPRI's register of arms, NATO's table 8a."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

import pandas as pd

from hedgerow.data.readers.baci import read_baci
from hedgerow.errors import RequestError
from hedgerow.indicators.evidence import ARMS, EQUIPMENT, TRADE, Evidence, trade_of_pairs
from hedgerow.indicators.own_arms import ARMS_PATTERN, own_arms
from hedgerow.indicators.own_equipment import EQUIPMENT_PATTERN, own_equipment
from hedgerow.indicators.ties import TradeSeries
from hedgerow.provenance import Origin, Status

SERIES = "own-baci"
PATTERN = "BACI*.csv*"
"""Files of the publisher, one a year, with the table of country codes beside them."""
TABLES: Final = {ARMS_PATTERN: (ARMS, own_arms), EQUIPMENT_PATTERN: (EQUIPMENT, own_equipment)}
"""Evidence that only the user's own file gives, by the name of that file."""


def own_files(folder: Path) -> tuple[Path, ...]:
    """The years of BACI and the tables of :data:`TABLES` in a folder.

    Raises:
        RequestError: there is none.
    """
    found = tuple(sorted(path for name in (PATTERN, *TABLES) for path in folder.glob(name) if path.is_file()))
    if not found:
        raise RequestError(
            f"--own: {folder} holds no file {PATTERN}, {' or '.join(TABLES)}; put the publishers' files there"
        )
    return found


def own_years(paths: tuple[Path, ...]) -> TradeSeries:
    """Trade of every year, comparable where all files are of one version and nomenclature.

    Raises:
        DataError: a file is not in the publisher's format.
        RequestError: two files are of the same year.
    """
    years: dict[int, pd.DataFrame] = {}
    for path in paths:
        read = read_baci(path, None)
        if read.year in years:
            raise RequestError(f"--own: {path.name} and an earlier file are both of {read.year}; keep one of them")
        years[read.year] = read.flows.assign(year=read.year)
    origin = Origin(Status.DERIVED, ("baci",), f"Added up over products: {', '.join(path.name for path in paths)}.")
    return trade_of_pairs(pd.concat(years.values()), SERIES, "Your own years of BACI: goods", origin)


def with_own(evidence: Evidence, paths: tuple[Path, ...]) -> Evidence:
    """The same evidence with the user's years as one more series of trade, and with the tables that are there.

    Raises:
        RequestError: a table is there twice.
    """
    years = tuple(path for path in paths if path.match(PATTERN))

    def trade() -> tuple[TradeSeries, ...]:
        return (*evidence.trade, own_years(years)) if years else evidence.trade

    tables = {name: partial(read, _only(paths, pattern)) for pattern, (name, read) in TABLES.items()
              if any(path.match(pattern) for path in paths)}  # fmt: skip
    return Evidence({**evidence.makers, TRADE: trade, **tables}, evidence.powers)


def _only(paths: tuple[Path, ...], pattern: str) -> Path:
    one, *others = (path for path in paths if path.match(pattern))
    if others:
        raise RequestError(f"--own: {one.name} and {others[0].name} are both {pattern}; keep one of them")
    return one
