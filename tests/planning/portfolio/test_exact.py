"""The shortcuts against whole solves: exact where they claim to be, near where they say so."""

from __future__ import annotations

import numpy as np
import pytest

from bench.worlds import synthetic
from hedgerow.compute import Work
from hedgerow.planning.portfolio.bundles import Effects, log_income_of, utilities
from hedgerow.planning.portfolio.courses import AT_FIRST, courses, discount_weights
from hedgerow.planning.portfolio.exact import audit, phased, solve_whole
from hedgerow.planning.portfolio.nodes import Named, Settings, additions_of, solve_nodes
from hedgerow.planning.portfolio.process import Paths
from hedgerow.planning.portfolio.risk import bundle_matrix
from hedgerow.trade.dynamics_buyers import Buyers
from hedgerow.trade.policy import IcebergChange, Policy, TariffChange, apply

WORLD = synthetic(6, 2, seed=8)
CALM, STORM = Named("calm", Policy()), Named("storm", Policy((TariffChange(importers=("A00",), add=0.25),)))
OPTIONS = [
    Policy((IcebergChange(importers=("A01",), exporters=(other,), factor=0.97),)) for other in ("A02", "A03", "A04")
]
SETTINGS = Settings(Buyers(WORLD), (CALM, STORM), additions_of(OPTIONS), ages=11)
YEARS, ME = 8, [1]
WEIGHTS = discount_weights(YEARS, 0.96)


def test_a_policy_part_of_the_way() -> None:
    policies = [Policy((TariffChange(add=0.2),)), OPTIONS[0]]
    nothing, whole = phased(WORLD, policies, [0.0, 0.0]), phased(WORLD, policies, [1.0, 1.0])
    np.testing.assert_allclose(apply(WORLD, nothing).kernel.purchases, WORLD.trade_share, atol=1e-15)
    together = apply(WORLD, policies[0] + policies[1]).kernel
    np.testing.assert_allclose(apply(WORLD, whole).kernel.purchases, together.purchases, rtol=1e-12)
    half = apply(WORLD, phased(WORLD, policies, [0.5, 0.5]))
    foreign = ~np.eye(6, dtype=bool)
    np.testing.assert_allclose((half.tariff - WORLD.tariff)[:, foreign], 0.1, atol=1e-15)


def test_three_options_whole_are_near_their_surrogate_and_two_are_equal() -> None:
    spells = [(AT_FIRST, 0), (0, 1)]
    nodes = solve_nodes(SETTINGS, spells, Work())
    whole = solve_whole(SETTINGS, [(0, 1), (0, 1, 2)], spells, Work())
    members = SETTINGS.additions.members
    np.testing.assert_allclose(whole.log_income[:, 1], nodes.log_income[:, members.index((0, 1))], atol=1e-9)
    single = [nodes.log_income[:, members.index((k,))] for k in range(3)]
    pairs = [nodes.log_income[:, members.index(held)] for held in ((0, 1), (0, 2), (1, 2))]
    third = sum(pairs) - sum(single) + nodes.log_income[:, 0]
    effect = np.abs(whole.log_income[:, 2] - whole.log_income[:, 0]).max()
    assert np.abs(whole.log_income[:, 2] - third).max() < 0.01 * effect


def test_a_course_without_a_change_is_exact_and_one_with_changes_is_near() -> None:
    regime = np.array([[0] * 8, [1] * 8, [0, 0, 0, 0, 0, 0, 1, 1], [1, 0, 1, 0, 1, 1, 0, 0]])
    course = courses(Paths(regime, np.full(4, 0.25)), ages=11)
    nodes = solve_nodes(SETTINGS, course.spells, Work())
    income = log_income_of(nodes.log_income[..., ME], WORLD.income[ME]).swapaxes(0, 1)
    shares = np.ones((3, YEARS))
    bundle = bundle_matrix(3)[4:5]  # two options
    held = np.flatnonzero(bundle[0]).tolist()
    near = utilities(Effects.from_additions(income, 3), course, bundle, shares=shares, weights=WEIGHTS)[:, 0]
    exact = audit(SETTINGS, regime, held, shares=shares, members=ME, work=Work()) @ WEIGHTS
    np.testing.assert_allclose(near[:2], exact[:2], atol=1e-9)
    swing = abs(exact[1] - exact[0])
    assert np.abs(near - exact).max() < 0.15 * swing
    assert near[3] != pytest.approx(exact[3], abs=1e-12)
