"""Tariffs by sector, partner and flow: more freedom never hurts, and nothing nearby is better."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.worlds import synthetic
from hedgerow.errors import DidNotConverge
from hedgerow.trade.economy import Economy
from hedgerow.trade.equilibrium import solve
from hedgerow.trade.optimal import optimum
from hedgerow.trade.optimal.instrument import Detail, Instrument, blocks, tariffs
from hedgerow.trade.optimal.objective import Objective, log_income
from hedgerow.trade.optimal.optimum import Edge, Optimum, block_slopes, certified
from hedgerow.trade.optimal.response import optimal_tariffs
from hedgerow.trade.policy import DeficitRule, Policy
from tests.trade.optimal.worlds import one_sector

ZERO = Policy(deficits=DeficitRule.ZERO)
WORLD = synthetic(6, 4, seed=3)


def best(economy: Economy, detail: Detail, highest: float = 3.0) -> Optimum:
    return optimal_tariffs(economy, Instrument(setter=("A00",), detail=detail, highest=highest), background=ZERO)


def test_more_freedom_never_hurts() -> None:
    gains = {detail: best(WORLD, detail).gain for detail in Detail}
    assert gains[Detail.UNIFORM] < gains[Detail.SECTOR] < gains[Detail.FLOW]
    assert gains[Detail.UNIFORM] < gains[Detail.PARTNER] < gains[Detail.FLOW]


@settings(max_examples=4, deadline=None, derandomize=True)
@given(seed=st.integers(0, 200), detail=st.sampled_from([Detail.SECTOR, Detail.PARTNER, Detail.FLOW]))
def test_nothing_nearby_is_better(seed: int, detail: Detail) -> None:
    economy, rng = synthetic(5, 3, seed=seed), np.random.default_rng(seed)
    found = best(economy, detail)
    value = log_income(found.equilibrium, ("A00",))
    for size in (0.01, 0.1, 0.5):
        rates = np.clip(np.expm1(np.log1p(found.rates) + size * rng.normal(size=len(found.rates))), 0, 3)
        other = solve(economy, ZERO + tariffs(("A00",), found.blocks, rates), tolerance=1e-12)
        assert log_income(other, ("A00",)) <= value + 1e-11


def test_slopes_of_blocks_are_differences_of_the_objective_away_from_the_base() -> None:
    instrument = Instrument(setter=("A01",), detail=Detail.SECTOR)
    taxed, objective = blocks(WORLD, instrument), Objective(WORLD, ("A01",), background=ZERO)
    rates = np.linspace(0.1, 0.6, len(taxed))
    slopes = block_slopes(objective, objective.at(tariffs(("A01",), taxed, rates)), ("A01",), taxed)
    for k in range(len(taxed)):
        ends = []
        for step in (1e-3, -1e-3):
            moved = rates.copy()
            moved[k] = np.expm1(np.log1p(rates[k]) + step)
            ends.append(objective.value(objective.at(tariffs(("A01",), taxed, moved))))
        assert slopes[k] == pytest.approx((ends[0] - ends[1]) / 2e-3, rel=1e-4, abs=1e-8)


def test_one_partner_and_one_sector_is_the_uniform_tariff() -> None:
    economy = one_sector([2, 1])
    one, other = (
        optimal_tariffs(economy, Instrument(setter=("A",), detail=detail)).rates
        for detail in (Detail.UNIFORM, Detail.FLOW)
    )
    np.testing.assert_allclose(one, other, atol=1e-6)


def test_partners_that_are_alike_are_treated_alike() -> None:
    rates = optimal_tariffs(one_sector([2, 1, 1, 1]), Instrument(setter=("A",), detail=Detail.PARTNER)).rates
    np.testing.assert_allclose(rates, rates[0], atol=1e-5)


def test_one_summit_from_three_places() -> None:
    assert best(WORLD, Detail.SECTOR).summits == 1


def test_bounds_that_decide_are_named() -> None:
    found = best(WORLD, Detail.PARTNER, highest=0.15)
    assert Edge.HIGHEST in found.edges
    held = np.array([edge is Edge.HIGHEST for edge in found.edges])
    np.testing.assert_allclose(found.rates[held], 0.15, atol=1e-12)
    assert (found.rates[~held] < 0.15 - 1e-6).all()


def test_blocks_without_trade_keep_their_tariffs() -> None:
    taxed = blocks(WORLD, Instrument(setter=("A00",), detail=Detail.FLOW))
    flows = {(block.exporters[0], block.sectors[0]) for block in taxed}
    importer = WORLD.actors.index("A00")
    assert flows == {
        (exporter, sector)
        for j, sector in enumerate(WORLD.sectors)
        for i, exporter in enumerate(WORLD.actors)
        if WORLD.goods[j] and i != importer and WORLD.trade_share[j, importer, i] > 0
    }


def test_rates_that_are_not_the_best_are_not_certified() -> None:
    instrument = Instrument(setter=("A00",), detail=Detail.SECTOR)
    taxed, objective = blocks(WORLD, instrument), Objective(WORLD, ("A00",), background=ZERO)
    good = best(WORLD, Detail.SECTOR).rates
    assert certified(objective, instrument, taxed, good, summits=1).first_order <= optimum.FIRST_ORDER
    with pytest.raises(DidNotConverge, match="slope"):
        certified(objective, instrument, taxed, good + 0.05, summits=1)
