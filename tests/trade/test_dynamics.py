"""Paths over the years, against the static model at both ends and against what must hold in between."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from bench.worlds import synthetic
from hedgerow.errors import DidNotConverge, NoSupplierError, RequestError
from hedgerow.trade.dynamics import Adjustment, path
from hedgerow.trade.dynamics_buyers import Buyers
from hedgerow.trade.dynamics_nest import Elasticities, kernel_factor
from hedgerow.trade.economy import Economy
from hedgerow.trade.equilibrium import solve, without_deficits
from hedgerow.trade.horizon import at_horizon, share_of_long_run
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
from hedgerow.trade.welfare import welfare_change
from tests.trade.strategies import policies

WORLD = synthetic(6, 4, seed=3)
ONE_SECTOR = without_deficits(synthetic(5, 1, seed=2))
LAWS = settings(max_examples=15, deadline=None, derandomize=True)
TARIFF = Policy((TariffChange(importers=("A00",), add=0.25),), label="tariff")
WALL = Policy((IcebergChange(importers=("A00",), factor=1.3), IcebergChange(exporters=("A00",), factor=1.3)))
CUT = Policy((Embargo(importers=("A00",), exporters=("A01",)), Embargo(importers=("A01",), exporters=("A00",))))
TAXED = Policy(
    (ExportTaxChange(exporters=("A00",), add=0.1), ProductivityChange(factor=1.1, actors=("A01",))),
    deficits=DeficitRule.OWN_SHARE,
)
SHOCKS = {
    "tariff": TARIFF,
    "wall": WALL,
    "cut": CUT,
    "balanced": replace(WALL, deficits=DeficitRule.ZERO),
    "taxed": TAXED,
}
FOREVER = 100
"""Years: what is left of a gap is 0.72^100 = 5e-15 of it."""


# The four tests of Le Chatelier


@LAWS
@given(policy=policies(WORLD))
def test_the_first_year_is_the_static_model_with_short_run_elasticities(policy: Policy) -> None:
    played = path(WORLD, policy, years=1)
    rule = DeficitRule.FIXED if policy.deficits is DeficitRule.ZERO else policy.deficits  # closed in the base already
    static = welfare_change(solve(at_horizon(played.economy, 1), replace(policy, deficits=rule)))
    np.testing.assert_allclose(played.welfare_change[0], static, atol=1e-9)


@pytest.mark.parametrize("shock", SHOCKS)
def test_the_distant_future_is_the_static_model_with_long_run_elasticities(shock: str) -> None:
    played = path(WORLD, SHOCKS[shock], years=FOREVER, check=False)
    static = solve(WORLD, SHOCKS[shock])
    np.testing.assert_allclose(played.welfare_change[-1], welfare_change(static), atol=1e-9)
    np.testing.assert_allclose(played.trade_flow(FOREVER - 1), static.trade_flow, atol=1e-7 * WORLD.world_value_added)


@pytest.mark.parametrize("years", [0, 1, 2, 5, 10, 30])
def test_the_effective_elasticity_closes_the_gap_geometrically(years: int) -> None:
    """theta_S + (theta_L - theta_S) (1 - (1 - speed)^h), at given factory prices and for a small change of one cost.

    The share of another exporter is the yardstick, so the buyer's price index drops out.
    """
    buyers, size = Buyers(WORLD, Adjustment()), 1e-5
    pair = {"importers": ("A02",), "exporters": ("A00",), "sectors": ("S00",)}
    shock = buyers.shock(Policy((IcebergChange(**pair, factor=float(np.exp(size))),)))
    still, set_up = np.zeros((4, 6)), buyers.unmoved
    for _ in range(years):
        set_up = buyers.moved(set_up, still, shock, shock)
    bought = buyers.kernel(shock, set_up).purchases[0, 2] / WORLD.trade_share[0, 2]
    found = -np.log(bought[0] / bought[2]) / size
    short, long = (theta[0] for theta in buyers.theta)
    assert found == pytest.approx(short + (long - short) * (1 - 0.72**years), rel=1e-4)


@LAWS
@given(policy=policies(WORLD))
def test_nobody_pays_less_than_after_adapting(policy: Policy) -> None:
    """A short-run cost function touches the long-run one and lies above it elsewhere (Le Chatelier)."""
    played = path(WORLD, policy, years=4, check=False)
    assert float(played.unadapted.min()) >= -1e-12


def test_the_effective_elasticity_is_the_published_one() -> None:
    """The same years as :func:`share_of_long_run`, whose year 1 is year 0 here; 0.28 is 1 - exp(-0.33), rounded."""
    options = Adjustment()
    for year in (0, 1, 4, 9):
        share = options.short_run + (1 - options.short_run) * (1 - (1 - options.speed) ** year)
        assert share == pytest.approx(share_of_long_run(year + 1), abs=2e-3)


# What must hold in between


def test_nothing_moves_without_a_shock() -> None:
    played = path(WORLD, Policy(), years=5)
    for values in (played.wage, played.price, played.consumer_price, 1 + played.welfare_change):
        np.testing.assert_allclose(values, 1, atol=1e-9)
    np.testing.assert_allclose(played.unadapted, 0, atol=1e-12)
    base = np.einsum("jni,jn->jni", WORLD.border_share, WORLD.expenditure)
    np.testing.assert_allclose(played.border_flow(4), base, atol=1e-10)


@pytest.mark.parametrize("shock", ["tariff", "wall", "cut"])
def test_a_shock_that_ends_is_forgotten(shock: str) -> None:
    played = path(WORLD, [SHOCKS[shock]] * 6 + [Policy()] * FOREVER, check=False)
    scars = np.abs(played.welfare_change.values)
    assert scars[6].max() > 1e-5
    np.testing.assert_allclose(scars[-1], 0, atol=1e-9)


def test_equal_elasticities_have_no_dynamics() -> None:
    played = path(WORLD, TARIFF, years=4, options=Adjustment(short_run=1.0), check=False)
    np.testing.assert_allclose(played.welfare_change - played.welfare_change[0], 0, atol=1e-9)


@pytest.mark.parametrize("speed", [0.1, 0.5, 0.8])
def test_the_end_does_not_depend_on_the_speed(speed: float) -> None:
    played = path(WORLD, WALL, years=200, options=Adjustment(speed=speed), check=False)
    np.testing.assert_allclose(played.welfare_change[-1], welfare_change(solve(WORLD, WALL)), atol=1e-8)


def test_a_speed_at_which_a_cobweb_would_grow_is_refused() -> None:
    """At 0.9 this world runs away: income is off by 70 % after a hundred years. At 0.8 it settles (test above)."""
    assert 0.8 < Buyers(WORLD).fastest < 0.9
    assert Buyers(ONE_SECTOR, Adjustment(short_run=1.0)).fastest == pytest.approx(2)
    with pytest.raises(RequestError, match=r"speed: at 0\.9 a year buyers overshoot"):
        path(WORLD, WALL, options=Adjustment(speed=0.9))


def test_a_cap_binds_slows_and_does_not_change_the_end() -> None:
    free = path(WORLD, WALL, years=FOREVER, check=False)
    capped = path(WORLD, WALL, years=FOREVER, options=Adjustment(capacity=0.01), check=False)
    loose = path(WORLD, WALL, years=6, options=Adjustment(capacity=10.0), check=False)
    np.testing.assert_allclose(loose.welfare_change, free.welfare_change[:6], atol=1e-12)
    assert (capped.unadapted[1:20] > free.unadapted[1:20] - 1e-12).all()
    assert float((capped.unadapted[3] - free.unadapted[3]).max()) > 1e-4
    np.testing.assert_allclose(capped.welfare_change[-1], free.welfare_change[-1], atol=1e-9)


def test_the_cap_limits_every_adapted_cost() -> None:
    buyers = Buyers(WORLD, Adjustment(capacity=0.02))
    for policy in (WALL, CUT):
        shock = buyers.shock(policy)
        moved = buyers.moved(buyers.unmoved, np.zeros((4, 6)), shock, shock)
        assert np.abs(moved).max() == pytest.approx(0.02)


def test_a_cut_supplier_fades_from_the_set_up_by_the_speed() -> None:
    buyers = Buyers(WORLD, Adjustment())
    shock = buyers.shock(CUT)
    moved = buyers.moved(buyers.unmoved, np.zeros((4, 6)), shock, shock)
    kept = np.exp(-WORLD.trade_elasticity * moved[:, 0, 1])
    traded = WORLD.trade_share[:, 0, 1] > 0
    np.testing.assert_allclose(kept[traded], 0.72)


def test_who_looks_ahead_adapts_before() -> None:
    announced = [Policy()] * 2 + [WALL] * 4
    blind = path(WORLD, announced, check=False)
    ahead = path(WORLD, announced, options=Adjustment(anticipation=1.0), check=False)
    np.testing.assert_allclose(blind.welfare_change[:2], 0, atol=1e-9)
    assert float(np.abs(ahead.welfare_change[1]).max()) < 1e-9 + float(ahead.unadapted[2].max())
    assert float((blind.unadapted[2] - ahead.unadapted[2]).max()) > 1e-4
    same = path(WORLD, TARIFF, years=4, options=Adjustment(anticipation=1.0), check=False)
    np.testing.assert_allclose(same.welfare_change, path(WORLD, TARIFF, years=4, check=False).welfare_change, atol=1e-9)


def test_the_set_up_counts_only_between_suppliers() -> None:
    """All suppliers of a buyer dearer alike: no other kernel than the price level, which the kernel does not know."""
    theta = Elasticities(0.36 * WORLD.trade_elasticity, WORLD.trade_elasticity)
    alike = np.broadcast_to(np.log(1.2), WORLD.trade_share.shape)
    np.testing.assert_allclose(kernel_factor(alike, WORLD.trade_share, theta), 1, rtol=1e-12)


def test_the_order_of_policies_counts_and_the_last_one_stays() -> None:
    written = path(WORLD, [TARIFF, WALL, WALL, WALL], check=False)
    short = path(WORLD, [TARIFF, WALL], years=4, check=False)
    np.testing.assert_array_equal(written.welfare_change, short.welfare_change)
    assert written.policies == short.policies
    assert not np.allclose(written.welfare_change, path(WORLD, [WALL, TARIFF], years=4, check=False).welfare_change)


def test_flows_fit_the_accounts_in_every_year() -> None:
    played = path(WORLD, TARIFF, years=4)
    assert played.trade_flow(2).dims == ("exporter", "importer", "sector")
    for year in range(4):
        flow = played.border_flow(year)
        net = flow.sum(axis=(0, 2)) - flow.sum(axis=(0, 1))
        np.testing.assert_allclose(net, WORLD.deficit, atol=1e-9)
    assert played.residual.max() < 1e-10
    assert (played.iterations > 0).all()


# Requests and failures


@pytest.mark.parametrize(
    "wrong",
    [
        {"speed": 0},
        {"speed": 1.1},
        {"short_run": 0},
        {"short_run": 1.5},
        {"floor": 0.0},
        {"floor": float("nan")},
        {"capacity": 0.0},
        {"anticipation": 2.0},
    ],
    ids=str,
)
def test_options_are_checked(wrong: dict[str, float]) -> None:
    with pytest.raises(RequestError, match=next(iter(wrong))):
        Adjustment(**wrong)


def test_wrong_requests_say_so() -> None:
    with pytest.raises(RequestError, match="years"):
        path(WORLD, [])
    with pytest.raises(RequestError, match="policies: 2 of them"):
        path(WORLD, [TARIFF, WALL], years=1)
    with pytest.raises(RequestError, match="deficits"):
        path(WORLD, [TARIFF, SHOCKS["balanced"]])
    with pytest.raises(RequestError, match="quotas"):
        path(WORLD, Policy((TariffRateQuota(importers=("A00",), inside=0.0, outside=0.5, share_of_base=1.0),)))
    with pytest.raises(RequestError, match="year: 3"):
        path(WORLD, TARIFF, years=2, check=False).trade_flow(3)


def test_a_year_without_an_answer_is_named() -> None:
    home = WORLD.trade_share.copy()
    home[0, 1] = [0.5, 0, 0.5, 0, 0, 0]
    dependent = replace(WORLD, trade_share=home)
    with pytest.raises(NoSupplierError, match="year 1: A01 has no supplier of S00"):
        path(dependent, [Policy(), Policy((Embargo(importers=("A01",)),))], check=False)
    lender = replace(ONE_SECTOR, deficit=np.array([3.0, -3.0, 0, 0, 0]))
    with pytest.raises(DidNotConverge, match="year 0"):
        path(lender, TARIFF, years=2)


# Several answers


def two_mirrors(theta: float) -> Economy:
    """Two equal actors of one good each, nine tenths bought at home.

    Below theta = -1 / (2 * 0.9) the condition of Marshall and Lerner fails at the symmetric answer, and there are two
    more in which one of the two is rich.
    """
    own = 0.9
    return Economy(
        actors=("A00", "A01"),
        sectors=("S00",),
        goods=np.array([True]),
        trade_share=np.array([[[own, 1 - own], [1 - own, own]]]),
        tariff=np.zeros((1, 2, 2)),
        input_share=np.zeros((2, 1, 1)),
        value_added_share=np.ones((1, 2)),
        final_share=np.ones((1, 2)),
        trade_elasticity=np.array([theta]),
        value_added=np.array([0.5, 0.5]),
        deficit=np.zeros(2),
        expenditure=np.array([[0.5, 0.5]]),
        world_value_added=1.0,
    )


def test_one_answer_is_said_to_be_one() -> None:
    played = path(WORLD, TARIFF, years=3)
    assert not played.multiple
    assert played.uniqueness.startswith("the same answer from 4 starting points")
    assert {branch.year for branch in played.branches} == {0, 2}
    assert max(branch.distance for branch in played.branches) < 1e-8
    assert played.welfare_change.attrs["uniqueness"] == played.uniqueness
    assert "no other was tried" in path(WORLD, TARIFF, years=3, check=False).uniqueness


def test_years_in_which_the_policy_changes_are_checked() -> None:
    played = path(WORLD, [TARIFF, TARIFF, WALL, WALL, WALL])
    assert {branch.year for branch in played.branches} == {0, 2, 4}


def test_several_answers_are_found_and_said() -> None:
    """An elasticity of -0.57 is out of bounds for a world, and the one way to have several answers for certain."""
    played = path(two_mirrors(-0.57), Policy(), years=2)
    assert played.multiple
    assert played.uniqueness.startswith("SEVERAL ANSWERS: in year 0 the")
    assert "SEVERAL ANSWERS" in repr(played)
    assert "SEVERAL ANSWERS" in played.consumer_price.attrs["uniqueness"]
    other = next(branch for branch in played.branches if branch.distance > 0.01)
    assert np.abs(other.welfare_change).max() > 0.001
    assert not path(two_mirrors(-0.5), Policy(), years=2).multiple
