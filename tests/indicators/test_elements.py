"""Indicators of the four elements on the evidence that ships, and the harmonic mean that asks for both sides."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hedgerow.indicators.elements import ELEMENT_INDICATORS, ELEMENTS, POWERS, TIES, harmonic, without
from hedgerow.indicators.frames import Array
from tests.indicators.conftest import Values

CLOSENESS = arrays(np.float64, 5, elements=st.floats(0, 1, width=16))


@given(one=CLOSENESS, other=CLOSENESS)
def test_ties_to_one_side_alone_do_not_count(one: Array, other: Array) -> None:
    both = harmonic(one, other)
    np.testing.assert_allclose(both, harmonic(other, one))
    assert np.all(both <= (one + other) / 2 + 1e-12)
    assert np.all(both[(one == 0) | (other == 0)] == 0)
    np.testing.assert_allclose(harmonic(one, one), one)


def test_the_unknown_stays_unknown() -> None:
    assert np.isnan(harmonic(np.array([np.nan, 0.5]), np.array([0.5, np.nan]))).all()


def test_the_powers_are_left_out() -> None:
    ties = np.ones((3, 3))
    assert np.isnan(without(ties, ("CHN", "USA", "VNM"))).tolist() == [[True, True, False]] * 3


def test_every_element_has_three_indicators_or_more() -> None:
    assert all(len(names) >= 3 for names in ELEMENTS.values())
    assert {name for names in ELEMENTS.values() for name in names} == {one.id for one in ELEMENT_INDICATORS}


@pytest.mark.parametrize("name", [*(one.id for one in ELEMENT_INDICATORS), TIES])
def test_it_has_values_on_the_evidence_that_ships(name: str, values_of: Values) -> None:
    frame = values_of(name)
    assert frame["actor"].nunique() > 120
    assert not frame.duplicated(["actor", "year", "power", "series"]).any()


def test_facts_about_ties(values_of: Values) -> None:
    """Known to everybody: who is nearer to whom."""
    ties = values_of(TIES).query("year == 2023").set_index(["actor", "power"])["value"]
    assert set(ties.index.get_level_values("power")) == set(POWERS)
    for actor, nearer, farther in (("CAN", "USA", "CHN"), ("ISR", "USA", "CHN"), ("KHM", "CHN", "USA")):
        assert ties[actor, nearer] > ties[actor, farther], actor
