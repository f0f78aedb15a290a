"""The integer programme against every bundle one by one."""

from __future__ import annotations

import numpy as np
import pytest

from hedgerow.planning.portfolio.bundles import Terms
from hedgerow.planning.portfolio.limits import Limits
from hedgerow.planning.portfolio.programme import Gains, Programme
from hedgerow.planning.portfolio.risk import bundle_matrix

INSTANCES = 200
SIZE = 1e-3
"""Log units, as effects of agreements have."""


def drawn(seed: int) -> tuple[Programme, float]:
    """An instance with interactions, answers, limits and partners of any sign, and an aversion to risk."""
    rng = np.random.default_rng(seed)
    count, paths = int(rng.integers(1, 11)), int(rng.integers(2, 12))
    main = SIZE * (rng.normal(size=(count, 1)) + 0.5 * rng.normal(size=(count, paths + 1)))
    cross = SIZE * 0.4 * rng.normal(size=(count, count, paths + 1)) * (rng.random((count, count, 1)) < 0.6)
    empty = SIZE * rng.normal(size=paths + 1)
    single = empty + main
    chance = rng.choice([0.0, 0.02, 0.3], size=count)
    pair = single[:, None] + main + cross
    terms = Terms(empty, single, pair, -SIZE * rng.random(paths + 1), chance)
    cost = SIZE * 0.3 * rng.random(count)
    ids = [str(k) for k in range(count)]
    a, b, c = (ids[k] for k in rng.integers(0, count, 3))
    limits = Limits(
        budget=float(cost.sum() * rng.uniform(0.2, 0.8)) if rng.random() < 0.5 else None,
        at_most=int(rng.integers(0, count + 1)) if rng.random() < 0.4 else None,
        exclude=((a, b),) if a != b and rng.random() < 0.5 else (),
        after=((b, c),) if b != c and rng.random() < 0.5 else (),
    )
    gains = Gains(SIZE * rng.normal(1, 1, size=(count, 2)), SIZE * 0.5 * rng.normal(size=(count, count, 2)), 1e-8)
    programme = Programme(
        terms,
        cost,
        rng.dirichlet(np.ones(paths)),
        0.9 if rng.random() < 0.5 else 0.5,
        limits.rows(ids, cost),
        gains if rng.random() < 0.4 else None,
    )
    return programme, float(rng.choice([0.0, 1.0, 4.0]))


def signed(gains: Gains | None, bundle: np.ndarray) -> bool:
    """Nobody in the bundle loses by its own option."""
    if gains is None:
        return True
    held = np.flatnonzero(bundle)
    return all(
        (gains.alone[k] + sum((gains.cross[k, m] for m in held if m != k), np.zeros(2)) >= -gains.slack).all()
        for k in held
    )


def test_it_finds_what_trying_every_bundle_finds() -> None:
    binding = 0
    for seed in range(INSTANCES):
        programme, aversion = drawn(seed)
        every = bundle_matrix(len(programme.cost))
        allowed = programme.rows.allow(every)
        worth = np.array([programme.objective(bundle, aversion) for bundle in every])
        allowed &= [signed(programme.gains, bundle) for bundle in every]
        found = programme.best(aversion)
        assert found.objective == pytest.approx(worth[allowed].max(), abs=1e-6 * SIZE), seed
        assert allowed[(every == found.bundle).all(axis=1)].all()
        binding += worth.max() > worth[allowed].max()
    assert binding > INSTANCES / 4  # limits and partners are no decoration
