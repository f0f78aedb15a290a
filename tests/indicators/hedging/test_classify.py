"""The four courses: each by an obvious state, and the cut-offs where they are said to be."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hedgerow.indicators.hedging.classify import COURSES, CUT_OFFS, Course, CutOffs, Ties, alignment, courses
from hedgerow.indicators.hedging.composite import Array

HIGH, LOW = 0.9, 0.1
OBVIOUS = {
    Course.HEDGING: ([HIGH, LOW, 0.5, HIGH], [0.6, 0.5]),
    Course.BALANCING: ([HIGH, HIGH, 0.5, LOW], [0.8, 0.1]),
    Course.BANDWAGONING: ([LOW, LOW, 0.5, LOW], [0.1, 0.8]),
    Course.NEUTRALITY: ([LOW, HIGH, 0.5, HIGH], [0.1, 0.1]),
}


def near(closeness: Array, promised: list[list[bool]] | None = None) -> Ties:
    """Ties of this closeness, without treaties of defence unless there are some."""
    none = np.zeros_like(closeness, dtype=bool)
    return Ties(closeness, none if promised is None else np.array(promised))


def test_obvious_states_get_their_course() -> None:
    elements = np.array([profile for profile, _ in OBVIOUS.values()])
    ties = np.array([pair for _, pair in OBVIOUS.values()])
    found = courses(elements, near(ties))
    assert [COURSES[int(k)] for k in found] == list(OBVIOUS)


def test_even_ties_without_means_are_neutrality() -> None:
    """Ties with both alone do not make a hedge."""
    elements = np.array([[LOW, LOW, 0.5, HIGH], [HIGH, HIGH, 0.5, LOW], [HIGH, HIGH, 0.5, LOW]])
    ties = np.array([[0.6, 0.6], [0.6, 0.6], [0.9, 0.1]])
    assert COURSES[int(courses(elements, near(ties))[0])] is Course.NEUTRALITY


def test_a_treaty_of_defence_with_one_power_is_a_choice_and_with_both_is_none() -> None:
    """Of four states with even ties, all arms and all partners: without a treaty, with one of each power, with both."""
    elements, ties = np.full((4, 4), 0.5), np.full((4, 2), 0.6)
    found = courses(elements, near(ties, [[False, False], [True, False], [False, True], [True, True]]))
    assert [COURSES[int(k)] for k in found] == [
        Course.HEDGING, Course.BALANCING, Course.BALANCING, Course.HEDGING
    ]  # fmt: skip


@given(ties=arrays(np.float64, (5, 2), elements=st.floats(0, 1, width=16)))
def test_alignment_turns_its_sign_with_the_powers(ties: Array) -> None:
    there, back = alignment(ties), alignment(ties[:, ::-1])
    np.testing.assert_allclose(there, -back)
    assert np.all((np.abs(there) <= 1) | np.isnan(there))
    np.testing.assert_array_equal(np.isnan(there), ties.sum(axis=1) == 0)


def test_unknown_ties_give_no_course() -> None:
    ties = np.array([[0.5, np.nan], [0.5, 0.5], [0.9, 0.1]])
    found = courses(np.full((3, 4), 0.5), near(ties))
    assert np.isnan(found).tolist() == [True, False, False]


def test_cut_offs_can_be_drawn() -> None:
    """A state at an edge changes its course with the cut-off."""
    elements, ties = np.full((2, 1, 4), 0.5), np.array([[0.5, 0.28]])
    edge = float(alignment(ties)[0])
    assert abs(edge) < CUT_OFFS.aligned
    found = courses(elements, near(ties), CutOffs(np.full((2, 1), 0.2), np.array([[0.2], [0.3]])))
    assert [COURSES[int(k)] for k in found[:, 0]] == [Course.BALANCING, Course.HEDGING]
