"""Gradients against differences of solved equilibria, against each other, and against what theory says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

pytest.importorskip("jax", reason="JAX is not installed: pip install 'jax>=0.10'")

import jax.numpy as jnp

from bench.worlds import synthetic
from hedgerow.errors import RequestError, UnknownNameError
from hedgerow.trade.accelerator.gradient import Gradient, gradient
from hedgerow.trade.economy import Economy, calibrate
from hedgerow.trade.equations import Outcome, State
from hedgerow.trade.equilibrium import Equilibrium, solve
from hedgerow.trade.exposures.jacobian import exposures
from hedgerow.trade.policy import (
    DeficitRule,
    Embargo,
    ExportTaxChange,
    IcebergChange,
    Part,
    Policy,
    ProductivityChange,
    TariffChange,
    TariffRateQuota,
)
from hedgerow.world import io

WORLD = synthetic(5, 3, seed=1)
MIXED = Policy(
    (
        TariffChange(importers=("A00",), add=0.2),
        ExportTaxChange(exporters=("A02",), add=0.1),
        IcebergChange(importers=("A03",), factor=1.2),
        ProductivityChange(actors=("A01",), factor=1.05),
        Embargo(importers=("A04",), exporters=("A02",), sectors=("S01",)),
    ),
    deficits=DeficitRule.OWN_SHARE,
)
PLAIN = Policy((TariffChange(importers=("A00",), add=0.2),))
FLOW: dict[str, Any] = {"importers": ("A00",), "exporters": ("A01",), "sectors": ("S01",)}
CELL = 1, 0, 1
ACTOR = "A01"
STEP = 2e-3


@cache
def at(policy: Policy) -> Equilibrium:
    return solve(WORLD, policy, tolerance=1e-12)


@cache
def found(policy: Policy) -> Gradient:
    return gradient(at(policy), of=ACTOR)


def real_income(policy: Policy, economy: Economy = WORLD) -> float:
    return float(np.log(solve(economy, policy, tolerance=1e-12).welfare_hat[1]))


def slope(function: Callable[[float], float]) -> float:
    """Fourth-order central difference."""
    near, far = (function(h) - function(-h) for h in (STEP, 2 * STEP))
    return (8 * near - far) / (12 * STEP)


def close(exact: float, function: Callable[[float], float]) -> None:
    """Relative 1e-7; below 1e-3 the differences of solves to 1e-12 have fewer digits."""
    assert exact == pytest.approx(slope(function), rel=1e-7, abs=1e-10)


@pytest.mark.parametrize("policy", [PLAIN, MIXED], ids=["plain", "mixed"])
def test_every_derivative_is_the_limit_of_differences(policy: Policy) -> None:
    applied, exact = at(policy).applied, found(policy)
    tariff = np.log1p(applied.tariff[CELL])
    taxed = 0.0 if applied.export_tax is None else np.log1p(applied.export_tax[CELL])

    def more(**change: float) -> Policy:
        """One flow, or one sector of one actor, moves by a log."""
        ((name, h),) = change.items()
        makers: dict[str, Callable[[], Part]] = {
            "tariff": lambda: TariffChange(**FLOW, set_to=float(np.expm1(tariff + h))),
            "export_tax": lambda: ExportTaxChange(**FLOW, set_to=float(np.expm1(taxed + h))),
            "iceberg": lambda: IcebergChange(**FLOW, factor=float(np.exp(h))),
            "productivity": lambda: ProductivityChange(actors=("A03",), sectors=("S01",), factor=float(np.exp(h))),
        }
        return policy + makers[name]()

    def other_theta(h: float) -> Economy:
        return replace(WORLD, trade_elasticity=WORLD.trade_elasticity + h * (np.arange(3) == 1))

    close(exact.tariff[CELL], lambda h: real_income(more(tariff=h)))
    close(exact.export_tax[CELL], lambda h: real_income(more(export_tax=h)))
    close(exact.iceberg[CELL], lambda h: real_income(more(iceberg=h)))
    close(exact.productivity[1, 3], lambda h: real_income(more(productivity=h)))
    close(exact.trade_elasticity[1], lambda h: real_income(policy, other_theta(h)))


def by_hand(equilibrium: Equilibrium, actor: str) -> None:
    """The slopes of ``trade/exposures`` share no derivative with ours. They are found to 1e-11 of the largest worth."""
    exact, others = gradient(equilibrium, of=actor), exposures(equilibrium)
    actors = equilibrium.economy.actors
    foreign = ~np.eye(len(actors), dtype=bool)
    pairs = (
        (exact.tariff * foreign, others.tariff_slopes(actor)),
        (exact.iceberg * foreign, others.iceberg_slopes(actor)),
        (exact.productivity, -others.cost[:, :, actors.index(actor)]),
    )
    for ours, theirs in pairs:
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-10 * np.abs(theirs).max())


@pytest.mark.parametrize("actor", WORLD.actors)
def test_slopes_by_hand_at_a_base_and_at_a_policy(actor: str) -> None:
    by_hand(at(Policy()), actor)
    by_hand(at(PLAIN), actor)


def test_slopes_by_hand_in_the_default_world() -> None:
    economy = calibrate(io.load("composite-2023"))
    by_hand(solve(economy, Policy()), "CAN")


def test_the_number_itself_is_real_income() -> None:
    assert found(MIXED).value == pytest.approx(np.log(at(MIXED).welfare_hat[1]), abs=1e-11)


def test_an_embargoed_flow_does_not_move() -> None:
    shut = 1, 4, 2
    assert at(MIXED).applied.kernel.purchases[shut] == 0
    assert WORLD.trade_share[shut] > 0
    for one in (found(MIXED).tariff, found(MIXED).iceberg, found(MIXED).export_tax):
        assert one[shut] == 0
    assert all(np.isfinite(one).all() for one in (found(MIXED).tariff, found(MIXED).trade_elasticity))


def test_at_the_base_elasticities_change_nothing() -> None:
    """With no change there is nothing for an elasticity to act on: hats are 1 whatever theta."""
    np.testing.assert_allclose(found(Policy()).trade_elasticity, 0, atol=1e-14)
    assert np.abs(found(PLAIN).trade_elasticity).max() > 1e-6


def test_more_productivity_everywhere_makes_everybody_richer_by_as_much() -> None:
    """Without deficits one per cent more output from value added alone is one per cent more real income.

    Productivity scales whole unit costs, inputs included, so that the rise is divided by the value-added share:
    the derivative in direction (beta of each sector) is 1.
    """
    balanced = solve(WORLD, Policy(deficits=DeficitRule.ZERO), tolerance=1e-12)
    exact = gradient(balanced, of=ACTOR)
    assert (exact.productivity * balanced.economy.value_added_share).sum() == pytest.approx(1, abs=1e-9)


def test_any_function_of_the_equilibrium_and_a_numeraire_that_does_not_move() -> None:
    """World value added is the numeraire: added to an actor's real income it moves nothing but the number by 1."""

    def welfare_and_the_world(state: State, outcome: Outcome) -> object:
        richer = jnp.log(outcome.income[1] / WORLD.income[1]) - WORLD.final_share[:, 1] @ outcome.price[:, 1]
        return richer + WORLD.value_added @ jnp.exp(state.wage)

    other = gradient(at(PLAIN), of=welfare_and_the_world)
    assert other.value == pytest.approx(found(PLAIN).value + 1, abs=1e-11)
    for name in ("tariff", "export_tax", "iceberg", "productivity", "trade_elasticity"):
        np.testing.assert_allclose(getattr(other, name), getattr(found(PLAIN), name), atol=1e-11, err_msg=name)


def test_impossible_requests_are_refused() -> None:
    with pytest.raises(UnknownNameError, match="A0X"):
        gradient(at(PLAIN), of="A0X")
    quota = TariffRateQuota(importers=("A00",), inside=0.0, outside=0.3, share_of_base=0.8)
    with pytest.raises(RequestError, match="quotas"):
        gradient(solve(WORLD, Policy((quota,))), of=ACTOR)
