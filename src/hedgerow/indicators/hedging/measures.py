"""Values of indicators as arrays by state and indicator: which value stands for a year, and in which pool it counts.

Values of two series do not compare, so every series of an indicator is placed in a pool of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from hedgerow.indicators.hedging.normalise import POOL, Normalisation, normalised

Array = npt.NDArray[np.float64]

OLDEST = 5
"""Years after which a value no longer stands for a year; its own year is shown beside it."""


@dataclass(frozen=True)
class Placed:
    """The indicators of all states in one year."""

    year: int
    values: Array
    """As measured, NaN where unknown. [actor, indicator]"""
    measured: Array
    """The year each value is of; NaN where unknown. [actor, indicator]"""
    placed: Mapping[Normalisation, Array]
    """From 0 to 1 by each normalisation, NaN where unknown. [actor, indicator]"""
    series: tuple[str, ...]
    """The series each indicator is taken from, empty where there is none. [indicator]"""
    sources: tuple[str, ...] = ()
    """Ids in the register of all values, each once."""


@dataclass(frozen=True, eq=False)
class Measures:
    """Everything measured of some states."""

    actors: tuple[str, ...]
    indicators: tuple[str, ...]
    belongs: Array
    """1 where an indicator is of an element, else 0. [indicator, element]"""
    frames: Mapping[str, pd.DataFrame]
    """Columns actor, year, value, series, source; one a name of ``indicators``."""

    def at(self, year: int) -> Placed:
        """What is known of a year: of each indicator the series with most states, and values under five years old."""
        shape = len(self.actors), len(self.indicators)
        values, measured = np.full(shape, np.nan), np.full(shape, np.nan)
        placed = {way: np.full(shape, np.nan) for way in Normalisation}
        series, sources = [], dict[str, None]()
        for i, name in enumerate(self.indicators):
            chosen, found = latest(self.frames[name], year)
            series.append(chosen)
            sources |= dict.fromkeys(" ".join(found["source"].unique()).split())
            if found.empty:
                continue
            known = found.reindex(list(self.actors))
            values[:, i], measured[:, i] = known["value"], known["year"]
            among = pool(self.frames[name], chosen)
            for way in Normalisation:
                placed[way][:, i] = normalised(values[:, i], among, way)
        return Placed(year, values, measured, placed, tuple(series), tuple(sources))


def latest(frame: pd.DataFrame, year: int) -> tuple[str, pd.DataFrame]:
    """The series with most states, and each state's newest value in it that is not too old, by actor."""
    near = frame[(frame["year"] <= year) & (frame["year"] > year - OLDEST)]
    if near.empty:
        return "", near
    newest = near.sort_values("year", kind="stable").drop_duplicates(["series", "actor"], keep="last")
    number = newest.groupby("series", observed=True)["actor"].size()
    chosen = str(sorted(number.index[number == number.max()])[0])
    return chosen, newest[newest["series"] == chosen].set_index("actor")


def pool(frame: pd.DataFrame, series: str) -> Array:
    """The frozen pool of one series: its values of 2000 to 2019, or all of a series that has none in these years."""
    own = frame[frame["series"] == series]
    inside = own[own["year"].between(*POOL)]
    chosen = own if inside.empty else inside
    return chosen["value"].to_numpy(dtype=float)


def by_actor(frame: pd.DataFrame, actors: Sequence[str], year: int) -> Array:
    """One indicator of one year in the order of ``actors``; NaN where unknown."""
    _, found = latest(frame, year)
    if found.empty:
        return np.full(len(actors), np.nan)
    return found["value"].reindex(list(actors)).to_numpy(dtype=float)
