"""Laws of the Liberation Day model on made-up worlds, and the slow and obvious solution beside ours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import fsolve, minimize_scalar

from hedgerow.errors import DataError, DidNotConverge, RequestError, UnknownNameError
from hedgerow.trade.economy import Economy
from hedgerow.trade.equilibrium import solve as solve_main
from hedgerow.trade.fixedpoint import Array
from hedgerow.trade.policy import Policy, TariffChange
from hedgerow.trade.variants import liberation_day
from hedgerow.trade.variants.liberation_day import (
    Base,
    Elasticities,
    Outcome,
    Rebate,
    Scenario,
    announced,
    answered,
    balanced_with,
    base_from_arrays,
    best_answer,
    optimal_tariff,
    solve,
    uniform,
)

LAWS = settings(max_examples=25, deadline=None, derandomize=True)
PLAIN = Elasticities(labour=0.0, scale=0.0)
"""Eaton and Kortum (2002), where nothing is distributed."""


def random_base(seed: int, size: int = 5, elasticities: Elasticities | None = None) -> Base:
    """Trade both ways between every two, within a fifth of balance: who lends half of its income has no equilibrium."""
    rng = np.random.default_rng(seed)
    traded = rng.lognormal(0, 1, (size, size))
    flow = (traded + traded.T) * rng.uniform(0.8, 1.2, (size, size)) + np.diag(rng.lognormal(2.5, 0.5, size))
    actors = tuple(f"A{k}" for k in range(size))
    return Base(actors, flow, rng.uniform(0, 0.3, size), elasticities or Elasticities())


def random_tariff(seed: int, size: int = 5, highest: float = 0.6) -> Array:
    rng = np.random.default_rng(seed)
    return np.asarray(rng.uniform(0, highest, (size, size)) * (1 - np.eye(size)))


def one(base: Base, tariff: Array, rebate: Rebate = Rebate.INCOME_TAX) -> Outcome:
    (outcome,) = solve(base, [Scenario("it", tariff, rebate)])
    return outcome


@pytest.mark.parametrize("rebate", Rebate)
def test_nothing_changes_when_nothing_changes(rebate: Rebate) -> None:
    outcome = one(random_base(1), np.zeros((5, 5)), rebate)
    for hat in (outcome.wage_hat, outcome.spending_hat, outcome.labour_hat, outcome.price_hat, outcome.welfare_hat):
        np.testing.assert_allclose(hat, 1, atol=1e-12)
    np.testing.assert_allclose(outcome.table.to_array(), 0, atol=1e-12)
    np.testing.assert_allclose(outcome.flow, outcome.base.trade_flow, rtol=1e-12)


@LAWS
@given(seed=st.integers(0, 10_000), rebate=st.sampled_from(Rebate))
def test_markets_clear_and_budgets_hold_flow_by_flow(seed: int, rebate: Rebate) -> None:
    """(4), (5) and (6) from explicit flows; the numeraire; no number is needed that the solver computed on its way."""
    base, tariff = random_base(seed), random_tariff(seed + 1)
    outcome = one(base, tariff, rebate)
    flow, share = outcome.flow, base.distribution_share
    earned = outcome.wage_hat * outcome.labour_hat * base.income
    np.testing.assert_allclose(flow.T @ (1 - share) + share * flow.sum(axis=1), earned, rtol=1e-9)
    revenue = (tariff * flow).sum(axis=1)
    spent = revenue + earned + base.transfer * earned.sum() / base.income.sum()
    np.testing.assert_allclose(((1 + tariff) * flow).sum(axis=1), spent, rtol=1e-9)
    kept = 1 - revenue / earned if rebate is Rebate.INCOME_TAX else 1.0
    np.testing.assert_allclose(
        outcome.labour_hat, (outcome.wage_hat / kept / outcome.price_hat) ** base.elasticities.labour, rtol=1e-9
    )
    assert base.expenditure @ (outcome.price_hat - 1) == pytest.approx(0, abs=1e-9 * base.expenditure.sum())


def slowly(base: Base, tariff: Array) -> Array:
    """[3, N] hats of wages, spending and labour with explicit loops and a general root finder; income tax relief."""
    size, e = len(base.actors), base.elasticities

    def gaps(point: Array) -> Array:
        wage, spending, labour = point.reshape(3, size)
        found = np.zeros((3, size))
        flow, price = np.zeros((size, size)), np.zeros(size)
        for n in range(size):
            weight = [
                base.trade_share[n, i]
                * (wage[i] / labour[i] ** e.scale) ** -e.trade
                * (1 + tariff[n, i]) ** (-e.trade * base.tariff_response[n])
                for i in range(size)
            ]
            price[n] = (spending[n] / wage[n]) ** (1 - base.tariff_response[n]) * sum(weight) ** (-1 / e.trade)
            for i in range(size):
                flow[n, i] = weight[i] / sum(weight) * base.expenditure[n] * spending[n] / (1 + tariff[n, i])
        world = sum(wage * labour * base.income) / sum(base.income)
        for n in range(size):
            earned = wage[n] * labour[n] * base.income[n]
            revenue = sum(tariff[n] * flow[n])
            sold = sum((1 - base.distribution_share[m]) * flow[m, n] for m in range(size))
            found[0, n] = sold + base.distribution_share[n] * sum(flow[n]) - earned
            found[1, n] = revenue + earned + base.transfer[n] * world - base.expenditure[n] * spending[n]
            found[2, n] = labour[n] - (wage[n] / price[n] / (1 - revenue / earned)) ** e.labour
        found[0, -1] = sum(base.expenditure * (price - 1))
        return found.ravel()

    return np.asarray(fsolve(gaps, np.ones(3 * size), xtol=1e-13)).reshape(3, size)


@pytest.mark.parametrize("seed", range(4))
def test_fast_equals_slow_and_obvious(seed: int) -> None:
    base, tariff = random_base(seed, 4), random_tariff(seed + 7, 4)
    outcome = one(base, tariff)
    found = np.array([outcome.wage_hat, outcome.spending_hat, outcome.labour_hat])
    np.testing.assert_allclose(found, slowly(base, tariff), rtol=1e-8)


@LAWS
@given(seed=st.integers(0, 10_000), scale=st.floats(1e-6, 1e6))
def test_neither_units_nor_order_nor_company_matter(seed: int, scale: float) -> None:
    base, tariff = random_base(seed), random_tariff(seed + 1)
    expected = one(base, tariff).table
    order = np.random.default_rng(seed).permutation(5)
    pairs = np.ix_(order, order)
    shuffled = Base(
        tuple(base.actors[k] for k in order), scale * base.trade_flow[pairs], base.distribution_share[order]
    )
    company = [Scenario("other", random_tariff(seed + 2)[pairs]), Scenario("it", tariff[pairs])]
    found = solve(shuffled, company)[1].table.sel(actor=list(base.actors))
    np.testing.assert_allclose(found.to_array(), expected.to_array(), atol=1e-7)


@LAWS
@given(seed=st.integers(0, 10_000))
def test_without_its_own_parts_it_is_the_main_model_with_one_sector(seed: int) -> None:
    """nu = 0, phi = 1, kappa = 0, psi = 0: real income, wages and shares of the model of Eaton and Kortum."""
    base = replace(random_base(seed, elasticities=PLAIN), distribution_share=np.zeros(5))
    tariff = random_tariff(seed + 1)
    shape = (5, 1)
    economy = Economy.from_arrays(
        trade_share=base.trade_share.T[:, :, None],
        expenditure=base.expenditure.reshape(shape),
        tariff=np.zeros((5, 5, 1)),
        input_share=np.zeros((1, 1, 5)),
        value_added_share=np.ones(shape),
        final_share=np.ones(shape),
        trade_elasticity=[4.0],
        value_added=base.income,
        deficit=base.transfer,
        actors=base.actors,
        sectors=["all"],
    )
    changes = [
        TariffChange(exporters=(base.actors[i],), importers=(base.actors[n],), add=float(tariff[n, i]))
        for n, i in zip(*np.nonzero(tariff), strict=True)
    ]
    expected, found = solve_main(economy, Policy(tuple(changes))), one(base, tariff)
    np.testing.assert_allclose(found.welfare_hat, expected.welfare_hat, rtol=1e-8)
    np.testing.assert_allclose(found.wage_hat / found.price_hat, 1 + expected.real_wage, rtol=1e-8)
    np.testing.assert_allclose(found.shares, expected.shares[0], atol=1e-8)


def test_the_rebate_only_matters_where_labour_answers() -> None:
    tariff = random_tariff(3)
    stiff = random_base(2, elasticities=Elasticities(labour=0.0))
    relief, lump = one(stiff, tariff), one(stiff, tariff, Rebate.LUMP_SUM)
    np.testing.assert_allclose(relief.welfare_hat, lump.welfare_hat, rtol=1e-9)
    np.testing.assert_allclose(relief.labour_hat, 1, atol=1e-12)
    elastic = random_base(2)
    assert (one(elastic, tariff).labour_hat > one(elastic, tariff, Rebate.LUMP_SUM).labour_hat).all()


def two_countries(size: float) -> Base:
    """Balanced trade between a country and one that is larger; each sells a hundredth of the world's trade abroad."""
    traded = 0.2 * size
    flow = np.array([[size - traded, traded], [traded, 1.0 - traded]])
    return Base(("home", "abroad"), flow, np.zeros(2), PLAIN)


