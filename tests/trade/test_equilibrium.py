"""Batches, failures and agreement with the slow solver."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bench import nested, shocks, worlds
from bench.witness import cost_change, violations
from bench.worlds import synthetic
from hedgerow.errors import DidNotConverge, NoSupplierError, RequestError
from hedgerow.trade import cascade
from hedgerow.trade.cascade import Method
from hedgerow.trade.economy import calibrate
from hedgerow.trade.equilibrium import solve, solve_many
from hedgerow.trade.policy import DeficitRule, Embargo, IcebergChange, Policy, TariffChange, apply
from hedgerow.trade.welfare import welfare_change
from hedgerow.world.io import load

WORLD = synthetic(6, 4, seed=3)
SHOCKS = {
    "tariff": Policy((TariffChange(importers=("A00",), add=0.25),)),
    "war": Policy((TariffChange(importers=("A00",), add=0.6), TariffChange(exporters=("A00",), add=0.5))),
    "world": Policy((TariffChange(add=1.0),)),
    "iceberg": Policy((IcebergChange(importers=("A01", "A02"), factor=0.8),)),
    "embargo": Policy((Embargo(importers=("A00",), exporters=("A01",)), TariffChange(set_to=0.0))),
}


@pytest.mark.parametrize("shock", SHOCKS)
@pytest.mark.parametrize("shape", [(3, 1), (5, 3), (12, 6)], ids=str)
def test_agrees_with_the_slow_obvious_solver(shape: tuple[int, int], shock: str) -> None:
    economy, policy = synthetic(*shape, seed=sum(shape)), SHOCKS[shock]
    fast = solve(economy, policy)
    tariff, iceberg = cost_change(fast.economy, policy)
    slow = nested.solve(fast.economy, tariff=tariff, iceberg=iceberg, tolerance=1e-11)
    np.testing.assert_allclose(fast.wage_hat, slow.wage_hat, atol=1e-8)
    np.testing.assert_allclose(fast.price_hat, slow.price_hat, atol=1e-8)
    np.testing.assert_allclose(fast.spent, slow.expenditure, atol=1e-8)
    np.testing.assert_allclose(fast.income, slow.income, atol=1e-8)


def test_agrees_with_the_slow_obvious_solver_on_the_embedded_world() -> None:
    economy = calibrate(load("wiod-2011"))
    policy = Policy((TariffChange(importers=("USA",), sectors=economy.goods_sectors, add=0.1),))
    fast = solve(economy, policy)
    slow = nested.solve(economy, tariff=apply(economy, policy).tariff)
    np.testing.assert_allclose(fast.wage_hat, slow.wage_hat, atol=1e-8)
    np.testing.assert_allclose(fast.price_hat, slow.price_hat, atol=1e-8)
    assert violations(fast).largest < 1e-9
    assert violations(fast).walras < 1e-11


def test_a_batch_gives_what_single_solves_give_in_any_order() -> None:
    policies = list(SHOCKS.values()) * 3
    calls: list[int] = []
    many = solve_many(WORLD, policies, progress=calls.append)
    assert calls[-1] == len(policies)
    backwards = solve_many(WORLD, policies[::-1])[::-1]
    for policy, one, two in zip(policies, many, backwards, strict=True):
        alone = solve(WORLD, policy)
        assert one.policy is two.policy is policy
        np.testing.assert_allclose(welfare_change(one), welfare_change(alone), atol=1e-9)
        np.testing.assert_allclose(welfare_change(two), welfare_change(alone), atol=1e-9)


def test_chunks_keep_the_order_and_mix_deficit_rules() -> None:
    economy = synthetic(40, 8, seed=4)
    rules = [DeficitRule.FIXED, DeficitRule.ZERO, DeficitRule.ZERO, DeficitRule.FIXED] * 10
    policies = [
        Policy((TariffChange(importers=(economy.actors[k],), add=0.1 + 0.01 * k),), deficits=rule)
        for k, rule in enumerate(rules)
    ]
    done: list[int] = []
    many = solve_many(economy, policies, progress=done.append)
    assert done == sorted(done)
    assert done[-1] == 40
    for k in (0, 1, 17, 39):
        np.testing.assert_allclose(welfare_change(many[k]), welfare_change(solve(economy, policies[k])), atol=1e-9)


def test_no_policies_no_equilibria() -> None:
    assert solve_many(WORLD, []) == []


def test_the_same_question_gets_the_same_digits() -> None:
    one, two = (solve_many(WORLD, list(SHOCKS.values())) for _ in range(2))
    for first, second in zip(one, two, strict=True):
        np.testing.assert_array_equal(first.wage_hat, second.wage_hat)


def test_screening_is_close() -> None:
    rough, exact = (welfare_change(solve(WORLD, SHOCKS["war"], tolerance=t)) for t in (1e-4, 1e-10))
    assert np.abs(rough - exact).max() < 0.01 * np.abs(exact).max()
    with pytest.raises(RequestError, match="tolerance"):
        solve(WORLD, Policy(), tolerance=0.0)


def test_a_buyer_without_supplier_is_named() -> None:
    share = WORLD.trade_share.copy()
    share[1, 2] = np.eye(6)[4]  # A02 buys all its S01 from A04
    economy = replace(WORLD, trade_share=share)
    with pytest.raises(NoSupplierError, match=r"scenario 1 \(cut\): A02 has no supplier of S01"):
        solve_many(economy, [Policy(), Policy((Embargo(importers=("A02",)),), label="cut")])


def test_an_impossible_deficit_is_refused_by_name() -> None:
    """An actor that is cut off cannot keep its deficit."""
    closed = Policy((Embargo(importers=("A03",)), Embargo(exporters=("A03",))), label="siege")
    with pytest.raises(DidNotConverge, match=r"scenario 2 \(siege\): .* worst in A03"):
        solve_many(WORLD, [Policy(), SHOCKS["tariff"], closed])
    shut = solve(WORLD, replace(closed, deficits=DeficitRule.ZERO))
    assert violations(shut).largest < 1e-9


def test_what_is_returned_is_true_and_what_is_not_true_is_raised() -> None:
    rng = np.random.default_rng(21)
    solved, refused, stranded = 0, 0, 0
    for _ in range(30):
        economy = worlds.adversarial(rng)
        for _ in range(2):
            try:
                found = solve(economy, shocks.adversarial(economy, rng))
            except NoSupplierError:
                stranded += 1
            except DidNotConverge:
                refused += 1
            else:
                assert violations(found).largest < 1e-9
                assert found.residual < 1e-10
                solved += 1
    assert solved + refused + stranded == 60
    assert solved >= 0.95 * (solved + refused)


@pytest.mark.parametrize("method", [Method.DAMPED, Method.CONTINUATION])
@pytest.mark.parametrize("shock", ["war", "embargo"])
def test_gentler_methods_find_the_same_answer(shock: str, method: Method, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = solve(WORLD, SHOCKS[shock])
    assert expected.method is Method.PLAIN
    monkeypatch.setattr(cascade, "PLAIN_LIMIT", 3)
    if method is Method.CONTINUATION:
        monkeypatch.setattr(cascade, "DAMPED_LIMIT", 3)
    found = solve(WORLD, SHOCKS[shock])
    assert found.method is method
    assert found.iterations > expected.iterations
    np.testing.assert_allclose(welfare_change(found), welfare_change(expected), atol=1e-9)
