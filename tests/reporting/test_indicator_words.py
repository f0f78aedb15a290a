"""Years and limits in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.indicators.catalogue import indicator
from hedgerow.reporting.indicators.measured import declared, spans, usual_step
from hedgerow.reporting.indicators.terminal import limits


@pytest.mark.parametrize(
    ("years", "step", "words"),
    [
        ((1995, 1996, 1997, 2001), 1, "1995–1997, 2001"),
        ((1964, 1968, 1972, 1984), 4, "1964–1972, 1984"),
        ((2023,), 1, "2023"),
        ((), 1, ""),
    ],
)
def test_years_that_follow_each_other_stand_together(years: tuple[int, ...], step: int, words: str) -> None:
    assert spans(years, step) == words


@given(st.sets(st.integers(1950, 2030)), st.integers(1, 5))
def test_no_year_is_lost_or_added(years: set[int], step: int) -> None:
    found: set[int] = set()
    for part in filter(None, spans(years, step).split(", ")):
        first, _, last = part.partition("–")
        found |= set(range(int(first), int(last or first) + 1, step))
    assert found == years


def test_the_usual_step_is_the_one_most_years_have() -> None:
    assert usual_step((1964, 1968, 1972, 1973)) == 4
    assert usual_step((1995, 1996, 1998)) == 1
    assert usual_step((2011, 2023)) == 1, "twelve years apart are two years, not a step"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("trade-concentration", "0 to 1"),
        ("openness", "0 and more"),
        ("tie-residual", "any number"),
    ],
)
def test_limits_in_words(name: str, words: str) -> None:
    assert limits(declared(indicator(name))) == words
