"""Laws of the composite: order, means, coverage, and that a gap is no merit."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import scipy.stats  # noqa: F401 - ranks load it when first asked, which is no part of a drawn case
from hypothesis import assume, given
from hypothesis import strategies as st

from hedgerow.indicators.hedging.composite import (
    FLOOR,
    LEAST_PRESENT,
    Aggregation,
    Array,
    composite,
    coverage,
    element_scores,
    equal_weights,
    profile,
)
from hedgerow.indicators.hedging.draws import ranks
from tests.indicators.hedging.states import BELONGS, EQUAL, STATES, placed_states

INDICATORS = st.integers(0, len(BELONGS) - 1)


@given(placed=placed_states(), seed=st.integers(0, 1000))
def test_geometric_is_never_above_arithmetic(placed: Array, seed: int) -> None:
    elements = element_scores(placed, equal_weights(BELONGS))
    weights = np.random.default_rng(seed).dirichlet(np.ones(4))
    geometric, arithmetic = (composite(elements, weights, how) for how in reversed(Aggregation))
    assert np.all(geometric <= arithmetic + 1e-12)
    assert np.all((geometric >= FLOOR - 1e-12) & (arithmetic <= 1 + 1e-12))


@given(placed=placed_states(), at=INDICATORS, more=st.floats(0, 1, width=16))
def test_more_of_an_indicator_is_never_less_hedging(placed: Array, at: int, more: float) -> None:
    raised = placed.copy()
    raised[0, at] = max(raised[0, at], more)
    before, after = (profile(one, BELONGS, EQUAL) for one in (placed, raised))
    assert after.score[0] >= before.score[0] - 1e-12
    assert after.assured[0] >= before.assured[0] - 1e-12


@given(placed=placed_states(), order=st.permutations(range(STATES)))
def test_the_order_of_states_does_not_matter(placed: Array, order: list[int]) -> None:
    straight, moved = profile(placed, BELONGS, EQUAL), profile(placed[order], BELONGS, EQUAL)
    for one in fields(straight):
        np.testing.assert_allclose(getattr(moved, one.name), getattr(straight, one.name)[order], rtol=1e-12)


@given(placed=placed_states())
def test_no_score_without_its_coverage(placed: Array) -> None:
    found = profile(placed, BELONGS, EQUAL)
    known = np.isfinite(placed).reshape(STATES, 4, 3).mean(axis=2)
    np.testing.assert_allclose(found.coverage, known)
    np.testing.assert_array_equal(np.isfinite(found.elements), known >= LEAST_PRESENT)
    np.testing.assert_array_equal(np.isfinite(found.score), (known >= LEAST_PRESENT).all(axis=1))


@given(placed=placed_states(gaps=False), hidden=st.sets(INDICATORS, min_size=1))
def test_hiding_data_never_lifts_a_state(placed: Array, hidden: set[int]) -> None:
    """Whatever the hidden values were, the state's place without them is no better than with them."""
    shown = profile(placed, BELONGS, EQUAL)
    less = placed.copy()
    less[1, list(hidden)] = np.nan
    gapped = profile(less, BELONGS, EQUAL)
    assume(np.isfinite(gapped.assured[1]))
    assert ranks(gapped.assured)[1] >= ranks(shown.assured)[1]
    assert gapped.assured[1] <= shown.assured[1] + 1e-12 <= gapped.possible[1] + 2e-12


@given(placed=placed_states())
def test_a_gap_does_not_beat_a_complete_state_that_is_as_good_wherever_both_are_known(placed: Array) -> None:
    """The complete state has at least what the other is known to have: it stands at least as high."""
    rival = placed.copy()
    rival[0] = np.where(np.isnan(placed[1]), rival[0], np.maximum(placed[0], placed[1]))
    found = profile(rival, BELONGS, EQUAL)
    assume(np.isfinite(found.assured[1]))
    places = ranks(found.assured[np.isfinite(found.assured)])
    assert places[1] >= places[0]


def test_the_plain_mean_would_reward_a_gap() -> None:
    """Why ranks are not by the mean of what is known: hiding a low value raises it."""
    placed = np.full((1, len(BELONGS)), 0.9)
    placed[0, 0] = 0.1
    hidden = placed.copy()
    hidden[0, 0] = np.nan
    open_, less = (profile(one, BELONGS, EQUAL) for one in (placed, hidden))
    assert less.score[0] > open_.score[0]
    assert less.assured[0] < open_.assured[0]


def test_elements_by_hand() -> None:
    placed = np.array([[0.2, 0.4, np.nan, *[0.5] * 9]])
    found = profile(placed, BELONGS, EQUAL)
    np.testing.assert_allclose(found.elements[0], [0.3, 0.5, 0.5, 0.5])
    np.testing.assert_allclose(found.elements_low[0, 0], 0.2)
    np.testing.assert_allclose(found.elements_high[0, 0], 1.6 / 3)
    np.testing.assert_allclose(found.score[0], (0.3 * 0.5**3) ** 0.25)
    np.testing.assert_allclose(coverage(placed, BELONGS)[0], [2 / 3, 1.0, 1.0, 1.0])
