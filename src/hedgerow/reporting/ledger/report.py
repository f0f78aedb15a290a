"""What ``hedgerow ledger`` tells: tables of partnerships, goals and evidence, problems, and what was added.

The records are the contracts of its ``--json``; ``docs/schema/ledger*.schema.json`` are generated from them.
"""

from __future__ import annotations

from hedgerow.reporting.brief import Figure, Passage, Record, SourceNote, Table

LEDGER_SCHEMA_VERSION = "1"
"""Raised when a field of one of these records changes its meaning or goes away."""


class LedgerReport(Record):
    """Partnerships of a ledger on a day: list, page of one, status or score."""

    schema_version: str = LEDGER_SCHEMA_VERSION
    version: str
    """Of the program."""
    command: str
    title: str
    ledger: str
    """The folder, or ``shipped``."""
    heads: dict[str, str]
    """Partnership to the sha256 of its last entry: who keeps it notices when anything before it changes or is gone."""
    as_of: str
    """Only what is dated up to this day counts."""
    bottom_line: tuple[str, ...]
    tables: tuple[Table, ...]
    figures: tuple[Figure, ...] = ()
    method: tuple[Passage, ...] = ()
    sources: tuple[SourceNote, ...] = ()

    def table(self, name: str) -> Table:
        """The table with this id."""
        return next(t for t in self.tables if t.id == name)


class ProblemNote(Record):
    """Something that is wrong with a ledger."""

    file: str
    line: int
    rule: str
    message: str
    harmless: bool


class CheckReport(Record):
    """Whether a ledger is whole."""

    schema_version: str = LEDGER_SCHEMA_VERSION
    ledger: str
    entries: int
    whole: bool
    problems: tuple[ProblemNote, ...]


class EntryNote(Record):
    """An entry that was added."""

    file: str
    sha256: str
    type: str
    id: str


class AddedReport(Record):
    """What came of an addition."""

    schema_version: str = LEDGER_SCHEMA_VERSION
    ledger: str
    entries: tuple[EntryNote, ...]
    unchanged: int
    """Records that were there already, word for word."""
