"""Positions: as published, distances with the range that intervals leave, and a jump that was known beforehand."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hedgerow.data.politics import political_table
from hedgerow.indicators.alignment import change_bounds, distance_to_power
from tests.indicators.conftest import Values

Array = npt.NDArray[np.float64]
PLACES = arrays(np.float64, 5, elements=st.floats(-3, 3, width=16))
SPREADS = arrays(np.float64, 5, elements=st.floats(0, 1, width=16))
LAWS = settings(max_examples=60, deadline=None, derandomize=True)
BLOC = np.array([True, True, False, False, False])


@LAWS
@given(PLACES, SPREADS, st.lists(st.floats(-1, 1), min_size=5, max_size=5))
def test_wherever_positions_lie_in_their_intervals_the_distance_lies_in_its_range(
    place: Array, spread: Array, part: list[float]
) -> None:
    _, low, high = distance_to_power(place, place - spread, place + spread, BLOC)
    inside = place + spread * np.array(part)
    found, _, _ = distance_to_power(inside, inside, inside, BLOC)
    assert np.isnan(found[:2]).all(), "a bloc is not measured toward itself"
    assert found[2:] == pytest.approx(np.abs(inside[2:] - inside[:2].mean()))
    assert (low[2:] - 1e-9 <= found[2:]).all()
    assert (found[2:] <= high[2:] + 1e-9).all()


def test_a_power_without_a_position_leaves_no_distance() -> None:
    place = np.array([np.nan, 1.0, 2.0])
    none = distance_to_power(place, place, place, np.array([True, False, False]))
    assert np.isnan(none).all()


@LAWS
@given(PLACES, PLACES, SPREADS)
def test_changes_add_up_and_who_stays_has_a_range_around_zero(old: Array, new: Array, spread: Array) -> None:
    there, back = (
        change_bounds((a, a - spread, a + spread), (b, b - spread, b + spread)) for a, b in ((old, new), (new, old))
    )
    assert there[0] == pytest.approx(-back[0])
    assert there[1] == pytest.approx(-back[2])
    _, low, high = change_bounds((old, old - spread, old + spread), (old, old - spread, old + spread))
    assert (low <= 0).all()
    assert (high >= 0).all()


def test_positions_are_those_of_the_publisher_with_their_intervals(values_of: Values) -> None:
    frame, table = values_of("ideal-point"), political_table("ideal-points")
    both = frame.merge(table, on=["actor", "year"], suffixes=("", "_published"))
    assert len(both) == len(frame) == len(table)
    for column in ("value", "low", "high"):
        assert (both[column] == both[f"{column}_published"]).all()
    assert set(frame["status"]) == {"published"}
    assert set(values_of("ideal-point-change")["status"]) == {"derived"}


def test_argentina_jumps_in_2024_further_than_anybody(values_of: Values) -> None:
    """A new government changed its votes in December 2023; no other state moved as far in that year."""
    frame = values_of("ideal-point-change")
    moved = frame[frame["year"] == 2024].set_index("actor")
    assert moved["value"].abs().idxmax() == "ARG"
    assert moved["low"].astype(float)["ARG"] > 1, "far outside what its intervals leave"
    distance = values_of("ideal-point-distance").query("actor == 'ARG' and power == 'USA'").set_index("year")
    assert distance["high"].astype(float)[2024] < distance["low"].astype(float)[2023]


def test_two_camps_of_the_cold_war_stand_apart(values_of: Values) -> None:
    points = values_of("ideal-point").query("year == 1985").set_index("actor")
    assert points.loc[["USA", "GBR", "FRA", "DEU"], "low"].min() > points.loc[["RUS", "POL", "CUB"], "high"].max()
