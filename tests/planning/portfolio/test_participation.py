"""Who signs: gains of partners against whole solves, masks by hand, and laws of the plan that follow."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.worlds import synthetic
from hedgerow.compute import Work
from hedgerow.planning.partnerships import Range
from hedgerow.planning.portfolio.courses import AT_FIRST, courses, discount_weights
from hedgerow.planning.portfolio.exact import solve_whole
from hedgerow.planning.portfolio.nodes import Named, Settings, additions_of, solve_nodes
from hedgerow.planning.portfolio.options import Option, OptionKind
from hedgerow.planning.portfolio.participation import ROUNDING, Consent, consent_of, signed_part
from hedgerow.planning.portfolio.process import Paths
from hedgerow.planning.portfolio.ranking import ATTITUDES, Ranking
from hedgerow.planning.portfolio.risk import bundle_matrix
from hedgerow.trade.dynamics_buyers import Buyers
from hedgerow.trade.policy import IcebergChange, Policy, TariffChange
from hedgerow.world.parties import Party

NOTHING = Range(0.0, 0.0, 0.0)
WORLD = synthetic(6, 2, seed=8)
PARTNERS = ("A02", "A03", "A04")


def _option(code: str, kind: OptionKind = OptionKind.AGREEMENT) -> Option:
    return Option(code, code, kind, Party(code, code, (code,)), NOTHING, NOTHING, NOTHING, 0, 1)


@pytest.fixture(scope="module", name="settings")
def three_options() -> Settings:
    """Lower costs both ways with three partners, against a storm."""
    policies = [
        Policy(
            (
                IcebergChange(importers=("A01",), exporters=(other,), factor=0.97),
                TariffChange(importers=(other,), exporters=("A01",), set_to=0.0),
            )
        )
        for other in PARTNERS
    ]
    storm = Named("storm", Policy((TariffChange(importers=("A00",), add=0.25),)))
    return Settings(Buyers(WORLD), (Named("calm", Policy()), storm), additions_of(policies), ages=3)


def test_a_partner_gains_what_whole_solves_say_with_and_without_the_option(settings: Settings) -> None:
    regime = np.array([[0, 0, 1], [0, 0, 0]])
    course = courses(Paths(regime, np.array([1.0, 0.0])), ages=3)
    nodes, weights = solve_nodes(settings, course.spells, Work()), discount_weights(3, 0.96)
    options = [_option(code) for code in PARTNERS]
    found = consent_of(WORLD, options, nodes, course=course, path_weight=np.ones(1), weights=weights)
    whole = solve_whole(settings, [(0, 1), (1,), (0, 1, 2), (1, 2)], course.spells, Work()).log_income

    def worth(bundle: int, path: int) -> float:
        """Of the first option's partner on a path."""
        return float(weights @ whole[course.spell[path], bundle, course.age[path], WORLD.actors.index(PARTNERS[0])])

    bundles = np.array([[True, True, False], [True, True, True]])
    two, three = found.alone[0] + np.tensordot(bundles.astype(float), found.cross[0], axes=1)
    exact = [[worth(1, path) - worth(2, path) for path in (1, 0)], [worth(3, path) - worth(4, path) for path in (1, 0)]]
    np.testing.assert_allclose(two, exact[0], atol=1e-9)
    np.testing.assert_allclose(three, exact[1], atol=0.02 * np.abs(exact[1]).max())
    np.testing.assert_allclose(found.gain(bundles)[:, 0], [min(two), min(three)])


def test_the_first_year_of_a_spell_is_among_the_nodes(settings: Settings) -> None:
    nodes = solve_nodes(settings, [(AT_FIRST, 0)], Work())
    course = courses(Paths(np.zeros((1, 2), dtype=int), np.ones(1)), ages=3)
    leaving = [replace(_option(code), kind=OptionKind.LEAVE) for code in PARTNERS]
    found = consent_of(WORLD, leaving, nodes, course=course, path_weight=np.ones(0), weights=np.array([0.5, 0.5]))
    assert not found.asked.any()
    assert not found.refused(bundle_matrix(3)).any()


def _signed(consent: Consent) -> list[list[int]]:
    """The bundles that all partners sign."""
    bundles = bundle_matrix(len(consent.asked))
    return [np.flatnonzero(row).tolist() for row in bundles[~consent.refused(bundles).any(axis=1)]]


