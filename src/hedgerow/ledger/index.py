"""An index of a ledger in SQLite: made from the files, made again when they differ, edited by nobody.

It lies among the user's caches, not in the ledger. Anyone may read it with any tool for SQLite; the files are the
truth, and ``hedgerow ledger check`` reads nothing else.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError

from hedgerow.compute import cache_folder
from hedgerow.errors import ChecksumError
from hedgerow.ledger.book import Item
from hedgerow.ledger.entries import NAME, Stored, file_name, stored
from hedgerow.ledger.journal import listed, partnerships

_SCHEMA = """
CREATE TABLE IF NOT EXISTS entries (
  partnership TEXT NOT NULL, number INTEGER NOT NULL, file TEXT PRIMARY KEY, modified INTEGER NOT NULL,
  sha256 TEXT NOT NULL, recorded TEXT NOT NULL, type TEXT NOT NULL, id TEXT NOT NULL, content BLOB NOT NULL
) WITHOUT ROWID
"""
VERSION = 1
"""Of the table; an index of another version is thrown away."""


def index_path(ledger: Path) -> Path:
    """Where the index of a ledger lies."""
    name = hashlib.sha256(str(ledger.resolve()).encode()).hexdigest()[:16]
    return cache_folder() / "ledger" / f"{name}.v{VERSION}.sqlite"


def items(ledger: Path) -> list[Item]:
    """Every entry of a ledger, by partnership and number.

    Raises:
        RequestError: there is no such folder.
        ChecksumError: a file is not what its name says.
    """
    try:
        return _items(ledger)
    except (ChecksumError, sqlite3.DatabaseError):  # of a file, or of an index that somebody touched
        _forget(index_path(ledger))
        return _items(ledger)


def _items(ledger: Path) -> list[Item]:
    with refreshed(ledger) as connection:
        rows = connection.execute("SELECT file, CAST(content AS BLOB) FROM entries ORDER BY partnership, number, file")
        return [Item.of(_intact(file, content)) for file, content in rows]


@contextmanager
def refreshed(ledger: Path) -> Iterator[sqlite3.Connection]:
    """The index, brought up to date with the files: what is new is read, what is gone is dropped.

    Raises:
        RequestError: there is no such folder.
        ChecksumError: a file is not what its name says.
    """
    present = _listing(ledger)
    connection = _opened(index_path(ledger))
    try:
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            known = dict(connection.execute("SELECT file, modified FROM entries"))
            gone = [(file,) for file, modified in known.items() if present.get(file) != modified]
            connection.executemany("DELETE FROM entries WHERE file = ?", gone)
            fresh = [file for file, modified in present.items() if known.get(file) != modified]
            connection.executemany("INSERT INTO entries VALUES (?,?,?,?,?,?,?,?,?)", _rows(ledger, fresh, present))
        yield connection
    finally:
        connection.close()


def _opened(path: Path) -> sqlite3.Connection:
    """The index; one in memory, for this once, where there is no place for a file or another process holds it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _connected(path.as_posix())
    except (OSError, sqlite3.OperationalError):
        return _connected(":memory:")
    except sqlite3.DatabaseError:  # no index, or a spoilt one
        _forget(path)
        return _connected(path.as_posix())


def _connected(place: str) -> sqlite3.Connection:
    connection = sqlite3.connect(place, timeout=60, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = OFF")  # it can be made again at any time
    connection.execute(_SCHEMA)
    return connection


def _forget(path: Path) -> None:
    """Remove an index with what SQLite keeps beside it."""
    for beside in ("", "-wal", "-shm"):
        path.with_name(path.name + beside).unlink(missing_ok=True)


def _listing(ledger: Path) -> dict[str, int]:
    """When each file of an entry was last modified, in nanoseconds, by ``partnership/name``."""
    return {
        f"{partnership}/{name}": entry.stat().st_mtime_ns
        for partnership in partnerships(ledger)
        for name, entry in listed(ledger / partnership)
        if NAME.fullmatch(name)
    }


def _rows(ledger: Path, files: Iterable[str], modified: dict[str, int]) -> Iterator[tuple[object, ...]]:
    for file in files:
        one = _intact(file, (ledger / file).read_bytes())
        entry = one.entry
        yield (
            entry.partnership,
            entry.number,
            file,
            modified[file],
            one.sha256,
            entry.recorded.isoformat(),
            entry.record.type.value,
            entry.record.id,
            one.content,
        )


def _intact(file: str, content: bytes) -> Stored:
    try:
        one = stored(file, content)
        intact = file == f"{one.entry.partnership}/{file_name(one.entry.number, one.sha256)}"
    except ValidationError:
        intact = False
    if not intact:
        raise ChecksumError(f"{file}: is not what was written; `hedgerow ledger check` names all that is wrong")
    return one
