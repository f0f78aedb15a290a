"""Shares of variance by hand, and how often an option stays."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.planning.partnerships import Range
from hedgerow.planning.portfolio.options import Option, OptionKind
from hedgerow.planning.portfolio.ranking import ATTITUDES, Ranking
from hedgerow.planning.portfolio.risk import bundle_matrix
from hedgerow.planning.portfolio.sureness import main_effects, sureness

NOTHING = Range(0.0, 0.0, 0.0)
OPTIONS = tuple(Option(name, name, OptionKind.SUBSIDY, None, NOTHING, NOTHING, NOTHING, 0, 1) for name in "ab")
BUNDLES = bundle_matrix(2)


def _ranking(gains: list[float], cost: float) -> Ranking:
    """Two courses, calm and storm; each option adds its gain on both."""
    growth = BUNDLES @ np.array(gains)
    return Ranking(
        options=OPTIONS,
        bundles=BUNDLES,
        utility=np.array([[0.0], [-0.1]]) + growth,
        calm=growth,
        weight=np.array([0.5, 0.5]),
        cost=cost * BUNDLES.sum(axis=1),
    )


def test_an_additive_answer_is_explained_by_its_factors() -> None:
    values = np.array([0.0, 3.0])[:, None] + np.array([0.0, 4.0])[None, :]
    np.testing.assert_allclose(main_effects(values), [9 / 25, 16 / 25])


def test_a_product_leaves_something_to_combinations() -> None:
    values = np.outer([-1.0, 1.0], [-1.0, 1.0])
    np.testing.assert_allclose(main_effects(values), 0, atol=1e-12)


@given(st.integers(0, 2**32 - 1))
def test_shares_are_parts_of_one(seed: int) -> None:
    found = main_effects(np.random.default_rng(seed).normal(size=(3, 4, 2)))
    assert (found >= 0).all()
    assert found.sum() <= 1 + 1e-12


def test_what_nobody_doubts_has_no_shares() -> None:
    np.testing.assert_array_equal(main_effects(np.full((2, 3), 0.7)), 0)


def test_how_often_an_option_is_in() -> None:
    rankings: dict[tuple[int, ...], Ranking] = {
        (model, cost): _ranking(gains, price)
        for model, gains in enumerate([[0.03, 0.01], [0.03, 0.03]])
        for cost, price in enumerate([0.0, 0.02])
    }
    best = {a.id: rankings[0, 0].best(a) for a in ATTITUDES}
    found = sureness(
        rankings.items(),
        factors=("model", "cost"),
        levels=(("one", "other"), ("free", "dear")),
        attitudes=ATTITUDES,
        recommended=best,
        followed=best["neutral"],
    )
    for attitude in ATTITUDES:
        np.testing.assert_allclose(found.membership[attitude.id], [1.0, 0.75])
        assert found.same_bundle[attitude.id] == pytest.approx(0.75)
    assert found.range("calm_gain") == pytest.approx((0.04, 0.06))
    assert found.shares("calm_gain") == pytest.approx({"model": 1.0, "cost": 0.0, "together": 0.0}, abs=1e-9)
    assert found.range("tail_loss_avoided") == pytest.approx((0.0, 0.0), abs=1e-12)
    np.testing.assert_allclose(found.residual_risk, 1.0)
