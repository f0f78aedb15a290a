"""The index says what the files say, however it came to be and whatever was done to it."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from bench import ledgers
from hedgerow.ledger.entries import Draft, Stored, stored
from hedgerow.ledger.index import index_path, items, refreshed
from hedgerow.ledger.journal import writing


def files(ledger: Path) -> list[Stored]:
    """The slow and obvious way."""
    return [stored(p.relative_to(ledger).as_posix(), p.read_bytes()) for p in sorted(ledger.glob("*/*.json"))]


def told(ledger: Path) -> list[tuple[str, bytes]]:
    return [(item.page.file, item.entry.to_bytes()) for item in items(ledger)]


@pytest.fixture(name="small")
def made(ledger: Path) -> Path:
    ledgers.write_synthetic(ledger, partnerships=3, entries=40)
    return ledger


def agree(ledger: Path) -> bool:
    return told(ledger) == [(one.file, one.content) for one in files(ledger)]


def test_it_holds_what_the_files_hold(small: Path) -> None:
    assert agree(small)
    assert agree(small), "also from an index that was there"


def test_it_follows_the_files(small: Path) -> None:
    items(small)
    with writing(small, "partnership-1") as chain:
        chain.append(Draft(ledgers.outcome("new", "goal-0"), "bench"))
    assert agree(small)
    max((small / "partnership-1").glob("*.json")).unlink()
    assert agree(small)


def test_it_lies_outside_of_the_ledger(small: Path, cache: Path) -> None:
    before = set(small.rglob("*"))
    items(small)
    assert set(small.rglob("*")) == before
    assert index_path(small).is_relative_to(cache)


@pytest.mark.parametrize("spoilt", [b"", b"no database at all", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_spoilt_index_is_made_anew(spoilt: bytes, small: Path) -> None:
    items(small)
    index_path(small).write_bytes(spoilt)
    assert agree(small)


def test_an_edited_index_is_made_anew(small: Path) -> None:
    items(small)
    with sqlite3.connect(index_path(small)) as connection:
        connection.execute("UPDATE entries SET content = replace(content, 'Secretariat', 'Nobody')")
    connection.close()
    assert agree(small)


def test_without_a_place_for_it_the_answer_is_the_same(small: Path, cache: Path) -> None:
    cache.parent.mkdir(exist_ok=True)
    cache.write_text("a file where the folder should be", encoding="utf-8")
    assert agree(small)


def test_people_may_ask_it_in_sql(small: Path) -> None:
    with refreshed(small) as connection:
        rows = connection.execute("SELECT type, count(*) FROM entries GROUP BY type").fetchall()
    assert sum(number for _, number in rows) == 120
    assert dict(rows)["partnership"] == 3


def test_it_writes_ahead(small: Path) -> None:
    with refreshed(small) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_file_with_another_time_is_read_again(small: Path) -> None:
    items(small)
    path = next(small.glob("*/*.json"))
    os.utime(path, ns=(1, 1))
    assert agree(small)
