"""The search for sets of agreements, on values made up."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.planning.coalition.outcomes import Agreed
from hedgerow.planning.coalition.plans import TIE, Value, ascend, best_from
from hedgerow.trade.economy import Array

COUNT = 5
EVERY = frozenset(range(COUNT))
numbers = st.lists(st.floats(-1, 1), min_size=2**COUNT, max_size=2**COUNT)


def _of_table(table: Sequence[float]) -> Value:
    def value(sets: Sequence[Agreed]) -> Array:
        return np.array([table[sum(1 << k for k in one)] for one in sets])

    return value


@given(numbers, st.sets(st.integers(0, COUNT - 1)))
def test_no_single_change_helps_where_it_ends(table: list[float], start: set[int]) -> None:
    value = _of_table(table)
    end = ascend(value, frozenset(start), EVERY)
    here = value([end])[0]
    assert here >= value([frozenset(start)])[0]
    assert (value([end ^ {k} for k in EVERY]) <= here + TIE).all()


@given(st.lists(st.floats(-1, 1), min_size=COUNT, max_size=COUNT))
def test_where_agreements_add_up_it_finds_the_best_of_all(worth: list[float]) -> None:
    def value(sets: Sequence[Agreed]) -> Array:
        return np.array([sum(worth[k] for k in one) for one in sets])

    best = value([best_from(value, [frozenset()], EVERY)])[0]
    assert abs(best - sum(max(one, 0.0) for one in worth)) <= COUNT * TIE


@given(numbers)
def test_several_starts_are_never_worse_than_any(table: list[float]) -> None:
    value, starts = _of_table(table), [frozenset(), EVERY, frozenset({0, 2})]
    assert value([best_from(value, starts, EVERY)])[0] >= value(starts).max()


def test_what_may_not_change_stays() -> None:
    def value(sets: Sequence[Agreed]) -> Array:
        return np.array([-float(len(one)) for one in sets])

    assert ascend(value, EVERY, frozenset({1, 3})) == EVERY - {1, 3}
