"""Windows of the American schedule: days add up, and blocks of them visit every window equally often."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.errors import RequestError
from hedgerow.planning.portfolio.outlooks import outlook
from hedgerow.planning.portfolio.process import sample_paths
from hedgerow.planning.portfolio.regimes import Outlook, Retaliation, policies
from hedgerow.planning.portfolio.schedule_windows import STEP, block_chain, windows
from hedgerow.planning.question import Question, ask
from hedgerow.provenance import Status
from hedgerow.scenarios.us_schedule import EU_MEMBERS, last_day, mean_rates, us_spells
from hedgerow.trade.economy import calibrate
from hedgerow.trade.policy import Policy, apply
from hedgerow.world.io import load

SPELLS = us_spells()
LAST = last_day(SPELLS)


@cache
def question() -> Question:
    return ask(load("composite-2023"), "CAN", "USA")


@cache
def found() -> Outlook:
    return outlook("history", question())


def rate_on(day: date, partner: str) -> float:
    """Obvious and slow: what was added on one day."""
    for spell in SPELLS:
        if spell.start <= day and (spell.end is None or day <= spell.end):
            return spell.rates[partner]
    return 0.0


def test_a_window_has_the_mean_of_its_days() -> None:
    for first, last in windows(SPELLS):
        days = [first + timedelta(days=k) for k in range((last - first).days + 1)]
        assert len(days) in (365, 366)
        means = mean_rates(SPELLS, first, last)
        for partner in ("CAN", "CHN", "EU"):
            assert means[partner] == pytest.approx(np.mean([rate_on(day, partner) for day in days]), abs=1e-12)


@given(st.integers(0, 300), st.integers(0, 130), st.integers(1, 130))
def test_means_of_neighbouring_days_add_up(begin: int, one_length: int, other_length: int) -> None:
    first = date(2025, 1, 20) + timedelta(days=begin)
    middle = first + timedelta(days=one_length)
    after, last = middle + timedelta(days=1), middle + timedelta(days=other_length)
    whole, one, other = (mean_rates(SPELLS, *days) for days in ((first, last), (first, middle), (after, last)))
    lengths = (middle - first).days + 1, (last - after).days + 1
    for partner in ("CAN", "CHN", "EU"):
        weighted = (lengths[0] * one[partner] + lengths[1] * other[partner]) / sum(lengths)
        assert whole[partner] == pytest.approx(weighted, abs=1e-12)


@pytest.mark.parametrize("days", [(LAST, LAST + timedelta(days=1)), (LAST, LAST - timedelta(days=1))])
def test_days_without_a_known_rate_have_no_mean(days: tuple[date, date]) -> None:
    with pytest.raises(RequestError, match=str(LAST)):
        mean_rates(SPELLS, *days)


def test_windows_begin_a_year_before_the_first_spell_and_follow_each_other() -> None:
    spans = windows(SPELLS)
    assert spans[0] == (date(2024, 2, 4), date(2025, 2, 3))
    assert all(last <= LAST for _, last in spans)
    assert spans[-1][1] + timedelta(days=92) > LAST  # one more quarter would pass the last known day
    ahead = 12 // STEP
    for (_, last), (first, _) in zip(spans, spans[ahead:], strict=False):
        assert first == last + timedelta(days=1)


@given(st.integers(2, 12), st.integers(1, 11), st.floats(1, 30))
def test_every_window_is_visited_equally_often(count: int, ahead: int, length: float) -> None:
    chain = block_chain(count, ahead, length)
    np.testing.assert_allclose(chain.sum(axis=1), 1, atol=1e-12)
    np.testing.assert_allclose(np.full(count, 1 / count) @ chain, 1 / count, atol=1e-12)


def test_blocks_go_on_to_the_next_year_and_last_as_long_as_they_should() -> None:
    chain = block_chain(7, 4, 5.0)
    jump = 1 / (5 * 7)
    for now in range(7):
        expected = np.full(7, jump)
        expected[(now + 4) % 7] += 1 - 1 / 5
        np.testing.assert_allclose(chain[now], expected)


def test_blocks_of_a_year_are_independent_years() -> None:
    np.testing.assert_allclose(block_chain(7, 4, 1.0), 1 / 7)


def test_shorter_blocks_are_refused() -> None:
    with pytest.raises(RequestError, match=r"0\.5 years is shorter"):
        block_chain(7, 4, 0.5)


def test_the_calm_window_changes_nothing_and_year_zero_is_the_last_one() -> None:
    first = policies(found(), question(), retaliation=Retaliation.EVERYONE)[0]
    assert first == Policy()
    for chain in found().chains:
        assert (chain.calm, chain.initial) == ("2024-02-04", "2025-08-04")
    assert {regime.status for regime in found().regimes} == {Status.DERIVED}


def test_policies_charge_the_mean_of_their_window() -> None:
    economy = calibrate(question().world)
    place, goods = economy.actors.index, list(question().world.goods)
    sectors = [economy.sectors.index(sector) for sector in goods]
    charged = policies(found(), question(), retaliation=Retaliation.NONE)
    for (first, last), policy in zip(windows(SPELLS), charged, strict=True):
        points = apply(economy, policy).tariff - economy.tariff
        means = mean_rates(SPELLS, first, last)
        for code in ("CAN", "CHN", "DEU"):
            partner = "EU" if code in EU_MEMBERS else code
            np.testing.assert_allclose(points[sectors, place("USA"), place(code)], means[partner], atol=1e-12)
        assert not points[:, place("CAN")].any()
        assert not points[[k for k in range(len(points)) if k not in sectors]].any()


def test_demands_grow_with_the_days_under_tariffs() -> None:
    demands = [regime.exclusivity for regime in found().regimes]
    assert demands == sorted(demands)
    assert demands[0] == pytest.approx(0.2)  # of competitive multi-partner, before
    assert demands[-1] == pytest.approx(0.4)  # of transactional, after


def test_courses_can_be_drawn() -> None:
    drawn = sample_paths(found().chains[0], years=15, count=400, seed=1)
    assert set(np.unique(drawn.regime)) == set(range(len(found().regimes)))


def test_no_other_power_has_this_history() -> None:
    with pytest.raises(RequestError, match="China") as refusal:
        outlook("history", ask(load("composite-2023"), "CAN", "CHN"))
    assert "grand-strategies" in str(refusal.value)
    assert "\n" not in str(refusal.value)
