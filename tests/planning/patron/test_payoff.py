"""A power's payoff: terms, ranges and shares of variance."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.planning.means import means_of
from hedgerow.planning.patron.answer import first_order
from hedgerow.planning.patron.factors import FACTORS, Point, cube
from hedgerow.planning.patron.payoff import Promise, commitments, terms
from hedgerow.world.io import load
from hedgerow.world.parties import party

WORLD = load("wiod-2011")
MEANS = means_of(party(WORLD, "USA", field="x"))
ALLIES = ("JPN", "KOR", "DEU", "FRA")
places = st.floats(0, 1)


def test_a_share_of_gdp_that_a_country_can_spend() -> None:
    assert MEANS is not None
    assert 0.02 < MEANS.effort < 0.05  # 3.4 % of GDP in SIPRI's and NATO's tables for 2023
    assert means_of(party(WORLD, "CHN", field="x")) is None


@given(places, places, st.floats(0, 1), st.floats(0, 1))
def test_commitments_fall_with_allied_arms_and_never_below_nothing(
    delta: float, offset: float, reliability: float, burden: float
) -> None:
    assert MEANS is not None
    point = Point.centre().with_("delta", delta).with_("offset", offset)
    promise = Promise(reliability, burden)
    alone, helped = (commitments(MEANS, promise, who, point) for who in ((), ALLIES))
    assert 0 <= helped <= alone <= MEANS.effort
    more = commitments(MEANS, promise, ALLIES, point.with_("delta", min(1.0, delta + 0.1)))
    assert more <= helped


@given(places, places)
def test_arms_of_allies_never_raise_overextension(delta: float, threat: float) -> None:
    assert MEANS is not None
    small, large = (MEANS.overextension(ALLIES, x, threat) for x in (0.0, 0.015 * delta))
    assert 0 <= large <= small
    assert MEANS.overextension((), 0.5, threat) == small


def test_what_has_no_weight_does_not_count() -> None:
    assert MEANS is not None
    point = Point.centre().with_("kappa", 0.0).with_("psi", 0.0)
    found = terms(MEANS, Promise(1, 0), ALLIES, trade=(0.01, 0.02), point=point)
    assert found[0] == 0.01
    np.testing.assert_allclose(found[[2, 3]], 0)


def test_what_is_not_at_hand_is_not_zero() -> None:
    found = terms(None, Promise(1, 0), ALLIES, trade=(0.01, 0.02), point=Point.centre())
    assert np.isnan(found[[1, 2]]).all()
    assert np.isfinite(found[[0, 3]]).all()


def test_every_draw_lies_in_its_strip() -> None:
    drawn = np.array([one.places for one in cube(20, seed=3)])
    assert (np.sort((drawn * 20).astype(int), axis=0) == np.arange(20)[:, None]).all()
    assert [one.places for one in cube(20, seed=3)] == [one.places for one in cube(20, seed=3)]


def test_every_assumption_has_a_range_and_a_reason() -> None:
    for factor in FACTORS:
        assert factor.low <= factor.central <= factor.high
        assert factor.low < factor.high
        assert factor.why


@given(st.lists(st.floats(-3, 3), min_size=4, max_size=4).filter(lambda xs: max(map(abs, xs)) > 0.1))
def test_shares_of_a_linear_answer(slopes: list[float]) -> None:
    design = np.array(np.meshgrid(*[[0.0, 0.5, 1.0]] * 4)).reshape(4, -1).T
    shares, left = first_order(design, design @ slopes)
    np.testing.assert_allclose(shares, np.square(slopes) / np.square(slopes).sum(), atol=1e-9)
    assert left == pytest.approx(0, abs=1e-9)


def test_where_nothing_varies_nothing_decides() -> None:
    shares, left = first_order(np.eye(4), np.ones(4))
    assert not shares.any()
    assert left == 0
