"""A request that makes no sense ends with one line, exit code 2, and nothing else."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

import hedgerow.data.embedded as embedded
from hedgerow.errors import DidNotConverge
from hedgerow.world.io import DEFAULT_WORLD
from tests.cli.conftest import HEDGEROW, Command, Outcome, contents

USA = ("--power", "USA")


def require_one_line(outcome: Outcome, *words: str, code: int = 2) -> None:
    assert outcome.code == code, outcome
    assert outcome.out == ""
    (line,) = outcome.err.splitlines()
    assert line.startswith("hedgerow: ")
    assert outcome.err.endswith("\n")
    for word in words:
        assert word in line


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("brief", "Korea", *USA), ("actor", "KOR or PRK")),
        (("brief", "CAN", "--power", "XX"), ("--power", "XX")),
        (("brief", "USA", *USA), ("--power", "another power")),
        (("brief", "DEU", "--power", "EU"), ("--power", "another power")),
        (("brief", "CAN", "--power", "FRA"), ("--power EU",)),
        (("brief", "CAN", *USA, "--tariff", "25"), ("--tariff", "25% or 0.25")),
        (("brief", "CAN", *USA, "--tariff", "abc"), ("--tariff", "abc", "25% or 0.25")),
        (("brief", "CAN", *USA, "--tariff", "-5%"), ("--tariff",)),
        (("brief", "CAN", *USA, "--tariff=-5%"), ("--tariff", "-5%", "25% or 0.25")),
        (("brief", "CAN", *USA, "--tariff", "2000%"), ("--tariff", "2000%")),
        (("brief", "CAN", *USA, "--world", "nope"), ("world", "nope", "wiod-2011")),
        (("brief", "CAN", *USA, "--draws", "3"), ("--draws", "8 or more")),
        (("brief", "CAN", *USA, "--draws", "many"), ("--draws", "many")),
        (("brief", "CAN", *USA, "--seed", "-1"), ("--seed", "-1")),
        (("brief", "CAN"), ("--power",)),
        (("brief", *USA), ("ACTOR",)),
        (("brief",), ("brief",)),
        (("brief", "CAN", *USA, "--tarif", "25%"), ("--tarif", "--tariff")),
        (("brief", "CAN", "USA"), ("--power",)),
        (("breif", "CAN", *USA), ("breif", '"brief"')),
        (("zzz",), ("zzz", "brief", "world")),
        (("world", "chek", "wiod-2011"), ("chek", '"check"')),
        (("world", "show", "nope"), ("world", "nope", "wiod-2011")),
        (("world", "check", "nope"), ("world", "nope", "wiod-2011")),
        (("world", "build", "nope", "--raw", "x"), ("nope", "wiod-2011")),
        (("brief", "CAN", *USA, "--out", "file/below"), ("--out", "file/below")),
        (("brief", "CAN", *USA, "--out", "file/far/below"), ("--out", "file/far/below")),
        (("brief", "CAN", *USA, "--out", "file"), ("--out", "file", "no earlier brief")),
        (("brief", "CAN", *USA, "--out", "full"), ("--out", "full", "no earlier brief")),
        (("brief", "CAN", *USA, "--json", "--out", "full"), ("--out", "full")),
    ],
    ids=lambda words: " ".join(words).replace("/", ":"),
)
def test_a_wrong_request_is_refused_in_one_line_and_writes_nothing(
    words: tuple[str, ...], said: tuple[str, ...], hedgerow: Command, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("a regular file", encoding="utf-8")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "precious.txt").write_text("not ours", encoding="utf-8")
    before = contents(tmp_path)
    require_one_line(hedgerow(*words), *said)
    assert contents(tmp_path) == before


def test_a_process_refuses_the_same_way(tmp_path: Path) -> None:
    done = subprocess.run(
        [*HEDGEROW, "brief", "Korea", *USA], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
    )
    require_one_line(Outcome(done.returncode, done.stdout, done.stderr), "KOR or PRK")
    assert contents(tmp_path) == {}


def test_an_edited_embedded_file_is_named_with_its_checksum(tmp_path: Path) -> None:
    """Run on a copy of the package, so that the file is really another one on disk."""
    package = Path(embedded.__file__).parents[1]
    copy = tmp_path / "path" / "hedgerow"
    shutil.copytree(package, copy, ignore=shutil.ignore_patterns("__pycache__"))
    edited = copy / "data" / "embedded" / DEFAULT_WORLD / "tariffs.csv"
    text = edited.read_text(encoding="utf-8")
    edited.write_text(text[:-2] + ("1" if text[-2] != "1" else "2") + text[-1:], encoding="utf-8")
    home = tmp_path / "home"
    home.mkdir()
    done = subprocess.run(
        [*HEDGEROW, "brief", "CAN", *USA],
        cwd=home,
        env={"PYTHONPATH": str(copy.parent)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    require_one_line(Outcome(done.returncode, done.stdout, done.stderr), str(edited), "sha256", "edited")
    assert contents(home) == {}


def test_a_model_without_an_answer_ends_with_code_1_and_no_folder(
    hedgerow: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise DidNotConverge("scenario 3: no equilibrium found")

    monkeypatch.setattr("hedgerow.planning.partnerships.partnerships", fail)
    require_one_line(hedgerow("brief", "CAN", *USA), "scenario 3", code=1)
    assert contents(tmp_path) == {}


def test_every_rate_that_is_accepted_can_be_answered(hedgerow: Command) -> None:
    assert hedgerow("brief", "CAN", *USA, "--tariff", "1000%", "--json").code == 0
