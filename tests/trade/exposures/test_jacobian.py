"""Slopes against differences of exact solves, and the laws they must keep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.worlds import adversarial, synthetic
from hedgerow.errors import DidNotConverge, RequestError
from hedgerow.trade.economy import Economy
from hedgerow.trade.equilibrium import solve
from hedgerow.trade.exposures import jacobian
from hedgerow.trade.exposures.jacobian import AFFECTED, exposures
from hedgerow.trade.policy import (
    ArrayChange,
    DeficitChange,
    DeficitRule,
    ExportTaxChange,
    Policy,
    ProductivityChange,
    TariffChange,
)

WORLD = synthetic(7, 3, seed=5)
SLOPES = exposures(WORLD)
FOREIGN = ~np.eye(7, dtype=bool)
STEP = 1e-3


def _difference(outcome: Callable[[float], np.ndarray]) -> np.ndarray:
    """Five-point derivative at zero."""
    near, far = outcome(STEP) - outcome(-STEP), outcome(2 * STEP) - outcome(-2 * STEP)
    return np.asarray((8 * near - far) / (12 * STEP))


def _log_income(economy: Economy, policy: Policy) -> np.ndarray:
    return np.asarray(np.log(solve(economy, policy, tolerance=1e-13).welfare_hat))


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_tariffs_and_icebergs_are_as_differences_say(seed: int) -> None:
    rng = np.random.default_rng(seed)
    economy = synthetic(5, 3, seed=seed % 1000)
    found, flows = exposures(economy), ~np.eye(5, dtype=bool)
    way = rng.normal(size=economy.tariff.shape) * flows * (rng.random(economy.tariff.shape) < 0.5)

    def taxed(step: float) -> np.ndarray:
        rate = (1 + economy.tariff) * np.exp(step * way) - 1
        return _log_income(economy, Policy((ArrayChange(tariff=rate),)))

    def burnt(step: float) -> np.ndarray:
        return _log_income(economy, Policy((ArrayChange(iceberg=np.exp(step * way)),)))

    np.testing.assert_allclose(found.along(way), _difference(taxed), atol=1e-8)
    slopes = [(found.tariff_slopes(name) * way).sum() for name in economy.actors]
    np.testing.assert_allclose(slopes, _difference(taxed), atol=1e-8)
    slopes = [(found.iceberg_slopes(name) * way).sum() for name in economy.actors]
    np.testing.assert_allclose(slopes, _difference(burnt), atol=1e-8)


def test_productivity_is_as_differences_say() -> None:
    def grown(step: float) -> np.ndarray:
        part = ProductivityChange(factor=float(np.exp(step)), actors=("A02",), sectors=("S01",))
        return _log_income(WORLD, Policy((part,)))

    found = SLOPES.to_productivity.sel(actor="A02", sector="S01")
    np.testing.assert_allclose(found, _difference(grown), atol=1e-8)


def test_a_transfer_is_as_differences_say() -> None:
    money = WORLD.world_value_added

    def given_away(step: float) -> np.ndarray:
        levels = WORLD.deficit[:2] + 0.1 * step * np.array([-1, 1])
        part = DeficitChange((("A00", float(levels[0] * money)), ("A01", float(levels[1] * money))))
        return _log_income(WORLD, Policy((part,)))

    np.testing.assert_allclose(0.1 * (SLOPES.income[1] - SLOPES.income[0]), _difference(given_away), atol=1e-8)


@pytest.mark.parametrize("rule", [DeficitRule.FIXED, DeficitRule.ZERO])
def test_slopes_at_a_policy_are_differences_there(rule: DeficitRule) -> None:
    def taxed(step: float) -> np.ndarray:
        part = TariffChange(importers=("A00",), exporters=("A03",), add=0.3 + step)
        return _log_income(WORLD, Policy((part,), deficits=rule))

    there = solve(WORLD, Policy((TariffChange(importers=("A00",), exporters=("A03",), add=0.3),), deficits=rule))
    factor = 1 + there.applied.tariff
    way = np.zeros_like(factor)
    way[:, 0, 3] = 1 / factor[:, 0, 3]
    np.testing.assert_allclose(exposures(there).along(way), _difference(taxed), atol=1e-8)


def test_the_matrix_of_importers_adds_up_the_slopes_of_goods() -> None:
    for actor in ("A00", "A04"):
        slopes = (
            SLOPES.to_tariffs(actor)
            * WORLD.by_flow(np.broadcast_to(WORLD.goods[:, None, None], WORLD.tariff.shape), "", "")
        ).sum("sector")
        np.testing.assert_allclose(SLOPES.to_importers.sel({AFFECTED: actor}), slopes, atol=1e-13)


def test_an_iceberg_costs_what_a_tariff_costs_and_the_revenue() -> None:
    """Nobody minds who burns the goods: the difference is border value, worth what income is worth, and lost sales."""
    gap = SLOPES.tariff_slopes("A01") - SLOPES.iceberg_slopes("A01")
    at = WORLD.actors.index("A01")
    worth = SLOPES.income[None, :, None, at] - SLOPES.output[:, None, :, at]
    np.testing.assert_allclose(gap, SLOPES.point.flow * worth * FOREIGN, atol=1e-14)
    assert gap[:, at].sum() > 0  # its own revenue


def test_units_and_order_of_actors_do_not_matter() -> None:
    order = np.array([3, 0, 6, 1, 5, 2, 4])
    moved = replace(
        WORLD,
        actors=tuple(WORLD.actors[k] for k in order),
        trade_share=WORLD.trade_share[:, order][:, :, order],
        tariff=WORLD.tariff[:, order][:, :, order],
        input_share=WORLD.input_share[order],
        value_added_share=WORLD.value_added_share[:, order],
        final_share=WORLD.final_share[:, order],
        value_added=WORLD.value_added[order],
        deficit=WORLD.deficit[order],
        expenditure=WORLD.expenditure[:, order],
        world_value_added=2 * WORLD.world_value_added,
    )
    other = exposures(moved).friends.sel({AFFECTED: list(WORLD.actors), "actor": list(WORLD.actors)})
    np.testing.assert_allclose(other, SLOPES.friends, atol=1e-11)


def test_growth_of_everyone_is_the_sum_of_friends() -> None:
    def grown(step: float) -> np.ndarray:
        return _log_income(WORLD, Policy((ProductivityChange(factor=float(np.exp(step))),)))

    np.testing.assert_allclose(SLOPES.friends.sum("actor"), _difference(grown), atol=1e-8)


def test_what_has_no_slopes_says_so() -> None:
    taxed = solve(WORLD, Policy((ExportTaxChange(exporters=("A00",), add=0.1),)))
    with pytest.raises(RequestError, match="export taxes"):
        exposures(taxed)
    with pytest.raises(RequestError, match="own_share"):
        exposures(solve(WORLD, Policy(deficits=DeficitRule.OWN_SHARE)))


def test_slopes_of_nasty_worlds_are_as_differences_say() -> None:
    """Elasticities from 0.5 to 65, dollar flows, tiny actors: no slope is lost."""
    rng = np.random.default_rng(5)
    for _ in range(6):
        economy = adversarial(rng)
        part = TariffChange(importers=(economy.actors[0],), add=1e-4)
        policies = [Policy((part,)), Policy((replace(part, add=-1e-4),))]
        up, down = (_log_income(economy, policy) for policy in policies)
        way = np.zeros_like(economy.tariff)
        way[:, 0] = 1 / (1 + economy.tariff[:, 0])
        way[:, 0, 0] = 0
        slopes = exposures(economy).along(way)
        np.testing.assert_allclose(slopes, (up - down) / 2e-4, atol=1e-6, rtol=1e-5)


def test_what_does_not_settle_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jacobian, "LIMIT", 2)
    with pytest.raises(DidNotConverge, match="spending still move"):
        exposures(WORLD)
    monkeypatch.undo()
    monkeypatch.setattr(jacobian, "TOLERANCE", 1e-2)
    with pytest.raises(DidNotConverge, match="miss their equation"):
        exposures(WORLD)
