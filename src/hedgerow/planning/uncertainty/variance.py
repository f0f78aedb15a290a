"""Which assumption decides the answer: Sobol' shares of the variance, each with its own sampling interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from hedgerow.compute import Work, content_hash, mapped
from hedgerow.errors import DidNotConverge
from hedgerow.planning.uncertainty.bands import CACHE_VERSION, MOST_FAILED, band, identity
from hedgerow.planning.uncertainty.draws import Case, blpn_case, columns, points
from hedgerow.planning.uncertainty.headline import OUTPUTS, outputs_at
from hedgerow.planning.uncertainty.numbers import TOLERANCE
from hedgerow.planning.uncertainty.parameters import Group
from hedgerow.trade.economy import Array

RESAMPLES = 400
"""Of the rows, for the sampling intervals."""


@dataclass(frozen=True)
class Share:
    """A group's share of the variance, with the 5th and the 95th of a hundred resamples of the draws."""

    first: float
    """Of the group alone."""
    first_range: tuple[float, float]
    total: float
    """Of the group with everything it acts through."""
    total_range: tuple[float, float]


@dataclass(frozen=True)
class Decided:
    """One output at many draws over all worlds, and what its variance comes from."""

    values: Array
    """[draw] in the output's unit."""
    low: float
    high: float
    """The band, widened to hold the answer at the level of Boehm et al. (2023)."""
    shares: dict[Group, Share]
    """Largest total first."""
    by_world: dict[str, float]
    """Median of the draws of each world, by its id."""


@dataclass(frozen=True)
class Headline:
    """The headline and the insurance value, drawn over all worlds."""

    outputs: dict[str, Decided]
    """By name, see :data:`hedgerow.planning.uncertainty.headline.OUTPUTS`."""
    worlds: tuple[str, ...]
    draws: int
    evaluations: int
    failed: int


Evaluated = tuple[Array, Array, Array]
"""Values at A and at B [row], and at A with one group of B [group, row]."""


def sobol_shares(evaluated: Evaluated, *, seed: int) -> list[Share]:
    """First-order shares after Saltelli et al. (2010, Computer Physics Communications 181, table 2 b), totals after
    Jansen (1999, ibid. 117).

    Args:
        evaluated: values at two independent samples and at the first one with each group exchanged.
        seed: of the resampling of rows behind the intervals.
    """
    rows = len(evaluated[0])
    rng = np.random.default_rng(seed)
    first, total = _estimates(evaluated, np.arange(rows))
    again = np.array([_estimates(evaluated, rng.integers(0, rows, rows)) for _ in range(RESAMPLES)])
    low, high = np.quantile(again, (0.05, 0.95), axis=0)
    return [
        Share(float(first[g]), (low[0, g], high[0, g]), float(total[g]), (low[1, g], high[1, g]))
        for g in range(len(first))
    ]


def _estimates(evaluated: Evaluated, rows: npt.NDArray[np.intp]) -> tuple[Array, Array]:
    a, b, mixed = evaluated[0][rows], evaluated[1][rows], evaluated[2][:, rows]
    both = np.concatenate([a, b])
    variance = both.var()
    if variance <= 0:
        return np.zeros(len(mixed)), np.zeros(len(mixed))
    first = ((b - both.mean()) * (mixed - a)).mean(axis=1) / variance
    return first, ((a - mixed) ** 2).mean(axis=1) / (2 * variance)


def headline_draws(cases: Sequence[Case], *, rows: int, seed: int, work: Work | None = None) -> Headline:
    """Draw the headline and the insurance value over all worlds: ``2 rows`` draws for the bands, and the variance
    shares of every group from ``groups x rows`` more.

    Args:
        cases: the question in each world, the brief's own first.
        rows: of each of the two samples; a whole power of two fills the ranges most evenly.
        seed: of the draws.
        work: processes, a folder to resume from, and a function to report progress to.

    Raises:
        DidNotConverge: more than 5 % of the draws have no answer.
    """
    work, cases = work or Work(), tuple(cases)
    size = max(case.coordinates for case in cases)
    cube = points(rows, 2 * size, seed)
    groups = varied(cases)
    tasks = [(row[:size], row[size:]) for row in cube]
    key = partial(_key, tuple(identity(case) for case in cases), groups)
    found: list[Array] = []
    for one in mapped(_row, (cases, groups), tasks, processes=work.processes, cache=work.cache, key=key):
        found.append(one)
        if work.progress is not None:
            work.progress(1)
    values = np.array(found)  # [row, A, B and groups, output]
    whole = np.isfinite(values).all(axis=(1, 2))
    failed = int(np.isnan(values).any(axis=2).sum())
    if failed > MOST_FAILED * values.shape[0] * values.shape[1]:
        raise DidNotConverge(f"draws: {failed} of {values[..., 0].size} have no answer; narrow the ranges")
    blpn = blpn_case(cases[0].question)
    anchor = outputs_at((blpn,), np.full(blpn.coordinates, 0.5))
    worlds = _worlds(cases, cube[whole], size)
    outputs = {
        name: _decided(values[whole, :, k], groups, float(anchor[k]), worlds, seed) for k, name in enumerate(OUTPUTS)
    }
    ids = tuple(case.question.world.id for case in cases)
    return Headline(outputs, ids, 2 * int(whole.sum()), values[..., 0].size, failed)


def varied(cases: Sequence[Case]) -> tuple[Group, ...]:
    """Groups that are varied at all."""
    ranges = cases[0].ranges
    kept = {
        Group.LEVEL: ranges.level.low != ranges.level.high,
        Group.SECTORS: ranges.sectors > 0,
        Group.SERVICES: ranges.services.low != ranges.services.high,
        Group.SHARES: ranges.shares > 0,
        Group.AGREEMENTS: ranges.agreements > 0,
        Group.DEFICITS: len(ranges.deficits) > 1,
        Group.WORLD: len(cases) > 1,
    }
    return tuple(group for group, is_varied in kept.items() if is_varied)


def _row(shared: tuple[tuple[Case, ...], tuple[Group, ...]], task: tuple[Array, Array]) -> Array:
    """[A, B and groups, output] of one row of the two samples."""
    cases, groups = shared
    a, b = task
    mixed = []
    for group in groups:
        point = a.copy()
        at = columns(group, len(a))
        point[at] = b[at]
        mixed.append(point)
    return np.array([outputs_at(cases, point) for point in (a, b, *mixed)])


def _decided(
    values: Array, groups: tuple[Group, ...], anchor: float, worlds: tuple[Array, list[str]], seed: int
) -> Decided:
    both = np.concatenate([values[:, 0], values[:, 1]])
    low, high = band(both, anchor)
    shares = dict(zip(groups, sobol_shares((values[:, 0], values[:, 1], values[:, 2:].T), seed=seed), strict=True))
    place, names = worlds
    medians = {name: float(np.median(both[place == k])) for k, name in enumerate(names) if (place == k).any()}
    return Decided(both, low, high, dict(sorted(shares.items(), key=lambda item: -item[1].total)), medians)


def _worlds(cases: tuple[Case, ...], cube: Array, size: int) -> tuple[Array, list[str]]:
    """Which case each draw of A and of B was computed in, and their ids."""
    at = columns(Group.WORLD, size).start
    drawn = np.concatenate([cube[:, at], cube[:, size + at]])
    return np.minimum((drawn * len(cases)).astype(int), len(cases) - 1), [case.question.world.id for case in cases]


def _key(cases: tuple[object, ...], groups: tuple[Group, ...], task: tuple[Array, Array]) -> str:
    return content_hash(CACHE_VERSION, TOLERANCE, OUTPUTS, cases, groups, task)
