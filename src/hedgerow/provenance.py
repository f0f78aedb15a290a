"""Where a number came from, and what kind of number it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """The four kinds of number. A reader must be able to tell them apart wherever one is shown."""

    PUBLISHED = "published"
    """Stands in the source as shown."""
    DERIVED = "derived"
    """Follows from published numbers by arithmetic that is stated."""
    MODELLED = "modelled"
    """The answer of a model to a question."""
    ASSUMED = "assumed"
    """Our choice; no source decides it."""


@dataclass(frozen=True)
class Source:
    """A publication that numbers were taken from."""

    id: str
    title: str
    publisher: str
    vintage: str
    licence: str
    citation: str
    url: str


@dataclass(frozen=True)
class Origin:
    """How one layer came to be; travels with it."""

    status: Status
    sources: tuple[str, ...]
    """Identifiers of :class:`Source` in ``data/registry.toml``."""
    method: str
    """One sentence: what was done to the published numbers."""
