"""The panel: every indicator for every actor and year in one tidy frame, computed once and then kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from hedgerow.indicators import cache
from hedgerow.indicators.catalogue import INDICATORS
from hedgerow.indicators.declare import Indicator
from hedgerow.indicators.evidence import POWERS, Evidence, embedded_evidence
from hedgerow.indicators.frames import COLUMNS, TEXTS, joined
from hedgerow.indicators.own_years import own_files, with_own

INDICATOR = "indicator"
PANEL_COLUMNS = (INDICATOR, *COLUMNS)

Progress = Callable[[int], object]
"""Called with the number of indicators done since the last call."""


@dataclass(frozen=True)
class Wanted:
    """Which evidence to measure."""

    powers: tuple[str, ...] = POWERS
    own: Path | None = None
    """Folder of the user's own files: years of BACI, the register of arms."""

    def evidence(self) -> Evidence:
        """The evidence itself; nothing is read yet.

        Raises:
            RequestError: the user's folder holds neither a year of BACI nor a register of arms.
        """
        shipped = embedded_evidence(self.powers)
        return shipped if self.own is None else with_own(shipped, own_files(self.own))

    def key(self) -> str:
        """Name of its panel in the cache."""
        return cache.key(self.powers, () if self.own is None else own_files(self.own))


SHIPPED = Wanted()
"""The evidence that ships, for the powers of the panel."""


def measured(indicator: Indicator, evidence: Evidence) -> pd.DataFrame:
    """All values of one indicator; no rows where evidence it needs is not at hand.

    Columns are :data:`PANEL_COLUMNS`, rows in the order of series, year, power and actor.
    """
    at_hand = all(name in evidence.makers for name in indicator.inputs)
    frame = indicator.compute(evidence.only(indicator.inputs)) if at_hand else joined(())
    return frame.assign(indicator=indicator.id)[list(PANEL_COLUMNS)]


def built(evidence: Evidence, *, progress: Progress | None = None) -> pd.DataFrame:
    """The panel of some evidence, computed now."""
    frames = []
    for one in INDICATORS:
        frames.append(measured(one, evidence))
        if progress is not None:
            progress(1)
    return _typed(pd.concat([frame for frame in frames if len(frame)], ignore_index=True))


def panel(wanted: Wanted = SHIPPED, *, progress: Progress | None = None) -> pd.DataFrame:
    """The panel, from the user's cache where it is there and sound.

    Returns:
        A tidy frame: indicator, actor, year, since, power, sector, value, low, high, status, series, source.

    Raises:
        RequestError: the user's folder holds neither a year of BACI nor a register of arms.
        DataError: a file in it is not in the publisher's format.
    """
    name = wanted.key()
    kept = cache.read(name)
    if kept is not None:
        return _typed(kept)
    made = built(wanted.evidence(), progress=progress)
    cache.write(name, made)
    return made


def values(indicator: Indicator, wanted: Wanted = SHIPPED) -> pd.DataFrame:
    """All values of one indicator: out of the cached panel, or computed alone."""
    kept = cache.read(wanted.key())
    if kept is not None:
        return _typed(kept[kept[INDICATOR] == indicator.id].reset_index(drop=True))
    return _typed(measured(indicator, wanted.evidence()))


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    """The same rows with one type a column, whether they were computed or read."""
    types = dict.fromkeys((INDICATOR, *TEXTS), "category")
    numbers = {"year": "int64", "since": "int64", "value": "float64", "low": "float64", "high": "float64"}
    found: pd.DataFrame = frame.astype({**types, **numbers})
    return found
