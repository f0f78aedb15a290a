"""``hedgerow optimal``: what it prints, exit codes, and the published schema."""

from __future__ import annotations

import json

import jsonschema
import pytest

from hedgerow.reporting.optimal.report import OptimalReport
from hedgerow.trade.optimal import nash
from tests.cli.conftest import Command
from tools.build_schema import schema_text

SCHEMA = json.loads(schema_text(OptimalReport))
QUESTIONS = {
    "best": ("USA", "--on", "CHN", "--by", "sector"),
    "war": ("USA", "--nash", "CHN", "EU", "--world", "baci-2023"),
    "persuasion": ("USA", "--indifferent", "CAN", "--toward", "CHN"),
    "courting": ("USA", "--courting", "CAN", "EU", "--weight", "2%"),
}


@pytest.mark.parametrize("kind", QUESTIONS)
def test_json_fits_the_schema_and_its_command_makes_it_again(hedgerow: Command, kind: str) -> None:
    found = hedgerow("optimal", *QUESTIONS[kind], "--json")
    assert (found.code, found.err) == (0, "")
    report = json.loads(found.out)
    jsonschema.validate(report, SCHEMA)
    assert report["kind"] == kind
    assert report == json.loads(hedgerow(*report["command"].split()[1:], "--json").out)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("best", ("China", "Nobody answers", "(modelled)", "slope left", "Agriculture", "(derived)")),
        ("war", ("Settled in", "European Union", "Left to gain")),
        ("persuasion", ("threat of", "indifferent", "points", "Consent is priced by income alone")),
        ("courting", ("(assumed)", "only abstracts were seen", "instead of")),
    ],
)
def test_the_terminal_names_what_matters(hedgerow: Command, kind: str, said: tuple[str, ...]) -> None:
    found = hedgerow("optimal", *QUESTIONS[kind])
    assert found.code == 0
    for words in said:
        assert words in " ".join(found.out.split())


def test_a_bound_and_fixed_deficits_come_with_a_warning(hedgerow: Command) -> None:
    found = hedgerow("optimal", "USA", "--deficits", "fixed", "--world", "baci-2023")
    text = " ".join(found.out.split())
    assert "stand on a bound" in text
    assert "Deficits are fixed" in text


def test_no_rate_that_persuades_is_exit_code_1(hedgerow: Command) -> None:
    found = hedgerow("optimal", "USA", "--indifferent", "CAN", "--toward", "CHN", "--highest", "1%")
    assert (found.code, found.err) == (1, "")
    assert "No: a threat of 1.0 points" in found.out


def test_a_war_that_does_not_settle_is_exit_code_1_and_shows_no_tariffs(
    hedgerow: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nash.Iteration.__init__, "__defaults__", (1e-5, 1, 1.0))
    found = hedgerow("optimal", "USA", "--nash", "CHN", "--world", "baci-2023", "--json")
    report = json.loads(found.out)
    jsonschema.validate(report, SCHEMA)
    assert found.code == 1
    assert (report["answered"], report["tables"]) == (False, [])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Atlantis",), "Atlantis"),
        (("DEU",), "ask about EU"),
        (("USA", "--on", "USA"), "--on"),
        (("USA", "--nash", "CHN", "--indifferent", "JPN"), "one question at a time"),
        (("USA", "--nash", "CHN", "--on", "CHN"), "--on"),
        (("USA", "--indifferent", "CAN"), "--toward"),
        (("USA", "--toward", "CHN"), "--indifferent"),
        (("USA", "--highest", "25"), "ambiguous"),
        (("USA", "--by", "town"), "town"),
        (("USA", "--world", "nowhere"), "nowhere"),
    ],
)
def test_a_wrong_request_is_refused_in_one_line(hedgerow: Command, words: tuple[str, ...], said: str) -> None:
    found = hedgerow("optimal", *words)
    assert (found.code, found.out) == (2, "")
    (line,) = found.err.splitlines()
    assert said in line
