"""Random evidence: trade of a few years with gaps, GDP, positions and a balanced world."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hedgerow.indicators.evidence import GDP, IDEAL_POINTS, TRADE, WORLDS, Evidence, Table
from hedgerow.indicators.ties import TradeSeries
from hedgerow.provenance import Origin, Status
from hedgerow.world.world import World
from tests.planning.worlds import reordered
from tests.world.strategies import worlds

CODES = ("CAN", "DEU", "FRA", "JPN", "USA", "ROW")
"""Two members of a bloc, three others, and the rest of the world."""
YEARS = (2000, 2005, 2009)
"""Five years apart, and four."""
POWERS = ("USA", "EU", "JPN")
DRAWN = Origin(Status.DERIVED, ("illustration",), "Drawn at random.")


@st.composite
def series(draw: st.DrawFn, *, home: bool = True) -> TradeSeries:
    """Trade between six actors in three years: many zeros, some pairs unknown, sales at home or none."""
    shape = (len(YEARS), len(CODES), len(CODES))
    flow = draw(arrays(np.float64, shape, elements=st.integers(0, 1000).map(float)))
    unknown = draw(arrays(np.bool_, shape, elements=st.sampled_from([False, False, False, True])))
    diagonal = np.eye(len(CODES), dtype=bool)
    flow = np.where(unknown & ~diagonal, np.nan, flow)
    flow = np.where(diagonal, flow + 1 if home else np.nan, flow)
    return TradeSeries("drawn", "Drawn at random", CODES, YEARS, flow, DRAWN)


@st.composite
def evidences(draw: st.DrawFn) -> Evidence:
    """Everything an indicator may ask for."""
    trade, world = draw(series()), draw(worlds())
    size = draw(arrays(np.float64, (len(YEARS), len(CODES)), elements=st.integers(1, 10**5).map(float)))
    place = draw(arrays(np.float64, (len(YEARS), len(CODES)), elements=st.floats(-2, 2, width=16)))
    spread = draw(arrays(np.float64, place.shape, elements=st.floats(0, 1, width=16)))
    return of(
        trade, world, table(GDP, {"value": size}), table(IDEAL_POINTS, {"value": place, "low": place - spread,
                                                                       "high": place + spread})
    )  # fmt: skip


def of(trade: TradeSeries, world: World, gdp: Table, points: Table, powers: tuple[str, ...] = POWERS) -> Evidence:
    """Evidence made of these."""
    return Evidence(
        {TRADE: lambda: (trade,), WORLDS: lambda: (world,), GDP: lambda: gdp, IDEAL_POINTS: lambda: points}, powers
    )


def table(name: str, columns: dict[str, np.ndarray], codes: tuple[str, ...] = CODES) -> Table:
    """A table of named actors from arrays [year, actor]."""
    named = [k for k, code in enumerate(codes) if code != "ROW"]
    labels = {"actor": [codes[k] for _ in YEARS for k in named], "year": [year for year in YEARS for _ in named]}
    values = {column: array[:, named].ravel() for column, array in columns.items()}
    return Table(name, pd.DataFrame({**labels, **values}), DRAWN)


def rescaled(evidence: Evidence, factor: float) -> Evidence:
    """The same evidence in another unit of money."""
    (trade,), (world,), gdp = evidence.trade, evidence.worlds, evidence.table(GDP)
    for name in ("trade_flow", "gross_output", "value_added", "input_use", "final_use"):
        world = world.with_layer(replace(world.layers[name], values=world[name] * factor))
    frame = gdp.frame.assign(value=gdp.frame["value"] * factor)
    return of(replace(trade, flow=trade.flow * factor), world, replace(gdp, frame=frame), evidence.table(IDEAL_POINTS))


def permuted(evidence: Evidence, order: list[int]) -> Evidence:
    """The same evidence with the actors of its trade listed in another order, and those of its world backwards."""
    (trade,), (world,) = evidence.trade, evidence.worlds
    moved = replace(trade, actors=tuple(CODES[k] for k in order), flow=trade.flow[:, order][:, :, order])
    backwards = reordered(world, tuple(reversed(world.codes)))
    return of(moved, backwards, evidence.table(GDP), evidence.table(IDEAL_POINTS))


def with_empty_year(evidence: Evidence) -> Evidence:
    """The same evidence with one more year in which nothing was observed."""
    (trade,), (world,) = evidence.trade, evidence.worlds
    nothing = np.full_like(trade.flow[:1], np.nan)
    longer = replace(trade, years=(2000, 2004, 2005, 2009), flow=np.concatenate(
        [trade.flow[:1], nothing, trade.flow[1:]]))  # fmt: skip
    return of(longer, world, evidence.table(GDP), evidence.table(IDEAL_POINTS))
