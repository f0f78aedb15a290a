"""Builders of embedded worlds by id: the reproducible command behind every table we ship."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from hedgerow.errors import OutputError, RequestError
from hedgerow.world.io import embedded_path, save, write_manifest
from hedgerow.world.wiod2011 import build_wiod_2011
from hedgerow.world.world import World

BUILDERS: Mapping[str, Callable[[Path], World]] = {"wiod-2011": build_wiod_2011}
"""World id to the function that builds it from the folder of raw files."""


def build(world_id: str, *, raw: Path, out: Path | None = None) -> Path:
    """Build a world and write its data package.

    Args:
        world_id: a key of :data:`BUILDERS`.
        raw: the folder that holds ``economy/``.
        out: where to write; the embedded folder of this installation, with its manifest, when omitted.

    Returns:
        The folder written.

    Raises:
        RequestError: no such world can be built.
        DataError: a raw file is absent or not as expected.
        OutputError: the folder cannot be written to.
    """
    if world_id not in BUILDERS:
        raise RequestError(f"world: {world_id!r} cannot be built; there are {', '.join(BUILDERS)}")
    world = BUILDERS[world_id](raw)
    folder = embedded_path() / world_id if out is None else out
    try:
        save(world, folder)
        if out is None:
            write_manifest(embedded_path())
    except OSError as error:
        raise OutputError(f"--out: cannot write {folder}: {error.strerror}; name a folder you may write to") from None
    return folder
