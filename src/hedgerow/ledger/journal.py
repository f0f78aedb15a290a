"""The journal: a folder of folders of entries, to which one can only append.

``LEDGER/<partnership>/<number>-<hash>.json``; from number 1,000 on, a folder for each thousand stands between. Each
entry names the hash of the one before it in the same partnership, so two branches of git that touch different
partnerships merge cleanly, and two entries after the same one are seen.
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
from hedgerow.ledger.entries import NAME, THOUSAND, Draft, Head, Stored, file_name, number_of, sha256, stored

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


def listed(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Every file of a partnership with its place below the partnership's folder, in no order."""
    with os.scandir(folder) as found:
        for entry in found:
            if entry.is_dir():
                yield from ((f"{entry.name}/{name}", inner) for name, inner in listed(Path(entry.path)))
            else:
                yield entry.name, entry


def file_names(folder: Path) -> list[str]:
    """The entries of one partnership by number."""
    return sorted((name for name, _ in listed(folder) if NAME.fullmatch(name)), key=number_of)


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
            yield Chain(folder, head(folder))
        finally:
            os.close(place)
    except OSError as error:
        raise RequestError(f"--ledger: cannot write {folder}: {error.strerror}; name another folder") from None


@dataclass
class Chain:
    """A chain in the hands of the one who holds its lock."""

    folder: Path
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
        paths = [self.folder / entry.file.partition("/")[2] for entry in entries]
        partial = [path.with_name(f".{path.name}{PARTIAL}") for path in paths]
        folders = dict.fromkeys(path.parent for path in paths)
        for folder in folders:
            _make(folder)
        try:
            for path, entry in zip(partial, entries, strict=True):
                _flushed(path, entry.content)
        except OSError:
            for path in partial:
                path.unlink(missing_ok=True)
            raise
        for path, name in zip(partial, paths, strict=True):
            path.rename(name)
        for folder in folders:
            _flush(folder)
        self.head = self.head.after(entries[-1])


def head(folder: Path) -> Head:
    """Where the chain in a folder ends; a new one where there is none.

    Raises:
        DataError: the chain is broken or forked.
    """
    start = Head(folder.name)
    first, names = _last(folder)
    if not names:
        return start
    if [number_of(name) for name in names] != list(range(first, first + len(names))):
        raise DataError(f"{folder}: the chain has a gap or a fork; `hedgerow ledger check` names it, mend it first")
    content = (folder / names[-1]).read_bytes()
    if names[-1] != file_name(number_of(names[-1]), sha256(content)):
        raise DataError(f"{folder / names[-1]}: its bytes have changed; restore the file from git or a copy")
    return start.after(stored(f"{folder.name}/{names[-1]}", content))


def _last(folder: Path) -> tuple[int, list[str]]:
    """The entries of the last thousand, by number, and the number of the first of them."""
    with os.scandir(folder) as found:
        thousands = sorted((e.name for e in found if e.is_dir() and e.name.isdecimal()), key=int, reverse=True)
    for thousand in thousands:
        names = [f"{thousand}/{name}" for name in file_names(folder / thousand)]
        if names:
            return int(thousand) * THOUSAND, names
    return 1, file_names(folder)


def _flushed(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _make(folder: Path) -> None:
    """Make a folder that outlives a loss of power."""
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        for parent in (folder.parent, folder.parent.parent):
            _flush(parent)


def _flush(folder: Path) -> None:
    """Put the names in a folder on the disk."""
    place = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)
