"""Totals of goods trade by pair and of GDP, 2023: what the composite world takes as given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from hedgerow.data.readers.baci_totals import read_baci_2023
from hedgerow.data.readers.comtrade2016 import read_exports_2016
from hedgerow.data.readers.gdp import read_gdp, read_latest_gdp
from hedgerow.world.composite.labels import Labels
from hedgerow.world.composite.unrecorded import unrecorded
from hedgerow.world.memberships import members_on

Array = npt.NDArray[np.float64]

YEAR: Final = 2023
TAIWAN: Final = "TWN"
TAIWAN_GDP: Final = 757_000.0
"""MUSD of 2023, Directorate-General of Budget, Accounting and Statistics; the World Bank does not list Taiwan."""
TAIWAN_EXPORTS: Final = 432_500.0
"""MUSD of 2023, free on board, Ministry of Finance."""
TAIWAN_IMPORTS: Final = 351_900.0
"""MUSD of 2023, freight and insurance included, Ministry of Finance."""
FREE_ON_BOARD: Final = 0.95
"""Value at the exporter's port of a dollar at the importer's (assumed)."""
US_IMPORTS: Final = 3_080_000.0
"""MUSD of 2023, customs basis, US Census Bureau."""
US_IMPORTS_FROM_TAIWAN: Final = 87_800.0
"""MUSD of 2023, customs basis, US Census Bureau."""


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


def goods_totals(baci: Path, agreements: Path, labels: Labels) -> Array:
    """Goods trade of 2023, [exporter, importer] MUSD free on board, zero diagonal.

    Trade inside a folded economy and inside the rest of the world becomes home sales. Taiwan, which the BACI extract
    lacks, sells to the United States what its customs counted in 2023, less what BACI drops of all others' sales there;
    its other partners are those of 2016 (Comtrade), scaled to its published totals of 2023. Trade between 76 economies
    that the extract has no pair of is estimated, see :func:`~hedgerow.world.composite.unrecorded.unrecorded`.

    Args:
        baci: folder of the BACI extract.
        agreements: folder of the 2016 exports.
        labels: the economies.
    """
    recorded, past = read_baci_2023(baci), read_exports_2016(agreements)
    union = members_on(date(YEAR, 12, 31), "EU")
    trade = labels.by_pair(recorded) + labels.by_pair(unrecorded(recorded, past, union))
    np.fill_diagonal(trade, 0.0)
    taiwan, america = labels.of(TAIWAN), labels.of("USA")
    counted = trade[:, america].sum() / (US_IMPORTS - US_IMPORTS_FROM_TAIWAN)
    pattern = labels.by_pair(past[past.index.get_level_values(0) == TAIWAN])[taiwan]
    pattern[[taiwan, america]] = 0.0
    trade[taiwan] = (TAIWAN_EXPORTS - counted * US_IMPORTS_FROM_TAIWAN) * pattern / pattern.sum()
    trade[taiwan, america] = counted * US_IMPORTS_FROM_TAIWAN
    pattern = labels.by_pair(past[past.index.get_level_values(1) == TAIWAN])[:, taiwan]
    pattern[taiwan] = 0.0
    trade[:, taiwan] = FREE_ON_BOARD * TAIWAN_IMPORTS * pattern / pattern.sum()
    return trade
