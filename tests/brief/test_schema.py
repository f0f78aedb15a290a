"""The published schema is the code's own, and it refuses what is no brief."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from tests.planning.answers import Answered
from tools.build_schema import CONTRACTS, schema_text, target

SCHEMA = json.loads(schema_text(CONTRACTS["brief"]))


@pytest.mark.parametrize("verb", CONTRACTS)
def test_the_schema_in_docs_is_up_to_date(verb: str) -> None:
    assert target(verb).read_text(encoding="utf-8") == schema_text(CONTRACTS[verb]), "run python tools/build_schema.py"


@pytest.mark.parametrize("verb", CONTRACTS)
def test_the_schema_is_a_schema(verb: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(schema_text(CONTRACTS[verb])))


def test_the_schema_accepts_a_brief(canada: Answered) -> None:
    jsonschema.validate(json.loads(canada.brief.model_dump_json()), SCHEMA)


def damaged(content: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """A brief with one fault each."""
    table = content["tables"][0]
    return {
        "a field gone": {k: v for k, v in content.items() if k != "tariff"},
        "a field nobody knows": {**content, "mood": "good"},
        "a rate in words": {**content, "tariff": "25%"},
        "two sentences": {**content, "bottom_line": content["bottom_line"][:2]},
        "a cell that is a list": {**content, "tables": [{**table, "rows": [[[1.0]]]}]},
        "a status nobody knows": {
            **content,
            "tables": [{**table, "columns": [{"id": "x", "title": "x", "status": "guessed"}]}],
        },
    }


@pytest.mark.parametrize(
    "fault",
    [
        "a field gone",
        "a field nobody knows",
        "a rate in words",
        "two sentences",
        "a cell that is a list",
        "a status nobody knows",
    ],
)
def test_the_schema_refuses_what_is_no_brief(fault: str, canada: Answered) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(damaged(json.loads(canada.brief.model_dump_json()))[fault], SCHEMA)
