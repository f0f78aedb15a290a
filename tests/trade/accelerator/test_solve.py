"""The accelerator gives the answers of ``solve_many``, on whatever JAX computes; here that is the processor."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

pytest.importorskip("jax", reason="JAX is not installed: pip install 'jax>=0.10'")

import jax.numpy as jnp

from bench import shocks
from bench.witness import violations
from bench.worlds import synthetic
from hedgerow.errors import DidNotConverge, NoSupplierError, RequestError
from hedgerow.trade.accelerator import solve as accelerated
from hedgerow.trade.accelerator.solve import solve_batch
from hedgerow.trade.cascade import Method
from hedgerow.trade.economy import Economy, calibrate
from hedgerow.trade.equilibrium import Equilibrium, solve_many
from hedgerow.trade.policy import (
    DeficitChange,
    DeficitRule,
    Embargo,
    ExportTaxChange,
    IcebergChange,
    NonTariffChange,
    Policy,
    ProductivityChange,
    TariffChange,
)
from hedgerow.world import io

US = ("A00",)


@cache
def world(seed: int) -> Economy:
    return synthetic(5, 3, seed=seed)


def mixture(economy: Economy) -> list[Policy]:
    """Every kind of change that has blocks, alone and on top of others."""
    lent = float(economy.deficit[:2].sum() * economy.world_value_added)
    swapped = DeficitChange((("A00", 0.0), ("A01", lent)))
    return [
        Policy(),
        Policy((TariffChange(importers=US, add=0.25),)),
        Policy(
            (TariffChange(add=0.3), TariffChange(cap=0.35), TariffChange(importers=US, floor=0.33, sectors=("S01",)))
        ),
        Policy(
            (
                TariffChange(add=0.1),
                TariffChange(exporters=("A01", "A03"), set_to=0.0),
                Embargo(exporters=("A02",), importers=US),
            )
        ),
        Policy(
            (Embargo(exporters=("A02",), importers=US), IcebergChange(factor=1.1), NonTariffChange(ave=0.2, delta=-0.5))
        ),
        Policy((ExportTaxChange(exporters=("A01",), add=0.1), ExportTaxChange(add=-0.02), TariffChange(add=0.05))),
        Policy((ProductivityChange(factor=1.1, actors=("A02",)), swapped)),
        Policy((TariffChange(add=0.2),), deficits=DeficitRule.OWN_SHARE),
    ]


def same(one: list[Equilibrium], other: list[Equilibrium]) -> None:
    for a, b in zip(one, other, strict=True):
        for name in ("wage_hat", "cost_hat", "price_hat", "spent", "income", "transfer", "welfare_hat"):
            np.testing.assert_allclose(getattr(a, name), getattr(b, name), rtol=0, atol=1e-9, err_msg=name)
        assert a.policy is b.policy
        assert a.economy is b.economy


@pytest.mark.parametrize("seed", range(6))
def test_every_kind_of_policy_on_random_worlds(seed: int) -> None:
    policies = mixture(world(seed))
    found = solve_batch(world(seed), policies)
    same(found, solve_many(world(seed), policies))
    assert max(violations(one).largest for one in found) < 1e-9
    np.testing.assert_allclose(found[0].welfare_hat, 1, atol=1e-12, err_msg="nothing changed")
    assert found[0].iterations == 1
    assert jnp.ones(1).dtype == jnp.float32, "double precision leaked out"


def test_batches_of_any_size_and_bases_of_both_kinds_keep_their_order() -> None:
    """Seven and three scenarios, three at a time: one batch is filled up. Some compare with another base."""
    policies = [
        Policy(
            (TariffChange(importers=US, add=0.05 * k),),
            deficits=DeficitRule.ZERO if k in (2, 3, 8) else DeficitRule.FIXED,
        )
        for k in range(10)
    ]
    same(solve_batch(world(0), policies, batch=3), solve_many(world(0), policies))
    assert solve_batch(world(0), []) == []


def test_rates_that_leave_no_price_are_refused_as_by_solve_many() -> None:
    """Minus 1.8 to the power of minus four would be a number."""
    halved = Policy((TariffChange(exporters=("A01",), add=-0.9), TariffChange(add=-0.9)))
    with pytest.raises(RequestError, match="leaves no price"):
        solve_batch(world(0), [Policy(), Policy(), halved])


@pytest.mark.parametrize("name", ["wiod-2011", "composite-2023"])
def test_the_embedded_worlds(name: str) -> None:
    economy = calibrate(io.load(name))
    policies = list(shocks.realistic(economy).values())
    same(solve_batch(economy, policies, batch=4), solve_many(economy, policies))


def test_what_fails_goes_through_the_other_methods(monkeypatch: pytest.MonkeyPatch) -> None:
    """Too few iterations for anything but the base: the others are then solved as by ``solve_many``."""
    monkeypatch.setattr(accelerated, "PLAIN_LIMIT", 3)
    economy = world(0)
    policies = [Policy(), Policy((TariffChange(importers=US, add=0.25),))]
    found = solve_batch(economy, policies)
    same(found, solve_many(economy, policies))
    assert found[0].iterations == 1
    assert found[1].iterations > 3
    assert found[1].method is Method.PLAIN


def test_a_scenario_without_an_answer_is_named_and_none_is_returned() -> None:
    siege = Policy((Embargo(importers=("A03",)), Embargo(exporters=("A03",))), label="siege")
    with pytest.raises(DidNotConverge, match=r"scenario 1 \(siege\)"):
        solve_batch(world(0), [Policy(), siege])


def test_a_buyer_without_suppliers_is_named() -> None:
    share = world(0).trade_share.copy()
    share[0, 1] = [0.5, 0, 0.5, 0, 0]
    dependent = replace(world(0), trade_share=share)
    alone = Policy((Embargo(importers=("A01",), sectors=("S00",)), Embargo(importers=("A01",), sectors=("S01",))))
    with pytest.raises(NoSupplierError, match="scenario 1: A01 has no supplier of S00"):
        solve_batch(dependent, [Policy(), alone])


def test_impossible_requests_are_refused() -> None:
    with pytest.raises(RequestError, match="batch: 0"):
        solve_batch(world(0), [Policy()], batch=0)
    with pytest.raises(RequestError, match="tolerance"):
        solve_batch(world(0), [Policy()], tolerance=2.0)
