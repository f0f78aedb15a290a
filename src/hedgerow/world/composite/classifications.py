"""Where the sectors of each publisher go among the 14 of the composite world."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from hedgerow.world.concordances import COMPOSITE_14, GTAP_IN_WIOD, GTD_OF_WIOD

Array = npt.NDArray[np.float64]

SECTORS: Final = tuple(s.id for s in COMPOSITE_14)
GOODS: Final = sum(s.goods for s in COMPOSITE_14)
"""The first 11 sectors are goods."""
POSITION: Final[Mapping[str, int]] = {sector: k for k, sector in enumerate(SECTORS)}


def _by_code(codes: Mapping[str, str]) -> dict[str, int]:
    return {code: POSITION[sector] for sector, written in codes.items() for code in written.split()}


WIOD: Final[Mapping[str, int]] = {part: k for k, s in enumerate(COMPOSITE_14) for part in s.parts}
"""WIOD 2013 sector to composite sector."""

ICIO: Final[Mapping[str, int]] = _by_code(
    {
        "agriculture": "A01_02 A03",
        "mining-fuels": "B05_06 B07_08 B09 C19",
        "food": "C10T12",
        "textiles": "C13T15",
        "wood-paper": "C16 C17_18",
        "chemicals": "C20 C21 C22 C23",
        "metals": "C24 C25",
        "electronics": "C26 C27",
        "machinery": "C28",
        "transport-equipment": "C29 C30",
        "other-manufacturing": "C31T33",
        "distribution": "G H49 H50 H51 H52 I",
        "business": "H53 J58T60 J61 J62_63 K M N",
        "local": "D E F L O P Q R S T",
    }
)
"""OECD ICIO 2023 sector (45) to composite sector."""

GTAP: Final[Mapping[str, int]] = {product: WIOD[c] for c, products in GTAP_IN_WIOD.items() for product in products}
"""GTAP 10 goods product to composite sector; electricity, gas and water are left out: customs hardly sees them."""

CHAPTERS: Final[Mapping[int, int]] = {
    chapter: POSITION[sector]
    for sector, chapters in {
        "agriculture": [1, 3, *range(5, 11), 12, 13, 14],
        "mining-fuels": [25, 26, 27],
        "food": [2, 4, 11, *range(15, 25)],
        "textiles": [41, 42, 43, *range(50, 66)],
        "wood-paper": list(range(44, 50)),
        "chemicals": [*range(28, 41), 68, 69, 70],
        "metals": list(range(71, 84)),
        "electronics": [85, 90, 91],
        "machinery": [84, 93],
        "transport-equipment": [86, 87, 88, 89],
        "other-manufacturing": [66, 67, 92, 94, 95, 96, 97],
    }.items()
    for chapter in chapters
}
"""Dominant sector of an HS chapter: used only where no HS10 detail tells how it divides. 98 and 99 have none."""


def _gtd() -> dict[str, str]:
    """The tariff group most of a sector's WIOD parts take; mining rather than chemicals for mining and fuels."""
    return {s.id: GTD_OF_WIOD[s.parts[0]] for s in COMPOSITE_14 if s.goods}


GTD: Final[Mapping[str, str]] = _gtd()
"""Product group of the Global Tariff Database for each goods sector."""

WITS: Final[Mapping[str, str]] = {
    "agriculture": "Food",
    "mining-fuels": "Energy",
    "food": "Food",
    "textiles": "Textiles",
    "wood-paper": "Paper",
    "chemicals": "Chemical",
    "metals": "Metal",
    "electronics": "Manufacture",
    "machinery": "Manufacture",
    "transport-equipment": "Manufacture",
    "other-manufacturing": "Manufacture",
}
"""Product group of the WITS extract for each goods sector."""


def membership(codes: Iterable[str], sector_of: Mapping[str, int]) -> Array:
    """[code, sector] 1 where a publisher's code lies in a composite sector."""
    listed = tuple(codes)
    matrix = np.zeros((len(listed), len(SECTORS)))
    for row, code in enumerate(listed):
        matrix[row, sector_of[code]] = 1.0
    return matrix
