"""``hedgerow coalition``, ``patron`` and ``atlas``: what they print and write, exit codes, and the published schema."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import jsonschema
import pytest

from hedgerow.reporting.studies.study import Study
from tests.cli.conftest import Command
from tools.build_schema import schema_text

SMALL = ("--world", "wiod-2011")
QUESTIONS = {
    "coalition": ("CAN", "MEX", "JPN", "--power", "USA", "--given", "JPN-CAN", *SMALL),
    "patron": ("USA", "--draws", "16", *SMALL),
    "atlas": ("CAN", "--power", "USA", *SMALL),
}
SCHEMA = json.loads(schema_text(Study))


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is read from or left in the cache of whoever runs the tests."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.mark.parametrize("verb", QUESTIONS)
def test_json_fits_the_schema_and_its_command_makes_it_again(hedgerow: Command, tmp_path: Path, verb: str) -> None:
    found = hedgerow(verb, *QUESTIONS[verb], "--json", "--out", "kept")
    assert (found.code, found.err) == (0, "")
    report = json.loads(found.out)
    jsonschema.validate(report, SCHEMA)
    assert report["verb"] == verb
    assert report == json.loads(hedgerow(*shlex.split(report["command"])[1:], "--json").out)
    assert report == json.loads((tmp_path / "kept" / f"{verb}.json").read_text(encoding="utf-8"))
    tables = {path.stem for path in (tmp_path / "kept" / "tables").iterdir()}
    assert tables == {table["id"] for table in report["tables"]} | {"columns"}
    page = (tmp_path / "kept" / f"{verb}.html").read_text(encoding="utf-8")
    assert all(figure["alt"] in page.replace("&#39;", "'").replace("&amp;", "&") for figure in report["figures"])
    assert page.count("<svg") == len(report["figures"]) > 0


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        ("coalition", ("Who would leave", "Who would join", "(modelled)", "Share of the variance", "our reading")),
        ("patron", ("The sign turns", "rival explanations", "(assumed)", "Turns at", "should hedge too")),
        ("atlas", ("Break-even cost", "insurance alone", "100 points")),
    ],
)
def test_the_terminal_names_what_matters(hedgerow: Command, verb: str, said: tuple[str, ...]) -> None:
    found = hedgerow(verb, *QUESTIONS[verb])
    assert found.code == 0
    for words in said:
        assert words in " ".join(found.out.split())


def test_the_atlas_of_all_countries(hedgerow: Command) -> None:
    found = hedgerow("atlas", "--power", "USA", "--processes", "1", "--json", *SMALL)
    report = json.loads(found.out)
    jsonschema.validate(report, SCHEMA)
    (table,) = report["tables"]
    assert len(table["rows"]) == 39
    assert {figure["id"] for figure in report["figures"]} == {"countries"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("coalition", "CAN", "MEX", "--power", "USA"), "members: 2 given"),
        (("coalition", "CAN", "MEX", "DEU", "--power", "USA"), "name EU"),
        (("coalition", "--power", "Atlantis"), "Atlantis"),
        (("coalition", "CAN", "MEX", "JPN", "--power", "USA", "--chain", "lazy"), "alternating"),
        (("coalition", "CAN", "MEX", "JPN", "--power", "USA", "--given", "CAN-USA"), "--given: 'CAN-USA'"),
        (("patron", "USA", "--draws", "3"), "--draws: 3"),
        (("patron", "CHN"), "has no ally"),
        (("patron", "DEU"), "ask about"),
        (("atlas", "USA", "--power", "USA"), "--power"),
        (("atlas", "--power", "DEU"), "ask about"),
    ],
)
def test_a_wrong_request_is_refused_in_one_line(
    hedgerow: Command, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    found = hedgerow(*words, *SMALL, "--out", "kept")
    assert (found.code, found.out) == (2, "")
    (line,) = found.err.splitlines()
    assert said in line
    assert not (tmp_path / "kept").exists()
