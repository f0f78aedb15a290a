"""The user's own years of BACI, beside the evidence that ships."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from hedgerow.data.readers.baci import read_baci
from hedgerow.errors import RequestError
from hedgerow.indicators.evidence import TRADE, Evidence, trade_of_pairs
from hedgerow.indicators.ties import TradeSeries
from hedgerow.provenance import Origin, Status

SERIES = "own-baci"
PATTERN = "BACI*.csv*"
"""Files of the publisher, one a year, with the table of country codes beside them."""


def own_files(folder: Path) -> tuple[Path, ...]:
    """The years of BACI in a folder.

    Raises:
        RequestError: there is none.
    """
    found = tuple(sorted(path for path in folder.glob(PATTERN) if path.is_file()))
    if not found:
        raise RequestError(f"--own: {folder} holds no file {PATTERN}; put the publisher's yearly files there")
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
    """The same evidence with the user's years as one more series of trade."""

    def trade() -> tuple[TradeSeries, ...]:
        return (*evidence.trade, own_years(paths))

    return Evidence({**evidence.makers, TRADE: trade}, evidence.powers)
