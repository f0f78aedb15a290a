"""Laws of the parts of a policy beyond tariffs: export taxes, barriers, quotas, productivity and deficit rules."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.witness import violations
from bench.worlds import synthetic
from hedgerow.errors import RequestError, UnbalancedError
from hedgerow.trade.equilibrium import Equilibrium, solve, without_deficits
from hedgerow.trade.policy import (
    Change,
    DeficitChange,
    DeficitRule,
    Embargo,
    ExportTaxChange,
    IcebergChange,
    NonTariffChange,
    Policy,
    ProductivityChange,
    RentOwner,
    TariffChange,
    TariffRateQuota,
    apply,
)
from hedgerow.trade.quotas import limits
from hedgerow.trade.result import QuotaStatus
from hedgerow.trade.welfare import equivalent_variation, equivalent_variation_parts
from tests.trade.strategies import policies

WORLD = synthetic(6, 4, seed=3)
BALANCED = without_deficits(WORLD)
LAWS = settings(max_examples=25, deadline=None, derandomize=True)
HOME = "A01"
FREE = TariffChange(set_to=0.0)


def welfare(*parts: Any, world: Any = BALANCED) -> np.ndarray:
    return np.asarray(solve(world, Policy(parts)).welfare.values)


def quota(share: float, owner: RentOwner = RentOwner.IMPORTERS, **kind: Any) -> TariffRateQuota:
    reach: dict[str, Any] = {"importers": ("A00",), "exporters": ("A01", "A02"), "sectors": ("S00", "S01")}
    return TariffRateQuota(**reach | {"inside": 0.02, "outside": 0.25, "share_of_base": share, "owner": owner} | kind)


def tariff(rate: float) -> Policy:
    flows = quota(1.0)
    return Policy(
        (TariffChange(exporters=flows.exporters, importers=flows.importers, sectors=flows.sectors, set_to=rate),)
    )


@LAWS
@given(rate=st.floats(-0.5, 1.5))
def test_lerner_a_tariff_on_all_imports_is_a_tax_on_all_exports(rate: float) -> None:
    on_imports = welfare(FREE, TariffChange(importers=(HOME,), set_to=rate))
    on_exports = welfare(FREE, ExportTaxChange(exporters=(HOME,), set_to=rate))
    np.testing.assert_allclose(on_imports, on_exports, atol=1e-9)


@LAWS
@given(rate=st.floats(-0.5, 1.5))
def test_lerner_a_subsidy_undoes_a_tariff(rate: float) -> None:
    both = TariffChange(importers=(HOME,), set_to=rate), ExportTaxChange(exporters=(HOME,), set_to=1 / (1 + rate) - 1)
    np.testing.assert_allclose(welfare(FREE, *both), welfare(FREE), atol=1e-9)


def every_part() -> st.SearchStrategy[Policy]:
    """All kinds of change at once, under every deficit rule."""
    actors = st.lists(st.sampled_from(WORLD.actors), min_size=1, unique=True).map(tuple)
    extra = st.tuples(
        st.builds(ExportTaxChange, exporters=actors, importers=actors | st.none(), add=st.floats(-0.3, 0.5)),
        st.builds(NonTariffChange, importers=actors, ave=st.floats(0, 0.5), delta=st.floats(-1, 0.5)),
        st.builds(ProductivityChange, actors=actors, factor=st.floats(0.8, 1.3)),
        st.builds(TariffChange, importers=actors, cap=st.floats(0, 0.2)),
        st.builds(quota, share=st.floats(0.3, 1.5), owner=st.sampled_from(RentOwner)),
    )
    return st.builds(
        lambda start, parts, rule: start + Policy(parts, deficits=rule),
        policies(WORLD),
        extra,
        st.sampled_from(DeficitRule),
    )


@LAWS
@given(policy=every_part())
def test_markets_clear_and_walras_holds_with_all_parts(policy: Policy) -> None:
    found = solve(WORLD, policy)
    wrong = violations(found)
    assert wrong.largest <= 1e-9
    assert wrong.walras <= 1e-11
    check_quotas(found)
    check_income(found)
    parts = equivalent_variation_parts(found)
    total = parts.value_added.sum("sector") + parts.tariff_revenue + parts.transfers
    np.testing.assert_allclose(total, equivalent_variation(found), atol=1e-11 * WORLD.world_value_added)


def check_quotas(found: Equilibrium) -> None:
    """Exactly one regime holds for every quota."""
    for one in found.quotas:
        part = one.quota
        assert part.inside <= one.rate <= part.outside
        if one.status is QuotaStatus.OPEN:
            assert one.rate == part.inside
            assert one.volume <= one.limit * (1 + 1e-8)
            assert one.rent == 0
        elif one.status is QuotaStatus.BINDING:
            assert one.volume == pytest.approx(one.limit, rel=1e-8)
            assert one.rent > 0
        else:
            assert one.rate == part.outside
            assert one.volume >= one.limit * (1 - 1e-8)
        assert sum(amount for _, amount in one.received) == pytest.approx(one.rent)
        assert sum(amount for _, amount in one.paid) == pytest.approx(one.rent)


def check_income(found: Equilibrium) -> None:
    """Income is value added, both kinds of tax, rents and the deficit without rents."""
    rents = found.quota_rent.sum()
    money = found.economy.world_value_added
    stated = found.value_added.sum("sector") + found.tariff_revenue + found.export_tax_revenue + found.quota_rent
    paid = np.zeros(len(found.economy.actors))
    for one in found.quotas:
        for actor, amount in one.paid:
            paid[found.economy.actors.index(actor)] += amount if one.quota.owner is RentOwner.EXPORTERS else 0
        if one.quota.owner is RentOwner.EXPORTERS:
            for actor, amount in one.received:
                paid[found.economy.actors.index(actor)] -= amount
    np.testing.assert_allclose(
        stated + found.deficit + paid, found.income * money, atol=1e-9 * money + 1e-9 * float(rents)
    )


def test_export_tax_revenue_is_the_rate_times_what_sellers_keep() -> None:
    found = solve(WORLD, Policy((ExportTaxChange(exporters=(HOME,), importers=("A00",), set_to=0.2),)))
    border = found.trade_flow.sel(exporter=HOME, importer="A00").sum()
    assert float(found.export_tax_revenue.sel(actor=HOME)) == pytest.approx(float(border) * 0.2 / 1.2)
    assert float(np.abs(found.export_tax_revenue).sum()) == pytest.approx(float(border) * 0.2 / 1.2)
    assert float(found.export_tax.sel(exporter=HOME, importer="A00", sector="S00")) == 0.2
    sold = found.trade_flow / (1 + found.export_tax)
    np.testing.assert_allclose(found.output.values, sold.sum("importer").values, rtol=1e-12)


def test_regimes_of_a_quota_meet_without_a_jump() -> None:
    shares = np.linspace(0.2, 1.4, 49)
    found = [solve(WORLD, Policy((quota(share),))) for share in shares]
    for one in found:
        check_quotas(one)
    order = [one.quotas[0].status for one in found]
    assert order == sorted(order, key=[QuotaStatus.EXCEEDED, QuotaStatus.BINDING, QuotaStatus.OPEN].index)
    assert set(order) == set(QuotaStatus)
    rates = np.array([one.quotas[0].rate for one in found])
    assert (np.diff(rates) <= 1e-9).all()
    assert np.abs(np.diff(rates)).max() < 0.03
    steps = np.abs(np.diff([one.welfare.values for one in found], axis=0)).max()
    assert steps < 3e-5


@pytest.mark.parametrize("share", [0.01, 3.0])
def test_a_quota_that_is_never_felt_is_a_tariff(share: float) -> None:
    found = solve(WORLD, Policy((quota(share),)))
    plain = solve(WORLD, tariff(0.25 if share < 1 else 0.02))
    np.testing.assert_allclose(found.welfare, plain.welfare, atol=1e-9)


def test_a_binding_quota_is_its_tariff_equivalent() -> None:
    found = solve(WORLD, Policy((quota(0.7),)))
    assert found.quotas[0].status is QuotaStatus.BINDING
    np.testing.assert_allclose(found.welfare, solve(WORLD, tariff(found.quotas[0].rate)).welfare, atol=1e-9)


def test_the_owner_gets_the_rent() -> None:
    kept, given_away = (
        solve(WORLD, Policy((quota(0.5, owner),))) for owner in (RentOwner.IMPORTERS, RentOwner.EXPORTERS)
    )
    auctioned = solve(WORLD, Policy((quota(0.5, RentOwner.IMPORTER_GOVERNMENT),)))
    np.testing.assert_allclose(kept.welfare, auctioned.welfare, atol=1e-12)
    better = given_away.welfare - kept.welfare
    assert (better.sel(actor=["A01", "A02"]) > 0).all()
    assert float(better.sel(actor="A00")) < 0
    assert float(given_away.quota_rent.sum()) == pytest.approx(given_away.quotas[0].rent)
    assert set(dict(given_away.quotas[0].received)) <= {"A01", "A02"}
    assert set(dict(kept.quotas[0].received)) == {"A00"}


def test_several_quotas_hold_together() -> None:
    two = quota(0.6), quota(0.8, RentOwner.EXPORTERS, exporters=("A03",)), quota(0.7, importers=("A04",))
    found = solve(WORLD, Policy(two))
    check_quotas(found)
    assert violations(found).largest < 1e-9


def test_a_volume_is_money_at_base_prices() -> None:
    by_share = Policy((quota(0.5),))
    volume = limits(WORLD, by_share)[0]
    by_volume = quota(0.5, share_of_base=None, volume=volume)
    np.testing.assert_allclose(solve(WORLD, by_share).welfare, solve(WORLD, Policy((by_volume,))).welfare, atol=1e-10)


def test_impossible_quotas_are_refused() -> None:
    with pytest.raises(RequestError, match="more than all world trade"):
        solve(WORLD, Policy((quota(1.0, share_of_base=None, volume=10 * WORLD.world_value_added),)))
    with pytest.raises(RequestError, match="two cover S00 from A01 to A00"):
        solve(WORLD, Policy((quota(0.5), quota(0.7))))
    with pytest.raises(RequestError, match="swap them"):
        quota(0.5, inside=0.3)
    with pytest.raises(RequestError, match="quota"):
        quota(-0.5)
    with pytest.raises(RequestError, match=r"volume=.* or share_of_base="):
        quota(0.5, volume=3.0)


@LAWS
@given(ave=st.floats(0, 1), new=st.floats(0, 1))
def test_a_barrier_is_an_iceberg(ave: float, new: float) -> None:
    by_ave = NonTariffChange(importers=(HOME,), ave=ave, set_to=new)
    by_factor = IcebergChange(importers=(HOME,), factor=(1 + new) / (1 + ave))
    np.testing.assert_array_equal(
        apply(WORLD, Policy((by_ave,))).kernel[0], apply(WORLD, Policy((by_factor,))).kernel[0]
    )
    delta = np.log1p(new) / np.log1p(ave) - 1 if ave > 1e-3 else 0.0
    by_delta = NonTariffChange(importers=(HOME,), ave=ave, delta=float(delta))
    if ave > 1e-3:
        assert by_delta.factor == pytest.approx(by_factor.factor)


@LAWS
@given(factor=st.floats(0.7, 1.5))
def test_productivity_everywhere_is_welfare_for_all(factor: float) -> None:
    """One for one where there are no inputs; more where cheaper inputs add to it."""
    single = without_deficits(synthetic(5, 1, seed=2))
    np.testing.assert_allclose(welfare(ProductivityChange(factor=factor), world=single), factor - 1, atol=1e-9)
    found = welfare(ProductivityChange(factor=factor))
    assert (np.abs(found) >= np.abs(factor - 1) * 0.999).all() or factor < 1
    assert (np.sign(found) == np.sign(factor - 1)).all() or abs(factor - 1) < 1e-9


def test_productivity_lowers_unit_costs() -> None:
    found = solve(WORLD, Policy((ProductivityChange(actors=(HOME,), sectors=("S00",), factor=1.2),)))
    assert float(found.welfare.sel(actor=HOME)) > 0
    assert violations(found).largest < 1e-9


@LAWS
@given(level=st.floats(0, 0.4), other=st.floats(0, 0.4))
def test_caps_and_floors(level: float, other: float) -> None:
    def rates(*parts: Change) -> np.ndarray:
        return np.asarray(apply(WORLD, Policy(parts)).tariff)

    cap, floor = TariffChange(cap=level), TariffChange(floor=level)
    foreign = ~np.eye(6, dtype=bool)
    assert rates(cap)[:, foreign].max() <= level
    assert rates(floor)[:, foreign].min() >= level
    np.testing.assert_array_equal(rates(cap, cap), rates(cap))
    np.testing.assert_array_equal(rates(cap, TariffChange(cap=other)), rates(TariffChange(cap=min(level, other))))
    np.testing.assert_array_equal(rates(cap, floor)[:, foreign], level)


def test_own_share_deficits_move_with_value_added() -> None:
    policy = Policy((TariffChange(importers=("A00",), add=0.5),), deficits=DeficitRule.OWN_SHARE)
    found = solve(WORLD, policy)
    earned = found.wage_hat * WORLD.value_added
    rate = WORLD.deficit / WORLD.value_added
    expected = earned * (rate - (rate * earned).sum() / earned.sum()) * WORLD.world_value_added
    np.testing.assert_allclose(found.deficit, expected, rtol=1e-9)
    assert float(found.deficit.sum()) == pytest.approx(0, abs=1e-9 * WORLD.world_value_added)
    np.testing.assert_allclose(solve(WORLD, Policy(deficits=DeficitRule.OWN_SHARE)).welfare, 0, atol=1e-10)
    assert (Policy(deficits=DeficitRule.OWN_SHARE) + Policy(deficits=DeficitRule.ZERO)).deficits is DeficitRule.ZERO
    assert (Policy() + Policy(deficits=DeficitRule.OWN_SHARE)).deficits is DeficitRule.OWN_SHARE


def test_deficits_that_do_not_cancel_are_refused() -> None:
    with pytest.raises(UnbalancedError, match="what one actor borrows"):
        solve(WORLD, Policy((DeficitChange((("A00", 0.5 * WORLD.world_value_added),)),)))


def test_a_quota_outlasts_other_tariffs_and_gives_way_to_an_embargo() -> None:
    one = solve(
        WORLD, Policy((quota(0.7),)) + TariffChange(importers=("A00",), sectors=("S00",), exporters=("A01",), add=0.5)
    )
    np.testing.assert_allclose(one.welfare, solve(WORLD, Policy((quota(0.7),))).welfare, atol=1e-9)
    shut = solve(WORLD, Policy((quota(0.7), Embargo(importers=("A00",), exporters=("A01", "A02")))))
    assert shut.quotas[0].status is QuotaStatus.OPEN
    assert shut.quotas[0].volume == 0
