"""The trade model that the error report asks: laws on a small made-up table."""

from __future__ import annotations

import numpy as np
import pytest

from hedgerow.planning.reconstruction import welfare_effects
from hedgerow.world.composite.classifications import GOODS, SECTORS
from hedgerow.world.composite.country_tables import CountryTables
from hedgerow.world.composite.exercise import Shock, Table

CODES = ("CAN", "USA", "ROW")


@pytest.fixture(scope="module")
def table() -> Table:
    """Balanced accounts: inputs are a tenth of each purchase for every sector of the buyer, as far as output allows."""
    rng = np.random.default_rng(4)
    n, s = len(CODES), len(SECTORS)
    flow = rng.lognormal(2.0, 0.5, (n, n, s))
    flow[np.arange(n), np.arange(n)] *= 10.0
    output, purchases = flow.sum(axis=1), flow.sum(axis=0)
    inputs = 0.3 * output[:, None, :] * (purchases / purchases.sum(axis=1, keepdims=True))[:, :, None]
    tables = CountryTables(inputs, purchases - inputs.sum(axis=2), output - inputs.sum(axis=1))
    assert tables.final_use.min() > 0
    return Table(CODES, flow, tables)


def test_no_tariff_no_effect(table: Table) -> None:
    assert np.abs(welfare_effects(table, (Shock("none", ((None, "USA", 0.0),)),))).max() < 1e-9


def test_a_tariff_hurts_whom_it_hits(table: Table) -> None:
    on_canada, on_all = welfare_effects(
        table, (Shock("on Canada", (("CAN", "USA", 0.25),)), Shock("on all", ((None, "USA", 0.25),)))
    )
    assert on_canada[0] < 0
    assert on_all[0] < 0
    assert on_all[2] < 0 < on_canada[2]


def test_effects_come_in_the_order_of_shocks_and_codes(table: Table) -> None:
    one, other = Shock("one", (("CAN", "USA", 0.1),)), Shock("other", (("ROW", "CAN", 0.2),))
    both = welfare_effects(table, (one, other))
    assert both.shape == (2, len(CODES))
    np.testing.assert_allclose(both[::-1], welfare_effects(table, (other, one)), atol=1e-9)


def test_only_goods_bear_the_tariff(table: Table) -> None:
    services = table.flow.copy()
    services[0, 1, :GOODS] = 1e-9
    output, purchases = services.sum(axis=1), services.sum(axis=0)
    inputs = 0.3 * output[:, None, :] * (purchases / purchases.sum(axis=1, keepdims=True))[:, :, None]
    tables = CountryTables(inputs, purchases - inputs.sum(axis=2), output - inputs.sum(axis=1))
    hurt = welfare_effects(Table(CODES, services, tables), (Shock("on Canada", (("CAN", "USA", 0.25),)),))
    assert np.abs(hurt).max() < 1e-6
