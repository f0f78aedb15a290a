"""Rewrite ``docs/schema/brief.schema.json``, the published contract of ``hedgerow brief --json``.

Run when a field of the brief changes; a test fails while the file and the code differ.
"""

from __future__ import annotations

import json
from pathlib import Path

from hedgerow.reporting.brief import Brief

TARGET = Path(__file__).parents[1] / "docs" / "schema" / "brief.schema.json"


def schema_text() -> str:
    """The schema as it stands in the file: sorted keys, one newline at the end."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Brief.model_json_schema()}
    return json.dumps(schema, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def main() -> None:
    """Write the file."""
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(schema_text(), encoding="utf-8")


if __name__ == "__main__":
    main()
