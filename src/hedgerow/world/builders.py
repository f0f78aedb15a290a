"""Builders of embedded worlds by id: the reproducible command behind every table we ship."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd

from hedgerow.errors import OutputError, RequestError
from hedgerow.world.baci2023 import build_baci_2023
from hedgerow.world.composite.build import WORLD_ID as COMPOSITE
from hedgerow.world.composite.build import build_composite_2023, built
from hedgerow.world.composite.error_report import assembled_report
from hedgerow.world.composite.exercise import Welfare
from hedgerow.world.composite.report import FILE, as_frame
from hedgerow.world.io import PACKAGE, WORLDS, embedded_path, save, write_manifest
from hedgerow.world.own import OwnFiles, build_own
from hedgerow.world.wiod2011 import build_wiod_2011
from hedgerow.world.world import World

BUILDERS: Mapping[str, Callable[[Path], World]] = {
    "wiod-2011": build_wiod_2011,
    "baci-2023": build_baci_2023,
    COMPOSITE: build_composite_2023,
}
"""World id to the function that builds it from the folder of raw files."""


def build(world_id: str, *, raw: Path, out: Path | None = None, welfare: Welfare | None = None) -> Path:
    """Build a world and write its data package, a reconstructed world with its error report.

    Args:
        world_id: a key of :data:`BUILDERS`.
        raw: the folder that holds ``economy/``.
        out: where to write; the embedded folder of this installation, with its manifest, when omitted.
        welfare: the trade model for the error report (``planning.reconstruction.welfare_effects``), which stands above
            the world; without it the report lacks its rows on welfare.

    Returns:
        The folder written.

    Raises:
        RequestError: no such world can be built.
        DataError: a raw file is absent or not as expected.
        OutputError: the folder cannot be written to.
    """
    if world_id not in BUILDERS:
        raise RequestError(f"world: {world_id!r} cannot be built; there are {', '.join(BUILDERS)}")
    world, beside = _made(world_id, raw, welfare)
    folder = embedded_path() / world_id if out is None else out
    try:
        save(world, folder, beside=beside, wide=world_id == COMPOSITE)
        if out is None:
            write_manifest(embedded_path())
    except OSError as error:
        raise OutputError(f"--out: cannot write {folder}: {error.strerror}; name a folder you may write to") from None
    return folder


def _made(world_id: str, raw: Path, welfare: Welfare | None) -> tuple[World, Mapping[str, pd.DataFrame]]:
    """A world, and the tables that ship beside it."""
    if world_id != COMPOSITE:
        return BUILDERS[world_id](raw), {}
    made = built(raw)
    return made.world, {FILE: as_frame(assembled_report(made, raw, welfare=welfare))}


def build_from(files: OwnFiles, *, out: Path) -> Path:
    """Build a world from the user's own files and write its data package.

    Args:
        files: what to read.
        out: the folder to write; its name becomes the id of the world. A world there is replaced.

    Returns:
        The folder written.

    Raises:
        RequestError: no such format or year, or the folder has the id of a world that ships.
        DataError: a file is absent or not in its format.
        UnbalancedError: the accounts do not add up.
        OutputError: the folder holds something else, or cannot be written to.
    """
    name = out.resolve().name
    if name in {known.id for known in WORLDS}:
        raise RequestError(f"--out: {name!r} is the id of a world that ships; choose another name for the folder")
    if out.exists() and not (out / PACKAGE).is_file() and (not out.is_dir() or any(out.iterdir())):
        raise OutputError(f"--out: {out} holds something else than a world; name a new folder")
    world = build_own(files, world_id=name)
    try:
        save(world, out)
    except OSError as error:
        raise OutputError(f"--out: cannot write {out}: {error.strerror}; name a folder you may write to") from None
    return out
