"""Arrays in, arrays out: the contract with people who bring their own numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bench import nested
from bench.witness import violations
from bench.worlds import synthetic
from hedgerow.errors import HedgerowError, NoSupplierError, RequestError, UnbalancedError
from hedgerow.trade.economy import Economy
from hedgerow.trade.equilibrium import solve
from hedgerow.trade.policy import IcebergChange, Policy, TariffChange
from hedgerow.trade.result import Status

WORLD = synthetic(5, 3, seed=11)
MONEY = 5e6


def arrays(economy: Economy = WORLD) -> dict[str, Any]:
    return {
        "trade_share": economy.trade_share.transpose(2, 1, 0).copy(),
        "expenditure": economy.expenditure.T * MONEY,
        "tariff": economy.tariff.transpose(2, 1, 0).copy(),
        "input_share": economy.input_share.transpose(1, 2, 0).copy(),
        "value_added_share": economy.value_added_share.T.copy(),
        "final_share": economy.final_share.T.copy(),
        "trade_elasticity": economy.trade_elasticity.copy(),
        "value_added": economy.value_added * MONEY,
        "deficit": economy.deficit * MONEY,
        "actors": economy.actors,
        "sectors": economy.sectors,
    }


def test_a_world_survives_the_round_trip() -> None:
    economy = Economy.from_arrays(**arrays())
    for name in ("trade_share", "expenditure", "tariff", "input_share", "final_share", "value_added", "deficit"):
        np.testing.assert_allclose(getattr(economy, name), getattr(WORLD, name), atol=1e-13)
    assert economy.repair is not None
    assert economy.repair.size < 1e-12
    assert solve(economy, Policy()).iterations <= 2


def test_answers_are_labelled_fractions_and_levels() -> None:
    economy = Economy.from_arrays(**arrays())
    new = arrays()["tariff"]
    new[1, 0, :] += 0.25
    found = solve(economy, Policy.from_arrays(economy, tariff=new))
    slow = nested.solve(economy, tariff=np.ascontiguousarray(new.transpose(2, 1, 0)), tolerance=1e-12)
    prices = np.exp((economy.final_share * np.log(slow.price_hat)).sum(axis=0))
    np.testing.assert_allclose(found.wage, slow.wage_hat - 1, atol=1e-9)
    np.testing.assert_allclose(found.price_index, prices - 1, atol=1e-9)
    np.testing.assert_allclose(found.real_wage, slow.wage_hat / prices - 1, atol=1e-9)
    np.testing.assert_allclose(found.welfare, slow.income / economy.income / prices - 1, atol=1e-9)
    np.testing.assert_allclose(found.expenditure, slow.expenditure.T * MONEY, rtol=1e-7)
    np.testing.assert_allclose(found.trade_share.sum("exporter"), 1, atol=1e-12)
    border = found.trade_share.values / (1 + new) * found.expenditure.values
    np.testing.assert_allclose(found.output, border.sum(axis=1), rtol=1e-9)
    assert found.welfare.dims == found.wage.dims == ("actor",)
    assert found.trade_share.dims == ("exporter", "importer", "sector")
    assert found.output.dims == found.expenditure.dims == ("actor", "sector")
    assert found.status is Status.CONVERGED
    assert found.residual < 1e-10
    assert found.iterations > 0


def test_arrays_and_changes_say_the_same() -> None:
    economy = Economy.from_arrays(**arrays())
    foreign = ~np.eye(5, dtype=bool)[:, :, None] & np.ones(3, dtype=bool)
    tariff = np.where(foreign, 0.3, arrays()["tariff"])
    iceberg = np.where(foreign, 1.2, 1.0)
    given = solve(economy, Policy.from_arrays(economy, tariff=tariff, iceberg=iceberg))
    changed = solve(economy, Policy((TariffChange(set_to=0.3), IcebergChange(factor=1.2))))
    np.testing.assert_allclose(given.welfare, changed.welfare, atol=1e-9)
    assert violations(given).largest < 1e-9


def test_an_infinite_iceberg_is_an_embargo() -> None:
    economy = Economy.from_arrays(**arrays())
    iceberg = np.ones((5, 5, 3))
    iceberg[1, 0] = np.inf
    found = solve(economy, Policy.from_arrays(economy, iceberg=iceberg))
    assert float(found.trade_flow.sel(exporter="A01", importer="A00").sum()) == 0


def test_new_deficits_are_levels() -> None:
    economy = Economy.from_arrays(**arrays())
    level = np.array([2e4, -2e4, 0, 0, 0])
    found = solve(economy, Policy.from_arrays(economy, deficit=level))
    np.testing.assert_allclose(found.deficit, level, atol=1e-6)
    net = found.trade_flow.sum(("sector", "exporter")).values - found.trade_flow.sum(("sector", "importer")).values
    np.testing.assert_allclose(net, level, atol=1e-3)
    assert violations(found).largest < 1e-9


def test_a_cell_that_does_not_fit_is_repaired_and_reported() -> None:
    given = arrays()
    given["expenditure"][3, 1] += 1.0
    economy = Economy.from_arrays(**given)
    np.testing.assert_allclose(economy.expenditure, WORLD.expenditure, atol=1e-12)
    assert economy.repair is not None
    assert economy.repair.worst == ("A03", "S01")
    assert economy.repair.size == pytest.approx(1 / MONEY, rel=1e-6)
    assert violations(solve(economy, Policy())).largest < 1e-11


@pytest.mark.parametrize(
    ("name", "cell", "value", "error", "message"),
    [
        ("tariff", (1, 0, 2), -1.0, RequestError, "tariff: -1 at exporter A01, importer A00, sector S02"),
        ("trade_share", (1, 0, 2), -0.1, RequestError, "trade_share: -0.1 at exporter A01, importer A00, sector S02"),
        ("final_share", (2, 1), np.nan, RequestError, "final_share: nan at actor A02, sector S01"),
        ("trade_elasticity", (1,), 0.0, RequestError, "trade_elasticity: 0 at sector S01"),
        ("deficit", (0,), 9e6, UnbalancedError, "deficit: the world's sum"),
        ("input_share", (0, 1, 2), 0.9, RequestError, "A02, sector S01: inputs and value added .* sum to"),
        ("value_added", (2,), 9e6, UnbalancedError, "A0.: trade differs"),
    ],
)
def test_impossible_arrays_are_refused_by_cell(
    name: str, cell: tuple[int, ...], value: float, error: type[HedgerowError], message: str
) -> None:
    given = arrays()
    given[name][cell] = value
    with pytest.raises(error, match=message):
        Economy.from_arrays(**given)


def test_demand_without_supplier_is_refused() -> None:
    given = arrays()
    given["trade_share"][:, 2, 1] = 0
    with pytest.raises(NoSupplierError, match="A02 demands S01 and nobody supplies it"):
        Economy.from_arrays(**given)


def test_impossible_policies_are_refused_by_cell() -> None:
    economy = Economy.from_arrays(**arrays())
    tariff = arrays()["tariff"]
    tariff[1, 0, 2] = -1.5
    with pytest.raises(RequestError, match=r"tariff: -1\.5 on S02 from A01 to A00"):
        Policy.from_arrays(economy, tariff=tariff)
    with pytest.raises(RequestError, match="iceberg: nan on S00 from A01 to A00"):
        Policy.from_arrays(economy, iceberg=np.where(np.arange(75).reshape(5, 5, 3) == 15, np.nan, 1.0))
    with pytest.raises(RequestError, match="is domestic"):
        Policy.from_arrays(economy, iceberg=np.full((5, 5, 3), 2.0))
    with pytest.raises(RequestError, match="shape"):
        Policy.from_arrays(economy, tariff=np.zeros((3, 5, 5)))
    with pytest.raises(UnbalancedError, match="deficit"):
        Policy.from_arrays(economy, deficit=np.ones(5))
