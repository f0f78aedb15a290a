"""The parameters of the three instruments, and the partnerships that plans are asked about."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from hedgerow.planning.partnerships import Range

__all__ = ["Candidate", "Instrument", "Parameter", "candidates", "label_of", "parameters_of", "years_of"]


class Instrument(StrEnum):
    """What a country can do about a power besides trade."""

    BLUNTING = "blunting"
    """Arms that replace the power's protection."""
    BINDING = "binding"
    """Commitments that make punishment and tariffs less likely to hold."""
    BOOSTING = "boosting"
    """Joint action that makes the power turn back."""


@dataclass(frozen=True)
class Parameter:
    """One assumption of an instrument. All are ours."""

    id: str
    range: Range
    unit: str
    why: str


@dataclass(frozen=True)
class Candidate:
    """A partnership that exists or is talked about."""

    id: str
    title: str
    members: tuple[str, ...]
    """ISO-3 codes, or blocs."""
    instrument: str
    """What it would be an instance of."""
    priced: bool
    why: str
    """How it is priced, or why not."""
    source: str


def parameters_of(instrument: Instrument) -> tuple[Parameter, ...]:
    """Everything assumed about an instrument."""
    found = []
    for name, entry in _table("instruments")[instrument].items():
        if isinstance(entry, dict):
            low, central, high = (float(value) for value in entry["range"])
            found.append(Parameter(name, Range(low, central, high), entry["unit"], entry["why"]))
    return tuple(found)


def label_of(instrument: Instrument, power: str) -> str:
    """What it is called in a plan."""
    return str(_table("instruments")[instrument]["label"]).format(power=power)


def years_of(instrument: Instrument) -> tuple[int, int]:
    """Years until it begins to work, and from then until it works in full."""
    entry = _table("instruments")[instrument]
    return int(entry["first_year"]), int(entry["years"])


def candidates() -> tuple[Candidate, ...]:
    """Every partnership of the list."""
    rows = _table("candidates")["candidate"]
    return tuple(Candidate(**{**row, "members": tuple(row["members"])}) for row in rows)


@cache
def _table(name: str) -> Mapping[str, Any]:
    text = (files("hedgerow.planning.instruments") / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
