"""Doubt and waiting in a whole plan, on the tiny world."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hedgerow.planning.partnerships import Range
from hedgerow.planning.portfolio.doubt import ENDS
from hedgerow.planning.portfolio.plan import Plan
from hedgerow.planning.portfolio.ranking import ATTITUDES
from tests.planning.portfolio.plans import DEAL, IDLE, LEAVE, NOTHING, STORE, SUBSIDY, outlook
from tests.planning.portfolio.test_plan import made


@pytest.fixture(scope="module", name="whole")
def of_all() -> Plan:
    return made(DEAL, LEAVE, SUBSIDY, IDLE, STORE)


def costly(place: float) -> Plan:
    """An agreement at once and unpunished, at a cost between what it brings while calm lasts and while a storm does."""
    free = replace(DEAL, cost=NOTHING, punishment=NOTHING, first_year=0, years=1)
    lasting = made(free, seen=outlook(0.25, chain=0.1)).lasting.utility
    calm, storm = lasting[:, 1] - lasting[:, 0]
    assert storm > calm
    cost = float(calm + place * (storm - calm))
    return made(replace(free, cost=Range(cost, cost, cost)), seen=outlook(0.25, chain=0.1))


def test_the_robust_bundle_is_no_worse_in_doubt_than_the_plans(whole: Plan) -> None:
    assert len(whole.doubt.robust) == len(ATTITUDES) * len(ENDS)
    for one in whole.doubt.robust:
        assert one.worth >= one.kept - 1e-12
        assert whole.ranking.feasible[one.place]


def test_the_worst_prior_keeps_what_is_known_and_leans_towards_the_storm(whole: Plan) -> None:
    assumed, worst = whole.doubt.assumed, whole.doubt.worst
    for chances in (assumed, worst):
        np.testing.assert_allclose(chances.sum(axis=1), 1)
    np.testing.assert_allclose(worst[0], assumed[0])
    assert worst[:, 1].sum() > assumed[:, 1].sum() + 0.1


def test_cost_is_the_only_assumption_in_the_grid_that_moves_the_worth_one_for_one(whole: Plan) -> None:
    low, central, high = np.moveaxis(whole.doubt.values, 2, 0)
    same = ~whole.doubt.changes.any(axis=2)
    cost = [whole.ranking.at_cost(place).cost[whole.recommended["cautious"]] for place in (0.0, 0.5, 1.0)]
    np.testing.assert_allclose((low - central)[same], cost[1] - cost[0], atol=1e-9)
    np.testing.assert_allclose((central - high)[same], cost[2] - cost[1], atol=1e-9)


def test_waiting_never_harms_and_what_is_signed_now_gains_by_it(whole: Plan) -> None:
    timing = whole.timing
    assert (timing.values >= -1e-12).all()
    gain = timing.plain.gain(timing.start)
    assert (gain[timing.now] >= -1e-9).all()
    assert (gain[~timing.now] <= 1e-9).all()
    for regime in range(2):
        assert (timing.later(regime) >= timing.now).all()


def test_a_power_that_never_changes_leaves_nothing_to_doubt_or_to_wait_for() -> None:
    still = made(DEAL, SUBSIDY, seen=outlook(0.25, chain=0.0))
    np.testing.assert_allclose(still.doubt.worst, still.doubt.assumed)
    np.testing.assert_allclose(still.timing.values, 0, atol=1e-12)
    for one in still.doubt.robust:
        assert one.worth == pytest.approx(
            float(np.ptp(still.ranking.objective(one.attitude)[[0, one.place]])), abs=1e-9
        )


def test_an_agreement_that_pays_in_a_storm_only_is_left_for_the_storm() -> None:
    found = costly(0.9)
    assert not found.timing.now[0]
    assert found.timing.later(1)[0]
    assert found.timing.plain.option_value[0] > 1e-6
    assert costly(0.3).timing.now[0]
