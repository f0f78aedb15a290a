"""Concentration: cases by hand, exact identities, and what adding or losing a partner does."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hedgerow.indicators.concentration import (
    bloc_of_each,
    concentration,
    effective,
    effective_partners,
    herfindahl,
    theil,
    theil_between,
    turnover,
)
from hedgerow.indicators.ties import shares

Array = npt.NDArray[np.float64]
TRADE = arrays(np.float64, st.integers(2, 8), elements=st.integers(0, 1000).map(float)).filter(lambda t: t.sum() > 0)


def test_half_a_quarter_a_quarter() -> None:
    """½² + ¼² + ¼² = 0.375; 1 / 0.375 = 2⅔; ½ ln 1.5 + 2 · ¼ ln 0.75 by Theil."""
    share = np.array([0.5, 0.25, 0.25])
    assert herfindahl(share) == pytest.approx(0.375)
    assert effective_partners(herfindahl(share)) == pytest.approx(8 / 3)
    assert theil(share) == pytest.approx(0.5 * np.log(1.5) + 0.5 * np.log(0.75))


@given(TRADE)
def test_the_index_is_one_plus_the_squared_variation_over_the_number(trade: Array) -> None:
    share = shares(trade)
    variation = share.std() / share.mean()
    assert herfindahl(share) == pytest.approx((1 + variation**2) / len(share))


@given(st.integers(1, 50))
def test_equal_partners_count_in_full_and_have_no_concentration(partners: int) -> None:
    share = np.full(partners, 1 / partners)
    assert effective_partners(herfindahl(share)) == pytest.approx(partners)
    assert theil(share) == pytest.approx(0, abs=1e-12)


def test_one_partner_is_everything() -> None:
    share = np.array([0.0, 1.0, 0.0, 0.0])
    assert herfindahl(share) == 1
    assert theil(share) == pytest.approx(np.log(4))


@given(TRADE, st.data())
def test_losing_a_partner_moves_concentration_the_right_way(trade: Array, data: st.DataObject) -> None:
    """What is left is more concentrated exactly where the partner lost had less than 2H / (1 + H) of trade."""
    lost = data.draw(st.integers(0, len(trade) - 1))
    share = shares(trade)
    assume(share[lost] < 1)
    before, after = herfindahl(share), herfindahl(shares(np.delete(trade, lost)))
    limit = 2 * before / (1 + before)
    if share[lost] < limit - 1e-9:
        assert after > before or share[lost] == 0
    elif share[lost] > limit + 1e-9:
        assert after < before


@given(TRADE)
def test_the_smallest_partner_never_held_concentration_up(trade: Array) -> None:
    kept = np.delete(trade, trade.argmin())
    assume(kept.sum() > 0)
    assert herfindahl(shares(kept)) >= herfindahl(shares(trade)) - 1e-12


@given(TRADE)
def test_a_partner_without_trade_changes_the_index_not_at_all_and_an_unknown_one_neither(trade: Array) -> None:
    for more in (0.0, np.nan):
        longer = np.append(trade, more)
        assert herfindahl(shares(longer)) == pytest.approx(float(herfindahl(shares(trade))))
    assert theil(shares(np.append(trade, np.nan))) == pytest.approx(float(theil(shares(trade))))


@given(TRADE, st.data())
def test_theil_splits_exactly_between_and_within_groups(trade: Array, data: st.DataObject) -> None:
    """Σ_g S_g T_g computed group by group is the whole less what lies between groups."""
    group = data.draw(arrays(np.int_, len(trade), elements=st.integers(0, 3)))
    share = shares(trade)
    inside = sum(
        share[group == g].sum() * float(theil(shares(trade[group == g])))
        for g in set(group.tolist())
        if trade[group == g].sum() > 0
    )
    assert theil_between(share, group) + inside == pytest.approx(float(theil(share)), abs=1e-9)


@given(TRADE)
def test_every_partner_its_own_group_leaves_nothing_within(trade: Array) -> None:
    share = shares(trade)
    assert theil_between(share, np.arange(len(share))) == pytest.approx(float(theil(share)), abs=1e-12)
    assert theil_between(share, np.zeros(len(share), dtype=int)) == pytest.approx(0, abs=1e-12)


@given(TRADE, st.floats(0.1, 10))
def test_growth_in_step_is_no_turnover_and_a_full_swap_is_all_of_it(trade: Array, factor: float) -> None:
    assert turnover(trade, trade * factor) == pytest.approx(0, abs=1e-12)
    assert turnover(np.array([5.0, 0.0]), np.array([0.0, 9.0])) == 1


@given(TRADE, st.data())
def test_turnover_is_a_distance(trade: Array, data: st.DataObject) -> None:
    two = [data.draw(arrays(np.float64, len(trade), elements=st.integers(1, 1000).map(float))) for _ in range(2)]
    direct, around = turnover(trade, two[1]), turnover(trade, two[0]) + turnover(two[0], two[1])
    assert direct == pytest.approx(float(turnover(two[1], trade)))
    assert direct <= around + 1e-12


@given(TRADE, st.lists(st.integers(1, 100), min_size=1, max_size=6))
def test_however_the_rest_of_the_world_is_made_up_the_index_lies_in_its_range(trade: Array, parts: list[int]) -> None:
    """The last economy is the rest of the world; split into parts of any size it stays between low and high."""
    actors = len(trade)
    ties = np.full((actors, actors), np.nan)
    ties[0, 1:] = trade[1:]
    assume(trade[1:].sum() > 0)
    named = np.arange(actors) < actors - 1
    found = concentration(ties, named)
    assert found.low is not None
    assert found.high is not None
    split = trade[-1] * np.array(parts) / sum(parts)
    index = herfindahl(shares(np.concatenate([trade[1:-1], split])))
    assert found.low[0] - 1e-12 <= index <= found.high[0] + 1e-12
    partners = effective(found)
    assert partners.high is None or partners.low is None or not partners.low[0] > partners.value[0] + 1e-9


def test_members_of_a_bloc_share_a_group_while_they_belong_to_it() -> None:
    """The United Kingdom left the European Union on 31 January 2020."""
    actors = ("CAN", "DEU", "FRA", "GBR")
    before, after = bloc_of_each(actors, 2015), bloc_of_each(actors, 2023)
    assert before[1] == before[2] == before[3] != before[0]
    assert after[1] == after[2] != after[3] != after[0]
