"""US imports and duties of 2024 on composite labels, from the Census Bureau's customs records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from hedgerow.data.readers.census_imports import (
    read_gtap_of_hs10,
    read_us_imports_all_products,
    read_us_imports_by_chapter,
    read_us_imports_by_product,
)
from hedgerow.dims import REST_OF_WORLD
from hedgerow.errors import UnknownNameError
from hedgerow.world.actors import alias_table
from hedgerow.world.composite.classifications import CHAPTERS, GOODS, GTAP
from hedgerow.world.composite.labels import Labels

Array = npt.NDArray[np.float64]

LAST_CHAPTER: Final = 97
"""Chapters 98 and 99 hold special provisions, not products."""
_LEAST: Final = 10.0
"""MUSD of imports a year below which a partner's composition is not used."""


@dataclass(frozen=True)
class UsImports:
    """Imports for consumption and calculated duties, MUSD/yr."""

    imports: Array
    """[exporter, goods]"""
    duty: Array
    """[exporter, goods]"""

    @property
    def known(self) -> npt.NDArray[np.bool_]:
        """[exporter] True where there is enough trade for its composition to mean something."""
        return np.asarray(self.imports.sum(axis=1) > _LEAST)

    @property
    def shares(self) -> Array:
        """[exporter, goods] shares of imports; zero where not known."""
        total = self.imports.sum(axis=1, keepdims=True)
        shares = self.imports / np.where(total > 0, total, 1.0)
        return np.asarray(np.where(self.known[:, None], shares, 0.0))


def us_imports(folder: Path, labels: Labels) -> UsImports:
    """US imports of goods by partner and sector.

    Partners with HS10 detail are sorted by product. The others, members of the European Union among them, are known by
    HS chapter: each chapter is divided as it divides over all partners with detail.
    """
    sector = read_gtap_of_hs10(folder).map(GTAP).dropna().astype(int)
    detailed = read_us_imports_by_product(folder)
    detailed = detailed[detailed["hs10"].str[:2].astype(int) <= LAST_CHAPTER]
    detailed["sector"] = detailed["hs10"].map(sector)
    chapters = read_us_imports_by_chapter(folder)
    chapters = chapters[(chapters["chapter"] <= LAST_CHAPTER) & ~chapters["partner"].isin(detailed["partner"].unique())]
    code = census_codes({*detailed["partner"], *chapters["partner"]})
    split = _chapter_split(read_us_imports_all_products(folder), sector)
    found = []
    for value in ("imports", "duty"):
        table = np.zeros((len(labels), GOODS))
        rows = detailed.dropna(subset=["sector"]).groupby(["partner", "sector"])[value].sum()
        at = [labels.of(code[p]) for p in rows.index.get_level_values(0)]
        np.add.at(table, (at, [int(k) for k in rows.index.get_level_values(1)]), rows.to_numpy(dtype=float))
        at = [labels.of(code[p]) for p in chapters["partner"]]
        np.add.at(table, at, chapters[value].to_numpy(dtype=float)[:, None] * split[chapters["chapter"].to_numpy()])
        found.append(table / 1e6)
    return UsImports(*found)


def census_codes(names: Iterable[str]) -> Mapping[str, str]:
    """ISO-3 code of each Census partner name; territories no table knows are in the rest of the world."""
    codes = {}
    for name in names:
        try:
            codes[name] = alias_table().code(name, field="partner")
        except UnknownNameError:
            codes[name] = REST_OF_WORLD
    return codes


def _chapter_split(products: pd.DataFrame, sector: pd.Series) -> Array:
    """[chapter, goods] how an HS chapter divides into sectors; the dominant sector where no product tells."""
    split = np.zeros((LAST_CHAPTER + 1, GOODS))
    frame = pd.DataFrame(
        {"chapter": products.index.str[:2].astype(int), "sector": sector.reindex(products.index).to_numpy(),
         "imports": products["imports"].to_numpy(dtype=float)}
    ).dropna()  # fmt: skip
    frame = frame[frame["chapter"] <= LAST_CHAPTER]
    np.add.at(split, (frame["chapter"].to_numpy(), frame["sector"].astype(int).to_numpy()), frame["imports"].to_numpy())
    for chapter, dominant in CHAPTERS.items():
        if not split[chapter].sum() > 0:
            split[chapter, dominant] = 1.0
    total = split.sum(axis=1, keepdims=True)
    return np.asarray(split / np.where(total > 0, total, 1.0))
