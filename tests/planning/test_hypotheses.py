"""Each hypothesis changes one thing and leaves the rest."""

from __future__ import annotations

import numpy as np
import pytest

from hedgerow.planning.effects import effect
from hedgerow.planning.hypotheses import alternatives, central, theta_4, zero_deficits
from hedgerow.trade.equilibrium import solve
from hedgerow.trade.policy import DeficitRule, Policy, TariffChange
from hedgerow.world.io import detail_of, load
from hedgerow.world.parties import Party
from hedgerow.world.tiny import tiny_world

WORLD = load("wiod-2011")
DETAIL = detail_of(WORLD.id)
ASSUMED = WORLD["trade_elasticity_assumed"].values
FOUND = {h.id: h for h in (zero_deficits(WORLD), *alternatives(WORLD, DETAIL))}


def test_the_second_column_has_an_elasticity_of_4_in_every_sector_and_the_same_accounts() -> None:
    first, second = central(WORLD).economy, theta_4(WORLD).economy
    assert (second.trade_elasticity == 4.0).all()
    assert not (first.trade_elasticity[~ASSUMED] == 4.0).any(), "the law says something"
    np.testing.assert_array_equal(first.trade_share, second.trade_share)
    np.testing.assert_array_equal(first.expenditure, second.expenditure)


@pytest.mark.parametrize("value", [2.0, 8.0])
def test_other_services_elasticities_touch_assumed_sectors_only(value: float) -> None:
    published = central(WORLD).economy.trade_elasticity
    varied = FOUND[f"services-{value:g}"].economy.trade_elasticity
    assert ASSUMED.any()
    assert not ASSUMED.all()
    assert (varied[ASSUMED] == value).all()
    np.testing.assert_array_equal(varied[~ASSUMED], published[~ASSUMED])


def test_the_detailed_world_is_the_same_world_with_more_sectors() -> None:
    assert DETAIL is not None
    detail = FOUND["detail"]
    assert detail.world is DETAIL
    assert len(detail.economy.sectors) == len(DETAIL.sectors) > len(WORLD.sectors)
    total = float(detail.world["trade_flow"].sum())
    assert total == pytest.approx(float(WORLD["trade_flow"].sum()), rel=1e-12)
    assert "detail" not in {h.id for h in alternatives(WORLD, None)}


def test_every_hypothesis_has_an_id_and_a_label_of_its_own() -> None:
    everyone = [central(WORLD), theta_4(WORLD), *FOUND.values()]
    assert len({h.id for h in everyone}) == len({h.label for h in everyone}) == len(everyone)


def test_deficits_closed_compares_with_the_world_without_deficits() -> None:
    """No policy changes nothing there, although closing the deficits itself would."""
    world = tiny_world()
    hypothesis = zero_deficits(world)
    assert float(np.abs(hypothesis.economy.deficit).max()) > 1e-3, "there is something to close"
    still = solve(hypothesis.economy, hypothesis.under(Policy()))
    np.testing.assert_array_equal(still.economy.deficit, 0.0)
    for code in world.codes:
        assert effect(still, Party(code, code, (code,)), world["population"]).share == pytest.approx(0, abs=1e-9)
    tariff = Policy((TariffChange(importers=("AAA",), exporters=("BBB",), add=0.25),))
    shocked = solve(hypothesis.economy, hypothesis.under(tariff))
    income = still.income[1] * still.economy.world_value_added
    found = effect(shocked, Party("BBB", "Boria", ("BBB",)), world["population"])
    hat = shocked.income[1] / still.income[1] / shocked.consumer_price_hat[1]
    assert found.share == pytest.approx(hat - 1, abs=1e-9)
    assert found.musd == pytest.approx((hat - 1) * income, rel=1e-6)


def test_only_the_hypothesis_of_closed_deficits_closes_them() -> None:
    for hypothesis in (central(WORLD), theta_4(WORLD), *FOUND.values()):
        rule = DeficitRule.ZERO if hypothesis.id == "zero-deficits" else DeficitRule.FIXED
        assert hypothesis.under(Policy()).deficits is rule