def test_losers_are_found_by_hand() -> None:
    alone = np.array([[0.02, 0.02], [-0.01, 0.03], [0.01, 0.01]])
    cross = np.zeros((3, 3, 2))
    cross[1, 0] = 0.015  # the second signs only beside the first
    cross[2, 0] = -0.02  # the third only without it
    consent = Consent(np.array([True, True, True]), alone, cross)
    assert _signed(consent) == [[], [0], [2], [0, 1]]
    asked = Consent(np.array([True, False, True]), alone, cross)
    assert [1] in _signed(asked)
    tiny = Consent(np.array([True]), np.full((1, 2), -ROUNDING / 2), np.zeros((1, 1, 2)))
    assert not tiny.refused(bundle_matrix(1)).any()


@given(st.integers(0, 2**32 - 1))
def test_what_partners_sign_of_a_bundle_is_a_part_of_it_that_all_sign(seed: int) -> None:
    rng, bundles = np.random.default_rng(seed), bundle_matrix(4)
    consent = Consent(rng.random(4) < 0.8, rng.normal(size=(4, 2)), rng.normal(size=(4, 4, 2)))
    refused = consent.refused(bundles)
    signed = signed_part(bundles, refused)
    assert not refused[signed].any()
    assert (bundles[signed] <= bundles).all()
    np.testing.assert_array_equal(signed[~refused.any(axis=1)], np.flatnonzero(~refused.any(axis=1)))


def _ranking(seed: int, *, refuse: bool = True) -> Ranking:
    """Three options on twenty courses, some of which partners refuse."""
    rng, bundles = np.random.default_rng(seed), bundle_matrix(3)
    refused = bundles & (rng.random(bundles.shape) < 0.4) if refuse else np.zeros_like(bundles)
    return Ranking(
        options=tuple(_option(code) for code in PARTNERS),
        bundles=bundles,
        utility=rng.normal(size=(20, 8)),
        calm=rng.normal(size=8),
        weight=np.full(20, 0.05),
        cost=rng.random(8) * bundles.any(axis=1),
        refused=refused,
    )


@given(st.integers(0, 2**32 - 1))
def test_nothing_that_a_partner_refuses_is_recommended_or_on_the_frontier(seed: int) -> None:
    ranking = _ranking(seed)
    free = replace(ranking, refused=None)
    assert ranking.feasible[0]
    assert not (ranking.frontier & ~ranking.feasible).any()
    assert ranking.residual_risk >= free.residual_risk
    for attitude in ATTITUDES:
        best = ranking.best(attitude)
        assert ranking.feasible[best]
        assert ranking.objective(attitude)[best] <= free.objective(attitude)[free.best(attitude)]
        kept = ranking.objective(attitude)[ranking.feasible]
        assert ranking.objective(attitude)[best] == pytest.approx(kept.max(), abs=1e-9)


@given(st.integers(0, 2**32 - 1))
def test_marginal_values_sum_to_the_part_of_all_options_that_partners_sign(seed: int) -> None:
    ranking = _ranking(seed)
    assert ranking.refused is not None
    calm, insurance = ranking.marginal_values()
    signed = signed_part(ranking.bundles, ranking.refused)[int(ranking.bundles.all(axis=1).argmax())]
    net = ranking.calm_gain - ranking.cost
    assert calm.sum() == pytest.approx(net[signed] - net[0], abs=1e-9)
    assert insurance.sum() == pytest.approx(ranking.tail[0] - ranking.tail[signed], abs=1e-9)


def test_who_never_signs_is_worth_nothing() -> None:
    ranking = _ranking(3, refuse=False)
    never = ranking.bundles & np.array([False, True, False])
    calm, insurance = replace(ranking, refused=never).marginal_values()
    assert calm[1] == pytest.approx(0, abs=1e-12)
    assert insurance[1] == pytest.approx(0, abs=1e-12)


def test_another_place_in_the_range_of_costs_is_another_ranking() -> None:
    first = _ranking(5)
    dear = replace(first, options=tuple(replace(option, cost=Range(0.0, 0.1, 0.5)) for option in first.options))
    moved, afresh = dear.at_cost(1.0), replace(dear, cost=0.5 * dear.bundles.sum(axis=1))
    for name in ("cost", "mean", "loss", "tail", "expected_loss", "hedging_value", "premium", "frontier"):
        np.testing.assert_allclose(getattr(moved, name), getattr(afresh, name), err_msg=name)
    assert moved.residual_risk == afresh.residual_risk
