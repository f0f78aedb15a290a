"""Values of indicators as tidy rows, the one shape that every family returns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from hedgerow.provenance import Origin, Status

Array = npt.NDArray[np.float64]

COLUMNS = (
    "actor", "year", "since", "power", "sector", "value", "low", "high", "status", "series", "source",
)  # fmt: skip
"""Labels that do not apply are empty; ``since`` is the year a change is measured from, 0 for a level; ``series`` is
the homogeneous set of years a value belongs to, ``source`` the ids in the register of sources."""

TEXTS = ("actor", "power", "sector", "status", "series", "source")

GRADE = (Status.PUBLISHED, Status.DERIVED, Status.MODELLED, Status.ASSUMED)
"""From best to least; what is computed is never better than the least that goes in."""


@dataclass(frozen=True)
class Estimate:
    """Values with the range the evidence leaves; NaN where there is none."""

    value: Array
    low: Array | None = None
    high: Array | None = None


Rows = dict[str, npt.NDArray[Any]]
"""Columns of some rows by name: arrays of one length."""


@dataclass(frozen=True)
class Label:
    """What a vector of values over actors belongs to."""

    series: str
    year: int
    origins: tuple[Origin, ...]
    power: str = ""
    sector: str = ""
    since: int = 0


def computed(origins: Sequence[Origin], least: Status = Status.DERIVED) -> Status:
    """The kind of a number that arithmetic makes: never better than ``least`` or than what goes in."""
    return max((least, *(origin.status for origin in origins)), key=GRADE.index)


def rows(actors: Sequence[str], found: Estimate, label: Label, *, least: Status = Status.DERIVED) -> Rows:
    """One row an actor that has a value. Arrays of ``found`` are [actor]."""
    kept = np.isfinite(found.value)
    number, none = int(kept.sum()), np.full(len(found.value), np.nan)
    sources = dict.fromkeys(name for origin in label.origins for name in origin.sources)
    texts = {
        "power": label.power,
        "sector": label.sector,
        "status": computed(label.origins, least).value,
        "series": label.series,
        "source": " ".join(sources),
    }
    return {
        "actor": np.asarray(actors, dtype=object)[kept],
        "year": np.full(number, label.year),
        "since": np.full(number, label.since),
        "value": found.value[kept],
        "low": (none if found.low is None else found.low)[kept],
        "high": (none if found.high is None else found.high)[kept],
        **{name: np.full(number, text, dtype=object) for name, text in texts.items()},
    }


def joined(parts: Iterable[Rows]) -> pd.DataFrame:
    """Rows below each other in one frame with the columns :data:`COLUMNS`; an empty one where there are none."""
    kept = [part for part in parts if len(part["value"])]
    if not kept:
        return pd.DataFrame({name: [] for name in COLUMNS})
    return pd.DataFrame({name: np.concatenate([part[name] for part in kept]) for name in COLUMNS})
