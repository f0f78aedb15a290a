"""Laws of shared burdens, from the definition in Chowdhry, Hinz, Kamin and Wanner (2024)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.witness import violations
from bench.worlds import synthetic
from hedgerow.errors import DidNotConverge, NoSupplierError, RequestError, UnknownNameError
from hedgerow.trade.equilibrium import solve, without_deficits
from hedgerow.trade.policy import (
    DeficitChange,
    DeficitRule,
    Embargo,
    IcebergChange,
    Policy,
    TariffChange,
    TariffRateQuota,
)
from hedgerow.trade.variants.sanctions import share_burden, share_burdens, transfers
from tests.trade.strategies import policies
from tests.trade.test_trade_laws import permuted

WORLD = synthetic(6, 3, seed=3)
TARGET, SENDERS = "A01", ("A00", "A02", "A04")
SANCTIONS = Policy(
    (
        IcebergChange(exporters=SENDERS, importers=(TARGET,), factor=1.6),
        IcebergChange(exporters=(TARGET,), importers=SENDERS, factor=1.3),
    ),
    label="sanctions",
)
LAWS = settings(max_examples=20, deadline=None, derandomize=True)
coalitions = st.lists(st.sampled_from(WORLD.actors), min_size=1, unique=True)


@LAWS
@given(policy=policies(WORLD), members=coalitions)
def test_members_fare_alike_and_transfers_cancel(policy: Policy, members: list[str]) -> None:
    found = share_burden(WORLD, policy, members=members)
    place = [WORLD.actors.index(name) for name in members]
    np.testing.assert_allclose(found.equilibrium.welfare_hat[place], 1 + found.welfare, rtol=1e-9)
    assert abs(found.received.sum()) < 1e-12
    assert not np.delete(found.received, place).any()
    assert violations(found.equilibrium).largest < 1e-9


@LAWS
@given(policy=policies(WORLD), member=st.sampled_from(WORLD.actors))
def test_a_coalition_of_one_is_no_coalition(policy: Policy, member: str) -> None:
    found, plain = share_burden(WORLD, policy, members=(member,)), solve(WORLD, policy)
    np.testing.assert_allclose(found.received, 0, atol=1e-15)
    np.testing.assert_allclose(found.equilibrium.welfare_hat, plain.welfare_hat, rtol=1e-9)


@pytest.mark.parametrize("rule", DeficitRule)
def test_agrees_with_the_slow_obvious_way(rule: DeficitRule) -> None:
    """Solve, compute what would equalise, give it, solve again; under own shares the gift is on top of the rule's."""
    policy = replace(SANCTIONS, deficits=rule)
    found = share_burden(WORLD, policy, members=SENDERS)
    base = without_deficits(WORLD) if rule is DeficitRule.ZERO else WORLD
    inside = np.isin(base.actors, SENDERS)
    given_, level = np.zeros(6), solve(base, replace(policy, deficits=DeficitRule.FIXED)).transfer
    for _ in range(60):
        part = DeficitChange(tuple(zip(base.actors, (level + given_) * base.world_value_added, strict=True)))
        answer = solve(base, Policy((*policy.parts, part)), tolerance=1e-12)
        before = answer.income - given_
        living = base.income * answer.consumer_price_hat
        given_ = np.where(inside, before[inside].sum() / living[inside].sum() * living - before, 0)
        if rule is DeficitRule.OWN_SHARE:
            bill = answer.wage_hat * base.value_added
            level = base.deficit / base.value_added * bill
            level = level - level.sum() * bill / bill.sum()
    np.testing.assert_allclose(found.received, given_, atol=1e-11)
    np.testing.assert_allclose(found.equilibrium.welfare_hat, answer.welfare_hat, rtol=1e-9)


@pytest.mark.parametrize("rule", DeficitRule)
def test_the_policy_of_the_answer_holds_the_transfers(rule: DeficitRule) -> None:
    found = share_burden(WORLD, replace(SANCTIONS, deficits=rule), members=SENDERS)
    again = solve(WORLD, found.equilibrium.policy)
    np.testing.assert_allclose(again.welfare_hat, found.equilibrium.welfare_hat, rtol=1e-9)


def test_no_shock_no_transfer() -> None:
    found = share_burden(WORLD, Policy(), members=SENDERS)
    np.testing.assert_allclose(found.received, 0, atol=1e-12)
    assert abs(found.welfare) < 1e-10


def test_an_embargo_can_be_shared() -> None:
    cut = Policy((Embargo(exporters=SENDERS, importers=(TARGET,)), Embargo(exporters=(TARGET,), importers=SENDERS)))
    found = share_burden(WORLD, cut, members=SENDERS)
    np.testing.assert_allclose(found.equilibrium.welfare_hat[[0, 2, 4]], 1 + found.welfare, rtol=1e-9)
    assert found.welfare < 0
    assert violations(found.equilibrium).largest < 1e-9


