"""Identities on random worlds: what the solver finds against formulas that share no code with it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.worlds import synthetic
from hedgerow.trade.closed_forms import acr, autarky, io_acr, tariff_acr
from hedgerow.trade.economy import Economy
from hedgerow.trade.equilibrium import Equilibrium, solve, without_deficits
from hedgerow.trade.policy import DeficitRule, Embargo, ExportTaxChange, IcebergChange, Policy, TariffChange
from tests.trade.strategies import policies

LAWS = settings(max_examples=25, deadline=None, derandomize=True)
EXACT = 1e-11
"""Tolerance of the solver where an identity is to hold to 1e-10."""
SEEDS = range(12)


@cache
def world(seed: int, sectors: int = 1) -> Economy:
    """Balanced, 2 to 8 actors, tariffs of all sizes, theta from 1 to 12."""
    rng = np.random.default_rng(seed)
    theta = float(rng.uniform(1, 12)) if sectors == 1 else None
    return without_deficits(synthetic(int(rng.integers(2, 9)), sectors, seed=seed, theta=theta))


@cache
def free(seed: int) -> Economy:
    """The same world after all tariffs have gone."""
    economy = world(seed)
    found = solve(economy, Policy((TariffChange(set_to=0.0),)), tolerance=EXACT)
    return replace(
        economy,
        trade_share=found.shares,
        expenditure=found.spent,
        tariff=np.zeros_like(economy.tariff),
        value_added=found.wage_hat * economy.value_added,
    )


def own_share_hat(found: Equilibrium) -> np.ndarray:
    """[J, N]; 1 where an actor buys nothing of its own."""
    new, old = (np.diagonal(s, axis1=1, axis2=2) for s in (found.shares, found.economy.trade_share))
    return np.where(old > 0, new / np.where(old > 0, old, 1), 1)


@st.composite
def cases(draw: st.DrawFn, sectors: int = 1) -> tuple[Economy, Policy]:
    economy = world(draw(st.sampled_from(SEEDS)), sectors)
    return economy, draw(policies(economy))


@LAWS
@given(case=cases())
def test_one_sector_with_tariffs(case: tuple[Economy, Policy]) -> None:
    economy, policy = case
    found = solve(economy, policy, tolerance=EXACT)
    before, after = economy.tariff_revenue / economy.income, found.revenue / found.income
    expected = tariff_acr(own_share_hat(found)[0], before, after, economy.trade_elasticity[0])
    np.testing.assert_allclose(found.welfare_hat, expected, rtol=1e-10)


@LAWS
@given(seed=st.sampled_from(SEEDS), factor=st.floats(0.7, 3), reach=st.lists(st.integers(0, 7), min_size=1))
def test_one_sector_without_tariffs(seed: int, factor: float, reach: list[int]) -> None:
    economy = free(seed)
    importers = tuple({economy.actors[k % len(economy.actors)] for k in reach})
    found = solve(economy, Policy((IcebergChange(importers=importers, factor=factor),)), tolerance=EXACT)
    expected = acr(own_share_hat(found)[0], economy.trade_elasticity[0])
    np.testing.assert_allclose(found.welfare_hat, expected, rtol=1e-10)


@LAWS
@given(case=cases(sectors=4))
def test_real_wages_with_sectors_that_buy_from_each_other(case: tuple[Economy, Policy]) -> None:
    economy, policy = case
    found = solve(economy, policy, tolerance=EXACT)
    expected = io_acr(economy, own_share_hat(found))
    np.testing.assert_allclose(np.log(found.wage_hat / found.consumer_price_hat), expected, atol=1e-10)


@pytest.mark.parametrize("seed", SEEDS)
def test_autarky_of_one_sector(seed: int) -> None:
    economy = free(seed)
    alone = economy.actors[0]
    cut = Policy((Embargo(importers=(alone,)), Embargo(exporters=(alone,))))
    found = solve(economy, cut, tolerance=EXACT)
    expected = autarky(economy.trade_share[0, 0, 0], economy.trade_elasticity[0])
    assert found.welfare_hat[0] - 1 == pytest.approx(float(expected), abs=1e-10)


def test_autarky_of_many_sectors_that_buy_from_each_other() -> None:
    """Without trade an actor buys only its own: pi_hat is one over the base share. It is the real wage: tariffs go."""
    economy = world(3, 4)
    own = np.diagonal(economy.trade_share, axis1=1, axis2=2)
    cut = Policy((Embargo(importers=("A01",)), Embargo(exporters=("A01",))), deficits=DeficitRule.ZERO)
    found = solve(economy, cut, tolerance=EXACT)
    real_wage = np.log(found.wage_hat / found.consumer_price_hat)[1]
    assert real_wage == pytest.approx(io_acr(economy, 1 / own)[1], abs=1e-10)
    assert real_wage < 0


@LAWS
@given(seed=st.sampled_from(SEEDS), sectors=st.sampled_from([1, 4]), rate=st.floats(-0.4, 1.5))
def test_lerner_beside_other_tariffs(seed: int, sectors: int, rate: float) -> None:
    """A factor on top of all import tariffs equals the same factor on all exports, whatever tariffs were there.

    Lerner, A. P. (1936), "The Symmetry between Import and Export Taxes", Economica 3(11); needs balanced trade.
    """
    economy = world(seed, sectors)
    tariff = economy.tariff.copy()
    tariff[:, 0, 1:] = (1 + rate) * (1 + tariff[:, 0, 1:]) - 1
    on_imports = solve(economy, Policy.from_arrays(economy, tariff=tariff.transpose(2, 1, 0)), tolerance=EXACT)
    home = (economy.actors[0],)
    on_exports = solve(economy, Policy((ExportTaxChange(exporters=home, set_to=rate),)), tolerance=EXACT)
    np.testing.assert_allclose(on_imports.welfare_hat, on_exports.welfare_hat, rtol=1e-10)


@LAWS
@given(seed=st.sampled_from(SEEDS), sectors=st.sampled_from([1, 4]), rate=st.floats(0.01, 1.0))
def test_a_tariff_is_worth_more_to_who_sets_it_than_the_same_cost_burnt(seed: int, sectors: int, rate: float) -> None:
    economy = world(seed, sectors)
    tariff = economy.tariff.copy()
    tariff[:, 0, 1:] = (1 + rate) * (1 + tariff[:, 0, 1:]) - 1
    taxed = solve(economy, Policy.from_arrays(economy, tariff=tariff.transpose(2, 1, 0)))
    burnt = solve(economy, Policy((IcebergChange(importers=(economy.actors[0],), factor=1 + rate),)))
    assert burnt.welfare_hat[0] < taxed.welfare_hat[0]
