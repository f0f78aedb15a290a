"""Rewrite the published contracts of ``--json`` and of the ledger's files: one file each in ``docs/schema``.

Run when a field of a report changes; a test fails while a file and the code differ.
"""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel

from hedgerow.ledger.drafts import Document
from hedgerow.ledger.entries import Entry
from hedgerow.ledger.exchange import Export
from hedgerow.reporting.brief import Brief
from hedgerow.reporting.exposure_report import ExposureReport
from hedgerow.reporting.hedging.report import HedgingReport
from hedgerow.reporting.indicators.measured import Measured
from hedgerow.reporting.ledger.report import AddedReport, CheckReport, LedgerReport
from hedgerow.reporting.optimal.report import OptimalReport
from hedgerow.reporting.plan.report import PlanReport
from hedgerow.reporting.studies.study import Study
from hedgerow.reporting.told import ScenarioReport

CONTRACTS: dict[str, type[BaseModel]] = {
    "atlas": Study,
    "brief": Brief,
    "coalition": Study,
    "exposure": ExposureReport,
    "hedging": HedgingReport,
    "indicators": Measured,
    "ledger": LedgerReport,
    "ledger-added": AddedReport,
    "ledger-check": CheckReport,
    "ledger-entry": Entry,
    "ledger-export": Export,
    "ledger-file": Document,
    "optimal": OptimalReport,
    "patron": Study,
    "plan": PlanReport,
    "solve": ScenarioReport,
}
"""Verb to what its ``--json`` prints; ``ledger-file``, ``-entry`` and ``-export`` are what files of a ledger hold."""


def target(verb: str) -> Path:
    """The file of a verb's contract."""
    return Path(__file__).parents[1] / "docs" / "schema" / f"{verb}.schema.json"


def schema_text(model: type[BaseModel]) -> str:
    """The schema as it stands in the file: sorted keys, one newline at the end."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
    return json.dumps(schema, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def main() -> None:
    """Write the files."""
    for verb, model in CONTRACTS.items():
        target(verb).parent.mkdir(parents=True, exist_ok=True)
        target(verb).write_text(schema_text(model), encoding="utf-8")


if __name__ == "__main__":
    main()
