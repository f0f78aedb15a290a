"""Worlds on disk: a data package of plain CSV files with one checksum over all of them."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from hedgerow.data.embedded import MANIFEST, embedded_folder, read_embedded
from hedgerow.data.registry import cited
from hedgerow.dims import ACTOR, EXPORTER, IMPORTER, INPUT, SECTOR
from hedgerow.errors import ChecksumError, DataError, RequestError
from hedgerow.provenance import Origin, Status
from hedgerow.world.actors import Actor
from hedgerow.world.concordances import VIEW_15
from hedgerow.world.layers import Layer
from hedgerow.world.partnership_table import from_frame, to_frame
from hedgerow.world.select import aggregate_sectors
from hedgerow.world.variables import LABELS_OF, variables
from hedgerow.world.wide import lengthened, widened
from hedgerow.world.world import Sector, World

PACKAGE = "datapackage.json"

TABLES: Mapping[str, tuple[str, ...]] = {
    "flows.csv": ("trade_flow",),
    "inputs.csv": ("input_use",),
    "accounts.csv": ("final_use", "value_added", "gross_output"),
    "tariffs.csv": ("tariff", "tariff_imputed"),
    "sectors.csv": ("trade_elasticity", "trade_elasticity_assumed"),
    "actors.csv": ("population",),
}
"""Files of a world and the layers in each. A cell that a file leaves out is zero, as its source has it."""


@dataclass(frozen=True)
class Entry:
    """A world that ships with the package."""

    id: str
    folder: str
    view: tuple[Sector, ...] | None
    """Sectors of the default view; None shows the source's own."""
    reading: str


WORLDS = (
    Entry("composite-2023", "composite-2023", None, "reconstructed for 2023; its error report ships with it"),
    Entry("wiod-2011", "wiod-2011", VIEW_15, "as published; 15 sectors"),
    Entry("wiod-2011-35", "wiod-2011", None, "as published; the source's own 35 sectors"),
    Entry("baci-2023", "baci-2023", None, "goods trade as published; one sector without inputs"),
)
DEFAULT_WORLD = "composite-2023"


def entry(world_id: str) -> Entry:
    """The embedded world with this id.

    Raises:
        RequestError: there is none.
    """
    for known in WORLDS:
        if known.id == world_id:
            return known
    raise RequestError(
        f"world: {world_id!r} does not exist; there are {', '.join(w.id for w in WORLDS)}; "
        f"a world of your own is named by its folder, the one with {PACKAGE}"
    )


@cache
def load(world_id: str = DEFAULT_WORLD) -> World:
    """An embedded world, or the user's own by its folder; every checksum verified. Read once in a process.

    Args:
        world_id: an id of :data:`WORLDS`, or the path of a folder that :func:`save` wrote.

    Raises:
        RequestError: no such world.
        ChecksumError: a file was edited since it was published.
        DataError: the folder does not hold a world.
    """
    if world_id not in {known.id for known in WORLDS} and (Path(world_id) / PACKAGE).is_file():
        return _own(Path(world_id))
    known = entry(world_id)
    described = read_embedded(f"{known.folder}/{PACKAGE}")
    package = json.loads(described)
    tables = {
        resource["path"]: read_embedded(f"{known.folder}/{resource['path']}") for resource in package["resources"]
    }
    world = _assembled(package, tables)
    checksum = hashlib.sha256(described).hexdigest()
    world = World(
        **{**world.__dict__, "id": known.id, "checksum": checksum},
    )
    return world if known.view is None else aggregate_sectors(world, known.view)


