"""The slope of a weighted sum of real incomes with respect to any tariff is what differences of exact solves say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.worlds import synthetic
from hedgerow.errors import RequestError
from hedgerow.trade.economy import Economy
from hedgerow.trade.equilibrium import solve
from hedgerow.trade.exposures.gradient import tariff_slopes
from hedgerow.trade.exposures.jacobian import exposures
from hedgerow.trade.optimal.objective import Objective
from hedgerow.trade.policy import (
    DeficitRule,
    Embargo,
    ExportTaxChange,
    IcebergChange,
    Policy,
    ProductivityChange,
    TariffChange,
    TariffRateQuota,
)

WORLDS = (synthetic(5, 1, seed=2), synthetic(6, 4, seed=3), synthetic(9, 6, seed=8))
STRIDE = 2e-3
TINY = 1e-13


def busy(economy: Economy) -> Policy:
    """Far from the base: tariffs, a cost, an embargo and productivity."""
    a, goods = economy.actors, economy.goods_sectors
    return Policy(
        (
            TariffChange(importers=(a[0],), sectors=goods, add=0.3),
            TariffChange(importers=(a[3],), exporters=(a[1],), sectors=goods, set_to=0.8),
            IcebergChange(exporters=(a[2],), importers=(a[0],), factor=1.3),
            Embargo(exporters=(a[4],), importers=(a[1],)),
            ProductivityChange(actors=(a[2],), factor=1.1),
        )
    )


def by_differences(economy: Economy, policy: Policy, weights: np.ndarray, flow: tuple[str, str, str]) -> float:
    """Fourth-order central difference of exact solves, in ln(1 + t)."""
    exporter, importer, sector = flow
    index = economy.sectors.index(sector), economy.actors.index(importer), economy.actors.index(exporter)
    factor = 1 + solve(economy, policy, tolerance=TINY).applied.tariff[index]

    def height(step: float) -> float:
        rate = factor * np.exp(step) - 1
        change = TariffChange(exporters=(exporter,), importers=(importer,), sectors=(sector,), set_to=rate)
        return float(weights @ np.log(solve(economy, policy + change, tolerance=TINY).welfare_hat))

    h = STRIDE
    return (8 * (height(h) - height(-h)) - (height(2 * h) - height(-2 * h))) / (12 * h)


@pytest.mark.parametrize("rule", [DeficitRule.FIXED, DeficitRule.ZERO])
@pytest.mark.parametrize("economy", WORLDS, ids=repr)
def test_slopes_are_those_of_exact_solves(economy: Economy, rule: DeficitRule) -> None:
    rng = np.random.default_rng(7)
    policy = Policy(busy(economy).parts, deficits=rule)
    weights = rng.normal(size=len(economy.actors))
    slopes = tariff_slopes(solve(economy, policy, tolerance=TINY), weights)
    for _ in range(6):
        importer, exporter = rng.choice(len(economy.actors), 2, replace=False)
        sector = int(rng.integers(len(economy.sectors)))
        flow = economy.actors[exporter], economy.actors[importer], economy.sectors[sector]
        expected = by_differences(economy, policy, weights, flow)
        assert slopes[sector, importer, exporter] == pytest.approx(expected, abs=1e-10)


@settings(max_examples=5, deadline=None, derandomize=True)
@given(seed=st.integers(0, 1000))
def test_slopes_add_up_over_whose_income_counts(seed: int) -> None:
    economy = WORLDS[1]
    rng = np.random.default_rng(seed)
    at = solve(economy, busy(economy), tolerance=TINY)
    one, other = rng.normal(size=(2, len(economy.actors)))
    sum_ = tariff_slopes(at, one + 2 * other)
    np.testing.assert_allclose(sum_, tariff_slopes(at, one) + 2 * tariff_slopes(at, other), atol=1e-9)


@pytest.mark.parametrize("economy", WORLDS, ids=repr)
def test_one_objective_by_mixing_is_one_of_all_by_closing_markets(economy: Economy) -> None:
    at = solve(economy, busy(economy), tolerance=TINY)
    everyone = exposures(at)
    for n, actor in enumerate(economy.actors[:4]):
        weights = np.zeros(len(economy.actors))
        weights[n] = 1.0
        np.testing.assert_allclose(tariff_slopes(at, weights), everyone.tariff_slopes(actor), atol=1e-9)


def test_embargoed_flows_have_no_slope() -> None:
    economy = WORLDS[1]
    slopes = tariff_slopes(solve(economy, busy(economy)), np.ones(6))
    assert (slopes[:, 1, 4] == 0).all()


@pytest.mark.parametrize(
    "policy",
    [
        Policy((ExportTaxChange(exporters=("A00",), add=0.1),)),
        Policy((TariffRateQuota(exporters=("A00",), importers=("A01",), inside=0.0, outside=0.5, share_of_base=1.0),)),
        Policy(deficits=DeficitRule.OWN_SHARE),
    ],
    ids=["export tax", "quota", "own share"],
)
def test_what_the_slopes_do_not_know_is_refused(policy: Policy) -> None:
    with pytest.raises(RequestError, match="slopes"):
        Objective(WORLDS[1], ("A00",), background=policy)
