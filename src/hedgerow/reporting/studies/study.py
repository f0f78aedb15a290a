"""The :class:`Study`: the contract of ``--json`` of coalition, patron and atlas, published in ``docs/schema``."""

from __future__ import annotations

from enum import StrEnum

from hedgerow.data.registry import cited
from hedgerow.reporting.brief import Figure, Passage, Record, SolverNote, SourceNote, Table, WorldNote
from hedgerow.world.world import World

STUDY_SCHEMA_VERSION = "1"
"""Raised when a field of :class:`Study` changes its meaning or goes away."""


class Verb(StrEnum):
    """Which question was asked."""

    COALITION = "coalition"
    PATRON = "patron"
    ATLAS = "atlas"


class Study(Record):
    """An answer to one question around plans, as sentences, tables and figures."""

    schema_version: str = STUDY_SCHEMA_VERSION
    verb: Verb
    version: str
    """Of the program."""
    command: str
    title: str
    world: WorldNote
    solver: SolverNote
    bottom_line: tuple[str, str, str]
    tables: tuple[Table, ...]
    figures: tuple[Figure, ...]
    method: tuple[Passage, ...]
    sources: tuple[SourceNote, ...]

    def table(self, name: str) -> Table:
        """The table with this id."""
        return next(t for t in self.tables if t.id == name)


def world_note(world: World) -> WorldNote:
    """Which world was computed in."""
    return WorldNote(id=world.id, title=world.title, year=world.year, sha256=world.checksum)


def source_notes(*ids: str) -> tuple[SourceNote, ...]:
    """Sources as they are cited, each once."""
    found = cited(list(dict.fromkeys(ids)))
    return tuple(SourceNote(id=s.id, citation=s.citation, licence=s.licence, url=s.url) for s in found)
