"""Worlds with one thing changed: what a wrong file or a wrong builder would make."""

from __future__ import annotations

from dataclasses import replace

import xarray as xr

from hedgerow.world.world import World

MONEY = ("trade_flow", "input_use", "final_use", "value_added", "gross_output")


def with_values(world: World, name: str, values: xr.DataArray) -> World:
    """The same world with other values of one layer."""
    return world.with_layer(replace(world.layers[name], values=values))


def nudged(world: World, name: str, amount: float, *cell: str) -> World:
    """The same world with one cell of a layer raised by ``amount``."""
    values = world[name].copy()
    at = dict(zip(values.dims, cell, strict=True))
    values.loc[at] = values.loc[at] + amount
    return with_values(world, name, values)


def rescaled(world: World, factor: float) -> World:
    """The same world counted in another currency."""
    for name in MONEY:
        world = with_values(world, name, world[name] * factor)
    return world
