"""The journal: a folder of folders of entries, to which one can only append.

``LEDGER/<partnership>/<number>-<hash>.json``. Each entry names the hash of the one before it in the same partnership,
so two branches of git that touch different partnerships merge cleanly, and two entries after the same one are seen.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hedgerow.data.embedded import embedded_folder
from hedgerow.errors import DataError, RequestError
from hedgerow.ledger.entries import NAME, Draft, Head, Stored, file_name, sha256, stored

PARTIAL = ".partial"
"""Ending of a file that a writer had not finished when it was stopped; nobody reads it."""


def shipped_ledger() -> Path:
    """The ledger that comes with the program; :func:`require_own` refuses to write to it."""
    return Path(str(embedded_folder() / "ledger"))


def partnerships(ledger: Path) -> list[str]:
    """Ids of the partnerships of a ledger.

    Raises:
        RequestError: there is no such folder.
    """
    if not ledger.is_dir():
        raise RequestError(f"--ledger: there is no folder {ledger}; `hedgerow ledger add FILE` makes one")
    with os.scandir(ledger) as found:
        return sorted(e.name for e in found if e.is_dir() and not e.name.startswith("."))


def file_names(folder: Path) -> list[str]:
    """Names of the entries of one partnership, by number."""
    with os.scandir(folder) as found:
        return sorted(e.name for e in found if NAME.fullmatch(e.name))


def require_own(ledger: Path) -> None:
    """Raise :class:`RequestError` where a ledger is the one that ships."""
    if ledger.resolve() == shipped_ledger().resolve():
        raise RequestError("--ledger: the ledger that ships is read-only; name a folder of your own, it will be made")


@contextmanager
def writing(ledger: Path, partnership: str) -> Iterator[Chain]:
    """The chain of a partnership, closed to every other writer meanwhile; made if it is new.

    Raises:
        RequestError: the folder cannot be written to.
        DataError: the chain is broken or forked, so that nobody can tell what comes next.
    """
    folder = ledger / partnership
    try:
        _make(folder)
        place = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(place, fcntl.LOCK_EX)  # let go of when the folder is closed, also when the process is killed
            yield Chain(folder, place, head(folder))
        finally:
            os.close(place)
    except OSError as error:
        raise RequestError(f"--ledger: cannot write {folder}: {error.strerror}; name another folder") from None


@dataclass
class Chain:
    """A chain in the hands of the one who holds its lock."""

    folder: Path
    place: int
    """The open folder."""
    head: Head

    def append(self, draft: Draft) -> Stored:
        """Write a record that is new; as :meth:`write`."""
        entry = self.head.entry(draft)
        self.write([entry])
        return entry

    def write(self, entries: Sequence[Stored]) -> None:
        """Write the next entries. When this returns they are on the disk.

        All of them are there under other names before the first gets its own: a full disk leaves nothing behind, and a
        writer that is stopped leaves a part of them at most, each whole, and files that nobody reads.
        """
        names = [entry.file.rpartition("/")[2] for entry in entries]
        partial = [self.folder / f".{name}{PARTIAL}" for name in names]
        try:
            for path, entry in zip(partial, entries, strict=True):
                _flushed(path, entry.content)
        except OSError:
            for path in partial:
                path.unlink(missing_ok=True)
            raise
        for path, name in zip(partial, names, strict=True):
            path.rename(self.folder / name)
        os.fsync(self.place)
        self.head = self.head.after(entries[-1])


def head(folder: Path) -> Head:
    """Where the chain in a folder ends; a new one where there is none.

    Raises:
        DataError: the chain is broken or forked.
    """
    names = file_names(folder) if folder.is_dir() else []
    start = Head(folder.name)
    if not names:
        return start
    if [int(name.partition("-")[0]) for name in names] != list(range(1, len(names) + 1)):
        raise DataError(f"{folder}: the chain has a gap or a fork; `hedgerow ledger check` names it, mend it first")
    content = (folder / names[-1]).read_bytes()
    if names[-1] != file_name(len(names), sha256(content)):
        raise DataError(f"{folder / names[-1]}: its bytes have changed; restore the file from git or a copy")
    return start.after(stored(f"{folder.name}/{names[-1]}", content))


def _flushed(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _make(folder: Path) -> None:
    """Make a folder that outlives a loss of power."""
    if folder.is_dir():
        return
    folder.mkdir(parents=True, exist_ok=True)
    for parent in (folder.parent, folder.parent.parent):
        place = os.open(parent, os.O_RDONLY)
        try:
            os.fsync(place)
        finally:
            os.close(place)
