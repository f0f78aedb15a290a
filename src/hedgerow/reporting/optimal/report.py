"""What a government would choose, as a page of sentences and tables.

:class:`OptimalReport` is the contract of ``hedgerow optimal --json``; ``docs/schema/optimal.schema.json`` is generated
from it.
"""

from __future__ import annotations

from enum import StrEnum

from hedgerow.reporting.brief import Record, SolverNote, SourceNote, Table, WorldNote

OPTIMAL_SCHEMA_VERSION = "1"
"""Raised when a field of :class:`OptimalReport` changes its meaning or goes away."""


class Kind(StrEnum):
    """What was asked."""

    BEST = "best"
    """One setter's best tariffs while nobody answers."""
    WAR = "war"
    """Tariffs that are best responses to each other."""
    PERSUASION = "persuasion"
    """The tariff at which an ally is indifferent."""
    COURTING = "courting"
    """The tariff that also wins allies."""


class OptimalReport(Record):
    """What a government would choose, and what that means for everyone."""

    schema_version: str = OPTIMAL_SCHEMA_VERSION
    version: str
    """Of the program."""
    command: str
    kind: Kind
    title: str
    world: WorldNote
    deficits: str
    solver: SolverNote
    """Residual and iterations are those of the equilibria shown; all others on the way converged to 1e-12 as well."""
    answered: bool
    """False where the answer is no: no equilibrium in tariffs, no rate that persuades. The exit code is then 1."""
    bottom_line: tuple[str, ...]
    warnings: tuple[str, ...]
    """What the numbers leave out."""
    tables: tuple[Table, ...]
    sources: tuple[SourceNote, ...]

    def table(self, name: str) -> Table:
        """The table with this id."""
        return next(t for t in self.tables if t.id == name)
