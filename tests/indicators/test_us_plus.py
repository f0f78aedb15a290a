"""US-plus by its rule, and China-plus-one by the same code."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedgerow.indicators.evidence import GDP, IDEAL_POINTS, TRADE, Evidence
from hedgerow.indicators.ties import TradeSeries
from hedgerow.indicators.us_plus import INFLATION, LABELS, TOLERANCE, US_PLUS, Course, Moves, course, moves, plus_score
from tests.indicators.evidences import CODES, DRAWN, evidences, of

LAWS = settings(max_examples=15, deadline=None, derandomize=True)


@pytest.mark.parametrize(
    ("log_tie", "share", "log_partners", "expected"),
    [
        (0.0, -0.01, 0.01, Course.PLUS),
        (-TOLERANCE, -0.01, 0.01, Course.PLUS),
        (-TOLERANCE - 1e-9, -0.01, 0.01, Course.SUBSTITUTION),
        (-1.0, -0.5, -0.01, Course.SUBSTITUTION),
        (0.1, 0.0, 0.1, Course.RECONCENTRATION),
        (-1.0, 0.1, 0.1, Course.RECONCENTRATION),
        (0.1, -0.01, 0.0, Course.DILUTION),
        (0.1, -0.01, -0.2, Course.DILUTION),
    ],
)
def test_the_rule_of_the_four_courses(log_tie: float, share: float, log_partners: float, expected: Course) -> None:
    found = course(Moves(np.array([log_tie]), np.array([share]), np.array([log_partners])))
    assert found.tolist() == [expected]


def test_every_course_has_its_word() -> None:
    assert len(LABELS) == len(Course) == max(Course) + 1


@LAWS
@given(st.floats(-3, 3), st.floats(-1, 1), st.floats(-2, 2))
def test_the_score_rewards_spreading_as_far_as_the_tie_was_kept(log_tie: float, share: float, spread: float) -> None:
    one = Moves(*(np.array([value]) for value in (log_tie, share, spread)))
    score = plus_score(one)[0]
    assert score == pytest.approx(min(1, np.exp(log_tie)) * max(0, spread))
    assert plus_score(replace(one, log_tie=one.log_tie + 0.1))[0] >= score
    assert plus_score(replace(one, log_partners=one.log_partners + 0.1))[0] >= score


@pytest.mark.parametrize(("first", "number"), [(1991, 0), (1992, 7)])
def test_no_constant_prices_where_the_assumed_inflation_is_far_off(first: int, number: int) -> None:
    """Everybody trades alike; of seven named economies one is the power."""
    flow = np.ones((2, len(CODES), len(CODES)))
    series = TradeSeries("made", "Made up", CODES, (first, first + 5), flow, DRAWN)
    evidence = Evidence({TRADE: lambda: (series,)}, ("BRA",))
    assert all(one.compute(evidence).empty for one in US_PLUS), "nobody is Brazil here"
    frames = [one.compute(Evidence({TRADE: lambda: (series,)}, ("USA",))) for one in US_PLUS]
    assert {len(frame) for frame in frames} == {max(0, number - 1)}


def test_an_unknown_move_has_no_course() -> None:
    unknown = Moves(np.array([np.nan]), np.array([-0.1]), np.array([0.1]))
    assert np.isnan(course(unknown)).all()
    assert np.isnan(plus_score(unknown)).all()


def test_keeping_the_power_and_adding_a_partner_is_plus() -> None:
    """Canada's trade with the power keeps its worth after inflation, and Japan's grows from 10 to 60."""
    years, n = (2000, 2005), len(CODES)
    flow = np.ones((2, n, n))
    flow[0, 0, 4], flow[1, 0, 4] = 100, 100 * (1 + INFLATION) ** 5 * 1.01
    flow[0, 0, 3], flow[1, 0, 3] = 10, 60
    series = TradeSeries("made", "Made up", CODES, years, flow, DRAWN)
    found = moves(series, 1, 0, series.members("USA", 2005))
    assert found.log_tie[0] == pytest.approx(np.log(1.01), abs=0.02)
    assert course(found)[0] == Course.PLUS
    swapped = TradeSeries("made", "Made up", CODES, years, flow[::-1], DRAWN)
    assert course(moves(swapped, 1, 0, series.members("USA", 2005)))[0] != Course.PLUS


@LAWS
@given(evidences())
def test_renaming_the_power_renames_its_scores(evidence: Evidence) -> None:
    """No power is special: Japan in the place of the United States gets the United States' scores."""
    (trade,), (world,) = evidence.trade, evidence.worlds
    swap = {"USA": "JPN", "JPN": "USA"}
    renamed = replace(trade, actors=tuple(swap.get(code, code) for code in CODES))
    gdp, points = evidence.table(GDP), evidence.table(IDEAL_POINTS)
    for one in US_PLUS:
        first = one.compute(of(trade, world, gdp, points, powers=("USA",)))
        second = one.compute(of(renamed, world, gdp, points, powers=("JPN",)))
        assert len(first) == len(second)
        actors = [swap.get(code, code) for code in second["actor"]]
        found = dict(zip(zip(actors, second["year"], strict=True), second["value"], strict=True))
        expected = dict(zip(zip(first["actor"], first["year"], strict=True), first["value"], strict=True))
        assert found == pytest.approx(expected)
