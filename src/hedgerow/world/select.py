"""Coarser views of a world."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import xarray as xr

from hedgerow.dims import EXPORTER, IMPORTER, INPUT, SECTOR
from hedgerow.errors import SchemaError
from hedgerow.world.world import Sector, World

_SUMMED = ("trade_flow", "input_use", "final_use", "value_added", "gross_output")


def aggregate_sectors(world: World, groups: tuple[Sector, ...]) -> World:
    """The same world with sectors merged into ``groups``; accounts stay balanced.

    Values are summed. Tariffs become means weighted by trade (plain means where a pair trades nothing in the
    group); elasticities become means weighted by world trade across borders; a merged cell is flagged where
    any of its trade was.

    Args:
        world: any world.
        groups: the new sectors, in order; ``parts`` of all of them together name every old sector once.

    Raises:
        SchemaError: a sector stands in no group, or in two.
    """
    named = [part for group in groups for part in group.parts]
    if sorted(named) != sorted(world.sector_ids):
        odd = sorted(set(world.sector_ids) ^ set(named)) or sorted({p for p in named if named.count(p) > 1})
        raise SchemaError(f"groups of sectors: {odd[0]!r} must stand in exactly one group")
    group_of = {part: group.id for group in groups for part in group.parts}
    labels = xr.DataArray([group_of[s.id] for s in world.sectors], dims=SECTOR)
    order = [group.id for group in groups]
    layers = {
        name: replace(layer, values=_merged(layer.values, labels, order, world)) for name, layer in world.layers.items()
    }
    return replace(world, sectors=groups, layers=layers)


def _merged(values: xr.DataArray, labels: xr.DataArray, order: list[str], world: World) -> xr.DataArray:
    if SECTOR not in values.dims:
        return values
    if values.name in _SUMMED:
        summed = _grouped(values, labels, order)
        return _grouped(summed, labels.rename({SECTOR: INPUT}), order) if INPUT in values.dims else summed
    if values.dtype == bool:
        return _grouped(values.astype(float), labels, order) > 0
    weights = _trade_weights(values, world)
    total = _grouped(weights, labels, order)
    members = _grouped(xr.ones_like(values), labels, order)
    plain = _grouped(values, labels, order) / members
    weighted = _grouped(values * weights, labels, order)
    # A mean of equal values may differ from them by a rounding, and leave the declared range by it.
    mean = (weighted / total.where(total > 0, 1.0)).clip(float(values.min()), float(values.max()))
    return mean.where(total > 0, plain)


def _trade_weights(values: xr.DataArray, world: World) -> xr.DataArray:
    """Trade of each cell; of each sector across borders where the values do not vary by pair."""
    flow = world["trade_flow"]
    if EXPORTER in values.dims:
        return flow
    abroad = xr.DataArray(1.0 - np.eye(len(world.actors)), dims=(EXPORTER, IMPORTER))
    return (flow * abroad).sum((EXPORTER, IMPORTER))


def _grouped(values: xr.DataArray, labels: xr.DataArray, order: list[str]) -> xr.DataArray:
    """Sums over the old labels of one dimension that share a new label."""
    dim = str(labels.dims[0])
    membership = xr.DataArray(
        (labels.values[:, None] == np.array(order)[None, :]).astype(float),
        dims=(dim, "group"),
        coords={dim: values[dim].values, "group": order},
    )
    grouped: xr.DataArray = xr.dot(values, membership, dim=dim).rename({"group": dim})
    return grouped
