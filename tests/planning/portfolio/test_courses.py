"""Nodes of a path, against a walk along it."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.planning.portfolio.courses import AT_FIRST, courses, discount_weights, phased_utility
from hedgerow.planning.portfolio.process import Paths

paths = st.lists(st.lists(st.integers(0, 3), min_size=6, max_size=6), min_size=1, max_size=8).map(
    lambda rows: Paths(np.array(rows), np.full(len(rows), 1 / len(rows)))
)


@given(paths, st.integers(1, 7))
def test_every_year_knows_what_came_before_and_for_how_long(drawn: Paths, ages: int) -> None:
    found = courses(drawn, ages=ages)
    for row, regimes in enumerate(drawn.regime):
        before, since = AT_FIRST, 0
        for year, regime in enumerate(regimes):
            if year and regime != regimes[year - 1]:
                before, since = int(regimes[year - 1]), 0
            elif year:
                since += 1
            assert found.spells[found.spell[row, year]] == (before, regime)
            assert found.age[row, year] == min(since, ages - 1)


@given(paths, st.floats(0.8, 1.0))
def test_a_constant_is_worth_itself_and_phasing_in_is_worth_less(drawn: Paths, factor: float) -> None:
    found, weights = courses(drawn, ages=3), discount_weights(6, factor)
    one = np.ones((len(found.spells), 3, 2))
    np.testing.assert_allclose(phased_utility(one, found, np.ones(6), weights), 1)
    half = phased_utility(one, found, np.linspace(0, 1, 6), weights)
    assert ((half > 0) & (half < 1)).all()


def test_utility_by_hand() -> None:
    drawn = Paths(np.array([[0, 1, 1]]), np.ones(1))
    found = courses(drawn, ages=2)
    value = np.zeros((len(found.spells), 2))
    value[found.spells.index((AT_FIRST, 0)), 0] = 1.0
    value[found.spells.index((0, 1))] = [10.0, 100.0]
    weights = discount_weights(3, 0.5)
    np.testing.assert_allclose(weights, [4 / 7, 2 / 7, 1 / 7])
    np.testing.assert_allclose(phased_utility(value, found, np.ones(3), weights), [(4 + 20 + 100) / 7])
