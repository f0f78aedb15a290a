"""Multi-alignment: laws of the index, and the orderings known beforehand, those that come out and those that do not."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hedgerow.indicators.multialignment import PILLARS, POLES, evenness, mean_of_pillars, multi_alignment, strength
from tests.indicators.conftest import Values

Array = npt.NDArray[np.float64]
TIES = arrays(np.float64, (6, 3), elements=st.integers(0, 50).map(float))
LAWS = settings(max_examples=60, deadline=None, derandomize=True)
HEDGERS = ("IND", "IDN", "SGP", "TUR")
ALIGNED = ("POL", "JPN", "BLR")


def test_even_ties_with_all_poles_and_ties_with_one() -> None:
    assert evenness(np.array([[2.0, 2.0, 2.0], [5.0, 0.0, 0.0], [0.0, 0.0, 0.0]])) == pytest.approx([1, 0, 0])
    assert evenness(np.array([[1.0, 1.0, 0.0]])) == pytest.approx([np.log(2) / np.log(3)])
    assert np.isnan(evenness(np.array([[1.0, np.nan, 1.0]]))).all(), "an unknown tie is not a zero"


def test_weak_ties_are_damped_up_to_the_median_of_those_with_any() -> None:
    """The median of 1, 4 and 9 is 4: a quarter, then one; no tie is nothing, and unknown stays unknown."""
    assert strength(np.array([0.0, 1.0, 4.0, 9.0])) == pytest.approx([0, 0.25, 1, 1])
    assert np.isnan(strength(np.array([np.nan, 4.0]))[0])
    assert strength(np.zeros(3)) == pytest.approx(np.zeros(3))


@LAWS
@given(TIES, st.permutations(range(6)), st.permutations(range(3)), st.floats(0.01, 100))
def test_neither_order_nor_unit_counts(ties: Array, actors: list[int], poles: list[int], unit: float) -> None:
    found = multi_alignment(ties, ties.sum(axis=1))
    assert ((found >= 0) & (found <= 1)).all()
    assert multi_alignment(ties[:, poles] * unit, ties.sum(axis=1) * unit) == pytest.approx(found)
    assert multi_alignment(ties[actors], ties[actors].sum(axis=1)) == pytest.approx(found[actors])


@LAWS
@given(TIES)
def test_moving_a_tie_from_the_larger_to_the_smaller_raises_evenness(ties: Array) -> None:
    """The principle of transfers, which any measure of evenness must keep."""
    ordered = np.sort(ties, axis=1)
    moved = ordered + np.array([1.0, 0.0, -1.0]) * (ordered[:, 2] - ordered[:, 0])[:, None] / 4
    assert (evenness(moved) >= evenness(ordered) - 1e-12).all()


@LAWS
@given(arrays(np.float64, (5, 4), elements=st.floats(0, 1)))
def test_leaving_out_a_pillar_gives_a_range_around_the_mean(scores: Array) -> None:
    mean, low, high = mean_of_pillars(scores)
    by_hand = np.stack([np.delete(scores, k, axis=1).mean(axis=1) for k in range(4)])
    assert mean == pytest.approx(scores.mean(axis=1))
    assert low == pytest.approx(by_hand.min(axis=0))
    assert high == pytest.approx(by_hand.max(axis=0))
    assert (low <= mean + 1e-12).all()
    assert (mean <= high + 1e-12).all()


def scores(values_of: Values, name: str, year: int, series: str | None = None) -> pd.Series:
    """Values of a year by actor."""
    frame = values_of(name)
    kept = frame[(frame["year"] == year) & ((frame["series"] == series) | (series is None))]
    return kept.set_index("actor")["value"].astype(float)


def test_the_poles_have_no_value_of_their_own(values_of: Values) -> None:
    for one in PILLARS:
        assert not set(values_of(one.id)["actor"]) & set(POLES), one.id


@pytest.mark.parametrize("year", [2018, 2019, 2020, 2021])
def test_those_known_to_align_with_several_stand_above_the_allies(year: int, values_of: Values) -> None:
    """The years in which trade, votes and memberships are at hand for all seven."""
    found = scores(values_of, "multi-alignment", year)
    assert found[list(HEDGERS)].min() > found[list(ALIGNED)].max()
    assert found["SAU"] > found[["POL", "BLR"]].max()


def test_india_and_turkiye_lead_the_exercises(values_of: Values) -> None:
    """2006 to 2010: with all three, unlike Poland, Japan and Belarus."""
    found = scores(values_of, "multi-alignment-exercises", 2010)
    assert found[["IND", "TUR"]].min() > found[list(ALIGNED)].max()


def test_what_the_evidence_does_not_show_is_said(values_of: Values) -> None:
    """``docs/indicators/orderings.md`` names these failures; when one of them goes, the page has to change."""
    found = scores(values_of, "multi-alignment", 2019)
    assert found[["ARE", "QAT", "KWT", "OMN", "BHR"]].max() < found["POL"]
    assert found["SAU"] < found["JPN"]
    assert not {"POL", "BLR"} & set(scores(values_of, "multi-alignment", 2024).index)
    votes = scores(values_of, "multi-alignment-votes", 2019)
    assert abs(votes["POL"] - votes["IDN"]) < 0.02, "between the camps by habit, not by design"