@pytest.mark.parametrize("size", [1.0, 0.3, 1e-3])
def test_the_optimal_tariff_is_optimal_where_the_theory_is_exact(size: float) -> None:
    """Two countries, labour and prices as in Eaton and Kortum, trade balanced: at the optimum t = 1 / (epsilon lambda).

    lambda is the other country's share of home goods after the tariff (Gros 1987, Journal of International Economics
    23), so that the formula returns the tariff it is evaluated at.
    """
    base = two_countries(size)

    def loss(rate: float) -> float:
        return -float(one(base, uniform(base, rate, importer="home")).welfare_hat[0])

    best = float(minimize_scalar(loss, bounds=(0.05, 1.5), method="bounded", options={"xatol": 1e-7}).x)
    there = one(base, uniform(base, best, importer="home"))
    assert optimal_tariff(replace(base, trade_flow=there.flow), "home") == pytest.approx(best, rel=1e-4)
    assert loss(best) < loss(1.1 * best)
    assert loss(best) < loss(0.9 * best)


def test_the_optimal_tariff_of_a_small_country_is_one_over_the_elasticity() -> None:
    assert optimal_tariff(two_countries(1e-5), "home") == pytest.approx(1 / PLAIN.trade, rel=1e-4)


def test_the_best_answer_of_one_partner_is_its_own_optimal_tariff() -> None:
    base = random_base(4, 2)
    assert best_answer(base, "A1") == pytest.approx(optimal_tariff(base, "A0", of_income=True), rel=1e-12)


