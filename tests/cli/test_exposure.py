"""``hedgerow exposure``: the half of a brief that needs no partners."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import jsonschema
import pytest

from hedgerow.reporting.exposure_report import ExposureReport
from hedgerow.world.io import DEFAULT_WORLD
from tests.cli.conftest import Command, contents
from tests.cli.test_refusals import require_one_line
from tests.planning.answers import answered
from tools.build_schema import schema_text

IN_2011 = ("exposure", "CAN", "--power", "USA", "--world", "wiod-2011")
SCHEMA = json.loads(schema_text(ExposureReport))


def test_its_tables_are_those_of_the_brief(hedgerow: Command, tmp_path: Path) -> None:
    """The brief of the tests names a command of its own; all else is the same, digit by digit."""
    said = hedgerow(*IN_2011, "--json")
    assert (said.code, said.err) == (0, "")
    assert contents(tmp_path) == {}
    content = json.loads(said.out)
    jsonschema.validate(content, SCHEMA)
    report = ExposureReport.model_validate(content)
    brief = answered("CAN", "USA", with_detail=True).brief
    assert [table.id for table in report.tables] == [
        "dependence",
        "swings",
        "exposure-map",
        "sectors",
        "abroad",
        "alternatives",
        "elasticities",
    ]
    for table in report.tables:
        assert table == brief.table(table.id).model_copy(update={"command": report.command})
    assert report.bottom_line == brief.bottom_line[:2]
    assert report.world == brief.world
    assert 0 < report.solver.solves < brief.solver.solves


def test_the_terminal_tells_the_same_without_partners(hedgerow: Command) -> None:
    said = hedgerow(*IN_2011)
    assert (said.code, said.err) == (0, "")
    for words in ("Canada and the United States: exposure", "Hirschman", "Coercive power", "Whose policies matter"):
        assert words in said.out
    assert "agreement" not in said.out.lower()


def test_the_command_in_it_asks_the_same_question_again(hedgerow: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[object, ...]] = []

    def noted(question: object, detail: object, command: str) -> ExposureReport:
        asked.append((question, detail, command))
        brief = answered("CAN", "USA", with_detail=True).brief
        fields = {name: getattr(brief, name) for name in ExposureReport.model_fields}
        return ExposureReport(**{**fields, "command": command, "bottom_line": brief.bottom_line[:2]})

    monkeypatch.setattr("hedgerow.cli.exposure._answer", noted)
    first = hedgerow("exposure", "canada", "--power", "eu", "--tariff", "12.5 %", "--retaliate", "--json")
    assert first.code == 0
    program, *again = shlex.split(asked[0][2])  # type: ignore[arg-type]
    assert program == "hedgerow"
    assert DEFAULT_WORLD in again
    hedgerow(*again, "--json")
    assert asked[0] == asked[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("exposure", "CAN"), ("--power",)),
        (("exposure", "Korea", "--power", "USA"), ("actor", "KOR or PRK")),
        (("exposure", "USA", "--power", "USA"), ("--power", "another power")),
        (("exposure", "CAN", "--power", "USA", "--tariff", "25"), ("--tariff", "25% or 0.25")),
        (("exposure", "CAN", "--power", "USA", "--world", "nope"), ("world", "nope")),
        (("exposure", "CAN", "--power", "USA", "--out", "x"), ("--out",)),
    ],
    ids=lambda words: " ".join(words),
)
def test_a_wrong_request_is_refused_in_one_line(
    words: tuple[str, ...], said: tuple[str, ...], hedgerow: Command
) -> None:
    require_one_line(hedgerow(*words), *said)