def _own(folder: Path) -> World:
    """A world from a folder; its id is the folder's name."""
    described = (folder / PACKAGE).read_bytes()
    try:
        package = json.loads(described)
        hashes = {resource["path"]: resource["hash"] for resource in package["resources"]}
        origins = package["hedgerow"]["origins"]
    except (ValueError, KeyError, TypeError):
        raise DataError(f"world: {folder / PACKAGE} does not describe a world; build it again") from None
    files = (*TABLES, "partnerships.csv")
    missing = [path for path in files if path not in hashes or not (folder / path).is_file()]
    missing += [name for names in TABLES.values() for name in names if name not in origins]
    if missing:
        raise DataError(f"world: {folder} lacks {missing[0]}; build it again")
    tables = {path: (folder / path).read_bytes() for path in files}
    for path, content in tables.items():
        if hashes[path] != f"sha256:{hashlib.sha256(content).hexdigest()}":
            raise ChecksumError(f"world: {folder / path} was edited since the world was built; build it again")
    named = folder.resolve().name
    return World(**{**_assembled(package, tables).__dict__, "id": named,
                    "checksum": hashlib.sha256(described).hexdigest()})  # fmt: skip


def _assembled(package: Mapping[str, Any], tables: Mapping[str, bytes]) -> World:
    sectors_table, actors_table = _csv(tables["sectors.csv"]), _csv(tables["actors.csv"])
    sectors = tuple(
        Sector(str(row.sector), str(row.title), goods=bool(row.goods), parts=(str(row.sector),))
        for row in sectors_table.itertuples()
    )
    labels = {ACTOR: tuple(actors_table[ACTOR]), SECTOR: tuple(s.id for s in sectors)}
    origins = {name: Origin(**{**o, "status": Status(o["status"]), "sources": tuple(o["sources"])})
               for name, o in package["hedgerow"]["origins"].items()}  # fmt: skip
    layers = {}
    for path, names in TABLES.items():
        table = lengthened(_csv(tables[path]), names, labels[SECTOR])
        for name in names:
            variable = variables()[name]
            coords = {dim: list(labels[LABELS_OF.get(dim, dim)]) for dim in variable.dims}
            values = _filled(table, name, coords, variable.dtype)
            layers[name] = Layer(variable, xr.DataArray(values, coords=coords, dims=variable.dims), origins[name])
    return World(
        id=package["name"],
        title=package["title"],
        year=package["hedgerow"]["year"],
        actors=tuple(Actor(code, name) for code, name in zip(labels[ACTOR], actors_table["name"], strict=True)),
        sectors=sectors,
        layers=layers,
        partnerships=from_frame(_csv(tables["partnerships.csv"])),
    )


def _csv(content: bytes) -> pd.DataFrame:
    return pd.read_csv(BytesIO(content), keep_default_na=False)


def _filled(table: pd.DataFrame, name: str, coords: Mapping[str, list[str]], dtype: str) -> np.ndarray:
    """A dense array from the rows of a table."""
    positions = tuple(
        pd.Index(labels).get_indexer(pd.Index(table[dim])) if len(coords) > 1 else np.arange(len(table))
        for dim, labels in coords.items()
    )
    values = np.zeros([len(labels) for labels in coords.values()], dtype=dtype)
    values[positions] = table[name].to_numpy()
    return values


def save(
    world: World, folder: Path, *, beside: Mapping[str, pd.DataFrame] = MappingProxyType({}), wide: bool = False
) -> None:
    """Write a world as a data package: the tables of :data:`TABLES`, partnerships and ``datapackage.json``.

    The same world gives the same bytes on every machine.

    Args:
        world: what to write.
        folder: where.
        beside: further tables to ship with it, by file name.
        wide: write flows, inputs and tariffs with one column a sector, see :mod:`hedgerow.world.wide`.
    """
    frames = {path: _frame(world, names) for path, names in TABLES.items()}
    if wide:
        large = (path for path, frame in frames.items() if SECTOR in frame and len({EXPORTER, INPUT} & {*frame}) > 0)
        frames |= {path: widened(frames[path], TABLES[path], world.sector_ids) for path in large}
    frames["partnerships.csv"] = to_frame(world.partnerships)
    frames |= beside
    written = {path: frame.to_csv(index=False, lineterminator="\n").encode() for path, frame in frames.items()}
    package = _package(world, frames, written)
    written[PACKAGE] = (json.dumps(package, indent=1, ensure_ascii=False) + "\n").encode()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".partial.", dir=folder) as partial:
        for path, content in written.items():
            (Path(partial) / path).write_bytes(content)
        for path in written:
            (Path(partial) / path).replace(folder / path)