def test_transfers_that_balance_trade_with_one_actor_balance_it() -> None:
    base = random_base(6)
    transfer = balanced_with(base, "A2")
    assert transfer.sum() == pytest.approx(0, abs=1e-9 * base.income.sum())
    (outcome,) = solve(base, [Scenario("balanced", np.zeros((5, 5)), transfer=transfer)])
    kept = (1 - base.distribution_share)[:, None] * outcome.flow
    assert kept[2].sum() == pytest.approx(kept[:, 2].sum(), rel=1e-9)


def test_announced_tariffs_have_a_floor_and_answers_mirror_them() -> None:
    base = random_base(0, 3)
    tariff = announced(base, {"A1": 0.34}, importer="A0")
    np.testing.assert_array_equal(tariff, [[0, 0.34, 0.1], [0, 0, 0], [0, 0, 0]])
    np.testing.assert_array_equal(uniform(base, -0.1, importer="A1")[1], [-0.1, 0, -0.1])
    np.testing.assert_array_equal(answered(tariff), tariff + tariff.T)
    np.testing.assert_array_equal(answered(tariff, 0.2)[1:, 0], [0.2, 0.2])


def test_the_base_meets_its_targets_and_closes_near_gdp() -> None:
    """A dollar of American sales carries 0.26 of distribution, of other sales 0.12, at home and abroad together."""
    rng = np.random.default_rng(5)
    flow, gdp = rng.lognormal(0, 1, (4, 4)), rng.lognormal(4, 0.3, 4)
    base = base_from_arrays(flow, gdp=gdp, actors=("USA", "A", "B", "C"))
    us, others = base.distribution_share[0], base.distribution_share[1]
    np.testing.assert_array_equal(base.distribution_share[1:], others)
    assert others < 0.12 < 0.26 < us
    np.testing.assert_allclose(base.income, gdp, rtol=0.05)
    assert base.transfer.sum() == pytest.approx(0, abs=1e-9 * gdp.sum())


