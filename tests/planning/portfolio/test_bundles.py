"""Utilities of bundles, against slow sums over years; what bundles are worth in known corners."""

from __future__ import annotations

import numpy as np
import pytest

from hedgerow.planning.portfolio.bundles import Effects, Punishment, log_income_of, utilities
from hedgerow.planning.portfolio.courses import courses, discount_weights
from hedgerow.planning.portfolio.process import RegimeProcess, sample_paths
from hedgerow.planning.portfolio.risk import bundle_matrix, deviation

OPTIONS, AGES, YEARS = 3, 4, 7
CHAIN = RegimeProcess("two", ("calm", "storm"), np.array([[0.7, 0.3], [0.4, 0.6]]), "calm", "calm")
COURSE = courses(sample_paths(CHAIN, years=YEARS, count=30, seed=1), ages=AGES)
WEIGHTS = discount_weights(YEARS, 0.96)
BUNDLES = bundle_matrix(OPTIONS)


def _effects(seed: int = 0) -> Effects:
    rng = np.random.default_rng(seed)
    shape = (len(COURSE.spells), AGES)
    empty, single = rng.normal(size=shape), rng.normal(size=(OPTIONS, *shape))
    return Effects(empty, empty + single, rng.normal(size=(OPTIONS, OPTIONS, *shape)))


def test_utilities_are_sums_over_years() -> None:
    effects = _effects()
    shares = np.linspace(0.2, 1, YEARS) ** np.arange(1, OPTIONS + 1)[:, None]
    harm = Punishment(-np.abs(_effects(5).empty), np.array([0.1, 0.0, 0.5]))
    found = utilities(effects, COURSE, BUNDLES, shares=shares, weights=WEIGHTS, punishment=harm)
    for path in range(len(found)):
        for place, bundle in enumerate(BUNDLES):
            held = np.flatnonzero(bundle)
            total = 0.0
            for year in range(YEARS):
                at = COURSE.spell[path, year], COURSE.age[path, year]
                worth = effects.empty[at]
                worth += sum(shares[k, year] * (effects.single[k][at] - effects.empty[at]) for k in held)
                for k in held:
                    for m in held[held > k]:
                        cross = (
                            effects.pair[k, m][at] - effects.single[k][at] - effects.single[m][at] + effects.empty[at]
                        )
                        worth += shares[k, year] * shares[m, year] * cross
                worth += (1 - np.prod(1 - harm.chance[held])) * harm.value[at]
                total += WEIGHTS[year] * worth
            assert found[path, place] == pytest.approx(total, abs=1e-12)


def test_identical_regimes_leave_nothing_to_insure() -> None:
    effects = _effects()
    same = Effects(
        *(np.broadcast_to(part[..., :1, :1], part.shape) for part in (effects.empty, effects.single, effects.pair))
    )
    found = utilities(same, COURSE, BUNDLES, shares=np.ones((OPTIONS, YEARS)), weights=WEIGHTS)
    np.testing.assert_allclose(deviation(found, found[0]), 0, atol=1e-12)


def test_an_option_that_changes_nothing_is_worth_nothing() -> None:
    effects = _effects()
    idle = effects.single.copy()
    idle[2] = effects.empty
    pair = effects.pair.copy()
    pair[0, 2], pair[1, 2] = idle[0], idle[1]
    found = utilities(
        Effects(effects.empty, idle, pair), COURSE, BUNDLES, shares=np.ones((OPTIONS, YEARS)), weights=WEIGHTS
    )
    for place, bundle in enumerate(BUNDLES):
        twin = np.flatnonzero((bundle * [True, True, False] == BUNDLES).all(axis=1))[0]
        np.testing.assert_allclose(found[:, place], found[:, twin], atol=1e-12)


def test_a_bloc_earns_the_mean_of_its_members_weighted_by_income() -> None:
    logs = np.log(np.array([[1.1, 0.9], [1.0, 1.0]]))
    np.testing.assert_allclose(np.exp(log_income_of(logs, np.array([3.0, 1.0]))), [1.05, 1.0])


def test_what_adds_up_has_no_crosses() -> None:
    effects, gain = _effects(), np.full((len(COURSE.spells), AGES), 0.5)
    more = effects.with_more(gain)
    found = utilities(more, COURSE, bundle_matrix(4), shares=np.ones((4, YEARS)), weights=WEIGHTS)
    without = utilities(effects, COURSE, BUNDLES, shares=np.ones((3, YEARS)), weights=WEIGHTS)
    for place, bundle in enumerate(bundle_matrix(4)):
        twin = np.flatnonzero((bundle[:3] == BUNDLES).all(axis=1))[0]
        np.testing.assert_allclose(found[:, place], without[:, twin] + 0.5 * bundle[3], atol=1e-12)


def test_effects_are_read_in_the_order_of_additions() -> None:
    members = ((), (0,), (1,), (2,), (0, 1), (0, 2), (1, 2))
    income = np.arange(7.0)[:, None, None]
    found = Effects.from_additions(income, 3)
    assert found.empty.item() == 0
    assert found.single.ravel().tolist() == [1, 2, 3]
    for place, held in enumerate(members[4:], start=4):
        assert found.pair[held].item() == place
