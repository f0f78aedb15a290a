from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.worlds import synthetic
from hedgerow.errors import RequestError
from hedgerow.trade.closed_forms import autarky, io_acr
from hedgerow.trade.economy import Economy
from hedgerow.trade.equilibrium import solve, without_deficits
from hedgerow.trade.policy import DeficitRule, Embargo, IcebergChange, Policy, TariffChange
from hedgerow.trade.variants.one_sector import armington, from_flows, one_sector

WORLD = synthetic(6, 4, seed=3)
POLICY = Policy((TariffChange(importers=("A00",), add=0.25), IcebergChange(exporters=("A02",), factor=1.2)))


def flows(economy: Economy) -> np.ndarray:
    """[exporter, importer] at the seller's price, all sectors."""
    return np.asarray((economy.border_share * economy.expenditure[:, :, None]).sum(axis=0).T)


@pytest.mark.parametrize("seed", range(4))
def test_adding_up_keeps_flows_revenue_deficits_and_income(seed: int) -> None:
    world = synthetic(5, 6, seed=seed)
    found = one_sector(world, trade_elasticity=4.0)
    np.testing.assert_allclose(flows(found), flows(world), rtol=1e-9, atol=1e-15)
    for name in ("value_added", "tariff_revenue", "deficit", "income"):
        np.testing.assert_allclose(getattr(found, name), getattr(world, name), rtol=1e-8, atol=1e-14)
    np.testing.assert_allclose(
        found.value_added_share[0], world.value_added / world.gross_output.sum(axis=0), rtol=1e-9
    )
    assert found.world_value_added == pytest.approx(world.world_value_added)


def test_netted_inputs_keep_trade_across_borders() -> None:
    found = one_sector(WORLD, trade_elasticity=4.0, roundabout=False)
    abroad = ~np.eye(6, dtype=bool)
    np.testing.assert_allclose(flows(found)[abroad], flows(WORLD)[abroad], rtol=1e-9)
    np.testing.assert_allclose(found.value_added, WORLD.value_added, rtol=1e-9)
    np.testing.assert_allclose(found.income, WORLD.income, rtol=1e-9)
    assert (found.value_added_share == 1).all()


def test_one_sector_of_one_sector_is_itself() -> None:
    world = synthetic(5, 1, seed=2)
    for roundabout in (True, False):
        again = one_sector(world, trade_elasticity=float(world.trade_elasticity[0]), roundabout=roundabout)
        np.testing.assert_allclose(solve(again, POLICY).welfare_hat, solve(world, POLICY).welfare_hat, rtol=1e-9)


def test_equal_sectors_without_inputs_add_up_without_loss() -> None:
    """Sectors alike in everything are one: the many-sector answer is the one-sector answer."""
    one = synthetic(5, 1, seed=2)
    share = np.array([0.2, 0.3, 0.5])
    three = Economy.from_arrays(
        trade_share=np.repeat(one.trade_share, 3, axis=0).transpose(2, 1, 0),
        expenditure=(share[:, None] * one.expenditure).T,
        tariff=np.repeat(one.tariff, 3, axis=0).transpose(2, 1, 0),
        input_share=np.zeros((3, 3, 5)),
        value_added_share=np.ones((5, 3)),
        final_share=np.tile(share, (5, 1)),
        trade_elasticity=np.repeat(one.trade_elasticity, 3),
        value_added=one.value_added,
        deficit=one.deficit,
        actors=one.actors,
        sectors=("x", "y", "z"),
    )
    found = one_sector(three, trade_elasticity=float(one.trade_elasticity[0]))
    np.testing.assert_allclose(solve(found, POLICY).welfare_hat, solve(three, POLICY).welfare_hat, rtol=1e-9)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(seed=st.integers(0, 50), theta=st.floats(1, 10))
def test_agrees_with_excess_demand_written_out(seed: int, theta: float) -> None:
    """Dekle, Eaton and Kortum (2008), the wage equation itself: what is sold equals what is earned, balanced trade."""
    rng = np.random.default_rng(seed)
    flow = rng.uniform(0.01, 0.4, (4, 4)) + 2 * np.eye(4)
    world = without_deficits(from_flows(flow, trade_elasticity=theta, actors=tuple("ABCD")))
    found = solve(world, Policy((IcebergChange(exporters=("A",), importers=("B", "C"), factor=1.5),)), tolerance=1e-12)
    cost = np.ones((4, 4))
    cost[1, 0] = cost[2, 0] = 1.5
    delivered = world.trade_share[0] * (cost * found.wage_hat) ** -theta
    share = delivered / delivered.sum(axis=1, keepdims=True)
    earned = found.wage_hat * world.value_added
    np.testing.assert_allclose(share.T @ earned, earned, rtol=1e-9)
    np.testing.assert_allclose(found.price_hat[0], delivered.sum(axis=1) ** (-1 / theta), rtol=1e-9)


