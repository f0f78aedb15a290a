"""Totals of goods trade by pair and of GDP, 2023: what the composite world takes as given."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from hedgerow.data.readers.baci_totals import read_baci_2023
from hedgerow.data.readers.comtrade2016 import read_exports_2016
from hedgerow.data.readers.gdp import read_gdp, read_latest_gdp
from hedgerow.world.composite.labels import Labels

Array = npt.NDArray[np.float64]

YEAR: Final = 2023
TAIWAN: Final = "TWN"
TAIWAN_GDP: Final = 757_000.0
"""MUSD of 2023, Directorate-General of Budget, Accounting and Statistics; the World Bank does not list Taiwan."""


@dataclass(frozen=True)
class Output:
    """GDP of 2023 and what it was a multiple of, on composite labels."""

    labels: Labels
    gdp: Array
    """[actor] MUSD of 2023; everything outside the named economies is the rest of the world's."""
    yearly: pd.DataFrame
    """The World Bank's GDP by code and year, MUSD."""

    def growth_since(self, year: int) -> Array:
        """[actor] GDP of 2023 over GDP of an earlier year, current dollars; the world's where there is no figure."""
        ratio = self.yearly[YEAR] / self.yearly[year]
        own = ratio.reindex(list(self.labels.codes)).fillna(ratio["WLD"])
        return own.to_numpy(dtype=float)


def gdp(folder: Path, labels: Labels) -> Output:
    """GDP of 2023 on composite labels, Taiwan by hand."""
    values = labels.by_actor(read_latest_gdp(folder))
    values[labels.of(TAIWAN)] = TAIWAN_GDP
    return Output(labels, values, read_gdp(folder))


def goods_totals(baci: Path, agreements: Path, us_imports: Array, labels: Labels) -> Array:
    """Goods trade of 2023, [exporter, importer] MUSD free on board, zero diagonal.

    Trade inside a folded economy and inside the rest of the world becomes home sales. Taiwan, which the BACI extract
    lacks, has the partners of 2016 (Comtrade) scaled with world trade; its sales to the United States are customs
    imports times what BACI counts of the others' (BACI is free on board and drops what has no chapter).

    Args:
        baci: folder of the BACI extract.
        agreements: folder of the 2016 exports.
        us_imports: [exporter] US customs imports of 2024, MUSD.
        labels: the economies.
    """
    trade = labels.by_pair(read_baci_2023(baci))
    world = trade.sum()
    np.fill_diagonal(trade, 0.0)
    past = read_exports_2016(agreements)
    taiwanese = np.logical_or.reduce([past.index.get_level_values(k) == TAIWAN for k in (0, 1)])
    growth = world / past[~taiwanese].sum()
    trade += growth * labels.by_pair(past[taiwanese])
    taiwan, america = labels.of(TAIWAN), labels.of("USA")
    others = np.arange(len(labels)) != taiwan
    counted = trade[others, america].sum() / us_imports[others].sum()
    trade[taiwan, america] = us_imports[taiwan] * counted
    np.fill_diagonal(trade, 0.0)
    return trade
