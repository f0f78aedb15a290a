"""What a path costs, against sums and half-lives that can be worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from bench.worlds import synthetic
from hedgerow.errors import RequestError
from hedgerow.trade.dynamics import YEAR, Adjustment, path
from hedgerow.trade.dynamics_buyers import Buyers
from hedgerow.trade.dynamics_measures import (
    half_life,
    long_run_welfare_change,
    marginal_price_of_speed,
    price_of_unwinding,
    short_over_long,
    shortfall,
)
from hedgerow.trade.equilibrium import solve, without_deficits
from hedgerow.trade.policy import DeficitRule, Embargo, IcebergChange, Policy, TariffChange
from hedgerow.trade.welfare import welfare_change

WORLD = synthetic(6, 4, seed=3)
TARIFF = Policy((TariffChange(importers=("A00",), add=0.25),))
WALL = Policy((IcebergChange(importers=("A00",), factor=1.3), IcebergChange(exporters=("A00",), factor=1.3)))
CUT = Policy((Embargo(importers=("A00",), exporters=("A01",)), Embargo(importers=("A01",), exporters=("A00",))))
SHOCKS = {"tariff": TARIFF, "wall": WALL, "cut": CUT, "balanced": replace(WALL, deficits=DeficitRule.ZERO)}


@pytest.mark.parametrize("shock", SHOCKS)
def test_more_speed_never_raises_the_price_of_unwinding(shock: str) -> None:
    """In equilibrium up to a speed of 0.4. At 0.6 bystanders of a cut may pay more: all overshoot together."""
    paid = [
        price_of_unwinding(path(WORLD, SHOCKS[shock], options=Adjustment(speed=speed), check=False))
        for speed in (0.05, 0.1, 0.2, 0.28, 0.4)
    ]
    assert all((faster <= slower).all() for slower, faster in pairwise(paid))
    assert float(paid[-1].min()) > 0


@pytest.mark.parametrize("shock", ["tariff", "wall", "cut"])
def test_more_speed_never_raises_the_price_at_given_costs(shock: str) -> None:
    """At any speed to 1, when nobody's adapting moves factory prices: with the costs of the base."""
    still, paid = np.zeros((4, 6)), []
    for speed in (0.05, 0.28, 0.6, 0.9, 1.0):
        buyers = Buyers(WORLD, Adjustment(speed=speed))
        met, set_up, sums = buyers.shock(SHOCKS[shock]), buyers.unmoved, np.zeros((4, 6))
        for year in range(15):
            bought = buyers.kernel(met, set_up).purchases.sum(axis=2)
            sums += 0.96**year * buyers.wedge(-np.log(bought) / buyers.theta.short[:, None], still, met)
            set_up = buyers.moved(set_up, still, met, met)
        paid.append(sums)
    assert all((faster <= slower + 1e-12).all() for slower, faster in pairwise(paid))


def test_the_price_of_unwinding_is_a_discounted_sum() -> None:
    played = path(WORLD, TARIFF, years=3, check=False)
    wedge = played.unadapted.values
    by_hand = wedge[0] + 0.9 * wedge[1] + 0.81 * wedge[2]
    np.testing.assert_allclose(price_of_unwinding(played, discount=0.9), by_hand, rtol=1e-14)


def test_nothing_to_unwind_costs_nothing() -> None:
    played = path(WORLD, Policy(), years=4)
    for cost in (price_of_unwinding(played), marginal_price_of_speed(played), shortfall(played)):
        np.testing.assert_allclose(cost, 0, atol=1e-9)
    assert half_life(played).isnull().all()
    assert short_over_long(played).isnull().all()


@pytest.mark.parametrize("shock", SHOCKS)
def test_the_marginal_price_is_the_slope_between_two_speeds(shock: str) -> None:
    ends = [path(WORLD, SHOCKS[shock], options=Adjustment(speed=s), check=False) for s in (0.25, 0.31)]
    slope = (price_of_unwinding(ends[0]) - price_of_unwinding(ends[1])) / 0.06
    marginal = marginal_price_of_speed(path(WORLD, SHOCKS[shock], check=False), step=0.01)
    np.testing.assert_allclose(marginal, slope, rtol=0.02)
    assert (marginal > 0).all()


def test_shares_halve_in_the_time_the_speed_says() -> None:
    """ln 2 / -ln 0.72 = 2.11 years where factory prices stand still: only the tiny actor's own buyers are touched."""
    world = without_deficits(synthetic(8, 1, seed=5, theta=4.0))
    pair = {"importers": (world.actors[-1],), "exporters": (world.actors[0],)}
    lives = half_life(path(world, Policy((IcebergChange(**pair, factor=1.001),)), years=12))
    assert float(lives.sel(exporter=world.actors[0], importer=world.actors[-1])) == pytest.approx(2.11, rel=0.05)


def test_a_wall_hurts_more_before_anybody_adapts() -> None:
    for policy in (WALL, CUT):
        played = path(WORLD, policy)
        ratio = short_over_long(played).sel(actor="A00")
        assert float(ratio) > 1
        assert float(shortfall(played).sel(actor="A00")) > 0


def test_the_long_run_is_that_of_the_static_model() -> None:
    for policy in SHOCKS.values():
        played = path(WORLD, [Policy(deficits=policy.deficits), policy], check=False)
        static = welfare_change(solve(WORLD, policy))
        np.testing.assert_allclose(long_run_welfare_change(played), static, atol=1e-9)
        short = np.log1p(played.welfare_change.isel({YEAR: 0}))
        np.testing.assert_allclose(short_over_long(played), short / np.log1p(static), atol=1e-6)


def test_measures_say_whether_the_answer_is_the_only_one() -> None:
    played = path(WORLD, TARIFF, years=3, check=False)
    measures = (price_of_unwinding, marginal_price_of_speed, shortfall, short_over_long, half_life)
    for measure in measures:
        assert measure(played).attrs["uniqueness"] == played.uniqueness


def test_wrong_requests_say_so() -> None:
    played = path(WORLD, TARIFF, years=2, check=False)
    with pytest.raises(RequestError, match="discount"):
        price_of_unwinding(played, discount=1.5)
    with pytest.raises(RequestError, match="step"):
        marginal_price_of_speed(played, step=0.5)