def test_real_wages_with_roundabout_inputs() -> None:
    """w / p moves with pi_nn^(-1 / (beta theta)): Eaton and Kortum (2002), equation (15)."""
    world = without_deficits(one_sector(WORLD, trade_elasticity=3.0))
    found = solve(world, POLICY, tolerance=1e-12)
    own = np.diagonal(found.shares[0]) / np.diagonal(world.trade_share[0])
    expected = own ** (-1 / (3.0 * world.value_added_share[0]))
    np.testing.assert_allclose(found.wage_hat / found.consumer_price_hat, expected, rtol=1e-10)
    np.testing.assert_allclose(np.exp(io_acr(world, own[None])), expected, rtol=1e-12)


def test_armington_is_eaton_and_kortum() -> None:
    """CES demand with sigma = 5 by hand: expenditure moves with price to the power 1 - sigma."""
    flow = np.array([[5.0, 1.0], [1.0, 3.0]])
    world = from_flows(flow, trade_elasticity=armington(5.0), actors=("A", "B"))
    found = solve(world, Policy((TariffChange(importers=("B",), exporters=("A",), set_to=0.2),)))
    price = np.array([1.2 * found.wage_hat[0], found.wage_hat[1]])
    demand = np.array([0.25, 0.75]) * price ** (1 - 5.0)
    np.testing.assert_allclose(found.shares[0, 1], demand / demand.sum(), rtol=1e-9)


def test_liberation_day_data_without_the_united_states(raw: Path) -> None:
    """The cost of autarky has a closed form; the others' losses order as their trade with the United States does.

    Data of Ignatenko, Macedoni, Lashkaripour and Simonovska (2025), theta = 4, deficits closed. What is sold at home
    is GDP less exports, and next to nothing for the two economies that export more than their GDP.
    """
    folder = raw / "economy" / "baci-2023-liberation-day"
    table = pd.read_csv(folder / "countries_gdp_us_tariff.csv")
    trade = pd.read_csv(folder / "bilateral_goods_trade_2023.csv.gz")
    actors = tuple(table["iso3"])
    square = trade.pivot_table(index="exporter", columns="importer", values="value_kusd")
    flow = square.reindex(index=actors, columns=actors).fillna(0.0).to_numpy() / 1e3
    np.fill_diagonal(flow, 0.0)
    gdp = table["gdp_usd_2023_or_latest"].to_numpy() / 1e6
    np.fill_diagonal(flow, np.maximum(gdp - flow.sum(axis=1), 1e-6 * gdp))
    world = from_flows(flow, trade_elasticity=4.0, actors=actors)
    cut = Policy((Embargo(importers=("USA",)), Embargo(exporters=("USA",))), deficits=DeficitRule.ZERO)
    found = solve(world, cut)
    balanced = without_deficits(world)
    us = actors.index("USA")
    own = float(balanced.trade_share[0, us, us])
    assert float(found.welfare.sel(actor="USA")) == pytest.approx(float(autarky(np.array(own), 4.0)), abs=1e-9)
    losses = found.welfare.sel(actor=["MEX", "CAN", "USA", "CHN"]).values
    assert (np.diff(losses) > 0).all()
    walled = IcebergChange(importers=("USA",), factor=100.0), IcebergChange(exporters=("USA",), factor=100.0)
    nearly = solve(world, Policy(walled, deficits=DeficitRule.ZERO))
    np.testing.assert_allclose(nearly.welfare_hat, found.welfare_hat, atol=1e-4)


def test_impossible_requests_name_the_remedy() -> None:
    flow = np.array([[5.0, 1.0], [1.0, 3.0]])
    entrepot = np.array([[5.0, 0.5, 1.0], [0.5, 0.1, 4.0], [1.0, 4.0, 9.0]])
    with pytest.raises(RequestError, match=r"sigma: 1\.0 is not above 1"):
        armington(1.0)
    with pytest.raises(RequestError, match="flow: has shape"):
        from_flows(flow, trade_elasticity=4.0, actors=("A", "B", "C"))
    with pytest.raises(RequestError, match="flow: -1 from A to B"):
        from_flows(flow * [[1, -1], [1, 1]], trade_elasticity=4.0, actors=("A", "B"))
    with pytest.raises(RequestError, match="flow: 0 from B to B"):
        from_flows(flow * [[1, 1], [1, 0]], trade_elasticity=4.0, actors=("A", "B"))
    with pytest.raises(RequestError, match="tariff: -2 from A to B"):
        from_flows(flow, tariff=[[0, -2], [0, 0]], trade_elasticity=4.0, actors=("A", "B"))
    with pytest.raises(RequestError, match=r"tariff: 0\.5 from A to A"):
        from_flows(flow, tariff=[[0.5, 0.0], [0.0, 0.0]], trade_elasticity=4.0, actors=("A", "B"))
    with pytest.raises(RequestError, match="trade_elasticity"):
        from_flows(flow, trade_elasticity=0.0, actors=("A", "B"))
    world = from_flows(entrepot, trade_elasticity=4.0, actors=("A", "HUB", "C"))
    half = replace(world, value_added=0.5 * world.value_added, value_added_share=0.5 * world.value_added_share)
    with pytest.raises(RequestError, match="HUB exports more than it adds in value"):
        one_sector(half, trade_elasticity=4.0, roundabout=False)
