"""Ledgers in git: branches merge where they touch different partnerships, and a fork within one is named."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from hedgerow.ledger.checks import check
from hedgerow.ledger.index import items
from tests.ledger.cases import CASE, changed, entered, more

GIT = ("git", "-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false")
RAIN = changed(CASE, 'id = "water"', 'id = "rain"')


def git(ledger: Path, *words: str) -> None:
    subprocess.run([*GIT, *words], cwd=ledger, check=True, capture_output=True)


def commit(ledger: Path) -> None:
    git(ledger, "add", "--all")
    git(ledger, "commit", "--quiet", "--message", "entries")


def withdrawal(kind: str, name: str, partnership: str) -> str:
    return more(f'[[withdrawal]]\nid = "{name}"\nof = "{kind}"\nreason = "x"\n', partnership=partnership)


@pytest.fixture(name="repository")
def made(ledger: Path) -> Path:
    entered(ledger)
    entered(ledger, RAIN)
    git(ledger, "init", "--quiet", "--initial-branch", "main")
    commit(ledger)
    return ledger


@pytest.mark.parametrize(("ours", "whole"), [("rain", True), ("water", False)])
def test_two_branches(ours: str, whole: bool, repository: Path) -> None:
    git(repository, "switch", "--quiet", "--create", "theirs")
    entered(repository, withdrawal("commitment", "grants", "water"))
    commit(repository)
    git(repository, "switch", "--quiet", "main")
    entered(repository, withdrawal("attribution", "own", ours))
    commit(repository)
    git(repository, "merge", "--quiet", "theirs", "--message", "merged")
    assert len(items(repository)) == 14, "no entry is lost by a merge"
    problems = check(repository)
    assert [problem.rule for problem in problems] == ([] if whole else ["fork"])
    assert all(problem.file.startswith("water/000007-") for problem in problems)
