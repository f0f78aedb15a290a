"""Finding a publisher's raw file, or saying which one is absent."""

from __future__ import annotations

from pathlib import Path

from hedgerow.errors import DataError


def raw_file(folder: Path, name: str) -> Path:
    """The path of a raw file.

    Raises:
        DataError: it is not there.
    """
    path = folder / name
    if not path.is_file():
        raise DataError(f"raw file {path} is absent; point --raw at the folder that holds economy/{folder.name}")
    return path
