"""Worst priors: duality, limits, and what a radius means."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq, minimize, minimize_scalar

from hedgerow.planning.portfolio.ambiguity import (
    ball,
    detection_error,
    multiplier,
    radius_of,
    relative_entropy,
    robust_objective,
    tilted,
    worst_rows,
)
from hedgerow.planning.portfolio.risk import conditional_value_at_risk

seeds = st.integers(0, 2**32 - 1)


def _lottery(seed: int, paths: int = 12, bundles: int = 3) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.normal(0, 0.02, size=(paths, bundles)), rng.dirichlet(np.ones(paths))


@given(seeds, st.floats(1e-3, 10))
def test_the_multiplier_is_what_the_tilted_prior_and_its_distance_cost(seed: int, theta: float) -> None:
    utility, weight = _lottery(seed)
    prior = tilted(utility, weight, 1 / theta)
    reached = (prior * utility).sum(axis=0) + theta * relative_entropy(prior, weight)
    np.testing.assert_allclose(multiplier(utility, weight, theta), reached, atol=1e-12)
    others = np.random.default_rng(seed).dirichlet(np.ones(len(weight)), size=20).T
    for column in utility.T:
        penalised = others.T @ column + theta * relative_entropy(others, weight)
        assert (penalised >= multiplier(column[:, None], weight, theta)[0] - 1e-12).all()


@given(seeds)
def test_a_dear_doubt_leaves_the_mean_and_a_cheap_one_the_worst_course(seed: int) -> None:
    utility, weight = _lottery(seed)
    np.testing.assert_allclose(multiplier(utility, weight, 1e6), weight @ utility, atol=1e-9)
    np.testing.assert_allclose(multiplier(utility, weight, 1e-7), utility.min(axis=0), atol=1e-5)


@given(seeds, st.floats(1e-4, 5))
def test_the_ball_is_its_dual(seed: int, radius: float) -> None:
    utility, weight = _lottery(seed, bundles=1)

    def dual(log_theta: float) -> float:
        theta = float(np.exp(log_theta))
        return -float(multiplier(utility, weight, theta)[0] - theta * radius)

    best = -minimize_scalar(dual, bounds=(-25, 10), method="bounded", options={"xatol": 1e-10}).fun
    found = ball(utility, weight, radius)
    assert found.value[0] == pytest.approx(best, abs=1e-7)
    assert relative_entropy(found.prior, weight)[0] <= radius + 1e-9
    assert found.prior.sum() == pytest.approx(1)


@given(seeds)
def test_a_wider_ball_is_worse_from_the_mean_down_to_the_worst_course(seed: int) -> None:
    utility, weight = _lottery(seed)
    values = [ball(utility, weight, radius).value for radius in (0.0, 0.01, 0.1, 1.0, 100.0)]
    np.testing.assert_allclose(values[0], weight @ utility, atol=1e-15)
    np.testing.assert_allclose(values[-1], utility.min(axis=0), atol=1e-9)
    assert (np.diff(values, axis=0) <= 1e-12).all()


def test_a_course_that_cannot_happen_never_does() -> None:
    utility = np.array([[0.0], [-1.0], [-9.0]])
    found = ball(utility, np.array([0.5, 0.5, 0.0]), 50.0)
    assert found.value[0] == pytest.approx(-1)
    assert found.prior[2, 0] == 0


@settings(max_examples=15, deadline=None)
@example(2015, 4.0, 0.3)
@given(seeds, st.sampled_from([0.5, 1.0, 4.0]), st.sampled_from([0.02, 0.3]))
def test_with_a_tail_the_saddle_holds_from_both_sides(seed: int, aversion: float, radius: float) -> None:
    utility, weight = _lottery(seed, bundles=2)
    loss = 0.01 - utility + 0.002 * np.random.default_rng(seed).normal(size=utility.shape)
    found = robust_objective(utility, loss, weight, radius=radius, aversion=aversion, tail=0.8)
    for b in range(2):

        def told(prior: np.ndarray, b: int = b) -> float:
            return float(prior @ utility[:, b] - aversion * conditional_value_at_risk(loss[:, [b]], prior, 0.8)[0])

        assert told(found.prior[:, b]) >= found.value[b] - 1e-9  # CVaR under that prior is a minimum over eta
        start = np.log(weight)
        inside = {"type": "ineq", "fun": lambda z: radius - relative_entropy(_softmax(z)[:, None], weight)[0]}
        search = minimize(lambda z, told=told: 100 * told(_softmax(z)), start, constraints=[inside], method="SLSQP")
        worst = _within(_softmax(search.x), weight, radius)  # the search may end outside
        assert told(worst) >= found.value[b] - 1e-6  # no prior of the ball is worse


def _within(prior: np.ndarray, weight: np.ndarray, radius: float) -> np.ndarray:
    """The prior itself if it is in the ball, else where the way to it from the centre leaves the ball."""

    def beyond(part: float) -> float:
        return float(relative_entropy((weight + part * (prior - weight))[:, None], weight)[0]) - radius

    part = 1.0 if beyond(1.0) <= 0 else float(brentq(beyond, 0.0, 1.0))
    return np.asarray(weight + part * (prior - weight))


def _softmax(z: np.ndarray) -> np.ndarray:
    raised = np.exp(z - z.max())
    return np.asarray(raised / raised.sum())


@given(seeds, st.sampled_from([0.0, 1.0, 4.0]))
def test_without_doubt_it_is_the_plans_own_objective(seed: int, aversion: float) -> None:
    utility, weight = _lottery(seed)
    loss = 0.02 - utility
    plain = weight @ utility - aversion * conditional_value_at_risk(loss, weight, 0.9)
    found = robust_objective(utility, loss, weight, radius=0.0, aversion=aversion, tail=0.9)
    np.testing.assert_allclose(found.value, plain, atol=1e-9)


def test_rows_move_by_themselves_and_towards_what_is_worse() -> None:
    matrix, value = np.array([[0.9, 0.1], [0.3, 0.7]]), np.array([[0.0], [-1.0]])
    rows = worst_rows(value, matrix, 0.05)
    np.testing.assert_allclose(rows.sum(axis=2), 1)
    for row, now in zip(rows[:, 0], matrix, strict=True):
        assert row[1] > now[1]
        assert relative_entropy(row[:, None], now)[0] == pytest.approx(0.05, abs=1e-6)
    np.testing.assert_allclose(worst_rows(value, matrix, 0.0)[:, 0], matrix)


@given(st.floats(5, 500), st.floats(0.01, 0.49))
def test_a_radius_is_the_error_it_was_made_for(years: float, error: float) -> None:
    assert detection_error(years, radius_of(years, error)) == pytest.approx(error, abs=1e-9)
    assert radius_of(2 * years, error) == pytest.approx(radius_of(years, error) / 2)


def test_data_of_so_many_years_do_err_so_often() -> None:
    """Two coins rather than a formula: a likelihood ratio test of 50 tosses, 40,000 times each."""
    rng, years, fair = np.random.default_rng(3), 50, 0.3
    other = 0.4
    near = fair * np.log(fair / other) + (1 - fair) * np.log((1 - fair) / (1 - other))
    heads = [rng.binomial(years, chance, 40_000) for chance in (fair, other)]
    ratios = [h * np.log(fair / other) + (years - h) * np.log((1 - fair) / (1 - other)) for h in heads]
    wrong = ((ratios[0] < 0).mean() + (ratios[1] > 0).mean()) / 2
    assert detection_error(years, near) == pytest.approx(wrong, abs=0.03)
