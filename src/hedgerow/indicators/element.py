"""The four ways to hedge, the two powers between which states do it, and what the measures of all four share."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd

from hedgerow.indicators.evidence import Table
from hedgerow.indicators.frames import Array, Estimate, Label, Rows, rows


class Element(StrEnum):
    """The four ways to hedge: H. Marston, 9DASHLINE, 1 July 2025."""

    BLUNTING = "blunting"
    """Own military strength."""
    BROADENING = "broadening"
    """More partners, outside the two powers."""
    BOOSTING = "boosting"
    """A place in forums and in the General Assembly."""
    BINDING = "binding"
    """Ties with each of the two powers; ties to one side alone do not count."""


POWERS: Final = ("USA", "CHN")
"""The powers between which states hedge."""
FIRST: Final = 1995
"""First year measured."""
WINDOW: Final = 5
"""Years over which deliveries are added up and movement is measured."""
NO_RANGE: Final = "None given: the sources publish no error of it."
MARSTON: Final = "The element is that of H. Marston (9DASHLINE, 1 July 2025); the measure is not his."


def wide(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """A column of a tidy frame, [year, actor], without years before :data:`FIRST` less the window."""
    found = frame.pivot(index="year", columns="actor", values=column).astype(float)
    last = int(found.index.max()) if len(found) else FIRST - 1
    return found.reindex(range(FIRST - WINDOW, last + 1))


def place(points: Array, values: Array) -> Array:
    """``P_n = (others with less + ½ others with as much) / others`` (50): place among all states, 0 to 1. [actor]

    How often states vote with a power, how far they stand from it, and how many treaties a source lists with it are on
    scales of the power, which moves too. The place takes the scale away.

    Args:
        points: what is placed, such as the value itself or an end of its interval; NaN where unknown.
        values: of all states, NaN where unknown.
    """
    known = np.isfinite(values)
    ordered = np.sort(values[known])
    below, upto = (np.searchsorted(ordered, points, side=side) for side in ("left", "right"))
    less, alike = below - (known & (values < points)), upto - below - (known & (values == points))
    others = known.sum() - known
    placed = (less + alike / 2) / np.maximum(others, 1)
    return np.where(known & np.isfinite(points) & (others > 0), placed, np.nan)


def standing(values: pd.DataFrame) -> pd.DataFrame:
    """:func:`place` of every state in every year. [year, actor]"""
    placed = [place(row, row) for row in values.to_numpy(dtype=np.float64)]
    return pd.DataFrame(placed, index=values.index, columns=values.columns)


def levels(values: pd.DataFrame, *tables: Table, power: str = "", series: str = "") -> list[Rows]:
    """Rows of a wide table of levels, [year, actor], with the origins of the tables it rests on."""
    origins = tuple(table.origin for table in tables)
    kept = values[values.index >= FIRST]
    return [
        rows(
            list(kept.columns),
            Estimate(_numbers(kept.loc[year])),
            Label(series or tables[0].id, int(year), origins, power),
        )
        for year in kept.index
    ]


def _numbers(row: pd.Series) -> Array:
    return np.asarray(row, dtype=np.float64)
