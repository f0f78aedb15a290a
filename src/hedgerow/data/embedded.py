"""Embedded tables: read only when their bytes are the ones that were published."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from hedgerow.errors import ChecksumError, DataError

MANIFEST = "SHA256SUMS"


def embedded_folder() -> Traversable:
    """Where the derived tables lie inside the installed package."""
    return files("hedgerow.data") / "embedded"


@cache
def checksums() -> dict[str, str]:
    """sha256 by path below :func:`embedded_folder`."""
    lines = (embedded_folder() / MANIFEST).read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def read_embedded(name: str) -> bytes:
    """The bytes of an embedded file.

    Raises:
        DataError: the manifest does not list the file, or it is absent.
        ChecksumError: the file was edited since it was published.
    """
    expected = checksums().get(name)
    if expected is None:
        raise DataError(f"embedded file {name!r} is not listed in {MANIFEST}")
    path = embedded_folder().joinpath(name)
    if not path.is_file():
        raise DataError(f"embedded file {path} is absent; install the package again")
    content = path.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != expected:
        raise ChecksumError(
            f"embedded file {path} was edited: its sha256 is {found[:16]}…, published is {expected[:16]}…; "
            "install the package again, or rebuild it with `hedgerow world build`"
        )
    return content
