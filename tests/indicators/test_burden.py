"""Burden sharing: the measures by hand and by law, and a published finding on the alliance that ships."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from hedgerow.indicators.burden import (
    LEAST_CHANGES,
    alliance,
    benefit_shares,
    burden_gap,
    exploitation,
    match,
    spillin_response,
)
from hedgerow.indicators.evidence import Evidence
from tests.indicators.conftest import Values

LAWS = settings(max_examples=50, deadline=None, derandomize=True)
MEANS = st.lists(st.integers(1, 10**6).map(float), min_size=6, max_size=12, unique=True).map(np.array)


@LAWS
@given(MEANS)
def test_larger_efforts_of_larger_members_are_exploitation(gdp: np.ndarray) -> None:
    rising = gdp * (0.01 + 0.01 * gdp / gdp.max())
    falling = gdp * (0.05 - 0.01 * gdp / gdp.max())
    assert exploitation(gdp, rising)[0] == pytest.approx(1)
    assert exploitation(gdp, falling)[0] == pytest.approx(-1)
    assert np.isnan(exploitation(gdp, 0.02 * gdp)[0]), "all alike"


def test_the_interval_of_a_rank_correlation_by_hand() -> None:
    """N = 7, ρ = 1 − 6·14 / (7·48) = 0.75; s = √((1 + 0.75²/2) / 4)."""
    gdp = np.arange(1.0, 8.0)
    effort = np.array([2.0, 1.0, 4.0, 3.0, 7.0, 5.0, 6.0]) / 100
    squares = ((stats.rankdata(gdp) - stats.rankdata(effort)) ** 2).sum()
    rank = 1 - 6 * squares / (7 * 48)
    wide = 1.959964 * np.sqrt((1 + rank**2 / 2) / 4)
    found = exploitation(gdp, effort * gdp)
    assert found[0] == pytest.approx(rank)
    assert found[1:] == pytest.approx([np.tanh(np.arctanh(rank) - wide), np.tanh(np.arctanh(rank) + wide)], rel=1e-6)


@LAWS
@given(MEANS, st.floats(0.01, 100))
def test_gaps_sum_to_nothing_and_vanish_where_burdens_follow_benefits(gdp: np.ndarray, scale: float) -> None:
    people = gdp[::-1]
    benefit = benefit_shares(gdp, people)
    assert benefit.sum() == pytest.approx(1)
    assert burden_gap(gdp * scale, benefit).sum() == pytest.approx(0, abs=1e-12)
    assert burden_gap(benefit * scale, benefit) == pytest.approx(np.zeros(len(gdp)), abs=1e-12)
    assert match(benefit * scale, benefit) == 1


def test_one_payer_for_all_is_no_match() -> None:
    """Nine of ten members pay less than they should: the least of ranks is that of the payer alone."""
    benefit = np.full(10, 0.1) + np.linspace(-0.01, 0.01, 10)
    spending = np.array([*(benefit[:9] / 10), 1.0])
    gap = burden_gap(spending, benefit)
    expected = stats.wilcoxon(gap).pvalue
    assert match(spending, benefit) == pytest.approx(expected)
    assert match(spending, benefit) == match(1000 * spending, benefit)


@LAWS
@given(st.floats(-2, 2), st.floats(-0.1, 0.1), st.integers(0, 10**6))
def test_an_exact_answer_is_found_without_a_range(slope: float, trend: float, seed: int) -> None:
    year = np.repeat(np.arange(8), 5)
    others = np.random.default_rng(seed).normal(size=40)
    found = spillin_response(trend + slope * others, others, year)
    assert found == pytest.approx((slope, slope, slope), abs=1e-6)


def test_the_errors_are_those_of_a_regression_clustered_by_year() -> None:
    """Against the formula written out observation by observation."""
    draw = np.random.default_rng(6)
    year, others = np.repeat(np.arange(10), 4), draw.normal(size=40)
    own = 0.3 * others + draw.normal(size=10)[year]
    slope, low, high = spillin_response(own, others, year)
    assert slope == pytest.approx(stats.linregress(others, own).slope)
    centred = others - others.mean()
    error = own - own.mean() - slope * centred
    summed = [sum(centred[k] * error[k] for k in range(40) if year[k] == one) for one in range(10)]
    spread = np.sqrt(sum(one**2 for one in summed) * 10 / 9) / (centred**2).sum()
    assert (high - low) / 2 == pytest.approx(stats.t.ppf(0.975, 9) * spread)


def test_too_few_years_give_no_answer() -> None:
    year = np.repeat(np.arange(LEAST_CHANGES - 1), 3)
    assert np.isnan(spillin_response(np.ones(len(year)), np.arange(len(year), dtype=float), year)).all()
    assert np.isnan(spillin_response(np.arange(30.0), np.zeros(30), np.repeat(np.arange(10), 3))).all()


def test_the_finding_of_olson_and_zeckhauser(shipped: Evidence, values_of: Values) -> None:
    """The larger of the fourteen members with forces spent more of their output in 1964 (Olson and Zeckhauser 1966).

    Theirs are national product and the budgets of the time, ours revised accounts, so the sign and its certainty
    are compared, not the coefficient.
    """
    assert len(alliance(shipped, "NATO", 1964).members) == 14
    least = values_of("exploitation").set_index("year")["low"].astype(float)
    assert least[1964] > 0
    assert least[2023] < 0, "it is gone"


def test_shares_of_the_members_that_report_make_up_the_alliance(values_of: Values) -> None:
    share, gap = (values_of(name).groupby("year")["value"].sum() for name in ("burden-share", "burden-gap"))
    assert share.to_numpy() == pytest.approx(np.ones(len(share)))
    assert gap.to_numpy() == pytest.approx(np.zeros(len(gap)), abs=1e-9)
