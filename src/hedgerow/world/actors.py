"""Actors: ISO-3 codes, and the one place where a written name becomes a code."""

from __future__ import annotations

import csv
import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from hedgerow.data.embedded import read_embedded
from hedgerow.dims import REST_OF_WORLD
from hedgerow.errors import UnknownNameError


@dataclass(frozen=True)
class Actor:
    """A state, or the rest of the world."""

    iso3: str
    name: str

    @property
    def named(self) -> bool:
        """False for the rest of the world, which stands for many states at once."""
        return self.iso3 != REST_OF_WORLD


@dataclass(frozen=True)
class AliasTable:
    """Every state's codes and accepted spellings: frozen, reviewed, never guessed from."""

    names: Mapping[str, str]
    """ISO-3 code to the name shown."""
    codes: Mapping[str, tuple[str, ...]]
    """Folded spelling to the codes it fits; more than one where it is ambiguous."""

    def code(self, written: str, *, field: str) -> str:
        """The ISO-3 code of a code or name as a person writes it.

        Args:
            written: ``CAN``, ``CA``, ``Canada``, ``canada``…
            field: what the person was asked for; named in the message.

        Raises:
            UnknownNameError: nobody, or more than one state, goes by that name.
        """
        found = self.codes.get(folded(written), ())
        if len(found) == 1:
            return found[0]
        if found:
            raise UnknownNameError(f"{field}: {written!r} is ambiguous: {' or '.join(sorted(found))}; write the code")
        close = difflib.get_close_matches(folded(written), self.codes, n=1, cutoff=0.75)
        if close and len(written) > 3:
            code = self.codes[close[0]][0]
            hint = f"did you mean {self.names[code]} ({code})?"
        else:
            hint = "write an ISO-3 code such as CAN, or a country's English name"
        raise UnknownNameError(f"{field}: {written!r} is no country known here; {hint}")


def folded(text: str) -> str:
    """Lower case, without accents, marks and a leading article: what two spellings are compared by."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(word for word in kept.split() if word != "the")


@cache
def alias_table() -> AliasTable:
    """The frozen table ``data/embedded/actors.csv``."""
    names: dict[str, str] = {}
    codes: dict[str, set[str]] = {}
    for row in csv.DictReader(read_embedded("actors.csv").decode().splitlines()):
        names[row["iso3"]] = row["name"]
        for spelling in (row["iso3"], row["iso2"], row["name"], *row["spellings"].split("|")):
            codes.setdefault(folded(spelling), set()).add(row["iso3"])
    return AliasTable(names, {spelling: tuple(sorted(found)) for spelling, found in codes.items()})


def actors_named(codes: Iterable[str]) -> tuple[Actor, ...]:
    """Actors with the names the frozen table shows for their codes."""
    names = alias_table().names
    return tuple(Actor(code, "Rest of the world" if code == REST_OF_WORLD else names[code]) for code in codes)
