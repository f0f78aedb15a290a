"""``hedgerow plan``: what it prints and writes, exit codes, and the published schema."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import jsonschema
import pytest

from hedgerow.errors import RequestError
from hedgerow.planning.partnerships import Range
from hedgerow.planning.portfolio.options import Option, OptionKind
from hedgerow.reporting.plan.report import PlanReport
from tests.cli.conftest import Command
from tools.build_schema import schema_text

SMALL = ("CAN", "--power", "USA", "--world", "wiod-2011", "--horizon", "3", "--paths", "20", "--quick")
QUICK = (*SMALL, "--options", "IND", "EU", "--processes", "1")
SCHEMA = json.loads(schema_text(PlanReport))
TOML = """
title = "Two moods"
date = 2026-05-31
source = "Invented"
initial = "calm"
calm = "calm"
[[regime]]
id = "calm"
label = "Calm"
[[regime]]
id = "storm"
label = "Storm"
tariff = { ally = "20%", rival = "20%", other = "20%" }
[[chain]]
name = "mine"
next.calm = { calm = 0.9, storm = 0.2 }
next.storm = { storm = 1.0 }
"""


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is read from or left in the cache of whoever runs the tests."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


def test_json_fits_the_schema_and_its_command_makes_it_again(hedgerow: Command) -> None:
    found = hedgerow("plan", *QUICK, "--json")
    assert (found.code, found.err) == (0, "")
    report = json.loads(found.out)
    jsonschema.validate(report, SCHEMA)
    assert report == json.loads(hedgerow(*shlex.split(report["command"])[1:], "--json").out)


def test_text_and_one_option(hedgerow: Command) -> None:
    told = " ".join(hedgerow("plan", *QUICK).out.split())
    for words in ("A cautious Canada deepens", "Growth is not insurance", "Residual risk", "(assumed)", "sticky"):
        assert words in told
    explained = hedgerow("plan", *QUICK, "--explain", "ind").out
    assert explained.startswith("Agreement with India")
    assert "European Union" not in explained


def test_a_folder_holds_the_page_and_every_table(hedgerow: Command, tmp_path: Path) -> None:
    assert hedgerow("plan", *QUICK, "--out", "kept").code == 0
    report = json.loads((tmp_path / "kept" / "plan.json").read_text(encoding="utf-8"))
    tables = {path.stem for path in (tmp_path / "kept" / "tables").iterdir()}
    assert tables == {table["id"] for table in report["tables"]} | {"columns"}
    assert (tmp_path / "kept" / "plan.html").stat().st_size > 10_000


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--options", "subsidi"), "did you mean 'subsidy'"),
        (("--options", "IND", "Atlantis"), "'Atlantis' is nothing that Canada can do"),
        (("--horizon", "0"), "--horizon: 0"),
        (("--paths", "0"), "--paths: 0"),
        (("--chain", "lazy"), "alternating"),
        (("--regimes", "grand-strategy"), "grand-strategies"),
        (("--regimes", "mine.toml"), "sum to 1"),
        (("--retaliate", "nobody"), "actor"),
        (("--explain", "JPN"), "IND"),
        (("--candidates", "41"), "--candidates: 41 is not between 3 and 40"),
        (("--at-most", "0"), "--at-most: 0"),
        (("--budget", "5"), "--budget: '5' is ambiguous"),
        (("--exclude", "IND"), "write A+B for never both"),
        (("--after", "IND:EU:IND"), "write B:A for B only with A"),
        (("--require", "JPN"), "--require: 'JPN' is none of the options of this plan"),
        (
            ("--require", "IND", "EU", "--at-most", "1"),
            "--at-most 1 --require IND --require EU: no bundle that partners sign keeps all of these limits",
        ),
    ],
)
def test_a_wrong_request_is_refused_in_one_line(
    hedgerow: Command, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    (tmp_path / "mine.toml").write_text(TOML, encoding="utf-8")
    few = () if {"--options", "--candidates"} & {*words} else ("--options", "IND", "EU")
    found = hedgerow("plan", "CAN", "--power", "USA", "--world", "wiod-2011", "--out", "kept", *few, *words)
    assert (found.code, found.out) == (2, "")
    (line,) = found.err.splitlines()
    assert said in line
    assert not (tmp_path / "kept").exists()


def test_only_the_united_states_have_a_history(hedgerow: Command) -> None:
    found = hedgerow("plan", "KOR", "--power", "CHN", "--regimes", "history", "--options", "EU", "--world", "wiod-2011")
    assert found.code == 2
    assert "American schedule" in found.err


def test_a_cost_is_never_negative() -> None:
    free = Range(0.0, 0.0, 0.0)
    with pytest.raises(RequestError, match=r"cost -0\.1 must be 0 or more"):
        Option("x", "x", OptionKind.SUBSIDY, None, free, Range(-0.1, 0.0, 0.1), free, 0, 1)
