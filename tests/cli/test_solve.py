"""``hedgerow solve``: exit codes, the folder, and the published schema."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import jsonschema
import pandas as pd
import pytest
import xarray as xr

from hedgerow.reporting.told import ScenarioReport
from tests.cli.conftest import Command, contents
from tests.house.repository import ROOT
from tools.build_schema import schema_text

SCHEMA = json.loads(schema_text(ScenarioReport))
EXAMPLES = sorted((ROOT / "examples" / "scenarios").glob("*.toml"))


@pytest.mark.parametrize(
    "words", [("liberation-day",), ("autarky", "--set", "X=EU"), ("canada-china-2026",), ("russia-sanctions",)]
)
def test_json_fits_the_schema(hedgerow: Command, words: tuple[str, ...]) -> None:
    found = hedgerow("solve", *words, "--json")
    assert (found.code, found.err) == (0, "")
    jsonschema.validate(json.loads(found.out), SCHEMA)


def test_the_terminal_names_what_matters(hedgerow: Command) -> None:
    found = hedgerow("solve", "us-2025-08-07")
    assert found.code == 0
    for words in (
        "American tariffs from 2025-08-07",
        "expired",
        "Waugh",
        "residual",
        "United States",
        "Tariff revenue",
    ):
        assert words in found.out


def test_a_coalition_is_told_with_its_transfers(hedgerow: Command, tmp_path: Path) -> None:
    found = hedgerow("solve", "russia-sanctions", "--world", "wiod-2011", "--out", "out")
    assert (found.code, found.err) == (0, "")
    for words in ("The burden shared", "Transfer received", "Russia", "n/a"):
        assert words in found.out
    report = json.loads((tmp_path / "out" / "scenario.json").read_text())
    assert report["solver"]["solves"] == 2
    assert "transfers among its members" in json.dumps(report["method"])
    rows = pd.read_csv(tmp_path / "out" / "tables" / "coalition.csv").set_index("actor")
    assert abs(rows["transfer_musd"].sum()) < 1e-6
    assert rows["transfer_musd"].isna().tolist() == [actor == "RUS" for actor in rows.index]
    assert "The burden shared" in (tmp_path / "out" / "scenario.html").read_text()


def test_the_library_is_listed(hedgerow: Command) -> None:
    found = hedgerow("solve", "--list", "--json")
    rows = json.loads(found.out)
    assert all(row["date"] and row["source"] and row["status"] for row in rows)
    assert {"liberation-day", "ceta", "autarky"} <= {row["id"] for row in rows}
    assert "liberation-day" in hedgerow("solve", "--list").out


@pytest.mark.parametrize("path", EXAMPLES, ids=[path.stem for path in EXAMPLES])
@pytest.mark.parametrize("world", ["wiod-2011", "composite-2023"])
def test_examples_run(hedgerow: Command, path: Path, world: str) -> None:
    assert hedgerow("solve", str(path), "--world", world).code == 0


def test_the_folder_holds_every_row_and_the_same_bytes_again(hedgerow: Command, tmp_path: Path) -> None:
    for _ in range(2):
        first = hedgerow("solve", "eu-mercosur", "--out", "first")
    hedgerow("solve", "eu-mercosur", "--out", "second")
    assert first.code == 0
    one, two = contents(tmp_path / "first"), contents(tmp_path / "second")
    assert one.keys() == two.keys()
    assert {name for name in one if one[name] != two[name]} <= {"manifest.json"}
    manifest = json.loads((tmp_path / "first" / "manifest.json").read_text())
    assert manifest["scenario"]["id"] == "eu-mercosur"
    with xr.open_dataset(tmp_path / "first" / "cubes.nc") as cubes:
        assert {"exporter", "importer", "sector"} <= set(cubes.dims)
    assert set(manifest["files"]) | {"manifest.json", "tables"} == set(one)
    for path in sorted((tmp_path / "first" / "tables").glob("*.parquet")):
        written = duckdb.read_parquet(path.as_posix()).df()
        pd.testing.assert_frame_equal(written, pd.read_csv(path.with_suffix(".csv")), check_dtype=False)
    page = (tmp_path / "first" / "scenario.html").read_text()
    assert page.count("<svg") == 2
    assert "<script" not in page


def test_a_failure_leaves_no_folder(hedgerow: Command, tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("title = 1\ncolour = 2\n")
    found = hedgerow("solve", "bad.toml", "--out", "out")
    assert found.code == 2
    assert all(line.startswith("hedgerow: bad.toml:") for line in found.err.splitlines())
    assert len(found.err.splitlines()) == 5
    assert set(contents(tmp_path)) == {"bad.toml"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "--list"),
        (("autarki",), "did you mean 'autarky'"),
        (("autarky",), "no value"),
        (("autarky", "--set", "X"), "NAME=VALUE"),
        (("autarky", "--set", "X=CAN", "--set", "X=USA"), "twice"),
        (("ceta", "--on", "soon"), "no date"),
        (("ceta", "--world", "nowhere"), "nowhere"),
    ],
)
def test_a_wrong_request_is_refused(hedgerow: Command, words: tuple[str, ...], said: str) -> None:
    found = hedgerow("solve", *words)
    assert found.code == 2
    assert said in found.err


def test_no_answer_is_exit_code_1(hedgerow: Command, tmp_path: Path) -> None:
    """A deficit cannot outlast trade."""
    (tmp_path / "stuck.toml").write_text(
        'title = "x"\ndate = 2026-01-01\nsource = "x"\nstatus = "hypothetical"\n'
        '[[embargo]]\nexporters = "CAN"\nimporters = "not CAN"\n[[embargo]]\nimporters = "CAN"\nexporters = "not CAN"\n'
    )
    found = hedgerow("solve", "stuck.toml")
    assert found.code == 1
    assert found.out == ""


def test_the_command_of_a_report_makes_it_again(hedgerow: Command) -> None:
    first = json.loads(hedgerow("solve", "autarky", "--set", "X=CAN", "--on", "2025-01-01", "--json").out)
    again = json.loads(hedgerow(*first["command"].split()[1:], "--json").out)
    assert first == again
