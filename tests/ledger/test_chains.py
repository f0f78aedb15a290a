"""Whatever is done to the files of a ledger is found, and named with its file."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench import ledgers
from hedgerow.errors import ChecksumError
from hedgerow.ledger.checks import check
from hedgerow.ledger.entries import Draft, file_name, sha256
from hedgerow.ledger.index import items
from hedgerow.ledger.journal import writing


@pytest.fixture(name="small")
def made(ledger: Path) -> Path:
    """Two partnerships with twelve entries each."""
    ledgers.write_synthetic(ledger, partnerships=2, entries=12)
    assert check(ledger) == []
    return ledger


def entry(ledger: Path, number: int) -> Path:
    return next((ledger / "partnership-0").glob(f"{number:06d}-*.json"))


def rules(ledger: Path) -> set[str]:
    return {problem.rule for problem in check(ledger)}


def test_flipped_bits_are_found_and_named(small: Path) -> None:
    rng, files = random.Random(3), sorted(small.rglob("*.json"))  # noqa: S311
    for _ in range(100):
        path = rng.choice(files)
        before = ledgers.flipped(path, rng)
        found = [problem for problem in check(small) if problem.rule == "bytes_changed"]
        assert [problem.file for problem in found] == [path.relative_to(small).as_posix()]
        assert "restore" in found[0].message
        path.write_bytes(before)
    assert check(small) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_other_bytes_are_found(data: st.DataObject, small: Path) -> None:
    path = data.draw(st.sampled_from(sorted(small.rglob("*.json"))))
    before = path.read_bytes()
    other = data.draw(st.one_of(st.binary(max_size=400), st.integers(0, len(before) - 1).map(lambda n: before[:n])))
    if other != before:
        path.write_bytes(other)
        assert path.relative_to(small).as_posix() in {problem.file for problem in check(small)}
        path.write_bytes(before)


def test_a_change_with_a_name_to_fit_is_found_by_the_next_entry(small: Path) -> None:
    path = entry(small, 5)
    content = path.read_bytes().replace(b"Secretariat", b"Secretariaz").replace(b"Auditors", b"Auditorz")
    path.unlink()
    (path.parent / file_name(5, sha256(content))).write_bytes(content)
    (problem,) = check(small)
    assert problem.rule == "broken_chain"
    assert problem.file.startswith("partnership-0/000006-")
    assert b'"previous"' in (small / problem.file).read_bytes().splitlines()[problem.line - 1]


@pytest.mark.parametrize("number", [1, 6, 11])
def test_a_missing_entry_is_found(number: int, small: Path) -> None:
    entry(small, number).unlink()
    gaps = [problem for problem in check(small) if problem.rule == "gap"]
    assert [problem.message.partition(";")[0] for problem in gaps] == [f"entry {number} is missing"]


def test_entries_of_two_ledgers_do_not_mix(small: Path, tmp_path: Path) -> None:
    ledgers.write_synthetic(tmp_path / "other", partnerships=1, entries=14)
    shutil.copy(entry(small, 7), small / "partnership-1")
    assert "misplaced" in rules(small)


def test_a_fork_is_found_and_named(small: Path) -> None:
    branch = small.parent / "branch"
    shutil.copytree(small, branch)
    for place, name in ((small, "ours"), (branch, "theirs")):
        with writing(place, "partnership-0") as chain:
            chain.append(Draft(ledgers.outcome(name, "goal-0"), "bench"))
    shutil.copy(entry(branch, 13), small / "partnership-0")
    (problem,) = check(small)
    assert problem.rule == "fork"
    assert all(path.name in problem.message for path in (small / "partnership-0").glob("000013-*"))


def test_what_is_no_entry_is_named(small: Path) -> None:
    (small / "partnership-0" / "notes.txt").write_text("hello", encoding="utf-8")
    content = b'{\n "format": 1,\n "partnership": "partnership-0",\n "number": 13,\n "mood": "good"\n}\n'
    (small / "partnership-0" / file_name(13, sha256(content))).write_bytes(content)
    found = check(small)
    assert {problem.rule for problem in found} == {"foreign_file", "no_entry"}
    assert any(problem.line == 5 and "mood" in problem.message for problem in found)


def test_damage_is_not_read_over(small: Path) -> None:
    """Verbs that answer from the records refuse a ledger with changed bytes."""
    items(small)
    path = entry(small, 4)
    path.write_bytes(path.read_bytes().replace(b"Secretariat", b"Secretariaz") + b" ")
    with pytest.raises(ChecksumError, match="hedgerow ledger check"):
        items(small)
