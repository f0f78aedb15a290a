"""The README does what it says: every command in it is run, in a copy of the checkout."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.repository import ROOT, tracked_files

README = (ROOT / "README.md").read_text(encoding="utf-8")
FENCES = re.findall(r"^```(\w*)\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)
BLOCKS = [body for _, body in FENCES]
QUESTIONS = [c for c in re.findall(r"`(hedgerow [^`]+)`", README) if not any(c in body for body in BLOCKS)]
"""Commands outside of the blocks, in the table of questions above all."""
STANDS_FOR = {"NAME": "liberation-day", "COMMAND": "plan"}
"""What a reader writes in place of a word in capitals."""


@pytest.fixture(scope="module", name="checkout")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What git holds or would add, beside the environment that these tests run in: set-up finds nothing to do."""
    copy = tmp_path_factory.mktemp("readme") / "hedgerow"
    for path in tracked_files():
        target = copy / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    (copy / ".venv").symlink_to(sys.prefix, target_is_directory=True)
    for command in (["git", "init", "--quiet"], ["git", "add", "--all"]):
        subprocess.run(command, cwd=copy, check=True, capture_output=True)
    return copy


@pytest.mark.parametrize("block", BLOCKS, ids=[body.splitlines()[0] for body in BLOCKS])
def test_commands_run(block: str, checkout: Path) -> None:
    """``pytest`` among them runs the tests of the house only, or it would run itself."""
    environment = os.environ | {"PYTEST_ADDOPTS": "tests/house"}
    done = subprocess.run(
        ["sh", "-e", "-c", block], cwd=checkout, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"


@pytest.mark.parametrize("command", QUESTIONS)
def test_questions_are_answered(command: str, tmp_path: Path) -> None:
    words = [STANDS_FOR.get(word, word) for word in command.split()]
    environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    program = str(Path(sys.prefix) / "bin" / words[0])
    done = subprocess.run(
        [program, *words[1:]], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    assert done.stdout


def test_it_opens_with_the_two_commands() -> None:
    main_job, tests = (body.splitlines() for body in BLOCKS[:2])
    assert main_job == ["sh setup.sh && .venv/bin/hedgerow brief CAN --power USA"]
    assert tests == ["sh setup.sh --dev && .venv/bin/pytest"]
    assert README.index("```") < README.index("\n## "), "the commands come before the first heading"


def test_no_command_hides_from_the_test() -> None:
    assert {language for language, _ in FENCES} == {"sh"}
