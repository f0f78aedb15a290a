"""Geopolitical distance of trade: the published example, exact splits, and ranges that hold."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hedgerow.indicators.geopolitics import change_by_partners, distance_bounds, distance_of_trade, distances
from hedgerow.indicators.ties import shares

Array = npt.NDArray[np.float64]
PLACES = arrays(np.float64, 4, elements=st.floats(-2, 2, width=16))
TRADES = arrays(np.float64, (4, 4), elements=st.integers(1, 100).map(float))
LAWS = settings(max_examples=50, deadline=None, derandomize=True)


def off_diagonal(trade: Array) -> Array:
    """Shares of each actor's trade; none with itself."""
    return shares(np.where(np.eye(len(trade), dtype=bool), np.nan, trade))


def test_iran_that_trades_half_and_half_with_the_united_states_and_brazil_stands_at_seven_and_a_half() -> None:
    """McKinsey Global Institute (2024), on its scale of 0 (United States) to 10 (Iran), with Brazil at 5."""
    position = np.array([10.0, 0.0, 5.0])
    trade = np.array([[np.nan, 1.0, 1.0], [1.0, np.nan, 1.0], [1.0, 1.0, np.nan]])
    assert distance_of_trade(shares(trade), distances(position))[0] == 7.5


@LAWS
@given(TRADES, PLACES, st.floats(-3, 3), st.floats(0.1, 10))
def test_only_differences_of_positions_count(trade: Array, place: Array, moved: float, scale: float) -> None:
    share = off_diagonal(trade)
    found = distance_of_trade(share, distances(place))
    assert distance_of_trade(share, distances(place * scale + moved)) == pytest.approx(found * scale, abs=1e-9)
    assert (found <= np.ptp(place) + 1e-12).all()


@LAWS
@given(TRADES, PLACES, arrays(np.float64, 4, elements=st.floats(0, 1, width=16)), st.data())
def test_wherever_positions_lie_in_their_intervals_the_distance_lies_in_its_range(
    trade: Array, place: Array, spread: Array, data: st.DataObject
) -> None:
    share = off_diagonal(trade)
    low, high = (distance_of_trade(share, d) for d in distance_bounds(place - spread, place + spread))
    inside = place + spread * np.array([data.draw(st.floats(-1, 1)) for _ in place])
    found = distance_of_trade(share, distances(inside))
    assert (low - 1e-9 <= found).all()
    assert (found <= high + 1e-9).all()


@LAWS
@given(TRADES, TRADES, PLACES, PLACES)
def test_a_change_splits_exactly_into_trade_that_moved_and_partners_that_moved(
    old: Array, new: Array, then: Array, now: Array
) -> None:
    before, after = off_diagonal(old), off_diagonal(new)
    moved, shifted = change_by_partners(before, after, distances(then), distances(now))
    change = distance_of_trade(after, distances(now)) - distance_of_trade(before, distances(then))
    assert moved + shifted == pytest.approx(change, abs=1e-9)
    still = change_by_partners(before, before, distances(then), distances(now))
    assert still[0] == pytest.approx(np.zeros(4), abs=1e-12)
    same = change_by_partners(before, after, distances(then), distances(then))
    assert same[1] == pytest.approx(np.zeros(4), abs=1e-12)


@LAWS
@given(TRADES, PLACES)
def test_partners_without_a_position_are_left_out_until_they_matter_too_much(trade: Array, place: Array) -> None:
    """The last partner has no position: a fifth of trade is the most that may go without."""
    share = off_diagonal(trade)
    unknown = np.append(place[:3], np.nan)
    found = distance_of_trade(share, distances(unknown))
    assert np.isnan(found[3])
    assume((np.abs(share[:3, 3] - 0.2) > 1e-9).all())
    assert (np.isfinite(found[:3]) == (share[:3, 3] <= 0.2)).all()
    kept = off_diagonal(trade[:3, :3])
    whole = distance_of_trade(kept, distances(place[:3]))
    assert found[:3][np.isfinite(found[:3])] == pytest.approx(whole[np.isfinite(found[:3])])
