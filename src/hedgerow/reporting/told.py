"""Pages of four kinds: a brief about one country, a plan for it, a study around plans, and a scenario of trade policy.

:class:`ScenarioReport` is the contract of ``hedgerow solve --json``; ``docs/schema/solve.schema.json`` is generated
from it.
"""

from __future__ import annotations

from hedgerow.reporting.brief import Brief, Figure, Passage, Record, SolverNote, SourceNote, Table, WorldNote
from hedgerow.reporting.plan.report import PlanReport
from hedgerow.reporting.studies.study import Study
from hedgerow.scenarios.schema import Standing

SCENARIO_SCHEMA_VERSION = "1"
"""Raised when a field of :class:`ScenarioReport` changes its meaning or goes away."""


class ScenarioNote(Record):
    """What was solved, and where it stands."""

    id: str
    date: str
    """The day on which memberships and date ranges were read."""
    source: str
    status: Standing
    deficits: str
    notes: tuple[str, ...]
    settings: dict[str, str]
    extends: tuple[str, ...]
    sha256: str
    """Of its files together."""


class ScenarioReport(Record):
    """What a scenario does to everyone. Tables hold the main rows; the folder has all of them."""

    schema_version: str = SCENARIO_SCHEMA_VERSION
    version: str
    """Of the program."""
    command: str
    title: str
    scenario: ScenarioNote
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


Told = Brief | ScenarioReport | PlanReport | Study
