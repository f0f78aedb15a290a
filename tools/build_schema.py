"""Rewrite the published contracts of ``--json``: files in ``docs/schema``.

Run when a field of the brief, of a scenario's report or of a plan changes; a test fails while a file and the code
differ.
"""

from __future__ import annotations

import json
from pathlib import Path

from hedgerow.reporting.brief import Brief, Record
from hedgerow.reporting.plan_report import PlanReport
from hedgerow.reporting.told import ScenarioReport

FOLDER = Path(__file__).parents[1] / "docs" / "schema"
TARGET = FOLDER / "brief.schema.json"
SOLVE_TARGET = FOLDER / "solve.schema.json"
PLAN_TARGET = FOLDER / "plan.schema.json"


def schema_text(model: type[Record] = Brief) -> str:
    """The schema as it stands in the file: sorted keys, one newline at the end."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
    return json.dumps(schema, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def main() -> None:
    """Write the files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(schema_text(), encoding="utf-8")
    SOLVE_TARGET.write_text(schema_text(ScenarioReport), encoding="utf-8")
    PLAN_TARGET.write_text(schema_text(PlanReport), encoding="utf-8")


if __name__ == "__main__":
    main()
