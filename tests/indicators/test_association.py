"""Votes alike: three measures by hand, their laws, and what the General Assembly shows."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hedgerow.indicators.association import APART, kappa, s_score, scott_pi
from tests.indicators.conftest import Values

Array = npt.NDArray[np.float64]
COUNTS = arrays(np.float64, (3, 3), elements=st.integers(0, 40).map(float))
LAWS = settings(max_examples=80, deadline=None, derandomize=True)
MEASURES = pytest.mark.parametrize("measure", [s_score, kappa, scott_pi])


def counted(state: list[int], power: list[int]) -> Array:
    """Votes one after the other (0 yes, 1 abstain, 2 no) as a square of counts."""
    square = np.zeros((3, 3))
    np.add.at(square, (state, power), 1.0)
    return square


def slow(state: list[int], power: list[int], *, pooled: bool) -> float:
    """Chance correction as it is told: every vote of one side against every vote of the other, or of both together."""
    one, other = (state + power, state + power) if pooled else (state, power)
    seen = np.mean([abs(a - b) for a, b in zip(state, power, strict=True)])
    return float(1 - seen / np.mean([abs(a - b) for a in one for b in other]))


def test_ten_votes_by_hand() -> None:
    """Both yes 4, yes and abstain 2, both abstain 1, yes and no 3: distances 0, 1, 0, 2, their mean 0.8, S 0.2.

    Habits: state 0.9 yes, 0.1 abstain; power 0.4, 0.3, 0.3. By chance 0.9 (0.3 + 0.6) + 0.1 (0.4 + 0.3) = 0.88.
    """
    square = np.array([[4.0, 2.0, 3.0], [0.0, 1.0, 0.0], [0.0, 0.0, 0.0]])
    assert s_score(square) == pytest.approx(0.2)
    assert kappa(square) == pytest.approx(1 - 0.8 / 0.88)


def test_with_two_categories_it_is_the_kappa_without_weights() -> None:
    """The table of J. Cohen (1960), Educational and Psychological Measurement 20(1), its last two categories merged.

    88 and 68 of 200 alike, 0.78; by chance 0.6 · 0.5 + 0.4 · 0.5.
    """
    merged = np.array([[88.0, 0.0, 32.0], [0.0, 0.0, 0.0], [12.0, 0.0, 68.0]])
    assert kappa(merged) == pytest.approx((0.78 - 0.5) / (1 - 0.5))


@LAWS
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=2, max_size=25))
def test_counts_say_what_the_votes_one_by_one_say(votes: list[tuple[int, int]]) -> None:
    state, power = [a for a, _ in votes], [b for _, b in votes]
    assume(len({*state}) > 1 or {*state} != {*power})
    square = counted(state, power)
    assert kappa(square) == pytest.approx(slow(state, power, pooled=False))
    assert scott_pi(square) == pytest.approx(slow(state, power, pooled=True))


@MEASURES
@LAWS
@given(COUNTS)
def test_what_holds_for_every_measure(measure: object, counts: Array) -> None:
    assert callable(measure)
    found = float(measure(counts))
    assume(np.isfinite(found))
    assert -1 - 1e-12 <= found <= 1 + 1e-12
    assert measure(counts.T) == pytest.approx(found), "neither side comes first"
    assert measure(counts[::-1, ::-1]) == pytest.approx(found), "yes and no may change places"
    assert measure(counts * 7) == pytest.approx(found), "shares count, not numbers"


@MEASURES
def test_always_alike_is_one_and_always_opposed_is_minus_one(measure: object) -> None:
    assert callable(measure)
    assert measure(np.diag([5.0, 0.0, 5.0])) == pytest.approx(1)
    assert measure(np.diag([5.0, 0.0, 5.0])[::-1]) == pytest.approx(-1)


@LAWS
@given(
    arrays(np.float64, 3, elements=st.integers(1, 20).map(float)), arrays(np.float64, 3, elements=st.integers(1, 20))
)
def test_votes_that_have_nothing_to_do_with_each_other_are_at_chance(state: Array, power: Array) -> None:
    assert kappa(np.outer(state, power)) == pytest.approx(0, abs=1e-9)
    assert scott_pi(np.outer(state, power)) <= 1e-9, "other habits count as disagreement"


def test_no_common_vote_and_no_chance_to_disagree_give_no_value() -> None:
    assert np.isnan([measure(np.zeros((3, 3))) for measure in (s_score, kappa, scott_pi)]).all()
    same = np.diag([9.0, 0.0, 0.0])
    assert s_score(same) == 1
    assert np.isnan(kappa(same))
    assert APART[0, 1] * 2 == APART[0, 2], "an abstention lies half way"


def test_israel_votes_most_like_the_united_states_and_china_like_russia_beyond_chance(values_of: Values) -> None:
    for name in ("vote-kappa", "vote-s-score", "vote-pi", "vote-agreement"):
        frame = values_of(name)
        last = frame[frame["year"] == 2019]
        toward = last[last["power"] == "USA"].set_index("actor")["value"]
        assert toward.idxmax() == "ISR", name
    kappas = values_of("vote-kappa").query("year == 2019 and power == 'RUS'").set_index("actor")["value"]
    assert kappas["CHN"] > 0.5
