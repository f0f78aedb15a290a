"""A world on disk is plain, complete, reproducible and refused once edited."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import frictionless
import numpy as np
import pandas as pd
import pytest
import xarray as xr
from hypothesis import given, settings

from hedgerow.data.registry import cited
from hedgerow.errors import ChecksumError, DataError, RequestError
from hedgerow.world.actors import actors_named
from hedgerow.world.io import PACKAGE, TABLES, WORLDS, _assembled, detail_of, embedded_path, entry, load, save
from hedgerow.world.layers import Layer
from hedgerow.world.tiny import tiny_world
from hedgerow.world.variables import LABELS_OF, variables
from hedgerow.world.world import World
from tests.data.served import served_copy, spoil
from tests.world.edits import nudged
from tests.world.strategies import worlds

FOLDER = embedded_path() / "wiod-2011"


@pytest.fixture(name="copy")
def copied(tmp_path: Path) -> Iterator[Path]:
    """The embedded folder that is read, which a test may spoil."""
    with served_copy(tmp_path) as copy:
        yield copy


def read(folder: Path) -> World:
    """A saved world, read as an embedded one is."""
    package = json.loads((folder / PACKAGE).read_text(encoding="utf-8"))
    return _assembled(package, {r["path"]: (folder / r["path"]).read_bytes() for r in package["resources"]})


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def package() -> dict[str, Any]:
    described: dict[str, Any] = json.loads((FOLDER / PACKAGE).read_text(encoding="utf-8"))
    return described


def settled(world: World, *codes: str) -> World:
    """The same world with actors of the frozen table: a file names no invented state."""

    def moved(held: Layer) -> Layer:
        coords = {dim: list(codes) for dim in held.values.dims if LABELS_OF.get(str(dim), dim) == "actor"}
        return replace(held, values=held.values.assign_coords(coords))

    names = dict(zip(world.codes, codes, strict=True))
    return replace(
        world,
        actors=actors_named(codes),
        sectors=tuple(replace(sector, parts=(sector.id,)) for sector in world.sectors),
        layers={name: moved(held) for name, held in world.layers.items()},
        partnerships=tuple(replace(p, members=tuple(names[m] for m in p.members)) for p in world.partnerships),
    )


def assert_same(one: World, other: World) -> None:
    """Everything but the checksum."""
    for field in {f.name for f in fields(World)} - {"layers", "checksum"}:
        assert getattr(one, field) == getattr(other, field), field
    assert list(one.layers) == list(other.layers)
    for name, held in one.layers.items():
        assert held.origin == other.layers[name].origin
        xr.testing.assert_identical(held.values, other[name])


# ---------------------------------------------------------------- there and back


def test_a_saved_world_comes_back_the_same(tmp_path: Path) -> None:
    tiny = settled(tiny_world(), "AUS", "CAN", "ROW")
    save(tiny, tmp_path)
    assert_same(read(tmp_path), tiny)


def test_the_embedded_world_comes_back_the_same(fine: World, tmp_path: Path) -> None:
    save(replace(fine, id="wiod-2011"), tmp_path)
    assert contents(tmp_path) == contents(FOLDER)
    assert_same(replace(read(tmp_path), id=fine.id), fine)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(worlds())
def test_any_world_comes_back_to_the_last_digit(world: World) -> None:
    with TemporaryDirectory() as folder:
        save(world, Path(folder))
        assert_same(read(Path(folder)), world)


def test_saving_twice_gives_the_same_bytes_and_leaves_nothing_else(tmp_path: Path) -> None:
    tiny = settled(tiny_world(), "AUS", "CAN", "ROW")
    save(tiny, tmp_path / "one")
    before = contents(tmp_path / "one")
    assert sorted(before) == sorted([*TABLES, "partnerships.csv", PACKAGE])
    save(tiny, tmp_path / "one")
    save(read(tmp_path / "one"), tmp_path / "two")
    assert contents(tmp_path / "one") == before == contents(tmp_path / "two")


def test_a_file_that_cannot_be_written_leaves_the_old_world_whole(tmp_path: Path) -> None:
    tiny = settled(tiny_world(), "AUS", "CAN", "ROW")
    save(tiny, tmp_path)
    before = contents(tmp_path)
    stranger = replace(tiny.layers["tariff"].origin, sources=("hearsay",))
    with pytest.raises(DataError, match="hearsay"):
        save(tiny.with_layer(replace(tiny.layers["tariff"], origin=stranger)), tmp_path)
    assert contents(tmp_path) == before


def test_a_tariff_that_no_table_has_a_row_for_is_not_lost_in_silence(tmp_path: Path) -> None:
    tiny = settled(tiny_world(), "AUS", "CAN", "ROW")
    taxed = nudged(tiny, "tariff", 0.1, "AUS", "CAN", "services")
    try:
        save(taxed, tmp_path)
    except DataError:
        return
    assert_same(read(tmp_path), taxed)


def test_what_a_table_leaves_out_is_zero(fine: World) -> None:
    flows = pd.read_csv(FOLDER / "flows.csv", keep_default_na=False)
    assert (flows["trade_flow"] > 0).all()
    assert len(flows) == int((fine["trade_flow"] > 0).sum())
    assert flows["trade_flow"].sum() == pytest.approx(float(fine["trade_flow"].sum()), rel=1e-12)


def test_a_row_lands_on_the_cell_it_names(fine: World) -> None:
    """The slow and obvious reading: one row at a time, by label."""
    for path, name in (("flows.csv", "trade_flow"), ("inputs.csv", "input_use"), ("tariffs.csv", "tariff")):
        table = pd.read_csv(FOLDER / path, keep_default_na=False)
        for row in table.sample(60, random_state=0).to_dict("records"):
            cell = tuple(row[dim] for dim in variables()[name].dims)
            assert float(fine[name].loc[cell]) == row[name]


# ---------------------------------------------------------------- an edited world is refused


@pytest.mark.parametrize("name", ["flows.csv", "partnerships.csv", PACKAGE])
def test_one_changed_byte_stops_the_world_from_loading(copy: Path, name: str) -> None:
    spoil(copy / "wiod-2011" / name)
    with pytest.raises(ChecksumError, match="was edited") as caught:
        load.__wrapped__("wiod-2011")
    assert f"wiod-2011/{name}" in str(caught.value)


def test_a_missing_table_stops_the_world_from_loading(copy: Path) -> None:
    (copy / "wiod-2011" / "tariffs.csv").unlink()
    with pytest.raises(DataError, match=r"wiod-2011/tariffs\.csv is absent"):
        load.__wrapped__("wiod-2011")


def test_a_table_that_the_manifest_forgot_stops_the_world_from_loading(copy: Path) -> None:
    manifest = copy / "SHA256SUMS"
    kept = [line for line in manifest.read_text(encoding="utf-8").splitlines(True) if "inputs.csv" not in line]
    manifest.write_text("".join(kept), encoding="utf-8")
    with pytest.raises(DataError, match=r"'wiod-2011/inputs\.csv' is not listed in SHA256SUMS"):
        load.__wrapped__("wiod-2011")


def test_the_checksum_of_a_world_covers_every_table(embedded_world: World) -> None:
    """It is that of the descriptor, and the descriptor holds a hash of each table."""
    folder = embedded_path() / entry(embedded_world.id).folder
    described = (folder / PACKAGE).read_bytes()
    assert embedded_world.checksum == hashlib.sha256(described).hexdigest()
    resources = json.loads(described)["resources"]
    assert sorted([*(resource["path"] for resource in resources), PACKAGE]) == sorted(contents(folder))
    for resource in resources:
        content = (folder / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


# ---------------------------------------------------------------- a data package that others can read


def test_the_package_is_valid_to_frictionless_and_one_changed_byte_is_not(tmp_path: Path) -> None:
    report = frictionless.validate((FOLDER / PACKAGE).as_posix(), type="package")
    assert report.valid, report.flatten(["name", "type", "message"])
    assert {task.name + ".csv" for task in report.tasks} == {*TABLES, "partnerships.csv"}
    for path, content in contents(FOLDER).items():
        (tmp_path / path).write_bytes(content)
    spoil(tmp_path / "accounts.csv")
    report = frictionless.validate((tmp_path / PACKAGE).as_posix(), type="package")
    assert {task.name for task in report.tasks if not task.valid} == {"accounts"}


@pytest.mark.parametrize("resource", package()["resources"], ids=lambda resource: resource["name"])
def test_each_resource_says_its_size_hash_and_columns(resource: dict[str, Any]) -> None:
    content = (FOLDER / resource["path"]).read_bytes()
    assert resource["bytes"] == len(content)
    assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    fields = resource["schema"]["fields"]
    assert [field["name"] for field in fields] == content.decode().splitlines()[0].split(",")
    for field in fields:
        if field["name"] in variables():
            variable = variables()[field["name"]]
            assert field["type"] == ("boolean" if variable.dtype == "bool" else "number")
            assert field["description"] == f"{variable.meaning} Unit: {variable.unit}."


def test_the_package_cites_every_source_with_its_licence(fine: World) -> None:
    described = [(source["title"], source["path"], source["licence"]) for source in package()["sources"]]
    assert described == [(source.citation, source.url, source.licence) for source in cited(fine.source_ids)]


# ---------------------------------------------------------------- which worlds there are


def test_each_world_answers_to_its_id_and_is_read_once(embedded_world: World) -> None:
    assert embedded_world.id in {known.id for known in WORLDS}
    assert load(embedded_world.id) is embedded_world


@pytest.mark.parametrize("look", [entry, load])
def test_an_unknown_world_is_refused_with_those_there_are(look: Any) -> None:
    with pytest.raises(RequestError, match="'atlantis' does not exist") as caught:
        look("atlantis")
    assert all(known.id in str(caught.value) for known in WORLDS)


def test_the_detail_of_a_view_is_the_world_it_was_merged_from(fine: World) -> None:
    assert detail_of("wiod-2011") is fine
    assert detail_of("wiod-2011-35") is None
    view = load("wiod-2011")
    assert [part for group in view.sectors for part in sorted(group.parts, key=fine.sector_ids.index)]
    assert {part for group in view.sectors for part in group.parts} == set(fine.sector_ids)
    np.testing.assert_allclose(view["gross_output"].sum("sector"), fine["gross_output"].sum("sector"), rtol=1e-12)
