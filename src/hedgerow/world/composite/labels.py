"""The economies of the composite world, and where every other code goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from hedgerow.dims import REST_OF_WORLD

Array = npt.NDArray[np.float64]

FOLD: Final[Mapping[str, str]] = {"HKG": "CHN", "LAO": REST_OF_WORLD, "BRN": REST_OF_WORLD}
"""Economies of the input-output source that get no accounts of their own.

BACI sends China's re-exports into Hong Kong and drops what leaves it: alone, Hong Kong would run a goods deficit of
129 % of its GDP and China a surplus of over a trillion dollars. Together they are right. Laos and Brunei are too
small for their sector splits to mean anything.
"""

MERGED_BY_SOURCE: Final[Mapping[str, str]] = {"PRI": "USA", "VIR": "USA", "MCO": "FRA", "LIE": "CHE"}
"""Territories whose trade and GDP the BACI extract counts in another economy; their people belong there, too."""

NAME_SHOWN: Final[Mapping[str, str]] = {"CHN": "China incl. Hong Kong"}
"""Names that say what was folded in."""


@dataclass(frozen=True)
class Labels:
    """Codes in order, the rest of the world last; every unknown code is in the rest of the world."""

    codes: tuple[str, ...]
    fold: Mapping[str, str] = field(default_factory=dict)
    _at: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_at", {code: k for k, code in enumerate(self.codes)})

    @classmethod
    def composite(cls, source_codes: Iterable[str]) -> Labels:
        """The economies of the input-output source, less those folded into another."""
        return cls(tuple(c for c in source_codes if c not in FOLD), FOLD)

    def __len__(self) -> int:
        return len(self.codes)

    def of(self, code: str) -> int:
        """Position of the economy that holds this code."""
        found = self._at.get(self.fold.get(code, code))
        return self._at[REST_OF_WORLD] if found is None else found

    @property
    def rest(self) -> int:
        """Position of the rest of the world."""
        return self._at[REST_OF_WORLD]

    def flags(self, codes: Iterable[str]) -> npt.NDArray[np.bool_]:
        """[actor] True for the codes named; codes without accounts are passed over."""
        wanted = set(codes)
        return np.array([c in wanted for c in self.codes])

    def by_actor(self, values: pd.Series) -> Array:
        """[actor] sums of values indexed by code."""
        out = np.zeros(len(self))
        np.add.at(out, [self.of(c) for c in values.index], values.to_numpy(dtype=float))
        return out

    def by_pair(self, values: pd.Series) -> Array:
        """[exporter, importer] sums of values indexed by exporter and importer."""
        out = np.zeros((len(self), len(self)))
        exporters, importers = ([self.of(c) for c in values.index.get_level_values(k)] for k in (0, 1))
        np.add.at(out, (exporters, importers), values.to_numpy(dtype=float))
        return out
