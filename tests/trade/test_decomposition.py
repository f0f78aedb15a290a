"""The exact decomposition: its parts sum to the exact change, and mean what they say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from bench.worlds import synthetic
from hedgerow.errors import DidNotConverge, RequestError
from hedgerow.trade.decomposition import decompose
from hedgerow.trade.equilibrium import solve
from hedgerow.trade.policy import (
    DeficitChange,
    DeficitRule,
    Embargo,
    ExportTaxChange,
    IcebergChange,
    Policy,
    ProductivityChange,
    TariffChange,
    TariffRateQuota,
)
from hedgerow.trade.welfare import caliendo_parro_linear, welfare_change
from tests.trade.strategies import policies
from tests.trade.test_caliendo_parro import FOLDER, nafta

WORLD = synthetic(6, 4, seed=3)
LAWS = settings(max_examples=20, deadline=None, derandomize=True)
TARIFF = Policy((TariffChange(importers=("A00",), add=0.25),))
BOTH = Policy((TariffChange(importers=("A00",), add=0.25), IcebergChange(exporters=("A01",), factor=1.2)))


@LAWS
@given(policy=policies(WORLD))
def test_the_parts_sum_to_the_exact_change(policy: Policy) -> None:
    found = decompose(WORLD, policy)
    np.testing.assert_allclose(np.expm1(found.parts.total), welfare_change(solve(WORLD, policy)), atol=2e-5)
    np.testing.assert_allclose(found.exact, np.log1p(welfare_change(solve(WORLD, policy))), atol=1e-8)


@pytest.mark.parametrize("policy", [TARIFF, BOTH, BOTH + Policy(deficits=DeficitRule.ZERO)], ids=["one", "two", "zero"])
def test_the_error_falls_with_the_square_of_the_steps(policy: Policy) -> None:
    gaps = [float(np.abs(decompose(WORLD, policy, steps=steps).gap).max()) for steps in (8, 16, 32)]
    assert gaps[0] / gaps[1] == pytest.approx(4, rel=0.1)
    assert gaps[1] / gaps[2] == pytest.approx(4, rel=0.1)


def test_accuracy_is_what_was_asked_for() -> None:
    for accuracy in (1e-4, 1e-6):
        found = decompose(WORLD, BOTH, accuracy=accuracy)
        assert float(np.abs(found.gap).max()) <= accuracy
        coarser = decompose(WORLD, BOTH, steps=found.steps // 2)
        assert found.steps == 8 or float(np.abs(coarser.gap).max()) > accuracy


def test_nothing_comes_of_nothing() -> None:
    parts = decompose(WORLD, Policy()).parts
    for part in parts.data_vars.values():
        np.testing.assert_allclose(part, 0, atol=1e-9)


@LAWS
@given(policy=policies(WORLD))
def test_partners_and_sectors_sum_to_the_parts(policy: Policy) -> None:
    found = decompose(WORLD, policy, steps=4)
    assert found.by_partner.terms_of_trade.dims == ("actor", "partner")
    for name in ("terms_of_trade", "volume", "technical"):
        np.testing.assert_allclose(found.by_partner[name].sum("partner"), found.parts[name], atol=1e-12)
        np.testing.assert_allclose(found.by_sector[name].sum("sector"), found.parts[name], atol=1e-12)
    own = np.diagonal(found.by_partner.terms_of_trade)
    np.testing.assert_allclose(own, 0, atol=1e-15)


def test_what_one_gains_on_prices_another_loses() -> None:
    """In money the terms of trade of a pair cancel at every point; with weights that move, to first order."""
    for rate in (1e-3, 1e-2, 0.1):
        found = decompose(WORLD, Policy((TariffChange(importers=("A00",), add=rate),)), steps=16)
        money = found.by_partner.terms_of_trade.values * found.economy.income[:, None]
        largest = np.abs(money).max()
        assert np.abs(money + money.T).max() < 3 * rate * largest
        assert abs(money.sum()) < 3 * rate * largest


def test_burnt_goods_are_technical_and_tariffs_are_not() -> None:
    taxed, burnt = decompose(WORLD, TARIFF), decompose(WORLD, Policy((IcebergChange(importers=("A00",), factor=1.1),)))
    np.testing.assert_allclose(taxed.parts.technical, 0, atol=1e-12)
    technical = burnt.by_partner.technical
    assert float(technical.sel(actor="A00").sum()) < 0
    np.testing.assert_allclose(technical.drop_sel(actor="A00"), 0, atol=1e-12)
    np.testing.assert_allclose(technical.sel(actor="A00", partner="A00"), 0, atol=1e-12)
    np.testing.assert_allclose(burnt.parts.transfers, 0, atol=1e-8)


def test_productivity_is_technical_and_a_gift_is_a_transfer() -> None:
    """A gift enters with its own size over income, to first order; who works better gains at home."""
    better = decompose(WORLD, Policy((ProductivityChange(factor=1.02, actors=("A02",)),)))
    home = float(better.by_partner.technical.sel(actor="A02", partner="A02"))
    sales = WORLD.gross_output.sum(axis=0)[2] / WORLD.income[2]
    assert home == pytest.approx(sales * np.log(1.02), rel=0.01)
    assert float(np.abs(better.parts.technical.drop_sel(actor="A02")).max()) < 1e-12
    money = WORLD.deficit * WORLD.world_value_added
    gift = 0.01 * WORLD.income[1] * WORLD.world_value_added
    levels = (("A01", float(money[1] + gift)), ("A02", float(money[2] - gift)))
    found = decompose(WORLD, Policy((DeficitChange(levels),)))
    assert float(found.parts.transfers.sel(actor="A01")) == pytest.approx(0.01, rel=0.02)
    assert float(np.abs(found.gap).max()) < 1e-5


def test_a_giant_taxes_its_partners_to_better_terms() -> None:
    found = decompose(WORLD, TARIFF).parts
    assert float(found.terms_of_trade.sel(actor="A00")) > 0
    assert float(found.volume.sel(actor="A00")) < 0


def test_small_changes_are_those_of_the_published_formula() -> None:
    """Caliendo and Parro's linear parts agree to first order; the distance falls with the square of the tariff."""
    distance = []
    for rate in (2e-3, 1e-3):
        policy = Policy((TariffChange(importers=("A01",), add=rate),))
        ours, linear = decompose(WORLD, policy, steps=8).parts, caliendo_parro_linear(solve(WORLD, policy))
        distance.append(float(np.abs(ours.terms_of_trade - linear.terms_of_trade).max()))
    assert distance[1] == pytest.approx(distance[0] / 4, rel=0.2)