def test_what_is_impossible_is_refused_in_one_line() -> None:
    base = random_base(0, 3)
    tariff = np.zeros((3, 3))
    cases: list[tuple[type[Exception], str, Callable[[], object]]] = [
        (RequestError, "labour: -1", lambda: Elasticities(labour=-1.0)),
        (RequestError, "trade: 0", lambda: Elasticities(trade=0.0)),
        (RequestError, "trade_flow: needs", lambda: Base(("A",), -np.ones((1, 1)), np.zeros(1))),
        (RequestError, "distribution_share: 1", lambda: Base(("A",), np.ones((1, 1)), np.ones(1))),
        (DataError, "B buys or earns nothing", lambda: Base(("A", "B"), np.diag([1.0, 0.0]), np.zeros(2))),
        (RequestError, "its, tariff: has shape", lambda: solve(base, [Scenario("its", np.zeros((2, 2)))])),
        (RequestError, "its, tariff: 1; rates", lambda: solve(base, [Scenario("its", np.eye(3))])),
        (RequestError, "its, tariff: 25; rates", lambda: solve(base, [Scenario("its", 25 * (1 - np.eye(3)))])),
        (RequestError, "its, transfer", lambda: solve(base, [Scenario("its", tariff, transfer=np.ones(3))])),
        (UnknownNameError, "'XYZ'", lambda: optimal_tariff(base, "XYZ")),
        (UnknownNameError, "power: 'USA'", lambda: base_from_arrays(tariff, gdp=np.ones(3), actors=base.actors)),
        (RequestError, "gdp: shapes", lambda: base_from_arrays(tariff, gdp=np.ones(2), actors=base.actors)),
    ]
    for error, words, ask in cases:
        with pytest.raises(error, match=words) as caught:
            ask()
        assert "\n" not in str(caught.value)
    assert solve(base, []) == []


def test_without_an_answer_there_is_no_number() -> None:
    """A lender whose income the tariff takes away cannot pay what it owes."""
    base = random_base(0, 3)
    owed = 5 * base.income.sum() * np.array([-1.0, 0.5, 0.5])
    with pytest.raises(DidNotConverge, match=r"owing, worst in A\d: no equilibrium found"):
        solve(base, [Scenario("owing", np.zeros((3, 3)), transfer=owed)])


def test_many_scenarios_are_solved_in_chunks_and_named_by_their_place(monkeypatch: pytest.MonkeyPatch) -> None:
    base = random_base(0, 3)
    scenarios = [Scenario("", random_tariff(seed, 3)) for seed in range(5)]
    together = solve(base, scenarios)
    monkeypatch.setattr(liberation_day, "CHUNK_BYTES", 2 * 16 * 9)
    for one_by_two, all_at_once in zip(solve(base, scenarios), together, strict=True):
        np.testing.assert_allclose(one_by_two.welfare_hat, all_at_once.welfare_hat, rtol=1e-8)
    owed = 5 * base.income.sum() * np.array([-1.0, 0.5, 0.5])
    with pytest.raises(DidNotConverge, match="scenario 5, worst"):
        solve(base, [*scenarios, Scenario("", np.zeros((3, 3)), transfer=owed)])
