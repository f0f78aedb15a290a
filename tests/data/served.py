"""A copy of the embedded folder that a test may spoil."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hedgerow.data import embedded
from hedgerow.world.actors import alias_table
from hedgerow.world.io import embedded_path


@contextmanager
def served_copy(folder: Path) -> Iterator[Path]:
    """Inside, the package reads its embedded tables from a copy in ``folder``; nothing it cached outlives it.

    ``load`` keeps the worlds it has read: what must be read anew goes through ``load.__wrapped__``.
    """
    copy = folder / "embedded"
    shutil.copytree(embedded_path(), copy)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(embedded, "embedded_folder", lambda: copy)
        forget()
        yield copy
    forget()


def forget() -> None:
    """Empty the caches that hold what was read from the embedded folder."""
    embedded.checksums.cache_clear()
    alias_table.cache_clear()


def spoil(path: Path) -> None:
    """Change one byte in the middle; the length stays."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
