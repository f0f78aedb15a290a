"""The :class:`Brief`: tables and figures with their sources, and no computation.

These records are the contract of ``--json``; ``docs/schema/brief.schema.json`` is generated from them.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from hedgerow.provenance import Status

SCHEMA_VERSION = "1"
"""Raised when a field of :class:`Brief` changes its meaning or goes away."""

Cell = str | float | bool | None
"""A value; None where there is none (never zero)."""


class Record(BaseModel):
    """Frozen, and strict about unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Column(Record):
    """What stands in one column of a table."""

    id: str
    title: str
    unit: str = ""
    status: Status | None = None
    """Published, derived, modelled or assumed; None for labels."""
    digits: int = 2
    """Decimals shown to people; files carry every digit."""
    band: tuple[str, str] | None = None
    """Ids of the columns that hold the low and the high end of this one's band, 5 to 95 %."""


class Table(Record):
    """Rows with a title, a reading and a way to make them again."""

    id: str
    title: str
    reading: str
    """One or two sentences: how to read a row."""
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    formula: str
    """The equation behind the numbers, in the notation of docs/notation.md."""
    command: str
    """The command line that makes this table."""
    notes: tuple[str, ...] = ()

    def column(self, name: str) -> tuple[Cell, ...]:
        """All cells of one column."""
        at = [c.id for c in self.columns].index(name)
        return tuple(row[at] for row in self.rows)


class Figure(Record):
    """A picture of one table."""

    id: str
    title: str
    alt: str
    """Text alternative: what the picture shows, in words and numbers."""
    table: str
    """Id of the table drawn."""


class Passage(Record):
    """A titled piece of prose."""

    title: str
    paragraphs: tuple[str, ...]


class SourceNote(Record):
    """A source as it is cited to the reader."""

    id: str
    citation: str
    licence: str
    url: str


class Party(Record):
    """An economy, or a bloc that sets one tariff."""

    code: str
    name: str
    members: tuple[str, ...]
    """ISO-3 codes; one for an economy."""


class WorldNote(Record):
    """Which world the numbers were computed from."""

    id: str
    title: str
    year: int
    sha256: str


class SolverNote(Record):
    """How well the model was solved."""

    solves: int
    worst_residual: float
    """Largest relative equation error over all solves; the tolerance is 1e-10."""
    most_iterations: int


class UncertaintyNote(Record):
    """How the bands were drawn."""

    draws: int
    """Of every table."""
    headline_draws: int
    """Of the headline, over all world tables."""
    seed: int
    failed: int
    """Counterfactuals without an answer, tables and headline together."""


class Brief(Record):
    """The whole answer to: how exposed is this actor to that power, and who could help?"""

    schema_version: str = SCHEMA_VERSION
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
    uncertainty: UncertaintyNote | None = None
    """None where no draws were asked for: point estimates only."""
    bottom_line: tuple[str, str, str]
    plan: tuple[str, ...] = ()
    """Which portfolio of partnerships: what kind of plan it is, how to make it again, what it says."""
    studies: tuple[str, ...] = ()
    """What stored studies add to the plan: what kind of numbers they are, then one paragraph a study."""
    tables: tuple[Table, ...]
    figures: tuple[Figure, ...]
    method: tuple[Passage, ...]
    sources: tuple[SourceNote, ...]

    def table(self, name: str) -> Table:
        """The table with this id."""
        return next(t for t in self.tables if t.id == name)
