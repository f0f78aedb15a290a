"""Standings of a year: the same digits however the work is shared out, and intervals that hold what they should."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pandas as pd
import pytest

from hedgerow.indicators.hedging.draws import Factor
from hedgerow.indicators.hedging.measures import OLDEST, Measures, latest, pool
from hedgerow.indicators.hedging.sensitivity import FACTORS
from hedgerow.indicators.hedging.standing import Setting, Standing, standing, standings
from tests.indicators.hedging.states import EQUAL, made_up, ties_of

QUICK = Setting(draws=120, seed=4)


@pytest.fixture(name="measures", scope="module")
def made_up_measures() -> Measures:
    return made_up()


def found_in(measures: Measures, years: tuple[int, ...], setting: Setting, processes: int = 1) -> list[Standing]:
    ties = ties_of(measures, len(years))
    return [one for one in standings(measures, ties, years, setting=setting, processes=processes) if one is not None]


def require_same(one: Standing, other: Standing) -> None:
    for part in fields(Standing):
        a, b = getattr(one, part.name), getattr(other, part.name)
        if isinstance(a, np.ndarray):
            np.testing.assert_array_equal(a, b)


def test_two_processes_give_the_same_digits_as_one(measures: Measures) -> None:
    setting = replace(QUICK, sensitivity=False)
    for one, other in zip(
        found_in(measures, (2021, 2022), setting), found_in(measures, (2021, 2022), setting, 2), strict=True
    ):
        require_same(one, other)


def test_a_year_does_not_depend_on_the_years_beside_it(measures: Measures) -> None:
    setting = replace(QUICK, sensitivity=False)
    require_same(found_in(measures, (2021, 2022), setting)[1], found_in(measures, (2022,), setting)[0])


def test_another_seed_gives_other_draws(measures: Measures) -> None:
    one, other = (found_in(measures, (2022,), replace(QUICK, seed=seed))[0] for seed in (1, 2))
    assert np.array_equal(one.rank, other.rank)
    assert not np.array_equal(one.elements_high, other.elements_high)


def test_ranks_intervals_and_shares_are_what_they_are_called(measures: Measures) -> None:
    (found,) = found_in(measures, (2022,), QUICK)
    states = len(found.ranked)
    assert sorted(found.rank) == list(range(1, states + 1))
    assert np.all((found.rank_low >= 1) & (found.rank_low <= found.rank_high) & (found.rank_high <= states))
    assert 0 < found.shift < states
    known = np.isfinite(found.course)
    assert 0 < np.sum(~known) < states
    np.testing.assert_allclose(found.course_share[known].sum(axis=1), 1)
    assert np.isnan(found.course_share[~known]).all()
    assert found.of_shift is not None
    assert found.of_shift.total[FACTORS.index(Factor.WEIGHTS), 0] > 0.1


def test_a_dominant_state_is_first_in_nearly_every_draw(measures: Measures) -> None:
    """A state with the most of everything stands first, whatever is drawn; one with the least of all stands last."""
    placed = measures.at(2022)
    best = {way: values.copy() for way, values in placed.placed.items()}
    for values in best.values():
        values[0], values[1] = 1.0, 0.0
    found = standing(replace(placed, placed=best), measures.belongs, ties_of(measures)[0], setting=QUICK)
    assert found is not None
    first, last = (int(np.flatnonzero(found.ranked == k)[0]) for k in (0, 1))
    assert (found.rank_low[first], found.rank[first], found.rank_high[first]) == (1, 1, 1)
    assert found.rank[last] == found.rank_low[last] == len(found.ranked)


def test_weights_of_the_reader_count(measures: Measures) -> None:
    """All weight on one element: the ranking is that of the element."""
    setting = replace(QUICK, weights=(1.0, 0.0, 0.0, 0.0))
    (found,) = found_in(measures, (2022,), setting)
    low = found.profile.elements_low[found.ranked, 0]
    assert np.array_equal(np.argsort(found.rank, kind="stable"), np.argsort(-low, kind="stable"))
    assert EQUAL.sum() == sum(setting.weights)


def test_an_element_has_an_interval_wherever_it_has_a_score(measures: Measures) -> None:
    """A state without a place keeps the intervals of what is known of it."""
    (found,) = found_in(measures, (2022,), replace(QUICK, sensitivity=False))
    scored = np.isfinite(found.profile.elements)
    assert len(found.ranked) < scored.any(axis=1).sum()
    np.testing.assert_array_equal(np.isfinite(found.elements_low), scored)
    assert np.all(found.elements_low[scored] <= found.elements_high[scored])


def test_the_units_of_indicators_do_not_matter(measures: Measures) -> None:
    """Each indicator in another unit: the same places, scores and intervals."""
    frames = {
        name: frame.assign(value=frame["value"] * 4.0 ** (k - 5))
        for k, (name, frame) in enumerate(measures.frames.items())
    }
    setting = replace(QUICK, sensitivity=False)
    (one,), (other,) = (found_in(m, (2022,), setting) for m in (measures, replace(measures, frames=frames)))
    np.testing.assert_allclose(other.profile.score, one.profile.score, rtol=1e-9)
    np.testing.assert_array_equal(other.rank, one.rank)
    np.testing.assert_allclose(other.rank_high, one.rank_high)


def test_too_few_states_have_no_ranking() -> None:
    few = made_up(2)
    assert found_in(few, (2022,), QUICK) == []


def test_a_value_stands_for_later_years_until_it_is_too_old() -> None:
    frame = pd.DataFrame({"actor": ["A", "A"], "year": [2010, 2012], "value": [1.0, 2.0], "series": "s"})
    for year, known in ((2011, 1.0), (2012, 2.0), (2012 + OLDEST - 1, 2.0)):
        assert latest(frame, year)[1]["value"].tolist() == [known]
    assert latest(frame, 2012 + OLDEST)[1].empty
    assert latest(frame, 2009)[1].empty


def test_one_series_a_year_and_a_pool_of_its_own() -> None:
    """The series with most states; a series without a year in the pool is placed among its own."""
    wide = pd.DataFrame({"actor": ["A", "B", "C"], "year": 2023, "value": [1.0, 2.0, 3.0], "series": "wide"})
    narrow = pd.DataFrame({"actor": ["A", "A"], "year": [2010, 2023], "value": [9.0, 8.0], "series": "narrow"})
    frame = pd.concat([narrow, wide])
    chosen, found = latest(frame, 2023)
    assert chosen == "wide"
    assert found.loc["A", "value"] == 1.0
    assert pool(frame, "narrow").tolist() == [9.0]
    assert pool(frame, "wide").tolist() == [1.0, 2.0, 3.0]
