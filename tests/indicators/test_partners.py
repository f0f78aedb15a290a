"""Ties with a power: shares, dependence and intensity."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hedgerow.indicators.dependence import dependence
from hedgerow.indicators.evidence import trade_of_world
from hedgerow.indicators.partners import partner_share, trade_intensity, trade_to_gdp
from hedgerow.indicators.ties import Side, ties, toward
from hedgerow.world.io import load

Array = npt.NDArray[np.float64]
FLOWS = arrays(np.float64, (5, 5), elements=st.integers(1, 1000).map(float))
LAWS = settings(max_examples=50, deadline=None, derandomize=True)


def one(k: int, actors: int = 5) -> npt.NDArray[np.bool_]:
    """The power is a single actor."""
    return np.array([code == k for code in range(actors)])


def test_three_economies_by_hand() -> None:
    """A sells 30 to B and 10 to C. B buys 30 + 20, C buys 10 + 40. To A, B is 50 of the 100 that others buy.

    TI_AB = (30 / 40) / (50 / 100) = 1.5.
    """
    flow = np.array([[9.0, 30.0, 10.0], [5.0, 9.0, 40.0], [0.0, 20.0, 9.0]])
    exports = ties(flow, Side.EXPORTS)
    assert partner_share(exports, one(1, 3))[0] == pytest.approx(0.75)
    assert trade_intensity(exports, one(1, 3))[0] == pytest.approx(1.5)
    assert np.isnan(trade_intensity(exports, one(1, 3))[1])
    assert toward(ties(flow, Side.TRADE), one(0, 3)).tolist()[1:] == [35.0, 10.0]


@LAWS
@given(FLOWS, st.sampled_from(Side))
def test_shares_of_all_partners_sum_to_one(flow: Array, side: Side) -> None:
    found = np.stack([partner_share(ties(flow, side), one(k)) for k in range(5)])
    assert np.nansum(found, axis=0) == pytest.approx(np.ones(5))


@LAWS
@given(FLOWS)
def test_intensities_weighted_by_the_size_of_partners_average_to_one(flow: Array) -> None:
    exports = ties(flow, Side.EXPORTS)
    bought = np.nansum(exports, axis=0)
    for i in range(5):
        weights = np.delete(bought, i) / np.delete(bought, i).sum()
        intensities = [trade_intensity(exports, one(j))[i] for j in range(5) if j != i]
        assert np.dot(weights, intensities) == pytest.approx(1)


@LAWS
@given(FLOWS)
def test_a_bloc_is_one_economy(flow: Array) -> None:
    """Merging the members before measuring gives what measuring toward the bloc gives; trade inside it is nothing."""
    bloc = np.array([False, False, False, True, True])
    merge = np.array([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [0, 0, 0, 1]], dtype=float)
    merged = merge.T @ flow @ merge
    for side in (Side.EXPORTS, Side.IMPORTS):
        apart = trade_intensity(ties(flow, side), bloc)[:3]
        assert apart == pytest.approx(trade_intensity(ties(merged, side), one(3, 4))[:3])
        assert partner_share(ties(flow, side), bloc)[:3] == pytest.approx(
            partner_share(ties(merged, side), one(3, 4))[:3]
        )


def test_what_is_unknown_stays_unknown_and_zero_is_zero() -> None:
    flow = np.array([[0.0, np.nan, 5.0], [2.0, 0.0, 3.0], [0.0, 4.0, 0.0]])
    share = partner_share(ties(flow, Side.EXPORTS), one(1, 3))
    assert np.isnan(share[0])
    assert partner_share(ties(flow, Side.EXPORTS), one(0, 3))[2] == 0
    assert np.isnan(trade_to_gdp(np.array([1.0]), np.array([np.nan])))[0]


@pytest.mark.parametrize("power", ["USA", "CHN"])
def test_it_agrees_with_dependence_computed_from_labels(power: str) -> None:
    """The same world, once as bare arrays by year and once with labels; value added in place of GDP."""
    world = load("wiod-2011")
    series = trade_of_world(world)
    size = world["value_added"].sum("sector").to_numpy()
    members = series.members(power, 2011)
    found = trade_to_gdp(toward(series.ties(Side.TRADE)[0], members), size)
    for code in ("CAN", "MEX", "JPN", "DEU"):
        expected = dependence(world["trade_flow"], world["value_added"], of=[code], on=[power])
        assert found[series.actors.index(code)] == pytest.approx(expected.share)


@LAWS
@given(FLOWS, st.integers(0, 4))
def test_more_trade_with_a_power_is_more_of_a_share(flow: Array, actor: int) -> None:
    power = (actor + 1) % 5
    exports = ties(flow, Side.EXPORTS)
    more = exports.copy()
    more[actor, power] *= 2
    before, after = partner_share(exports, one(power))[actor], partner_share(more, one(power))[actor]
    assume(before < 1)
    assert after > before


def test_half_of_an_actors_trade_does_not_pass_for_the_whole() -> None:
    """The first actor did not report its exports: its imports are known, its trade is not."""
    flow = np.array([[np.nan, np.nan, np.nan], [2.0, 0.0, 3.0], [1.0, 4.0, 0.0]])
    assert np.isnan(ties(flow, Side.TRADE)[0]).all()
    assert ties(flow, Side.IMPORTS)[0].tolist()[1:] == [2.0, 1.0]
    assert ties(flow, Side.TRADE)[1].tolist()[::2] == [2.0, 7.0]