def test_what_cannot_be_integrated_is_refused() -> None:
    cut = Policy((Embargo(importers=("A00",), exporters=("A01",)),))
    with pytest.raises(RequestError, match="embargo stops S00 from A01 to A00"):
        decompose(WORLD, cut)
    with pytest.raises(RequestError, match="export taxes"):
        decompose(WORLD, Policy((ExportTaxChange(exporters=("A00",), add=0.1),)))
    with pytest.raises(RequestError, match="quotas"):
        decompose(WORLD, Policy((TariffRateQuota(importers=("A00",), inside=0.0, outside=0.5, share_of_base=1.0),)))
    with pytest.raises(RequestError, match="accuracy"):
        decompose(WORLD, TARIFF, accuracy=0.0)
    with pytest.raises(DidNotConverge, match="raise accuracy"):
        decompose(WORLD, TARIFF, accuracy=1e-13)


@pytest.mark.raw
@pytest.mark.skipif(not FOLDER.exists(), reason=f"needs the Caliendo-Parro tables in {FOLDER.name}; set HEDGEROW_RAW")
def test_nafta_for_mexico_is_a_wash() -> None:
    """Published, one step: terms of trade -0.41, volume 1.72, total 1.31 %. Exactly: -0.68 + 0.68 = 0.007 %."""
    economy, policy = nafta()
    found = decompose(economy, policy + Policy(deficits=DeficitRule.ZERO))
    mexico = {name: 100 * float(part.sel(actor="Mexico")) for name, part in found.parts.items()}
    assert mexico["terms_of_trade"] == pytest.approx(-0.68, abs=0.01)
    assert mexico["volume"] == pytest.approx(0.68, abs=0.01)
    assert mexico["total"] == pytest.approx(0.007, abs=0.0015)
    assert float(np.abs(found.gap).max()) < 1e-5
