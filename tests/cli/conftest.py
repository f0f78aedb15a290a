"""The command line in this process, and one real run of it in processes of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from hedgerow.cli.main import main
from tests.planning.answers import answered

HEDGEROW = (sys.executable, "-m", "hedgerow")


@dataclass(frozen=True)
class Outcome:
    """What a command said and left behind."""

    code: int
    out: str
    err: str


Command = Callable[..., Outcome]
"""Takes the words after ``hedgerow``."""


@pytest.fixture
def hedgerow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run the command line in this process, in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> Outcome:
        capsys.readouterr()
        code = 0
        try:
            main(list(words))
        except SystemExit as ended:
            code = int(ended.code or 0)
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return run


@pytest.fixture
def solved(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is solved: whatever is asked, the answer is Canada's, under the command that was given."""

    def answer(question: object, detail: object, command: str, drawing: object, *, plan: bool) -> object:
        brief = answered("CAN", "USA", with_detail=True).brief
        tables = tuple(table.model_copy(update={"command": command}) for table in brief.tables)
        return brief.model_copy(update={"command": command, "tables": tables})

    monkeypatch.setattr("hedgerow.cli.brief._answer", answer)


@dataclass(frozen=True)
class Runs:
    """Canada's brief made twice by processes with different hash seeds: as text, and as JSON."""

    text: Outcome
    json: Outcome
    first: Path
    second: Path


@pytest.fixture(scope="session")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    """Two whole runs side by side."""
    home = tmp_path_factory.mktemp("runs")
    flags = {"first": (), "second": ("--json",)}
    started = [
        subprocess.Popen(
            [*HEDGEROW, "brief", "Canada", "--power", "us", "--out", name, "--draws", "0", *words],
            cwd=home,
            env={**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONWARNINGS": "error", "PYTHONUTF8": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for seed, (name, words) in enumerate(flags.items(), start=1)
    ]
    outcomes = []
    for process in started:
        out, err = process.communicate(timeout=120)
        outcomes.append(Outcome(process.returncode, out, err))
    first, second = outcomes
    return Runs(first, second, home / "first", home / "second")


def contents(folder: Path) -> dict[str, bytes | None]:
    """Everything below a folder, hidden files too: bytes of files, None for folders."""
    return {
        path.relative_to(folder).as_posix(): None if path.is_dir() else path.read_bytes() for path in folder.rglob("*")
    }
