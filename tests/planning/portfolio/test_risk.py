"""Tails, frontiers and the surrogate, against slow and obvious versions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from hedgerow.planning.portfolio.risk import (
    bundle_matrix,
    conditional_value_at_risk,
    deviation,
    non_dominated,
    surrogate,
)

seeds = st.integers(0, 2**32 - 1)


def _lottery(seed: int, paths: int = 40, bundles: int = 5) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(paths, bundles)), rng.dirichlet(np.ones(paths))


@settings(max_examples=25, deadline=None)
@given(seeds, st.floats(0, 0.97))
def test_sorted_tail_is_the_linear_program(seed: int, tail: float) -> None:
    loss, weight = _lottery(seed, bundles=1)
    paths = len(weight)
    program = linprog(
        np.r_[1, weight / (1 - tail)],
        A_ub=np.c_[-np.ones(paths), -np.eye(paths)],
        b_ub=-loss[:, 0],
        bounds=[(None, None)] + [(0, None)] * paths,
    )
    assert conditional_value_at_risk(loss, weight, tail)[0] == pytest.approx(program.fun, abs=1e-9)


@given(seeds)
def test_the_tail_is_no_milder_than_the_mean_and_grows_with_the_level(seed: int) -> None:
    loss, weight = _lottery(seed)
    tails = [conditional_value_at_risk(loss, weight, tail) for tail in (0.0, 0.5, 0.9, 0.99)]
    np.testing.assert_allclose(tails[0], weight @ loss, atol=1e-12)
    assert (np.diff(tails, axis=0) >= -1e-12).all()


@given(seeds)
def test_splitting_a_path_changes_nothing(seed: int) -> None:
    loss, weight = _lottery(seed)
    twice = np.concatenate([loss, loss[:1]])
    split = np.r_[weight[0] / 3, weight[1:], 2 * weight[0] / 3]
    np.testing.assert_allclose(
        conditional_value_at_risk(twice, split, 0.9), conditional_value_at_risk(loss, weight, 0.9), atol=1e-12
    )


def test_growth_on_every_path_is_no_insurance() -> None:
    utility, weight = _lottery(1)
    calm = utility.max(axis=0)
    grown = deviation(utility + 0.3, calm + 0.3)
    np.testing.assert_allclose(grown, deviation(utility, calm), atol=1e-15)
    worth = weight @ (utility + 0.3) - conditional_value_at_risk(grown, weight, 0.9)
    assert (worth > utility.mean() - 10).all()


@given(seeds)
def test_two_options_at_most_are_exact_and_three_follow_from_pairs(seed: int) -> None:
    rng = np.random.default_rng(seed)
    main, cross = rng.normal(size=(4, 7)), np.triu(rng.normal(size=(4, 4)), 1)[:, :, None] * rng.normal(size=7)
    cross = cross + cross.swapaxes(0, 1)
    empty = rng.normal(size=7)

    def exact(chosen: np.ndarray) -> np.ndarray:
        held = np.flatnonzero(chosen)
        inner = sum((cross[k, m] for k in held for m in held if k < m), np.zeros(7))
        return np.asarray(empty + main[held].sum(axis=0) + inner)

    bundles = bundle_matrix(4)
    single = np.array([exact(np.eye(4)[k]) for k in range(4)])
    pair = np.array([[exact(np.eye(4)[k] + np.eye(4)[m]) for m in range(4)] for k in range(4)])
    np.testing.assert_allclose(surrogate(empty, single, pair, bundles), [exact(row) for row in bundles], atol=1e-12)


def test_bundles_are_all_there_once_and_small_ones_come_first() -> None:
    bundles = bundle_matrix(5, largest=3)
    assert len({tuple(row) for row in bundles}) == len(bundles) == 1 + 5 + 10 + 10
    assert (np.diff(bundles.sum(axis=1)) >= 0).all()
    assert not bundles[0].any()


@given(seeds)
def test_the_frontier_holds_what_no_other_beats(seed: int) -> None:
    rng = np.random.default_rng(seed)
    mean, risk = rng.integers(0, 6, 30) / 5, rng.integers(0, 6, 30) / 5
    kept = non_dominated(mean, risk)
    for one in range(30):
        beaten = ((mean >= mean[one]) & (risk <= risk[one]) & ((mean > mean[one]) | (risk < risk[one]))).any()
        assert not (kept[one] and beaten)
        assert kept[one] or beaten or (kept & (mean == mean[one]) & (risk == risk[one])).any()
    order = np.argsort(mean[kept])
    assert (np.diff(risk[kept][order]) > 0).all()
