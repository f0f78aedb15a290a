"""Laws of the whole plan, on the tiny world."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hedgerow.compute import Work
from hedgerow.planning.hypotheses import central
from hedgerow.planning.partnerships import Range
from hedgerow.planning.portfolio.cases import COUNT, cases, central_case
from hedgerow.planning.portfolio.options import Option
from hedgerow.planning.portfolio.plan import Plan, count_of_solves, plan
from hedgerow.planning.portfolio.ranking import ATTITUDES, Horizon
from hedgerow.planning.portfolio.regimes import Outlook, Retaliation, policies
from hedgerow.trade.dynamics import path
from tests.planning.portfolio.plans import (
    DEAL,
    HARMFUL,
    IDLE,
    LEAVE,
    NOTHING,
    QUESTION,
    REQUEST,
    STORE,
    SUBSIDY,
    outlook,
)


def made(*chosen: Option, seen: Outlook | None = None, work: Work | None = None) -> Plan:
    return plan(QUESTION, seen or outlook(0.25), chosen, request=REQUEST, work=work or Work())


@pytest.fixture(scope="module", name="whole")
def of_all() -> Plan:
    return made(DEAL, LEAVE, SUBSIDY, IDLE, STORE)


def test_there_are_as_many_readings_as_are_counted_and_the_first_is_the_central_one() -> None:
    seen = outlook(0.25)
    found, first = cases(QUESTION, seen, seed=1), central_case(QUESTION, seen)
    assert len(found) == COUNT
    assert (found[0].id, found[0].economy, found[0].outlook) == (first.id, first.economy, first.outlook)


def test_more_options_never_lower_the_optimum(whole: Plan) -> None:
    fewer = made(DEAL, LEAVE, STORE)
    for attitude in ATTITUDES:
        more, less = (one.ranking.objective(attitude)[one.ranking.best(attitude)] for one in (whole, fewer))
        assert more >= less - 1e-12


def test_regimes_that_are_the_same_leave_nothing_to_insure() -> None:
    same = made(DEAL, SUBSIDY, STORE, seen=outlook(0.02))
    np.testing.assert_array_equal(same.ranking.loss, 0)
    np.testing.assert_array_equal(same.ranking.hedging_value, 0)


def test_an_option_that_changes_nothing_is_worth_nothing(whole: Plan) -> None:
    ranking, idle = whole.ranking, whole.options.index(IDLE)
    alone = int(np.flatnonzero(ranking.bundles.sum(axis=1) == 1)[idle])
    assert ranking.bundles[alone, idle]
    for column in (ranking.calm_gain, ranking.premium, ranking.hedging_value):
        assert column[alone] == pytest.approx(0, abs=1e-9)
    assert not any(ranking.bundles[place, idle] for place in whole.recommended.values())


def test_the_second_of_two_equal_options_adds_nothing_once_in_force() -> None:
    free = replace(DEAL, effect=NOTHING, cost=NOTHING, punishment=NOTHING, first_year=0, years=1)
    ranking = made(free, replace(free, id="again")).ranking  # tariffs only: they cannot be abolished twice
    np.testing.assert_allclose(ranking.utility[:, 3], ranking.utility[:, 1], atol=1e-9)
    np.testing.assert_allclose(ranking.utility[:, 2], ranking.utility[:, 1], atol=1e-9)


def test_marginal_values_add_up(whole: Plan) -> None:
    ranking = whole.ranking
    calm, insurance = ranking.marginal_values()
    full = int(ranking.bundles.all(axis=1).argmax())
    assert calm.sum() == pytest.approx(ranking.calm_gain[full] - ranking.cost[full], abs=1e-12)
    assert insurance.sum() == pytest.approx(ranking.tail[0] - ranking.tail[full], abs=1e-12)


def test_a_power_that_never_changes_is_one_course_without_risk() -> None:
    still = made(DEAL, SUBSIDY, seen=outlook(0.25, chain=0.0))
    np.testing.assert_allclose(still.ranking.weight, [1.0])
    np.testing.assert_array_equal(still.ranking.loss, 0)
    assert still.ranking.residual_risk == 0


def test_corners_by_hand() -> None:
    """Under a power that never changes, an option in force at once is worth what a path says; its price decides."""
    calm = outlook(0.25, chain=0.0)
    sure = replace(DEAL, cost=NOTHING, punishment=NOTHING, first_year=0, years=1)
    economy, years = central(QUESTION.world).economy, REQUEST.horizon.years
    regime = policies(calm, QUESTION, retaliation=Retaliation.NONE)[0]
    deal = sure.policy(QUESTION, economy, sure.effect.central)
    incomes = [
        np.log1p(path(economy, one, years=years, check=False).welfare_change.sel(actor="BBB").values)
        for one in (regime, regime + deal)
    ]
    bare, held = (float(REQUEST.horizon.weights @ income) for income in incomes)
    found = made(sure, seen=calm).ranking
    np.testing.assert_allclose(found.utility[0], [bare, held], atol=1e-9)
    assert held > bare
    for attitude in ATTITUDES:
        for margin, taken in ((1e-6, True), (-1e-6, False)):
            price = held - bare - margin
            priced = made(replace(sure, cost=Range(price, price, price)), seen=calm).ranking
            assert bool(priced.bundles[priced.best(attitude), 0]) == taken


def test_along_the_frontier_less_risk_costs_income(whole: Plan) -> None:
    ranking = whole.ranking
    kept = np.flatnonzero(ranking.frontier)
    order = kept[np.argsort(ranking.tail[kept])]
    assert (np.diff(ranking.mean[order]) > 0).all()


def test_processes_and_a_resumed_run_give_the_same_digits(whole: Plan, tmp_path: Path) -> None:
    for work in (Work(processes=2, cache=tmp_path), Work(cache=tmp_path)):
        again = made(DEAL, LEAVE, SUBSIDY, IDLE, STORE, work=work)
        np.testing.assert_array_equal(again.ranking.utility, whole.ranking.utility)
        np.testing.assert_array_equal(again.whole.utility, whole.whole.utility)


def test_partners_sign_what_they_gain_from(whole: Plan) -> None:
    assert {partner.option.id for partner in whole.partners} == {DEAL.id, LEAVE.id}
    for partner in whole.partners:
        assert partner.agrees == (partner.calm >= 0 and partner.expected >= 0)
    leaving = next(partner for partner in whole.partners if partner.option is LEAVE)
    assert not leaving.agrees


def test_an_agreement_that_costs_the_partner_is_in_no_bundle() -> None:
    found = made(HARMFUL, SUBSIDY)
    assert [partner.option.id for partner in found.unwilling] == ["bad"]
    assert found.unwilling[0].signs == 0
    assert not found.ranking.bundles[found.ranking.feasible, 0].any()
    assert not found.whole.bundles[:, 0].any()


def test_every_solve_and_every_evaluation_is_counted() -> None:
    request = replace(REQUEST, sure=True, horizon=Horizon(years=3), paths=6)
    seen = outlook(0.25)
    done: list[int] = []
    found = plan(QUESTION, seen, (DEAL, SUBSIDY), request=request, work=Work(progress=done.append))
    assert found.sureness is not None
    audited = found.audit.exact.size * request.horizon.years
    whole = sum(done) - count_of_solves(QUESTION, seen, (DEAL, SUBSIDY), request)
    assert whole > 0
    assert found.solves == sum(done) + audited
    courses_of_all = found.ranking.evaluations + found.lasting.evaluations
    assert found.evaluations == courses_of_all + COUNT * 3 * found.ranking.evaluations
