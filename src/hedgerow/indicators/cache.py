"""The panel on disk, so that it is computed once: named by everything it depends on, never trusted when damaged."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import duckdb
import pandas as pd

from hedgerow.compute import cache_folder
from hedgerow.data.parquet import parquet_bytes, read_parquet

KEPT = 4
"""Older panels beyond this many are removed when one is written."""
_DIGITS = 32
_PROGRAM = (".py", ".toml", ".csv", "SHA256SUMS")
"""Files of the package that decide a panel; the embedded tables are in the last by their checksums."""


def key(parts: Iterable[str], own: Iterable[Path] = ()) -> str:
    """A name for what is computed from this program, these words and the bytes of these files."""
    digest = hashlib.sha256(version("hedgerow").encode())
    for content in _program(files("hedgerow")):
        digest.update(content)
    for part in parts:
        digest.update(b"\0" + part.encode())
    for path in own:
        with path.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()[:_DIGITS]


def _program(folder: Traversable) -> Iterable[bytes]:
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir():
            if entry.name != "embedded":
                yield from _program(entry)
            else:
                yield (entry / "SHA256SUMS").read_bytes()
        elif entry.name.endswith(_PROGRAM):
            yield entry.read_bytes()


def read(name: str) -> pd.DataFrame | None:
    """The panel under a name; None where there is none, or where its bytes are not the ones that were written."""
    with suppress(OSError, RuntimeError, duckdb.Error):
        for path in sorted(cache_folder().glob(f"panel-{name}-*.parquet")):
            if _digest(path.read_bytes()) == path.stem.rsplit("-", 1)[1]:
                return read_parquet(path)
    return None


def write(name: str, frame: pd.DataFrame) -> None:
    """Keep a panel, whole or not at all; a place that cannot be written to is no error."""
    content = parquet_bytes(frame)
    with suppress(OSError, RuntimeError):  # the second: nobody knows a home folder
        folder = cache_folder()
        folder.mkdir(parents=True, exist_ok=True)
        for damaged in folder.glob(f"panel-{name}-*.parquet"):
            damaged.unlink()
        with tempfile.TemporaryDirectory(dir=folder, prefix=".partial.") as place:
            partial = Path(place) / "panel"
            partial.write_bytes(content)
            partial.replace(folder / f"panel-{name}-{_digest(content)}.parquet")
        newest = sorted(folder.glob("panel-*.parquet"), key=lambda p: p.stat().st_mtime, reverse=True)
        for old in newest[KEPT:]:
            old.unlink()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_DIGITS]
