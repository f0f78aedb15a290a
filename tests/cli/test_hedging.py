"""``hedgerow hedging``: prints, writes, and refuses in one line."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pandas as pd
import pytest

from hedgerow.indicators.catalogue import indicator
from hedgerow.indicators.hedging.composite import ORDER
from hedgerow.indicators.hedging.tidy import COLUMNS
from hedgerow.reporting.hedging.report import HedgingReport
from tests.cli.conftest import Command
from tests.cli.test_refusals import require_one_line
from tests.data.registers import write_register
from tools.build_schema import schema_text

SCHEMA = json.loads(schema_text(HedgingReport))
QUICK = ("--draws", "200")


def test_json_fits_the_schema_and_its_command_makes_it_again(hedgerow: Command) -> None:
    found = hedgerow("hedging", "--weights", "broadening=2", "--seed", "3", *QUICK, "--json")
    assert (found.code, found.err) == (0, "")
    report = json.loads(found.out)
    jsonschema.validate(report, SCHEMA)
    assert report["weights"]["broadening"] == 0.4
    assert report == json.loads(hedgerow(*report["command"].split()[1:], "--json").out)


def test_a_state_gets_its_profile_its_region_and_its_years(hedgerow: Command) -> None:
    found = hedgerow("hedging", "Canada", *QUICK)
    assert found.code == 0
    text = " ".join(found.out.split())
    for words in (*(element.value for element in ORDER), "Mexico", "2016", "What the places hang on", "(assumed)",
                  "Known", "intentions are not"):  # fmt: skip
        assert words in text


def test_a_file_holds_every_state_with_coverage_beside_every_score(hedgerow: Command, tmp_path: Path) -> None:
    found = hedgerow("hedging", "--csv", str(tmp_path / "found.csv"), *QUICK)
    assert found.code == 0
    frame = pd.read_csv(tmp_path / "found.csv")
    assert tuple(frame.columns) == COLUMNS
    assert len(frame) > 150
    for element in ORDER:
        scored = frame[frame[element.value].notna()]
        assert (scored[f"{element.value}_coverage"] >= 0.5).all()
    ranked = frame["rank"].notna()
    assert ranked.sum() == frame.loc[ranked, "states"].iloc[0]
    assert not set(frame["actor"]) & {"USA", "CHN"}


def test_arms_count_with_the_file_of_the_publisher(hedgerow: Command, tmp_path: Path) -> None:
    """Two suppliers outside the powers, alike in size, count as two."""
    sold: list[tuple[str, str, object, str]] = [
        (supplier, "Viet Nam", year, "10") for supplier in ("Russia", "Israel", "China") for year in range(2018, 2025)
    ]
    write_register(tmp_path / "trade-register.csv", sold)
    found = hedgerow("hedging", "VNM", "--own", str(tmp_path), "--draws", "100", "--json")
    assert (found.code, found.err) == (0, "")
    report = json.loads(found.out)
    assert str(tmp_path) in report["command"]
    (values,) = (
        {row[1]: row[2] for row in table["rows"]} for table in report["tables"] if table["id"] == "hedging-indicators"
    )
    suppliers, arms = (indicator(name).title for name in ("broadening-suppliers", "blunting-arms"))
    assert values[suppliers] == pytest.approx(2.0)
    assert values[arms] > 0
    assert "sipri-arms" in {source["id"] for source in report["sources"]}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Atlantis",), ("ACTOR", "Atlantis")),
        (("USA",), ("ACTOR", "one of the two powers")),
        (("--year", "1850"), ("--year", "1850", "there are")),
        (("--weights", "luck=1"), ("--weights", "luck", "blunting")),
        (("--draws", "3"), ("--draws", "100 or more")),
        (("--seed", "-1"), ("--seed", "from 0 on")),
        (("--own", "."), ("--own", "trade-register")),
        (("--processes", "0"), ("--processes", "1 or more")),
        (("--csv", "nowhere/file.csv"), ("--csv", "cannot write")),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line(
    words: tuple[str, ...], said: tuple[str, ...], hedgerow: Command
) -> None:
    require_one_line(hedgerow("hedging", *words), *said)
