"""Chains of regimes: what is refused, and what samples must look like."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedgerow.errors import RequestError
from hedgerow.planning.portfolio.process import RegimeProcess, sample_paths

CALM_STORM = np.array([[0.8, 0.2], [0.4, 0.6]])


def _chain(matrix: np.ndarray = CALM_STORM, **changes: str) -> RegimeProcess:
    fields = {"initial": "calm", "calm": "calm", **changes}
    return RegimeProcess("two", ("calm", "storm"), matrix, **fields)


@pytest.mark.parametrize(
    ("matrix", "words"),
    [
        (np.array([[0.8, 0.1], [0.4, 0.6]]), ["'calm'", "sums to 0.9"]),
        (np.array([[1.2, -0.2], [0.4, 0.6]]), ["'calm'", "1.2", "between 0 and 1"]),
        (np.array([[np.nan, 1.0], [0.4, 0.6]]), ["nan", "between 0 and 1"]),
        (np.eye(3), ["(3, 3)", "(2, 2)"]),
    ],
)
def test_a_matrix_that_is_none_is_refused_by_row(matrix: np.ndarray, words: list[str]) -> None:
    with pytest.raises(RequestError) as refusal:
        _chain(matrix)
    assert all(word in str(refusal.value) for word in words)


def test_a_start_that_is_no_regime_is_refused() -> None:
    with pytest.raises(RequestError, match="initial 'war'"):
        _chain(initial="war")


@pytest.mark.parametrize(("years", "count", "flag"), [(0, 10, "--horizon"), (5, 0, "--paths")])
def test_no_year_and_no_path_are_refused(years: int, count: int, flag: str) -> None:
    with pytest.raises(RequestError, match=flag):
        sample_paths(_chain(), years=years, count=count, seed=1)


@settings(max_examples=20)
@given(st.integers(0, 2**32 - 1), st.integers(1, 12), st.integers(1, 60))
def test_samples_are_courses_of_the_chain(seed: int, years: int, count: int) -> None:
    found = sample_paths(_chain(), years=years, count=count, seed=seed)
    assert found.weight.sum() == pytest.approx(1)
    assert (found.regime[:, 0] == 0).all()
    assert len(np.unique(found.regime, axis=0)) == len(found.regime)
    again = sample_paths(_chain(), years=years, count=count, seed=seed)
    np.testing.assert_array_equal(found.regime, again.regime)


def test_frequencies_approach_the_chances() -> None:
    chain = _chain()
    found = sample_paths(chain, years=8, count=40_000, seed=3)
    stormy = found.weight @ (found.regime == 1)
    np.testing.assert_allclose(stormy, chain.chances(8)[:, 1], atol=0.01)


def test_who_never_leaves_has_one_course() -> None:
    found = sample_paths(_chain().frozen(), years=15, count=100, seed=0)
    assert found.regime.tolist() == [[0] * 15]


def test_what_cannot_happen_is_never_drawn() -> None:
    found = sample_paths(_chain(np.array([[0.5, 0.5], [0.0, 1.0]])), years=10, count=500, seed=2)
    assert (np.diff(found.regime, axis=1) >= 0).all()
