"""Growth taken apart: exact arithmetic, and what is no arithmetic."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hedgerow.indicators.growth import growth, log_intensity_change
from hedgerow.indicators.partners import partner_share
from hedgerow.indicators.ties import Side, ties, total

Array = npt.NDArray[np.float64]
FLOWS = arrays(np.float64, (4, 4), elements=st.integers(1, 1000).map(float))
LAWS = settings(max_examples=50, deadline=None, derandomize=True)


def one(k: int) -> npt.NDArray[np.bool_]:
    """The power is a single actor."""
    return np.array([code == k for code in range(4)])


def test_the_united_states_grew_slower_than_the_world_by_hand() -> None:
    """Trade of 100, 40 of it with the power. The power's grows to 44, the rest to 90: g = 34 %, g_h = 10 %.

    Contribution 0.4 x 0.1 = 4 points; gap 0.4 (0.1 − 0.34) = −9.6 points; share 44 / 134, down 0.0716.
    """
    before = np.array([[np.nan, 40.0, 60.0]])
    after = np.array([[np.nan, 44.0, 90.0]])
    rows = [np.vstack([ties, np.ones((2, 3))]) for ties in (before, after)]
    found = growth(rows[0], rows[1], np.array([False, True, False]))
    assert found.whole[0] == pytest.approx(0.34)
    assert found.contribution[0] == pytest.approx(0.04)
    assert found.gap[0] == pytest.approx(-0.096)
    assert found.share_change[0] == pytest.approx(44 / 134 - 0.4)


@LAWS
@given(FLOWS, FLOWS)
def test_contributions_of_all_partners_sum_to_growth_and_gaps_to_nothing(old: Array, new: Array) -> None:
    before, after = ties(old, Side.TRADE), ties(new, Side.TRADE)
    parts = [growth(before, after, one(k)) for k in range(4)]
    grown = total(after) / total(before) - 1
    assert np.nansum([part.contribution for part in parts], axis=0) == pytest.approx(grown)
    assert np.nansum([part.gap for part in parts], axis=0) == pytest.approx(np.zeros(4), abs=1e-9)


@LAWS
@given(FLOWS, FLOWS, st.integers(0, 3))
def test_the_change_of_share_is_the_difference_of_shares(old: Array, new: Array, power: int) -> None:
    before, after = ties(old, Side.TRADE), ties(new, Side.TRADE)
    expected = partner_share(after, one(power)) - partner_share(before, one(power))
    assert growth(before, after, one(power)).share_change == pytest.approx(expected, nan_ok=True)


@LAWS
@given(FLOWS, st.floats(0.1, 10), st.integers(0, 3))
def test_everyone_growing_alike_moves_no_share_and_no_tie(flow: Array, factor: float, power: int) -> None:
    before, after = ties(flow, Side.TRADE), ties(flow * factor, Side.TRADE)
    found = growth(before, after, one(power))
    assert np.nan_to_num(found.gap) == pytest.approx(np.zeros(4), abs=1e-9)
    change = log_intensity_change(before, after, one(power))
    assert np.nan_to_num(change) == pytest.approx(np.zeros(4), abs=1e-9)


@LAWS
@given(FLOWS, st.floats(1.5, 5))
def test_a_power_that_shrinks_towards_everyone_loses_share_but_a_tie_only_if_it_shrinks_more(
    flow: Array, factor: float
) -> None:
    """All trade of the power falls alike: every share falls, "the power grew slower", and the rest is size."""
    smaller = flow.copy()
    smaller[0, :] /= factor
    smaller[:, 0] /= factor
    before, after = ties(flow, Side.TRADE), ties(smaller, Side.TRADE)
    assert (growth(before, after, one(0)).share_change[1:] < 0).all()
    fallen = np.log(partner_share(after, one(0))[1:] / partner_share(before, one(0))[1:])
    assert (log_intensity_change(before, after, one(0))[1:] > fallen).all(), "size explains part of the fall"
    worse = smaller.copy()
    worse[0, 1] /= 3
    worse[1, 0] /= 3
    alone = ties(worse, Side.TRADE)
    assert log_intensity_change(after, alone, one(0))[1] < 0
