"""The four elements of hedging as sentences and tables.

:class:`HedgingReport` is the contract of ``hedgerow hedging --json``; ``docs/schema/hedging.schema.json`` is generated
from it.
"""

from __future__ import annotations

from hedgerow.reporting.brief import Record, SourceNote, Table

HEDGING_SCHEMA_VERSION = "1"
"""Raised when a field of :class:`HedgingReport` changes its meaning or goes away."""


class HedgingReport(Record):
    """Where a state, or every state, stands, how sure that is, and what it hangs on."""

    schema_version: str = HEDGING_SCHEMA_VERSION
    version: str
    """Of the program."""
    command: str
    title: str
    actor: str | None
    """ISO-3 code; None for all states."""
    year: int
    weights: dict[str, float]
    """Of the elements; they add up to one."""
    draws: int
    seed: int
    bottom_line: tuple[str, ...]
    warnings: tuple[str, ...]
    """What the numbers do not say."""
    tables: tuple[Table, ...]
    sources: tuple[SourceNote, ...]

    def table(self, name: str) -> Table:
        """The table with this id."""
        return next(t for t in self.tables if t.id == name)
