"""What an indicator says of itself: the declaration that lists, pages, checks and the command line read.

Numbers in round brackets in the docstrings of this room are those of ``docs/indicators/equations.md``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from hedgerow.indicators.evidence import Evidence


class Lineage(StrEnum):
    """How a measure relates to the literature; what kind of number a value is stands beside each value."""

    PUBLISHED = "published"
    """The source's own measure."""
    ADAPTED = "adapted"
    """A published idea with changes that the page names."""
    PROXY = "proxy"
    """Stands in for something that is not at hand; the page says for what."""
    OURS = "ours"
    """No published authority."""


class Per(StrEnum):
    """What one value belongs to, beside a year."""

    ACTOR = "actor"
    TOWARD = "actor toward power"
    SECTOR_TOWARD = "sector toward power"
    POWER = "power"
    SYSTEM = "system"


@dataclass(frozen=True)
class Assumption:
    """A number that no source decides, with the ends between which it may reasonably lie."""

    name: str
    value: float
    low: float
    """The end that makes the indicator small."""
    high: float
    """The end that makes it large."""
    unit: str
    why: str


@dataclass(frozen=True)
class Indicator:
    """A measure and everything a reader needs to take it apart.

    ``compute`` turns evidence into a frame with the columns :data:`hedgerow.indicators.frames.COLUMNS`, one value a
    row. Where there is no evidence there is no row: missing is not zero.
    """

    id: str
    title: str
    family: str
    per: Per
    unit: str
    low: float
    """Least value there can be."""
    high: float
    """Greatest value there can be."""
    formula: str
    reading: str
    """What a large value means, in one sentence."""
    lineage: Lineage
    reference: str
    """Where the measure comes from."""
    inputs: tuple[str, ...]
    """Ids of the evidence that ``compute`` may ask for."""
    uncertainty: str
    """What the range of a value covers, or why there is none."""
    compute: Callable[[Evidence], pd.DataFrame]
    labels: tuple[str, ...] = ()
    """Words for the values 0, 1, 2 …; empty for a quantity."""
    caution: str = ""
    """What the measure does not say."""
    assumptions: tuple[Assumption, ...] = ()
    """Every number behind the values that is assumed."""
