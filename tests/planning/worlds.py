"""Variants of the tiny world for tests of laws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import xarray as xr

from hedgerow.dims import ACTOR, EXPORTER, IMPORTER
from hedgerow.world.layers import Layer
from hedgerow.world.tiny import tiny_world
from hedgerow.world.world import World

Array = npt.NDArray[np.float64]


def tiny_with(values: Mapping[str, xr.DataArray]) -> World:
    """The tiny world with some layers exchanged."""
    world = tiny_world()
    for name, array in values.items():
        world = world.with_layer(replace(world.layers[name], values=array))
    return world


def tiny_without_trade(pairs: list[tuple[str, str]], sector: str) -> World:
    """The tiny world in which some exporters sell nothing of a sector to some importers.

    What is left balances: sectors keep their input coefficients, final use is what inputs leave of purchases.
    """
    world = tiny_world()
    flow = world["trade_flow"].copy()
    for exporter, importer in pairs:
        flow.loc[{EXPORTER: exporter, IMPORTER: importer, "sector": sector}] = 0.0
    output = flow.sum(IMPORTER).rename({EXPORTER: ACTOR})
    purchases = flow.sum(EXPORTER).rename({IMPORTER: ACTOR})
    inputs = world["input_use"] / world["gross_output"] * output
    return tiny_with(
        {
            "trade_flow": flow,
            "gross_output": output.transpose(*world["gross_output"].dims),
            "input_use": inputs.transpose(*world["input_use"].dims),
            "value_added": (output - inputs.sum("input")).transpose(*world["value_added"].dims),
            "final_use": (purchases - inputs.sum("sector").rename({"input": "sector"})).transpose(
                *world["final_use"].dims
            ),
        }
    )


def tiny_with_tariff(rates: Mapping[tuple[str, str], float]) -> World:
    """The tiny world with exactly these tariffs on goods, by exporter and importer."""
    tariff = xr.zeros_like(tiny_world()["tariff"])
    for (exporter, importer), rate in rates.items():
        tariff.loc[{EXPORTER: exporter, IMPORTER: importer, "sector": "goods"}] = rate
    return tiny_with({"tariff": tariff})


def reordered(world: World, order: tuple[str, ...]) -> World:
    """The same world with its actors listed in another order."""

    def moved(old: Layer) -> Layer:
        return replace(old, values=old.values.sel({d: list(order) for d in old.values.dims if d in _ACTOR_DIMS}))

    by_code = {actor.iso3: actor for actor in world.actors}
    layers = {name: moved(old) for name, old in world.layers.items()}
    return replace(world, actors=tuple(by_code[code] for code in order), layers=layers)


_ACTOR_DIMS = (ACTOR, EXPORTER, IMPORTER)
