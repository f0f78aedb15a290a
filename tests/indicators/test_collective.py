"""Power with others: by hand, against enumeration, and the world that ships."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hedgerow.indicators.collective import collective_power, pivotality
from tests.indicators.conftest import Values

Array = npt.NDArray[np.float64]
MEANS = arrays(np.float64, 5, elements=st.integers(1, 30).map(float))
TIES = arrays(np.float64, (5, 5), elements=st.integers(0, 3).map(float)).map(lambda a: np.triu(a, 1) + np.triu(a, 1).T)
LAWS = settings(max_examples=60, deadline=None, derandomize=True)
EVERY_ORDER = np.array(list(permutations(range(5))))


def test_two_partners_by_hand() -> None:
    """A tie of one has λ = 1; with ρ = ½ the first has (3 + ½ · 1) / (1 − ¼)."""
    found = collective_power(np.array([3.0, 1.0, 2.0]), np.array([[0.0, 1, 0], [1, 0, 0], [0, 0, 0]]), 0.5)
    assert found == pytest.approx([3.5 / 0.75, 2.5 / 0.75, 2])


@LAWS
@given(MEANS, TIES, st.permutations(range(5)))
def test_help_adds_and_no_help_leaves_own_means(means: Array, ties: Array, order: list[int]) -> None:
    assert collective_power(means, ties, 0.0) == pytest.approx(means)
    little, much = (collective_power(means, ties, reach) for reach in (0.3, 0.6))
    assert (little >= means - 1e-9).all()
    assert (much >= little - 1e-9).all()
    assert collective_power(means * 1000, ties, 0.6) == pytest.approx(much * 1000)
    assert collective_power(means[order], ties[order][:, order], 0.6) == pytest.approx(much[order])


@LAWS
@given(MEANS, TIES)
def test_the_sum_over_chains_of_partners_is_the_same(means: Array, ties: Array) -> None:
    largest = np.linalg.eigvalsh(ties)[-1]
    step = 0.5 * ties / largest if largest > 0 else ties
    slow, reached = means.copy(), means.copy()
    for _ in range(80):
        reached = step @ reached
        slow += reached
    assert collective_power(means, ties, 0.5) == pytest.approx(slow)


def test_three_members_of_which_two_decide() -> None:
    """Shapley and Shubik (1954): with 50, 49 and 1 of a hundred and more than half needed, 2/3, 1/6 and 1/6."""
    orders = np.array(list(permutations(range(3))))
    assert pivotality(np.array([50.0, 49.0, 1.0]), orders)[0] == pytest.approx([2 / 3, 1 / 6, 1 / 6])


def test_who_has_more_than_half_decides_alone() -> None:
    share, low, high = pivotality(np.array([6.0, 1.0, 1.0, 1.0, 1.0]), EVERY_ORDER)
    assert share == pytest.approx([1, 0, 0, 0, 0])
    assert low[0] > 0.95
    assert high[1] < 0.05


@LAWS
@given(MEANS)
def test_shares_sum_to_one_grow_with_means_and_equal_means_have_equal_shares(means: Array) -> None:
    share, low, high = pivotality(means, EVERY_ORDER)
    assert share.sum() == pytest.approx(1)
    assert (np.diff(share[np.argsort(means)]) >= -1e-12).all()
    assert (low <= share).all()
    assert (share <= high).all()
    assert pivotality(means * 1e-3, EVERY_ORDER)[0] == pytest.approx(share)


@LAWS
@given(MEANS)
def test_drawn_orders_come_near_to_all_of_them(means: Array) -> None:
    drawn = np.argsort(np.random.default_rng(0).random((4000, 5)), axis=1)
    assert pivotality(means, drawn)[0] == pytest.approx(pivotality(means, EVERY_ORDER)[0], abs=0.04)


def test_nothing_to_share_out_gives_no_value() -> None:
    assert np.isnan(pivotality(np.zeros(5), EVERY_ORDER)).all()


def test_pivotality_of_the_largest_is_more_than_its_share_of_means(values_of: Values) -> None:
    """A known property of such games: the largest of many small ones decides more often than its weight says."""
    pivot = values_of("gdp-pivotality").query("year == 2023").set_index("actor")[["value", "low"]].astype(float)
    assert pivot["value"].nlargest(2).index.tolist() == ["USA", "CHN"]
    assert pivot["low"]["USA"] > 0.27
    assert pivot["value"].sum() == pytest.approx(1)
    military = values_of("military-pivotality").query("year == 2023").set_index("actor")["value"]
    assert military["USA"] > pivot["value"]["USA"]


def test_forums_with_large_members_add_to_the_means_of_small_ones(values_of: Values) -> None:
    """Singapore is in forums with both large economies, Norway with one: their economies are of one size."""
    found = values_of("collective-power").query("year == 2023").set_index("actor")
    assert set(found["status"]) == {"assumed"}
    assert found["value"].sum() == pytest.approx(1)
    assert found["value"]["SGP"] > found["value"]["NOR"]
    assert (found["low"] <= found["value"]).all()
    assert (found["value"] <= found["high"]).all()
