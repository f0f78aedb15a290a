from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bench.witness import violations
from bench.worlds import synthetic
from hedgerow.errors import RequestError, UnbalancedError, UnknownNameError
from hedgerow.provenance import Origin, Status
from hedgerow.trade.economy import Accounts, Economy, calibrate
from hedgerow.trade.equilibrium import solve
from hedgerow.trade.policy import Policy, TariffChange
from hedgerow.world.layers import Layer
from hedgerow.world.tiny import tiny_world

WORLD = tiny_world()
ECONOMY = calibrate(WORLD)


def accounts(economy: Economy) -> Accounts:
    """The accounts an economy stands for."""
    output = economy.gross_output
    return Accounts(
        actors=economy.actors,
        sectors=economy.sectors,
        goods=economy.goods,
        trade_flow=economy.border_share * economy.expenditure[:, :, None],
        tariff=economy.tariff,
        input_use=economy.input_share * output.T[:, None, :],
        final_use=economy.final_share * economy.income,
        value_added=economy.value_added_share * output,
    )


def test_shares_sum_to_one() -> None:
    np.testing.assert_allclose(ECONOMY.trade_share.sum(axis=2), 1)
    np.testing.assert_allclose(ECONOMY.final_share.sum(axis=0), 1)
    np.testing.assert_allclose(ECONOMY.input_share.sum(axis=1).T + ECONOMY.value_added_share, 1)
    assert ECONOMY.value_added.sum() == pytest.approx(1)
    assert ECONOMY.deficit.sum() == pytest.approx(0, abs=1e-15)


def test_a_calibrated_world_is_its_own_base() -> None:
    base = solve(ECONOMY, Policy())
    assert violations(base).largest < 1e-11
    for name in ("trade_flow", "gross_output", "tariff"):
        np.testing.assert_allclose(getattr(base, name), WORLD[name], rtol=1e-9)
        assert getattr(base, name).dims == WORLD[name].dims
        assert list(getattr(base, name)[WORLD[name].dims[-1]].values) == list(ECONOMY.sectors)


def test_inputs_and_final_use_bear_the_same_tariff() -> None:
    flow, tariff = WORLD["trade_flow"], WORLD["tariff"]
    factor = ((flow * (1 + tariff)).sum("exporter") / flow.sum("exporter")).rename(importer="actor")
    inputs = WORLD["input_use"] * factor.rename(sector="input")
    np.testing.assert_allclose(
        ECONOMY.input_share, (inputs / WORLD["gross_output"]).transpose("actor", "input", "sector"), rtol=1e-9
    )
    base = solve(ECONOMY, Policy())
    np.testing.assert_allclose(base.final_use, WORLD["final_use"] * factor, rtol=1e-9)
    np.testing.assert_allclose(base.value_added, WORLD["gross_output"] - inputs.sum("input"), rtol=1e-9)
    revenue = (flow * tariff).sum(("exporter", "sector"))
    np.testing.assert_allclose(base.tariff_revenue, revenue, atol=1e-6)
    deficit = flow.sum(("exporter", "sector")).values - flow.sum(("importer", "sector")).values
    np.testing.assert_allclose(base.deficit, deficit, rtol=1e-9, atol=1e-6)


def test_arrays_are_read_only() -> None:
    with pytest.raises(ValueError, match="read-only"):
        ECONOMY.trade_share[0, 0, 0] = 0


def test_elasticities_can_be_replaced() -> None:
    doubled = calibrate(WORLD, trade_elasticity=WORLD["trade_elasticity"][::-1] * 2)
    np.testing.assert_allclose(doubled.trade_elasticity, 2 * ECONOMY.trade_elasticity)
    with pytest.raises(UnknownNameError, match="no value for sector 'services'"):
        calibrate(WORLD, trade_elasticity=WORLD["trade_elasticity"].sel(sector=["goods"]))


@pytest.mark.parametrize("wrong", [0.0, -4.0, float("nan"), float("inf")])
def test_impossible_elasticities_are_refused(wrong: float) -> None:
    theta = WORLD["trade_elasticity"].copy(data=np.array([4.0, wrong]))
    with pytest.raises(RequestError, match="sector 'services' needs a positive number"):
        calibrate(WORLD, trade_elasticity=theta)


def test_an_actor_must_spend_something() -> None:
    economy = synthetic(3, 2)
    idle = accounts(economy).final_use * np.array([1, 0, 1])
    with pytest.raises(UnbalancedError, match=r"A01, .* nothing is spent"):
        Economy.from_accounts(replace(accounts(economy), final_use=idle), trade_elasticity=economy.trade_elasticity)


def test_unbalanced_accounts_name_the_worst_cell() -> None:
    final = WORLD["final_use"].copy(data=WORLD["final_use"].values + np.array([[0, 0], [0, 0], [0, 1.0]]))
    origin = Origin(Status.ASSUMED, (), "broken on purpose")
    broken = WORLD.with_layer(Layer(WORLD.layers["final_use"].variable, final, origin))
    with pytest.raises(UnbalancedError, match="CCC, sector services: purchases differ"):
        calibrate(broken)


def test_value_added_must_be_positive_where_there_is_output() -> None:
    economy = synthetic(3, 2)
    good = accounts(economy)
    drained = good.value_added.copy()
    drained[1, 2] = 0
    with pytest.raises(UnbalancedError, match="A02, sector S01: value added is not positive"):
        Economy.from_accounts(replace(good, value_added=drained), trade_elasticity=economy.trade_elasticity)


def test_dead_cells_work() -> None:
    """An actor that neither makes, buys nor uses a sector."""
    economy = synthetic(4, 3, seed=5)
    flow = accounts(economy).trade_flow.copy()
    flow[2, 3, :], flow[2, :, 3] = 0, 0
    dead = Economy.from_accounts(rebuilt(economy, flow), trade_elasticity=economy.trade_elasticity)
    assert dead.expenditure[2, 3] == 0
    found = solve(dead, Policy((TariffChange(importers=("A00",), add=0.2),)))
    assert violations(found).largest < 1e-9
    assert found.spent[2, 3] == 0
    assert found.gross_output.sel(actor="A03", sector="S02") == 0


def rebuilt(economy: Economy, flow: np.ndarray) -> Accounts:
    """Balanced accounts around any flows: inputs shrink to fit, final use is the rest."""
    output, bought = flow.sum(axis=1), (flow * (1 + economy.tariff)).sum(axis=2)
    wanted = economy.input_share * output.T[:, None, :]
    inputs = wanted * np.minimum(1, 0.9 * bought.T / wanted.sum(axis=2))[:, :, None]
    return replace(
        accounts(economy),
        trade_flow=flow,
        input_use=inputs,
        final_use=bought - inputs.sum(axis=2).T,
        value_added=output - inputs.sum(axis=1).T,
    )
