"""Sign now or wait: a case by hand, and laws."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedgerow.planning.portfolio.risk import bundle_matrix
from hedgerow.planning.portfolio.waiting import by_code, used, waiting

BETA = 0.9
seeds = st.integers(0, 2**32 - 1)


def _case(seed: int, regimes: int = 3, options: int = 3) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    flow = used(rng.normal(size=(regimes, 2**options)) * (np.arange(2**options) > 0))
    return flow, rng.random(options), rng.dirichlet(np.ones(regimes), size=regimes)


@pytest.mark.parametrize(("chance", "gain", "sunk"), [(0.1, 1.0, 0.4), (0.5, 1.0, 0.2), (0.05, 1.0, 0.9)])
def test_one_option_that_pays_only_in_a_storm_that_stays(chance: float, gain: float, sunk: float) -> None:
    """In the storm signing is worth g - k; in calm one waits: b p (g - k) / (1 - b (1 - p)), or signs at once."""
    matrix = np.array([[1 - chance, chance], [0.0, 1.0]])
    found = waiting(np.array([[0.0, 0.0], [0.0, gain]]), np.array([sunk]), matrix, discount=BETA)
    arrives = BETA * chance / (1 - BETA * (1 - chance))
    assert found.value[1, 0] == pytest.approx(gain - sunk)
    assert found.value[0, 0] == pytest.approx(arrives * (gain - sunk))
    assert found.now[0] == pytest.approx(max(0.0, arrives * gain - sunk))
    assert (found.signs(0), found.signs(1)) == (0, 1)
    assert found.gain(0)[0] < 0 < found.gain(1)[0]


@settings(max_examples=20, deadline=None)
@given(seeds)
def test_it_is_the_recursion_written_out(seed: int) -> None:
    flow, sunk, matrix = _case(seed)
    value = np.zeros_like(flow)
    for _ in range(200):
        value = np.array(
            [
                [
                    max(
                        (1 - BETA) * flow[r, more]
                        - sum(sunk[k] for k in range(3) if more >> k & 1 and not held >> k & 1)
                        + BETA * matrix[r] @ value[:, more]
                        for more in range(8)
                        if more & held == held
                    )
                    for held in range(8)
                ]
                for r in range(3)
            ]
        )
    np.testing.assert_allclose(waiting(flow, sunk, matrix, discount=BETA).value, value, atol=1e-8)


@settings(max_examples=25, deadline=None)
@given(seeds)
def test_waiting_never_harms_and_freezing_the_chain_leaves_nothing_to_wait_for(seed: int) -> None:
    flow, sunk, matrix = _case(seed)
    frozen = np.eye(3)
    values = [
        waiting(flow, sunk, mix * matrix + (1 - mix) * frozen, discount=BETA).option_value for mix in (1.0, 1e-4, 0.0)
    ]
    assert (values[0] >= -1e-12).all()
    assert (np.abs(values[1]) < 0.01).all()
    np.testing.assert_allclose(values[2], 0, atol=1e-12)


@settings(max_examples=25, deadline=None)
@given(seeds)
def test_where_nothing_is_sunk_waiting_is_worth_nothing(seed: int) -> None:
    flow, sunk, matrix = _case(seed)
    np.testing.assert_allclose(waiting(flow, 0 * sunk, matrix, discount=BETA).option_value, 0, atol=1e-12)


@settings(max_examples=15, deadline=None)
@given(seeds)
def test_doubt_lowers_the_value_and_waiting_still_never_harms(seed: int) -> None:
    flow, sunk, matrix = _case(seed)
    found = [waiting(flow, sunk, matrix, discount=BETA, radius=radius) for radius in (0.0, 0.02, 0.3)]
    assert (np.diff([one.value for one in found], axis=0) <= 1e-10).all()
    assert all((one.option_value >= -1e-10).all() for one in found)


@settings(max_examples=25, deadline=None)
@given(seeds)
def test_a_bundle_that_may_not_be_held_never_is(seed: int) -> None:
    flow, sunk, matrix = _case(seed)
    allowed = np.arange(8) != 7
    found = waiting(flow, 0 * sunk, matrix, discount=BETA, allowed=allowed)
    assert all(found.signs(r) != 7 for r in range(3))
    assert (found.value[:, 0] <= waiting(flow, 0 * sunk, matrix, discount=BETA).value[:, 0] + 1e-12).all()


@settings(max_examples=25, deadline=None)
@given(seeds)
def test_what_is_signed_is_used_as_far_as_it_pays(seed: int) -> None:
    flow = np.random.default_rng(seed).normal(size=(2, 8))
    found = used(flow)
    for r, code in product(range(2), range(8)):
        assert found[r, code] == max(flow[r, part] for part in range(8) if part & code == part)


def test_bundles_are_found_by_their_codes() -> None:
    bundles = bundle_matrix(4)
    np.testing.assert_array_equal(bundles[by_code(bundles)] @ (1 << np.arange(4)), np.arange(16))
