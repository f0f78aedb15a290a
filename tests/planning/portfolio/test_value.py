"""Worth of bundles: laws that hold whatever the numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.planning.portfolio.risk import bundle_matrix
from hedgerow.planning.portfolio.value import (
    break_even_probability,
    certainty_equivalent,
    hedging_value,
    premium,
    shapley,
)

seeds = st.integers(0, 2**32 - 1)


@given(seeds, st.sampled_from([0.0, 0.5, 1.0, 2.0, 5.0]))
def test_a_sure_thing_is_its_own_equivalent_and_risk_is_disliked(seed: int, aversion: float) -> None:
    rng = np.random.default_rng(seed)
    weight, utility = rng.dirichlet(np.ones(20)), rng.normal(0, 0.2, (20, 3))
    sure = np.repeat(utility[:1], 20, axis=0)
    np.testing.assert_allclose(certainty_equivalent(sure, weight, aversion), utility[0], atol=1e-12)
    found = [certainty_equivalent(utility, weight, g) for g in (0.0, 1.0, 2.0, 8.0)]
    assert (np.diff(found, axis=0) <= 1e-12).all()


@given(seeds, st.sampled_from([1.0, 2.0, 3.0]))
def test_hedging_value_is_what_makes_one_indifferent(seed: int, aversion: float) -> None:
    rng = np.random.default_rng(seed)
    weight, bare, held = rng.dirichlet(np.ones(30)), rng.normal(0, 0.1, 30), rng.normal(0, 0.1, (30, 1))
    share = hedging_value(bare, held, weight, aversion)[0]
    paid = certainty_equivalent(-held + np.log1p(-share), weight, aversion)[0]
    assert paid == pytest.approx(certainty_equivalent(-bare[:, None], weight, aversion)[0], abs=1e-12)


def test_no_deviation_no_insurance_whatever_the_growth() -> None:
    weight = np.full(4, 0.25)
    np.testing.assert_array_equal(hedging_value(np.zeros(4), np.zeros((4, 3)), weight, 2.0), 0)


def test_premium_is_cost_less_calm_gain() -> None:
    np.testing.assert_allclose(premium(0.0, np.array([0.02]), np.array([0.005])), [-0.015])


@given(seeds)
def test_shapley_sums_to_the_whole_and_knows_twins_and_idlers(seed: int) -> None:
    bundles = bundle_matrix(4)
    rng = np.random.default_rng(seed)
    table = rng.normal(size=(3, 3))  # options 0 and 1 are twins in it, option 3 does nothing
    worth = np.array([table[int(row[0]) + int(row[1]), int(row[2])] for row in bundles])
    values = shapley(worth, bundles)
    assert values.sum() == pytest.approx(worth[bundles.all(axis=1)][0] - worth[0], abs=1e-12)
    assert values[0] == pytest.approx(values[1], abs=1e-12)
    assert values[3] == pytest.approx(0, abs=1e-12)


def test_shapley_by_hand() -> None:
    bundles = bundle_matrix(2)  # glove game: both hands are needed
    np.testing.assert_allclose(shapley(bundles.all(axis=1).astype(float), bundles), [0.5, 0.5])


@given(st.floats(0.001, 0.05), st.floats(0.06, 0.5))
def test_break_even_chance_makes_the_bundle_as_good_as_none(cost: float, saved: float) -> None:
    chance = break_even_probability((0.0, -cost), (-saved, -cost), aversion=2.0)
    assert chance is not None
    weight = np.array([1 - chance, chance])
    both = certainty_equivalent(np.array([[0.0, -cost], [-saved, -cost]]), weight, 2.0)
    assert both[0] == pytest.approx(both[1], abs=1e-8)


def test_what_pays_in_calm_needs_no_storm_and_what_never_pays_says_so() -> None:
    assert break_even_probability((0.0, 0.01), (-0.1, 0.0), aversion=2.0) == 0.0
    assert break_even_probability((0.0, -0.01), (-0.1, -0.2), aversion=2.0) is None
