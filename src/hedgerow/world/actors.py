"""Actors: ISO-3 codes, and the one place where a written name becomes a code."""

from __future__ import annotations

import csv
import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

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
