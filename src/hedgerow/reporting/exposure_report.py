"""How exposed one economy is to a power, without the search for partners.

:class:`ExposureReport` is the contract of ``hedgerow exposure --json``; ``docs/schema/exposure.schema.json`` is
generated from it.
"""

from __future__ import annotations

from hedgerow.reporting.brief import Party, Record, SolverNote, SourceNote, Table, WorldNote

EXPOSURE_SCHEMA_VERSION = "1"
"""Raised when a field of :class:`ExposureReport` changes its meaning or goes away."""


class ExposureReport(Record):
    """The first half of a brief; every field means what it means there."""

    schema_version: str = EXPOSURE_SCHEMA_VERSION
    version: str
    """Of the program."""
    command: str
    title: str
    actor: Party
    power: Party
    tariff: float
    """The swing, as a rate: 0.25 is 25 %."""
    retaliation: bool
    world: WorldNote
    solver: SolverNote
    bottom_line: tuple[str, str]
    tables: tuple[Table, ...]
    sources: tuple[SourceNote, ...]

    def table(self, name: str) -> Table:
        """The table with this id."""
        return next(t for t in self.tables if t.id == name)
