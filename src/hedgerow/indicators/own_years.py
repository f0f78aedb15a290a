"""The user's own files beside the evidence that ships: years of BACI, and SIPRI's register of arms."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pandas as pd

from hedgerow.data.readers.baci import read_baci
from hedgerow.errors import RequestError
from hedgerow.indicators.evidence import ARMS, TRADE, Evidence, trade_of_pairs
from hedgerow.indicators.own_arms import ARMS_PATTERN, own_arms
from hedgerow.indicators.ties import TradeSeries
from hedgerow.provenance import Origin, Status

SERIES = "own-baci"
PATTERN = "BACI*.csv*"
"""Files of the publisher, one a year, with the table of country codes beside them."""


def own_files(folder: Path) -> tuple[Path, ...]:
    """The years of BACI and the register of arms in a folder.

    Raises:
        RequestError: there is none.
    """
    found = tuple(sorted(path for name in (PATTERN, ARMS_PATTERN) for path in folder.glob(name) if path.is_file()))
    if not found:
        raise RequestError(
            f"--own: {folder} holds no file {PATTERN} or {ARMS_PATTERN}; put the publishers' files there"
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
    """The same evidence with the user's years as one more series of trade, and with arms where there is a register."""
    registers = tuple(path for path in paths if path.match(ARMS_PATTERN))
    years = tuple(path for path in paths if path not in registers)

    def trade() -> tuple[TradeSeries, ...]:
        return (*evidence.trade, own_years(years)) if years else evidence.trade

    arms = {ARMS: partial(own_arms, registers)} if registers else {}
    return Evidence({**evidence.makers, TRADE: trade, **arms}, evidence.powers)
