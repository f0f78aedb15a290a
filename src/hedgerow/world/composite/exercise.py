"""How wrong is the recipe? WIOD of 2011 rebuilt from its totals and an older table, and compared with itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from hedgerow.data.readers.wiod2013 import read_wiod2013
from hedgerow.world.composite.classifications import GOODS
from hedgerow.world.composite.country_tables import CountryTables
from hedgerow.world.composite.labels import Labels
from hedgerow.world.composite.prior import Mixes
from hedgerow.world.composite.production import within_limits
from hedgerow.world.composite.recipe import Beliefs, Choices, reconstruct
from hedgerow.world.composite.wiod import Technology, WorldYear, technology, world_year

Array = npt.NDArray[np.float64]

TRUTH: Final = 2011
LEAST_HOME: Final = 0.01
"""The truth's home shares are lifted to this, so that the model has a home supplier everywhere."""


@dataclass(frozen=True)
class Vintages:
    """Which year each ingredient comes from; totals, GDP and the US column are always those of 2011."""

    splits: int
    value_added: int
    coefficients: int
    services: int


RECENT: Final = Vintages(splits=2008, value_added=2008, coefficients=2008, services=2008)
"""Every ingredient three years old."""
AGED: Final = Vintages(splits=2000, value_added=2006, coefficients=2008, services=2007)
"""Ingredients as old as those of the composite world: splits 11 years, value added 5, services 4, coefficients 3."""


@dataclass(frozen=True)
class Accounts:
    """Balanced accounts of the exercise, MUSD."""

    flow: Array
    """[exporter, importer, sector]"""
    input_use: Array
    """[actor, input, sector]"""

    @property
    def output(self) -> Array:
        """[actor, sector]"""
        return np.asarray(self.flow.sum(axis=1))

    @property
    def value_added(self) -> Array:
        """[actor, sector]"""
        return np.asarray(self.output - self.input_use.sum(axis=1))
