"""``hedgerow indicators``: lists, prints, writes, and refuses in one line."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pandas as pd
import pytest

from hedgerow.data.parquet import read_parquet
from hedgerow.indicators.catalogue import INDICATORS
from hedgerow.indicators.declare import Per
from hedgerow.indicators.evidence import OWN_ONLY
from hedgerow.reporting.indicators.measured import Measured
from tests.cli.conftest import Command, contents
from tests.cli.test_refusals import require_one_line
from tools.build_schema import schema_text

SCHEMA = json.loads(schema_text(Measured))


@pytest.fixture(autouse=True)
def uncached(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No cache but an empty one."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("caches")))


def test_the_list_names_every_indicator(hedgerow: Command) -> None:
    shown = hedgerow("indicators")
    assert shown.code == 0
    assert all(one.id in shown.out for one in INDICATORS)
    listed = json.loads(hedgerow("indicators", "--json").out)
    assert [row["id"] for row in listed] == [one.id for one in INDICATORS]


def test_an_actor_gets_its_years_with_sources_and_range(hedgerow: Command) -> None:
    shown = hedgerow("indicators", "trade-concentration", "--actor", "Canada")
    assert shown.code == 0
    for words in ("baci-2023", "derived", "Gaulier", "HHI = Σ_p s_p²"):
        assert words in shown.out


@pytest.mark.parametrize(
    "words",
    [
        ("trade-concentration", "--actor", "VNM"),
        ("exports-power-share", "--actor", "CAN", "--power", "japan"),
        ("exports-power-share", "--power", "EU", "--year", "2023"),
        ("coercive-power", "--actor", "MEX"),
        ("sector-import-dependence", "--actor", "MEX", "--power", "CHN", "--year", "2023"),
    ],
    ids=" ".join,
)
def test_json_is_as_its_schema_says(words: tuple[str, ...], hedgerow: Command) -> None:
    shown = hedgerow("indicators", *words, "--json")
    found = json.loads(shown.out)
    jsonschema.validate(found, SCHEMA)
    assert found["values"]
    assert found["sources"]
    assert found["command"].split()[2] == words[0]
    cells = {(row["actor"], row["year"], row["power"], row["sector"], row["series"]) for row in found["values"]}
    assert len(cells) == len(found["values"])


@pytest.mark.parametrize(("name", "said"), [("blunting-arms", "SIPRI"), ("blunting-equipment", "NATO")])
def test_what_does_not_ship_says_where_to_get_it(name: str, said: str, hedgerow: Command) -> None:
    require_one_line(hedgerow("indicators", name, "--actor", "DEU"), said, ".csv", "--own")


def test_a_ranking_is_of_one_year_and_from_the_top(hedgerow: Command) -> None:
    found = json.loads(hedgerow("indicators", "exports-power-share", "--power", "USA", "--json").out)
    baci = [row["value"] for row in found["values"] if row["series"] == "baci-2023"]
    assert {row["year"] for row in found["values"]} == {2023}
    assert baci == sorted(baci, reverse=True)


def test_files_hold_the_same_rows_as_csv_and_parquet(hedgerow: Command, tmp_path: Path) -> None:
    done = hedgerow("indicators", "openness", "--csv", "a.csv", "--parquet", "a.parquet")
    assert done.code == 0
    csv = pd.read_csv(tmp_path / "a.csv", keep_default_na=False, na_values={"low": [""], "high": [""]})
    parquet = read_parquet(tmp_path / "a.parquet")
    assert csv["value"].tolist() == parquet["value"].tolist()
    assert list(csv.columns) == list(parquet.columns)
    assert set(csv["indicator"]) == {"openness"}
    assert set(contents(tmp_path)) == {"a.csv", "a.parquet"}


def test_the_whole_panel_is_one_file(hedgerow: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole, but for estimates, which take their time, and properties of the system, which are nobody's."""
    quick = tuple(one for one in INDICATORS if one.per not in (Per.POWER, Per.SYSTEM))
    monkeypatch.setattr("hedgerow.indicators.panel.INDICATORS", quick)
    assert hedgerow("indicators", "--actor", "CAN", "--csv", "canada.csv").code == 0
    frame = pd.read_csv(tmp_path / "canada.csv")
    assert set(frame["actor"]) == {"CAN"}
    assert set(frame["indicator"]) == {one.id for one in quick if not OWN_ONLY & set(one.inputs)}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("trade-concentraton",), ("trade-concentraton", "did you mean trade-concentration")),
        (("trade-concentration", "--actor", "Atlantis"), ("--actor", "Atlantis")),
        (("trade-concentration", "--actor", "Korea"), ("--actor", "KOR or PRK")),
        (("trade-concentration", "--year", "1890"), ("--year", "1890", "2023")),
        (("exports-power-share", "--power", "Atlantis"), ("--power", "Atlantis")),
        (("exports-power-share", "--actor", "USA"), ("--power", "toward USA")),
        (("exports-concentration", "--power", "USA"), ("--power", "leave it out")),
        (("key-tie-residual", "--actor", "CAN"), ("--actor", "leave it out")),
        (("--actor", "CAN"), ("--csv",)),
        (("openness", "--csv", "none/x.csv"), ("--csv", "none/x.csv")),
        (("openness", "--parquet", "."), ("--parquet", "folder")),
        (("openness", "--own", "."), ("--own", "BACI")),
        (("openness", "--yeer", "2023"), ("--yeer", "--year")),
    ],
    ids=lambda words: " ".join(words).replace("/", ":"),
)
def test_a_wrong_request_is_refused_in_one_line_and_writes_nothing(
    words: tuple[str, ...], said: tuple[str, ...], hedgerow: Command, tmp_path: Path
) -> None:
    require_one_line(hedgerow("indicators", *words), *said)
    assert contents(tmp_path) == {}