def test_the_welfare_of_a_coalition_is_that_of_its_pooled_income() -> None:
    found = share_burden(WORLD, SANCTIONS, members=SENDERS)
    place, answer = [WORLD.actors.index(name) for name in SENDERS], found.equilibrium
    living = WORLD.income[place] * answer.consumer_price_hat[place]
    assert 1 + found.welfare == pytest.approx(answer.income[place].sum() / living.sum(), rel=1e-10)


def test_who_loses_more_than_the_others_is_helped() -> None:
    plain = solve(WORLD, SANCTIONS).welfare.sel(actor=list(SENDERS))
    helped = share_burden(WORLD, SANCTIONS, members=SENDERS).transfer_share.sel(actor=list(SENDERS))
    assert helped[int(plain.values.argmin())] > 0 > helped[int(plain.values.argmax())]


def test_the_unit_of_money_does_not_matter() -> None:
    one = share_burden(WORLD, SANCTIONS, members=SENDERS)
    thousandfold = replace(WORLD, world_value_added=1000 * WORLD.world_value_added)
    other = share_burden(thousandfold, SANCTIONS, members=SENDERS)
    np.testing.assert_allclose(other.transfer, 1000 * one.transfer, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(other.transfer_share, one.transfer_share, rtol=1e-9, atol=1e-15)


@LAWS
@given(seed=st.integers(0, 1000))
def test_the_order_of_actors_and_members_does_not_matter(seed: int) -> None:
    rng = np.random.default_rng(seed)
    shuffled = permuted(WORLD, rng.permutation(6), rng.permutation(3))
    expected = share_burden(WORLD, SANCTIONS, members=SENDERS)
    found = share_burden(shuffled, SANCTIONS, members=[SENDERS[k] for k in rng.permutation(3)])
    np.testing.assert_allclose(found.transfer_share.sel(actor=list(WORLD.actors)), expected.transfer_share, atol=1e-9)
    assert found.welfare == pytest.approx(expected.welfare, abs=1e-9)


def test_many_policies_give_what_each_gives_alone() -> None:
    several = [SANCTIONS, Policy(), SANCTIONS + TariffChange(importers=("A00",), add=0.1)]
    for together, alone in zip(
        share_burdens(WORLD, several, members=SENDERS),
        (share_burden(WORLD, policy, members=SENDERS) for policy in several),
        strict=True,
    ):
        np.testing.assert_allclose(together.received, alone.received, atol=1e-11)


def test_transfers_by_hand() -> None:
    """Two members with incomes 9 and 2 at base incomes 10 and 2, prices 1 and 1.25: 11 of 12.5, which is 0.88."""
    found = transfers(
        np.array([9.0, 2.0, 5.0]), np.array([1.0, 1.25, 2.0]), np.array([10.0, 2.0, 5.0]), np.eye(3)[:2].sum(0)
    )
    np.testing.assert_allclose(found, [-0.2, 0.2, 0])


@pytest.mark.parametrize(
    ("members", "policy", "error", "said"),
    [
        ((), SANCTIONS, RequestError, "has none"),
        ("A00", SANCTIONS, RequestError, "is a text"),
        (("A00", "A02", "A00"), SANCTIONS, RequestError, "'A00' is named twice"),
        (("A00", "A99"), SANCTIONS, UnknownNameError, "did you mean"),
        (
            SENDERS,
            Policy((TariffRateQuota(importers=("A00",), inside=0.0, outside=0.5, share_of_base=0.5),)),
            RequestError,
            "quotas are not solved",
        ),
    ],
)
def test_impossible_requests_name_the_remedy(
    members: tuple[str, ...], policy: Policy, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        share_burden(WORLD, policy, members=members)


def test_two_rules_for_deficits_are_refused() -> None:
    with pytest.raises(RequestError, match="one rule at a time"):
        share_burdens(WORLD, [Policy(), Policy(deficits=DeficitRule.ZERO)], members=SENDERS)


def test_a_buyer_without_supplier_is_named() -> None:
    shares = WORLD.trade_share.copy()
    shares[0, 0] = np.where(np.arange(6) == 1, 1.0, 0.0)
    with pytest.raises(NoSupplierError, match=r"cut.*A00"):
        share_burden(
            replace(WORLD, trade_share=shares), Policy((Embargo(exporters=("A01",)),), label="cut"), members=SENDERS
        )


def test_what_has_no_equilibrium_is_refused_by_name() -> None:
    """Who has to ship abroad twice what it makes cannot."""
    deficits = WORLD.deficit.copy()
    deficits[[0, 5]] += 2 * WORLD.value_added[0] * np.array([-1, 1])
    levels = tuple(zip(WORLD.actors, deficits * WORLD.world_value_added, strict=True))
    with pytest.raises(DidNotConverge, match=r"scenario 0 \(too much\), A\d\d: no equilibrium"):
        share_burden(WORLD, Policy((DeficitChange(levels),), label="too much"), members=("A01", "A02"))
