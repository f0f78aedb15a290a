from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from bench.worlds import synthetic
from hedgerow.dims import ACCOUNT, ACTOR
from hedgerow.trade.equilibrium import solve
from hedgerow.trade.policy import DeficitRule, Embargo, IcebergChange, Policy, TariffChange
from hedgerow.trade.welfare import (
    caliendo_parro_linear,
    equivalent_variation,
    equivalent_variation_parts,
    real_wage_change,
    welfare_change,
)
from tests.trade.strategies import policies

WORLD = synthetic(5, 4, seed=6)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(policy=policies(WORLD))
def test_the_parts_sum_to_the_equivalent_variation(policy: Policy) -> None:
    found = solve(WORLD, policy)
    parts = equivalent_variation_parts(found)
    assert parts.value_added.dims == ACCOUNT
    total = parts.value_added.sum("sector") + parts.tariff_revenue + parts.transfers
    size = float(WORLD.world_value_added)
    np.testing.assert_allclose(total, equivalent_variation(found), atol=1e-13 * size)
    base_income = WORLD.by_actor(found.economy.income * size, "income", "MUSD/yr")
    np.testing.assert_allclose(equivalent_variation(found) / base_income, welfare_change(found), rtol=1e-9, atol=1e-14)


def test_cheaper_trade_for_all_is_good_for_all() -> None:
    found = solve(WORLD, Policy((IcebergChange(factor=0.9),)))
    assert welfare_change(found).dims == (ACTOR,)
    assert (welfare_change(found) > 0).all()
    assert (real_wage_change(found) > 0).all()


def test_a_small_tariff_of_a_giant_gains_and_a_closed_border_loses() -> None:
    giant = WORLD.actors[int(np.argmax(WORLD.value_added))]
    tariff = Policy((TariffChange(importers=(giant,), add=0.02),), deficits=DeficitRule.ZERO)
    closed = Policy((Embargo(importers=(giant,)), Embargo(exporters=(giant,))), deficits=DeficitRule.ZERO)
    small, huge = (float(welfare_change(solve(WORLD, policy)).sel(actor=giant)) for policy in (tariff, closed))
    assert small > 0 > huge


def test_the_linear_decomposition_is_right_for_tiny_changes() -> None:
    """To first order it is the exact change; the error shrinks with the square of the shock."""
    errors = []
    for rate in (1e-3, 5e-4):
        found = solve(WORLD, Policy((TariffChange(importers=("A01",), add=rate),)))
        exact = welfare_change(found)
        errors.append(float(np.abs(caliendo_parro_linear(found).total - exact).max()))
    assert errors[0] < 1e-4
    assert errors[1] == pytest.approx(errors[0] / 4, rel=0.1)
