"""The economies of a user's own world: their codes, persons and GDP."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from hedgerow.data.readers.tidy import read_by_actor
from hedgerow.data.yearly import WORLD, latest_gdp, population
from hedgerow.dims import REST_OF_WORLD
from hedgerow.errors import DataError, UnknownNameError
from hedgerow.provenance import Origin, Status
from hedgerow.world.actors import alias_table

FORMER: Final = {
    "ROM": "ROU", "ZAR": "COD", "TMP": "TLS", "KSV": "XKX",
    "ANT": REST_OF_WORLD, "SCG": REST_OF_WORLD, "YUG": REST_OF_WORLD, "CSK": REST_OF_WORLD, "SUN": REST_OF_WORLD,
    "DDR": REST_OF_WORLD, "FRG": REST_OF_WORLD, "PCI": REST_OF_WORLD, "PCZ": REST_OF_WORLD, "SVR": REST_OF_WORLD,
    "YMD": REST_OF_WORLD, "VDR": REST_OF_WORLD, "R20": REST_OF_WORLD, "ZA1": REST_OF_WORLD, "N/A": REST_OF_WORLD,
    "BLX": REST_OF_WORLD, "ZZZ": REST_OF_WORLD,
}  # fmt: skip
"""Codes of publishers that ISO 3166 does not have: renamed states, and states and areas without a successor."""


def iso3_of(written: Iterable[str], file: Path) -> dict[str, str]:
    """The ISO-3 code of each country as a file writes it; ``ROW`` stays.

    Raises:
        UnknownNameError: a code that no table knows, with the nearest ones.
        DataError: two spellings of one country.
    """
    found: dict[str, str] = {}
    first: dict[str, str] = {}
    for name in written:
        code = _iso3(str(name), file)
        if code != REST_OF_WORLD and first.setdefault(code, str(name)) != str(name):
            raise DataError(f"{file}: {first[code]!r} and {name!r} are both {alias_table().names[code]} ({code})")
        found[str(name)] = code
    return found


def _iso3(name: str, file: Path) -> str:
    upper = name.strip().upper()
    if upper == REST_OF_WORLD or upper in FORMER:
        return FORMER.get(upper, REST_OF_WORLD)
    try:
        return alias_table().code(name, field=str(file))
    except UnknownNameError as error:
        near = _near(upper)
        if not near:
            raise
        shown = ", ".join(f"{code} ({alias_table().names[code]})" for code in near)
        raise UnknownNameError(f"{file}: {name!r} is no country known here; near it are {shown}") from error


def _near(code: str) -> list[str]:
    """Up to three ISO-3 codes of the same letters, or with one letter changed, those of the same initial first."""
    others = [other for other in alias_table().names if len(other) == len(code)]
    swapped = {other for other in others if sorted(other) == sorted(code)}
    typed = {other for other in others if sum(a != b for a, b in zip(other, code, strict=True)) == 1}
    return sorted(swapped | typed, key=lambda c: (c not in swapped, c[0] != code[0], c))[:3]


@dataclass(frozen=True)
class Persons:
    """Population by economy."""

    table: pd.Series
    rest: float | None
    """Of the rest of the world, where the user gives it."""
    origin: Origin

    @property
    def codes(self) -> frozenset[str]:
        """Economies whose population is known."""
        return frozenset(str(code) for code in self.table.index if code != WORLD)

    def of(self, codes: tuple[str, ...]) -> npt.NDArray[np.float64]:
        """Persons of each economy; the rest of the world is the world less those named.

        Raises:
            DataError: nobody would be left for the rest of the world.
        """
        named = {code: float(self.table[code]) for code in codes if code != REST_OF_WORLD}
        rest = self.rest if self.rest is not None else float(self.table[WORLD]) - sum(named.values())
        if REST_OF_WORLD in codes and rest <= 0:
            raise DataError("population: nobody is left for the rest of the world; give a row ROW with --population")
        return np.array([named.get(code, rest) for code in codes])


def persons_for(year: int, file: Path | None) -> Persons:
    """Persons in a year: from the user's file, else from the embedded table's nearest year."""
    table, known = population(year)
    rest = None
    method = f"Persons in {known}; the rest of the world is the world less those named."
    if known != year:
        method = f"No table for {year}: " + method
    sources: tuple[str, ...] = ("wdi-population", "taiwan-population")
    if file is not None:
        given = read_by_actor(file, "population")
        codes = iso3_of(given.index, file)
        given = given.rename(index=codes)
        rest = float(given[REST_OF_WORLD]) if REST_OF_WORLD in given.index else None
        if (given <= 0).any():
            raise DataError(f"{file}: {given.index[given <= 0][0]} has no people")
        others = table.drop(index=given.index, errors="ignore")
        table = pd.concat([others, given.drop(index=REST_OF_WORLD, errors="ignore")])
        method = f"From {file.name}, for economies it lacks: " + method
        sources = ("own-file", *sources)
    return Persons(table, rest, Origin(Status.PUBLISHED, sources, method))


def gdp_for(year: int, file: Path | None) -> pd.Series:
    """GDP in MUSD/yr by ISO-3 code: the user's, else the embedded table's for the year or the latest before it."""
    table = latest_gdp(year)
    if file is None:
        return table
    given = read_by_actor(file, "gdp")
    given = given.rename(index=iso3_of(given.index, file))
    joined: pd.Series = pd.concat([table.drop(index=given.index, errors="ignore"), given])
    return joined
