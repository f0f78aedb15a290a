"""Random evidence: trade of a few years with gaps, GDP, positions and a balanced world."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hedgerow.indicators.association import CELLS
from hedgerow.indicators.evidence import (
    AGREEMENT,
    ARMS,
    CLUBS,
    DEFENCE,
    EQUIPMENT,
    EXERCISES,
    FORCES,
    GDP,
    IDEAL_POINTS,
    MILITARY,
    ORGANISATIONS,
    PACTS,
    POPULATION,
    SEATS,
    TRADE,
    TREATIES,
    TROOPS,
    VOTES,
    WORLDS,
    Evidence,
    Table,
)
from hedgerow.indicators.ties import TradeSeries
from hedgerow.provenance import Origin, Status
from hedgerow.world.world import World
from tests.planning.worlds import reordered
from tests.world.strategies import worlds

CODES = ("CAN", "DEU", "FRA", "JPN", "USA", "CHN", "RUS", "ROW")
"""Two members of a bloc, five others, and the rest of the world."""
YEARS = (2000, 2005, 2009)
"""Five years apart, and four."""
STATES = ("CAN", "CHN", "DEU", "FRA", "GBR", "ITA", "JPN", "KOR", "RUS", "USA")
"""Six members of an alliance, its rival, and three others: states whose means are drawn for every year."""
ANNUAL = tuple(range(2000, 2010))
DYADS = (AGREEMENT, VOTES, EXERCISES, CLUBS, PACTS)
"""Tables of ties between states."""
ELEMENTS = (FORCES, ORGANISATIONS, TREATIES, SEATS, DEFENCE, ARMS, EQUIPMENT)
"""Further tables that the four elements ask for."""
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
    means = draw(system())
    place, spread = np.random.default_rng(draw(st.integers(0, 2**32 - 1))).random((2, len(ANNUAL), len(CODES)))
    columns = {"value": 4 * place - 2, "low": 4 * place - 2 - spread, "high": 4 * place - 2 + spread}
    points = table(IDEAL_POINTS, columns, years=ANNUAL)
    return of(trade, world, means.pop(GDP), points, means={**means, **draw(alignments()), **draw(elements())})


@st.composite
def system(draw: st.DrawFn) -> dict[str, Table]:
    """Means of states in ten years, some of them unknown, and troops by host."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))  # hundreds of drawn numbers would take seconds
    shape = (len(ANNUAL), len(STATES))
    gdp, people = random.integers(1, 10**5, size=(2, *shape)).astype(float)
    percent = random.integers(1, 90, size=shape) / 10
    troops = random.choice([np.nan, 0.0, 1.0, 250.0, 30000.0], size=shape)
    columns: dict[str, dict[str, np.ndarray]] = {
        GDP: {"value": gdp},
        POPULATION: {"value": people},
        MILITARY: {"musd": gdp * percent / 100, "percent_gdp": percent, "factbook_percent_gdp": percent[::-1]},
        TROOPS: {"last": troops},
    }
    return {name: table(name, held, STATES, ANNUAL) for name, held in columns.items()}


@st.composite
def alignments(draw: st.DrawFn) -> dict[str, Table]:
    """Votes, exercises, memberships and agreements of states in ten years; some pairs never vote together."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    pairs = pd.DataFrame(
        [(a, p, y) for y in ANNUAL for p in ("USA", "CHN", "RUS") for a in STATES if a != p],
        columns=["actor", "power", "year"],
    )
    counts = random.integers(0, 9, size=(len(pairs), len(CELLS))) * random.choice([0, 1, 1, 1], size=(len(pairs), 1))
    drills = table(EXERCISES, {f"with_{p}": random.integers(0, 4, (len(ANNUAL), len(STATES))).astype(float)
                               for p in ("usa", "chn", "rus")}, STATES, ANNUAL)  # fmt: skip
    clubs = [(a, c, y) for y in ANNUAL for c in ("one", "two", "three") for a in STATES if random.random() < 0.5]
    pacts = [(a, b, random.integers(1990, 2025)) for a in STATES for b in STATES if a < b and random.random() < 0.5]
    frames = {
        AGREEMENT: pairs.assign(value=random.random(len(pairs))),
        VOTES: pairs.assign(**dict(zip(CELLS, counts.T, strict=True))),
        CLUBS: pd.DataFrame(clubs, columns=["actor", "organisation", "year"]),
        PACTS: pd.DataFrame(pacts, columns=["actor", "partner", "since"]),
    }
    return {EXERCISES: drills, **{name: Table(name, frame, DRAWN) for name, frame in frames.items()}}


@st.composite
def elements(draw: st.DrawFn) -> dict[str, Table]:
    """Forces, organisations, treaties, seats, pacts and arms of states in ten years, some of them unknown."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    shape = (len(ANNUAL), len(STATES))
    shared = random.integers(0, 5, (2, *shape)).astype(float)
    joined = {"shared_usa": shared[0], "shared_chn": shared[1], "memberships": shared.sum(axis=0) + 1}
    pairs = [(a, p, y) for y in ANNUAL for p in ("USA", "CHN") for a in STATES if a != p and random.random() < 0.8]
    treaties = pd.DataFrame(pairs, columns=["actor", "power", "year"])
    both = random.integers(0, 4, (2, len(pairs))).astype(float)
    held = {
        name: pd.DataFrame(
            [(a, body, y) for y in ANNUAL for body in ("one", "two") for a in STATES if random.random() < 0.4],
            columns=["actor", "organisation", "year"],
        )
        for name in (SEATS, DEFENCE)
    }
    sold = [(a, b, y, random.integers(0, 9)) for a in STATES for b in STATES for y in ANNUAL if a != b]
    arms = pd.DataFrame(sold, columns=["exporter", "importer", "year", "value"]).sample(frac=0.2, random_state=1)
    return {
        FORCES: table(FORCES, {"value": random.choice([np.nan, 0.0, 10.0, 500.0], size=shape)}, STATES, ANNUAL),
        EQUIPMENT: table(EQUIPMENT, {"value": random.choice([np.nan, 0.0, 20.0, 100.0], size=shape)}, STATES, ANNUAL),
        ORGANISATIONS: table(ORGANISATIONS, joined, STATES, ANNUAL),
        TREATIES: Table(TREATIES, treaties.assign(bilateral=both[0], multilateral=both[1]), DRAWN),
        ARMS: Table(ARMS, arms.astype({"value": float}), DRAWN),
        **{name: Table(name, frame, DRAWN) for name, frame in held.items()},
    }


