"""Bands on every number of a brief: the same draws for all of them, so that differences stay differences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from hedgerow.compute import Work, content_hash, mapped
from hedgerow.errors import DidNotConverge, RequestError
from hedgerow.planning.uncertainty.draws import Case, blpn_case, points
from hedgerow.planning.uncertainty.numbers import TOLERANCE, Drawn, Number, numbers_at
from hedgerow.trade.economy import Array
from hedgerow.world.world import World

LOW, HIGH = 0.05, 0.95
"""Ends of a band: shares of the draws below."""
MOST_FAILED = 0.05
"""Share of counterfactuals that may have no answer; beyond it no band is given."""
LEAST_DRAWS = 8
"""Fewer say nothing about a twentieth."""
CACHE_VERSION = 1
"""Raised whenever the same draw gets other digits than before."""


@dataclass(frozen=True)
class Bands:
    """From the 5th to the 95th of a hundred draws, widened to hold the answer at the level of Boehm et al. (2023)."""

    ends: Mapping[Number, tuple[float, float]]
    """Low and high of each number, in the units of the brief's tables."""
    draws: int
    seed: int
    solves: int
    failed: int
    """Counterfactuals without an answer, out of ``solves``."""


def bands(case: Case, *, draws: int, seed: int, work: Work | None = None) -> Bands:
    """Bands on every modelled number of a brief, in the world of its question.

    Args:
        case: the question and the ranges.
        draws: how many; whole powers of two fill the ranges most evenly.
        seed: of the draws.
        work: processes, a folder to resume from, and a function to report progress to.

    Raises:
        RequestError: fewer than eight draws.
        DidNotConverge: more than 5 % of the counterfactuals have no answer.
    """
    if draws < LEAST_DRAWS:
        raise RequestError(f"--draws: {draws} draws give no band; ask for {LEAST_DRAWS} or more, or for 0")
    work = work or Work()
    cube = points(draws, case.coordinates, seed)
    cases = case, blpn_case(case.question)
    tasks = [*((0, point) for point in cube), (1, np.full(case.coordinates, 0.5))]
    key = partial(_key, [identity(one) for one in cases])
    found: list[Drawn] = []
    for one in mapped(_draw, cases, tasks, processes=work.processes, cache=work.cache, key=key):
        found.append(one)
        if work.progress is not None:
            work.progress(1)
    solves, failed = sum(one.solves for one in found), sum(one.failed for one in found)
    if failed > MOST_FAILED * solves:
        raise DidNotConverge(f"draws: {failed} of {solves} counterfactuals have no answer; narrow the ranges")
    return Bands(_ends(found), draws, seed, solves, failed)


def band(values: Array, anchor: float = np.nan) -> tuple[float, float]:
    """The 5th and the 95th of a hundred values, widened to hold ``anchor``; NaN without any value."""
    known = values[np.isfinite(values)]
    if not known.size:
        return np.nan, np.nan
    low, high = np.quantile(known, (LOW, HIGH))
    return float(np.fmin(low, anchor)), float(np.fmax(high, anchor))


def _ends(found: list[Drawn]) -> dict[Number, tuple[float, float]]:
    """Bands of all numbers that nearly every draw has; the last one is the anchor."""
    ends: dict[Number, tuple[float, float]] = {}
    for number, anchor in found[-1].numbers.items():
        values = np.array([one.numbers.get(number, np.nan) for one in found[:-1]])
        if np.isfinite(values).mean() >= 1 - MOST_FAILED:
            ends[number] = band(values, anchor)
    return ends


def _draw(cases: tuple[Case, ...], task: tuple[int, Array]) -> Drawn:
    place, point = task
    return numbers_at(cases[place], point)


def _key(cases: list[tuple[object, ...]], task: tuple[int, Array]) -> str:
    place, point = task
    return content_hash(CACHE_VERSION, TOLERANCE, cases[place], point)


def identity(case: Case) -> tuple[object, ...]:
    """Everything that decides a draw's digits besides its point."""
    question, world = case.question, case.question.world
    asked = question.actor.code, question.power.code, question.tariff, question.retaliation
    return (*asked, case.ranges, case.noise, world.checksum or _layers(world), case.economy.trade_elasticity)


def _layers(world: World) -> tuple[object, ...]:
    return tuple((name, world[name].values) for name in world.layers)
