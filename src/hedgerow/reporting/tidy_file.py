"""One table, or anything else, as one file, written whole or not at all."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd

from hedgerow.data.parquet import parquet_bytes
from hedgerow.errors import OutputError


def require_writable(path: Path, *, field: str) -> None:
    """Raise :class:`OutputError` where no file can be written at ``path``, before long work starts."""
    if path.is_dir():
        raise OutputError(f"{field}: {path} is a folder; name a file")
    try:
        with tempfile.TemporaryFile(dir=path.parent):
            pass
    except OSError as error:
        raise _unwritable(path, field, error) from None


def write_table(frame: pd.DataFrame, path: Path, *, parquet: bool, field: str) -> None:
    """Write a table as CSV or Parquet; a file there is replaced.

    Raises:
        OutputError: the place cannot be written to.
    """
    content = parquet_bytes(frame) if parquet else frame.to_csv(index=False, lineterminator="\n").encode()
    write_file(content, path, field=field)


def write_file(content: bytes, path: Path, *, field: str) -> None:
    """Write a file whole or not at all; one there is replaced.

    Raises:
        OutputError: the place cannot be written to.
    """
    try:
        with tempfile.TemporaryDirectory(prefix=".partial.", dir=path.parent) as place:
            partial = Path(place) / path.name
            partial.write_bytes(content)
            partial.replace(path)
    except OSError as error:
        raise _unwritable(path, field, error) from None


def _unwritable(path: Path, field: str, error: OSError) -> OutputError:
    return OutputError(f"{field}: cannot write {path}: {error.strerror}; name a file in a folder you may write to")
