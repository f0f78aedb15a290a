"""The integer programme against every bundle one by one."""

from __future__ import annotations

from itertools import combinations_with_replacement

import numpy as np
import pytest

from hedgerow.planning.portfolio.bundles import Terms
from hedgerow.planning.portfolio.limits import Limits
from hedgerow.planning.portfolio.programme import Gains, Programme
from hedgerow.planning.portfolio.risk import bundle_matrix, conditional_value_at_risk, deviation

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


def worth_of(programme: Programme, bundles: np.ndarray, aversion: float) -> np.ndarray:
    """What each bundle is worth, by the sorted tail."""
    utility = programme.terms.utility(bundles)
    risk = conditional_value_at_risk(deviation(utility[:-1], utility[-1]), programme.weight, programme.tail)
    return np.asarray(programme.weight @ utility[:-1] - bundles @ programme.cost - aversion * risk)


def signed(gains: Gains | None, bundles: np.ndarray) -> np.ndarray:
    """Where nobody in a bundle loses by its own option."""
    if gains is None:
        return np.ones(len(bundles), dtype=bool)
    cross = gains.cross * ~np.eye(len(gains.alone), dtype=bool)[:, :, None]
    brought = gains.alone + np.einsum("bl,klc->bkc", bundles.astype(float), cross)
    return np.asarray(((brought >= -gains.slack).all(axis=2) | ~bundles).all(axis=1))


def test_it_finds_what_trying_every_bundle_finds() -> None:
    binding = 0
    for seed in range(INSTANCES):
        programme, aversion = drawn(seed)
        every = bundle_matrix(len(programme.cost))
        worth = worth_of(programme, every, aversion)
        allowed = programme.rows.allow(every) & signed(programme.gains, every)
        found = programme.best(aversion)
        assert found.objective == pytest.approx(worth[allowed].max(), abs=1e-6 * SIZE), seed
        assert allowed[(every == found.bundle).all(axis=1)].all()
        binding += worth.max() > worth[allowed].max()
    assert binding > INSTANCES / 4  # limits and partners are no decoration


def test_of_forty_options_no_change_of_one_or_two_is_better() -> None:
    rng = np.random.default_rng(40)
    count, paths = 40, 60
    main = SIZE * (rng.normal(size=(count, 1)) + 0.3 * rng.normal(size=(count, paths + 1)))
    pair = main[:, None] + main + SIZE * 0.05 * rng.normal(size=(count, count, paths + 1))
    terms = Terms(np.zeros(paths + 1), main, pair, -SIZE * rng.random(paths + 1), rng.choice([0.02, 0.3], size=count))
    cost = SIZE * 0.3 * rng.random(count)
    limits = Limits(budget=float(cost.sum() / 4), at_most=12)
    programme = Programme(
        terms, cost, np.full(paths, 1 / paths), 0.9, limits.rows([str(k) for k in range(count)], cost)
    )
    found = programme.best(1.0)
    changes = combinations_with_replacement(range(count), 2)
    near = np.array([found.bundle ^ np.isin(np.arange(count), change) for change in changes])
    allowed = programme.rows.allow(near)
    assert 100 < allowed.sum() < len(near)
    best = worth_of(programme, near[allowed], 1.0).max()
    assert best <= found.objective + 1e-9


def test_the_solver_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    programme, aversion = drawn(0)
    programme.best(aversion)
    assert capfd.readouterr() == ("", "")
