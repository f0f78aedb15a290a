"""The :class:`PlanReport`: the contract of ``hedgerow plan --json``, published as ``docs/schema/plan.schema.json``."""

from __future__ import annotations

from hedgerow.reporting.brief import Figure, Party, Passage, Record, SolverNote, SourceNote, Table, WorldNote

NOTHING = "nothing"
"""How the bundle that holds no option is written."""
PLAN_SCHEMA_VERSION = "1"
"""Raised when a field of :class:`PlanReport` changes its meaning or goes away."""


class OutlookNote(Record):
    """What the power was taken to do."""

    name: str
    """Of the regimes."""
    chain: str
    """Of the moves between them, for the recommendation."""
    years: int
    courses: int
    """Drawn; equal ones count once."""
    seed: int
    retaliation: str
    """Who answers the power's tariffs in kind."""


class PlanReport(Record):
    """Which portfolio of partnerships, at what premium, and how sure that is."""

    schema_version: str = PLAN_SCHEMA_VERSION
    version: str
    """Of the program."""
    command: str
    title: str
    actor: Party
    power: Party
    outlook: OutlookNote
    world: WorldNote
    solver: SolverNote
    """Years solved exactly, for how sure it is too."""
    evaluations: int
    """Bundles times courses that were ranked through the surrogate."""
    bottom_line: tuple[str, str, str]
    cautions: tuple[str, ...]
    """Partners who would not sign, who are under sanctions; one sentence each kind."""
    tables: tuple[Table, ...]
    figures: tuple[Figure, ...]
    method: tuple[Passage, ...]
    sources: tuple[SourceNote, ...]

    def table(self, name: str) -> Table:
        """The table with this id."""
        return next(t for t in self.tables if t.id == name)
