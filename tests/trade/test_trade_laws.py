"""Laws of the model: what must hold whatever the world and the policy."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.witness import violations
from bench.worlds import synthetic
from hedgerow.trade.economy import Economy
from hedgerow.trade.equilibrium import Equilibrium, solve, without_deficits
from hedgerow.trade.policy import DeficitRule, Embargo, IcebergChange, Policy, TariffChange
from hedgerow.trade.welfare import equivalent_variation, welfare_change
from tests.trade.strategies import policies

WORLD = synthetic(6, 4, seed=3)
ONE_SECTOR = without_deficits(synthetic(5, 1, seed=2))
LAWS = settings(max_examples=25, deadline=None, derandomize=True)


def welfare(equilibrium: Equilibrium) -> np.ndarray:
    return np.asarray(welfare_change(equilibrium).values)


@pytest.mark.parametrize("world", [WORLD, ONE_SECTOR, synthetic(12, 7, seed=8)], ids=repr)
def test_nothing_changes_when_nothing_changes(world: Economy) -> None:
    base = solve(world, Policy())
    for hat in (base.wage_hat, base.cost_hat, base.price_hat, base.income / world.income):
        np.testing.assert_allclose(hat, 1, atol=1e-12)
    np.testing.assert_allclose(base.shares, world.trade_share, atol=1e-12)
    np.testing.assert_allclose(base.flow.sum(axis=1), world.gross_output, rtol=1e-9)


@LAWS
@given(policy=policies(WORLD))
def test_markets_clear_and_walras_holds(policy: Policy) -> None:
    found = violations(solve(WORLD, policy))
    assert found.largest <= 1e-9
    assert found.walras <= 1e-11
    assert found.share_sum <= 1e-12


@LAWS
@given(policy=policies(WORLD), scale=st.floats(1e-6, 1e6))
def test_the_unit_of_money_does_not_matter(policy: Policy, scale: float) -> None:
    scaled = replace(WORLD, world_value_added=scale * WORLD.world_value_added)
    one, other = solve(WORLD, policy), solve(scaled, policy)
    np.testing.assert_array_equal(welfare(one), welfare(other))
    np.testing.assert_allclose(equivalent_variation(one) * scale, equivalent_variation(other), rtol=1e-12)


@LAWS
@given(policy=policies(WORLD), seed=st.integers(0, 1000))
def test_the_order_of_actors_and_sectors_does_not_matter(policy: Policy, seed: int) -> None:
    rng = np.random.default_rng(seed)
    shuffled = permuted(WORLD, rng.permutation(6), rng.permutation(4))
    expected = welfare_change(solve(WORLD, policy))
    found = welfare_change(solve(shuffled, policy))
    np.testing.assert_allclose(found.sel(actor=list(WORLD.actors)), expected, atol=1e-8)


def permuted(world: Economy, actors: np.ndarray, sectors: np.ndarray) -> Economy:
    pairs = np.ix_(sectors, actors, actors)
    accounts = np.ix_(sectors, actors)
    return replace(
        world,
        actors=tuple(world.actors[n] for n in actors),
        sectors=tuple(world.sectors[j] for j in sectors),
        goods=world.goods[sectors],
        trade_share=world.trade_share[pairs],
        tariff=world.tariff[pairs],
        input_share=world.input_share[np.ix_(actors, sectors, sectors)],
        value_added_share=world.value_added_share[accounts],
        final_share=world.final_share[accounts],
        trade_elasticity=world.trade_elasticity[sectors],
        value_added=world.value_added[actors],
        deficit=world.deficit[actors],
        expenditure=world.expenditure[accounts],
    )


def test_splitting_a_sector_into_equal_halves_changes_nothing() -> None:
    policy = Policy((TariffChange(importers=("A00",), add=0.3), IcebergChange(exporters=("A02",), factor=1.2)))
    twice = np.array([0, 0, 1, 2, 3])
    half = np.array([0.5, 0.5, 1, 1, 1])
    split = replace(
        WORLD,
        sectors=("S00", "S00b", "S01", "S02", "S03"),
        goods=WORLD.goods[twice],
        trade_share=WORLD.trade_share[twice],
        tariff=WORLD.tariff[twice],
        input_share=WORLD.input_share[:, twice][:, :, twice] * half[:, None],
        value_added_share=WORLD.value_added_share[twice],
        final_share=WORLD.final_share[twice] * half[:, None],
        trade_elasticity=WORLD.trade_elasticity[twice],
        expenditure=WORLD.expenditure[twice] * half[:, None],
    )
    np.testing.assert_allclose(welfare(solve(split, policy)), welfare(solve(WORLD, policy)), atol=1e-8)


def test_splitting_an_actor_into_equal_halves_changes_nothing() -> None:
    """The halves trade with each other as they did at home; the policy leaves that border alone."""
    last, twice, half = "A05", np.array([0, 1, 2, 3, 4, 5, 5]), np.array([1, 1, 1, 1, 1, 0.5, 0.5])
    split = replace(
        WORLD,
        actors=(*WORLD.actors, "A05b"),
        trade_share=WORLD.trade_share[:, twice][:, :, twice] * half,
        tariff=WORLD.tariff[:, twice][:, :, twice],
        input_share=WORLD.input_share[twice],
        value_added_share=WORLD.value_added_share[:, twice],
        final_share=WORLD.final_share[:, twice],
        value_added=WORLD.value_added[twice] * half,
        deficit=WORLD.deficit[twice] * half,
        expenditure=WORLD.expenditure[:, twice] * half,
    )
    whole = Policy((TariffChange(importers=("A00",), exporters=(last,), add=0.4),))
    halves = Policy((TariffChange(importers=("A00",), exporters=(last, "A05b"), add=0.4),))
    expected = welfare(solve(WORLD, whole))[twice]
    np.testing.assert_allclose(welfare(solve(split, halves)), expected, atol=1e-8)


@pytest.mark.parametrize("rate", [0.1, 0.5])
def test_a_tariff_hurts_less_than_the_same_cost_burnt(rate: float) -> None:
    for actor in WORLD.actors:
        taxed = solve(WORLD, Policy((TariffChange(importers=(actor,), add=rate),)))
        rise = (1 + taxed.tariff.sel(importer=actor)) / (1 + solve(WORLD, Policy()).tariff.sel(importer=actor))
        burnt = Policy(
            tuple(
                IcebergChange(importers=(actor,), exporters=(e,), sectors=(s,), factor=float(rise.loc[e, s]))
                for e in WORLD.actors
                for s in WORLD.sectors
            )
        )
        place = WORLD.actors.index(actor)
        assert welfare(solve(WORLD, burnt))[place] < welfare(taxed)[place]


def test_an_iceberg_everywhere_equals_one_on_each_side_of_every_border() -> None:
    once = Policy((IcebergChange(factor=1.21),))
    twice = Policy((IcebergChange(factor=1.1), IcebergChange(factor=1.1)))
    np.testing.assert_allclose(welfare(solve(WORLD, once)), welfare(solve(WORLD, twice)), atol=1e-8)
    exports = Policy(tuple(IcebergChange(exporters=(a,), factor=1.21) for a in WORLD.actors))
    imports = Policy(tuple(IcebergChange(importers=(a,), factor=1.21) for a in WORLD.actors))
    np.testing.assert_allclose(welfare(solve(WORLD, exports)), welfare(solve(WORLD, imports)), atol=1e-8)


def test_an_embargo_is_the_limit_of_icebergs() -> None:
    pair = {"importers": ("A00",), "exporters": ("A01",)}
    cut = solve(WORLD, Policy((Embargo(**pair),)))
    walled = solve(WORLD, Policy((IcebergChange(**pair, factor=1e8),)))
    np.testing.assert_allclose(welfare(cut), welfare(walled), atol=1e-8)
    assert float(cut.trade_flow.sel(importer="A00", exporter="A01").sum()) == 0


def test_zero_deficits_compare_with_the_balanced_world() -> None:
    policy = Policy((TariffChange(importers=("A00",), add=0.25),), deficits=DeficitRule.ZERO)
    found = solve(WORLD, policy)
    balanced = without_deficits(WORLD)
    assert found.economy is balanced
    assert np.abs(found.deficit).max() == 0
    net = found.trade_flow.sum(("sector", "exporter")).values - found.trade_flow.sum(("sector", "importer")).values
    np.testing.assert_allclose(net / WORLD.world_value_added, 0, atol=1e-10)
    np.testing.assert_allclose(welfare(found), welfare(solve(balanced, Policy(policy.parts))), atol=1e-12)
    np.testing.assert_allclose(balanced.tariff, WORLD.tariff)