def of(
    trade: TradeSeries,
    world: World,
    gdp: Table,
    points: Table,
    powers: tuple[str, ...] = POWERS,
    *,
    means: Mapping[str, Table] | None = None,
) -> Evidence:
    """Evidence made of these; ``means`` are further tables by id."""
    made: dict[str, Any] = {TRADE: (trade,), WORLDS: (world,), GDP: gdp, IDEAL_POINTS: points, **(means or {})}
    return Evidence({name: partial(_given, found) for name, found in made.items()}, powers)


def _given(found: Any) -> Any:
    return found


def table(
    name: str, columns: dict[str, np.ndarray], codes: tuple[str, ...] = CODES, years: Sequence[int] = YEARS
) -> Table:
    """A table of named actors from arrays [year, actor]."""
    named = [k for k, code in enumerate(codes) if code != "ROW"]
    labels = {"actor": [codes[k] for _ in years for k in named], "year": [year for year in years for _ in named]}
    values = {column: array[:, named].ravel() for column, array in columns.items()}
    return Table(name, pd.DataFrame({**labels, **values}), DRAWN)


def _means(evidence: Evidence, change: Callable[[pd.DataFrame], pd.DataFrame]) -> dict[str, Table]:
    """The tables of states beside GDP and positions, each changed."""
    tables = [evidence.table(name) for name in (POPULATION, MILITARY, TROOPS, *DYADS, *ELEMENTS)]
    return {held.id: replace(held, frame=change(held.frame)) for held in tables}


def rescaled(evidence: Evidence, factor: float) -> Evidence:
    """The same evidence in another unit of money."""
    (trade,), (world,), gdp = evidence.trade, evidence.worlds, evidence.table(GDP)
    for name in ("trade_flow", "gross_output", "value_added", "input_use", "final_use"):
        world = world.with_layer(replace(world.layers[name], values=world[name] * factor))
    frame = gdp.frame.assign(value=gdp.frame["value"] * factor)

    def money(held: pd.DataFrame) -> pd.DataFrame:
        worth = ["value"] if "exporter" in held.columns else held.columns.intersection(["musd"])
        return held.assign(**{column: held[column] * factor for column in worth})

    return of(
        replace(trade, flow=trade.flow * factor),
        world,
        replace(gdp, frame=frame),
        evidence.table(IDEAL_POINTS),
        means=_means(evidence, money),
    )


def permuted(evidence: Evidence, order: list[int]) -> Evidence:
    """The same evidence with the actors of its trade listed in another order, and those of its world backwards."""
    (trade,), (world,) = evidence.trade, evidence.worlds
    moved = replace(trade, actors=tuple(CODES[k] for k in order), flow=trade.flow[:, order][:, :, order])
    backwards = reordered(world, tuple(reversed(world.codes)))
    gdp = evidence.table(GDP)
    turned = replace(gdp, frame=gdp.frame.iloc[::-1])
    points = evidence.table(IDEAL_POINTS)
    means = _means(evidence, lambda held: held.iloc[::-1])
    return of(moved, backwards, turned, replace(points, frame=points.frame.iloc[::-1]), means=means)


def with_empty_year(evidence: Evidence) -> Evidence:
    """The same evidence with one more year in which nothing was observed."""
    (trade,), (world,) = evidence.trade, evidence.worlds
    nothing = np.full_like(trade.flow[:1], np.nan)
    longer = replace(trade, years=(2000, 2004, 2005, 2009), flow=np.concatenate(
        [trade.flow[:1], nothing, trade.flow[1:]]))  # fmt: skip
    points = evidence.table(IDEAL_POINTS)
    points = replace(points, frame=_empty_row(points.frame))
    return of(longer, world, evidence.table(GDP), points, means=_means(evidence, _empty_row))


def _empty_row(held: pd.DataFrame) -> pd.DataFrame:
    """One more year, after all others, in which a state reports nothing; tables that list ties have no such year."""
    if held.columns.isin(["organisation", "partner", "exporter"]).any():
        return held
    labels = {"power": ["CHN"]} if "power" in held.columns else {}
    empty = {column: [np.nan] for column in held.columns.difference(["actor", "year", *labels])}
    return pd.concat(
        [held, pd.DataFrame({"actor": ["USA"], "year": [max(ANNUAL) + 1], **labels, **empty})], ignore_index=True
    )
