"""A world never changes and holds nothing that its schema does not declare."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest
import xarray as xr

import hedgerow.dims
from hedgerow.data.registry import cited
from hedgerow.errors import SchemaError, UnknownNameError
from hedgerow.provenance import Origin, Status
from hedgerow.world.layers import layer
from hedgerow.world.tiny import tiny_world
from hedgerow.world.variables import variables
from hedgerow.world.world import World
from tests.world.edits import with_values

TINY = tiny_world()
LAYERS = list(TINY.layers)
NUMBERS = [name for name in LAYERS if variables()[name].dtype == "float64"]

Edit = Callable[[xr.DataArray], xr.DataArray]


def known_dimensions() -> Iterator[str]:
    """Every dimension that hedgerow.dims names."""
    for value in vars(hedgerow.dims).values():
        if isinstance(value, tuple):
            yield from value
        elif isinstance(value, str) and value.isidentifier() and value.islower():
            yield value


# ---------------------------------------------------------------- nothing changes


@pytest.mark.parametrize("name", LAYERS)
def test_arrays_refuse_to_be_written_to(name: str) -> None:
    before = TINY[name].copy(deep=True)
    with pytest.raises(ValueError, match="read-only"):
        TINY[name].values[...] = 1
    with pytest.raises(ValueError, match="read-only"):
        TINY[name][...] = 1
    with pytest.raises(ValueError, match="read-only"):
        TINY[name].loc[{before.dims[0]: before[before.dims[0]].values[0]}] = 1
    xr.testing.assert_identical(TINY[name], before)


def test_the_record_refuses_too() -> None:
    with pytest.raises(FrozenInstanceError):
        TINY.year = 2001  # type: ignore[misc]
    with pytest.raises(TypeError):
        TINY.layers["tariff"] = TINY.layers["tariff_imputed"]  # type: ignore[index]


def test_a_world_keeps_a_copy_of_what_it_is_given() -> None:
    mine = TINY["population"].values.copy()
    labels = {"actor": TINY.codes, "sector": TINY.sector_ids}
    world = TINY.with_layer(layer("population", mine, labels, TINY.layers["population"].origin))
    mine[0] = 7.0
    assert world["population"].values[0] == TINY["population"].values[0]


def test_with_layer_makes_a_new_world_and_leaves_the_old_one() -> None:
    before = {name: TINY[name].copy(deep=True) for name in TINY.layers}
    doubled = with_values(TINY, "population", TINY["population"] * 2)
    assert doubled is not TINY
    np.testing.assert_array_equal(doubled["population"], 2 * before["population"])
    for name, values in before.items():
        xr.testing.assert_identical(TINY[name], values)
        if name != "population":
            xr.testing.assert_identical(doubled[name], values)


def test_with_layer_can_add_one_that_was_not_there() -> None:
    bare = replace(TINY, layers={})
    assert not bare.layers
    assert list(bare.with_layer(TINY.layers["tariff"]).layers) == ["tariff"]


def test_what_is_done_to_an_array_handed_out_stays_outside() -> None:
    world = tiny_world()
    taken = world["tariff"]
    taken.values = taken.values + 1
    xr.testing.assert_identical(world["tariff"], TINY["tariff"])


# ---------------------------------------------------------------- labels, dimensions, range


@pytest.mark.parametrize("name", [name for name in LAYERS if len(variables()[name].dims) > 1])
def test_dimensions_may_come_in_any_order_and_leave_in_the_declared_one(name: str) -> None:
    values = TINY[name]
    turned = with_values(TINY, name, values.transpose(*reversed(values.dims)))
    assert turned[name].dims == variables()[name].dims
    xr.testing.assert_identical(turned[name], values)


def reordered(values: xr.DataArray) -> xr.DataArray:
    return values.isel({values.dims[0]: slice(None, None, -1)})


def relabelled(values: xr.DataArray) -> xr.DataArray:
    dim = values.dims[-1]
    return values.assign_coords({dim: [f"{label}?" for label in values[dim].values]})


def shortened(values: xr.DataArray) -> xr.DataArray:
    return values.isel({values.dims[0]: slice(1, None)})


def unlabelled(values: xr.DataArray) -> xr.DataArray:
    return values.drop_vars(str(values.dims[0]))


def reduced(values: xr.DataArray) -> xr.DataArray:
    return values.isel({values.dims[0]: 0}, drop=True)


def extended(values: xr.DataArray) -> xr.DataArray:
    return values.expand_dims(year=[2000])


def renamed(values: xr.DataArray) -> xr.DataArray:
    return values.rename({values.dims[0]: "country"})


@pytest.mark.parametrize("edit", [reordered, relabelled, shortened, unlabelled, reduced, extended, renamed])
@pytest.mark.parametrize("name", LAYERS)
def test_other_labels_or_dimensions_are_refused_by_the_name_of_the_layer(name: str, edit: Edit) -> None:
    with pytest.raises(SchemaError, match=f"^{name}: "):
        with_values(TINY, name, edit(TINY[name]))


@pytest.mark.parametrize("missing", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("name", NUMBERS)
def test_missing_values_are_refused_and_counted(name: str, missing: float) -> None:
    values = TINY[name].copy()
    values[(0,) * values.ndim] = missing
    with pytest.raises(SchemaError, match=f"^{name}: 1 values are missing"):
        with_values(TINY, name, values)


@pytest.mark.parametrize("name", [name for name in LAYERS if name not in NUMBERS])
def test_a_missing_flag_is_refused_too(name: str) -> None:
    values = TINY[name].astype(float)
    values[(0,) * values.ndim] = np.nan
    with pytest.raises(SchemaError, match=f"^{name}: "):
        with_values(TINY, name, values)


def outside(name: str) -> list[float]:
    """The nearest numbers that the declared range leaves out."""
    variable = variables()[name]
    low = variable.minimum if variable.exclusive_minimum else np.nextafter(variable.minimum, -np.inf)
    return [x for x in (float(low), float(np.nextafter(variable.maximum, np.inf))) if np.isfinite(x)]


@pytest.mark.parametrize(("name", "value"), [(name, x) for name in NUMBERS for x in outside(name)])
def test_the_declared_range_ends_exactly_where_it_says(name: str, value: float) -> None:
    values = TINY[name].copy()
    cell = (-1,) * values.ndim
    values[cell] = value
    with pytest.raises(SchemaError, match=f"^{name}: .*leave the declared range"):
        with_values(TINY, name, values)
    values[cell] = np.nextafter(value, 1.0)
    assert with_values(TINY, name, values)[name].values[cell] == values.values[cell]


def test_an_unknown_layer_is_refused_with_the_ones_there_are(world: World) -> None:
    with pytest.raises(UnknownNameError, match="traid_flow") as caught:
        world["traid_flow"]
    assert world.id in str(caught.value)
    assert all(name in str(caught.value) for name in world.layers)


# ---------------------------------------------------------------- what is declared


@pytest.mark.parametrize("name", variables())
def test_every_declared_variable_says_what_it_is(name: str) -> None:
    variable = variables()[name]
    assert variable.name == name
    assert variable.unit
    assert variable.meaning.endswith(".")
    assert set(variable.dims) <= set(known_dimensions())
    assert len(set(variable.dims)) == len(variable.dims)
    assert variable.minimum < variable.maximum
    assert np.dtype(variable.dtype) in (np.dtype(float), np.dtype(bool))


def test_money_and_rates_cannot_be_negative() -> None:
    for variable in variables().values():
        if variable.unit in {"MUSD/yr", "fraction", "persons"}:
            assert variable.minimum == 0


def test_flows_run_from_whom_to_whom_and_what() -> None:
    for variable in variables().values():
        if hedgerow.dims.EXPORTER in variable.dims:
            assert variable.dims == hedgerow.dims.FLOW


def test_every_layer_carries_its_declaration(world: World) -> None:
    for name, held in world.layers.items():
        assert held.variable == variables()[name]
        assert held.values.name == name
        assert held.values.attrs == {"units": held.variable.unit, "long_name": held.variable.meaning}
        assert held.values.dtype == held.variable.dtype


def test_every_layer_says_where_it_came_from(world: World) -> None:
    for held in world.layers.values():
        assert isinstance(held.origin, Origin)
        assert held.origin.status in Status
        assert held.origin.method.strip().endswith(".")
        assert cited(held.origin.sources), "no source, or one whose licence forbids embedding"


def test_every_source_behind_a_world_is_listed_once(world: World) -> None:
    used = {source for held in world.layers.values() for source in held.origin.sources}
    used |= {partnership.source for partnership in world.partnerships}
    assert set(world.source_ids) == used
    assert len(world.source_ids) == len(used)
    assert [source.id for source in cited(world.source_ids)] == list(world.source_ids)


def test_an_embedded_world_holds_every_declared_variable(embedded_world: World) -> None:
    assert set(embedded_world.layers) == set(variables())


def test_only_goods_that_cross_a_border_bear_a_tariff(world: World) -> None:
    services = [sector.id for sector in world.sectors if not sector.goods]
    assert set(services).isdisjoint(world.goods)
    assert len(services) + len(world.goods) == len(world.sectors)
    for name in ("tariff", "tariff_imputed"):
        assert not world[name].sel(sector=services).any()
        assert not any(world[name].sel(exporter=code, importer=code).any() for code in world.codes)


def test_printing_a_world_shows_each_layer_with_its_unit_and_status(world: World) -> None:
    _, *lines = repr(world).splitlines()
    for line, (name, held) in zip(lines, world.layers.items(), strict=True):
        assert line.split()[0] == name
        assert held.variable.unit in line
        assert held.origin.status in line