def _frame(world: World, names: tuple[str, ...]) -> pd.DataFrame:
    """Layers that share dimensions, one row a cell."""
    dims = variables()[names[0]].dims
    columns = {name: world[name].stack(cell=dims) for name in names}
    index = columns[names[0]].indexes["cell"] if len(dims) > 1 else pd.Index(world[names[0]][dims[0]].values)
    frame = pd.DataFrame({name: values.values for name, values in columns.items()}, index=index)
    frame.index.names = list(dims)
    if dims == (SECTOR,):
        frame.insert(0, "goods", [s.goods for s in world.sectors])
        frame.insert(0, "title", [s.title for s in world.sectors])
    elif dims == (ACTOR,):
        frame.insert(0, "name", [a.name for a in world.actors])
    elif EXPORTER in dims or INPUT in dims:
        frame = frame[frame.iloc[:, 0] != 0] if names != TABLES["tariffs.csv"] else _taxable(frame, world)
    return frame.reset_index()


def _taxable(frame: pd.DataFrame, world: World) -> pd.DataFrame:
    """Rows where a customs tariff can stand: goods that cross a border."""
    index = frame.index.to_frame()
    kept = index[SECTOR].isin(world.goods).to_numpy() & (index[EXPORTER] != index[IMPORTER]).to_numpy()
    lost = frame[~kept & frame.any(axis=1).to_numpy()]
    if len(lost):
        raise DataError(f"world {world.id}: a tariff stands at {lost.index[0]}, on services or on home sales")
    return frame[kept]


def _package(world: World, frames: Mapping[str, pd.DataFrame], written: Mapping[str, bytes]) -> dict[str, Any]:
    """A Frictionless data package descriptor."""
    used = cited(world.source_ids)
    kinds = {"O": "string", "f": "number", "b": "boolean", "i": "integer"}
    return {
        "name": world.id,
        "title": world.title,
        "profile": "tabular-data-package",
        "licenses": [{"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0"}],
        "sources": [{"title": s.citation, "path": s.url, "licence": s.licence} for s in used],
        "hedgerow": {
            "year": world.year,
            "origins": {
                name: {
                    "status": layer.origin.status.value,
                    "sources": list(layer.origin.sources),
                    "method": layer.origin.method,
                }
                for name, layer in world.layers.items()
            },
        },
        "resources": [
            {
                "name": path.removesuffix(".csv"),
                "path": path,
                "profile": "tabular-data-resource",
                "bytes": len(written[path]),
                "hash": f"sha256:{hashlib.sha256(written[path]).hexdigest()}",
                "schema": {
                    "fields": [
                        {
                            "name": column,
                            "type": kinds.get(frame[column].dtype.kind, "string"),
                            **({"description": f"{variables()[column].meaning} Unit: {variables()[column].unit}."}
                               if column in variables() else {}),
                        }
                        for column in frame.columns
                    ]
                },
            }
            for path, frame in frames.items()
        ],
    }  # fmt: skip


def write_manifest(folder: Path) -> None:
    """List the sha256 of every embedded table of ``folder`` in its ``SHA256SUMS``; the ledger carries its own."""
    tables = (p for p in folder.rglob("*") if p.suffix in {".csv", ".gz", ".json"})
    kept = sorted(p for p in tables if p.relative_to(folder).parts[0] != "ledger")
    lines = [f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(folder).as_posix()}\n" for p in kept]
    (folder / MANIFEST).write_text("".join(lines), encoding="utf-8")


def embedded_path() -> Path:
    """The embedded folder as a path; only a checkout or an unpacked installation has one."""
    return Path(str(embedded_folder()))


def detail_of(world_id: str) -> World | None:
    """The same world with its source's own sectors, if ``world_id`` is a coarser view of an embedded world."""
    known = next((w for w in WORLDS if w.id == world_id), None)
    if known is None:
        return None
    finer = next((w.id for w in WORLDS if w.folder == known.folder and w.view is None), None)
    return load(finer) if finer is not None and known.view is not None else None
