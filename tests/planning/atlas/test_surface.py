"""Break-even costs, against certainty equivalents computed slowly and the hedging value of plans."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.planning.atlas.surface import break_even_cost, break_even_severity, surface
from hedgerow.planning.portfolio.value import hedging_value

logs = st.floats(-0.2, 0.2)
chances = st.floats(0, 1)


def _equivalent(calm: float, storm: float, chance: float, aversion: float) -> float:
    """Sure consumption, as the definition has it."""
    good, bad = np.exp(calm), np.exp(storm)
    if aversion == 1:
        return float((1 - chance) * calm + chance * storm)
    power = 1 - aversion
    return float(np.log(((1 - chance) * good**power + chance * bad**power) ** (1 / power)))


@given(logs, logs, logs, logs, chances, st.sampled_from([0.0, 1.0, 2.0, 5.0]))
def test_at_the_break_even_cost_nobody_cares(a: float, b: float, c: float, d: float, p: float, aversion: float) -> None:
    cost = break_even_cost((a, b), (np.array([c]), np.array([d])), p, aversion)[0]
    assert _equivalent(b - cost, d - cost, p, aversion) == pytest.approx(_equivalent(a, c, p, aversion), abs=1e-9)


@given(st.floats(-0.1, 0.1), st.lists(logs, min_size=3, max_size=3), st.lists(logs, min_size=3, max_size=3))
def test_corners_of_the_surface(gain: float, bare: list[float], hedged: list[float]) -> None:
    storm = np.array(bare), np.array(hedged)
    found = surface((0.0, gain), storm, chances=(0.0, 0.5, 1.0), severities=(0.1, 0.2, 0.3))
    np.testing.assert_allclose(found.whole[0], gain, atol=1e-12)
    np.testing.assert_allclose(found.insurance[0], 0, atol=1e-12)
    np.testing.assert_allclose(found.whole[2], storm[1] - storm[0], atol=1e-12)
    np.testing.assert_allclose(found.insurance[2], storm[1] - storm[0] - gain, atol=1e-12)
    weight = np.array([0.5, 0.5])
    loss = np.stack([np.zeros(3), -storm[0]]), np.stack([np.zeros(3), gain - storm[1]])
    phi = [hedging_value(loss[0][:, s], loss[1][:, [s]], weight, 2.0)[0] for s in range(3)]
    np.testing.assert_allclose(-np.expm1(-found.insurance[1]), phi, atol=1e-12)


def test_a_bundle_pays_exactly_below_its_break_even_cost() -> None:
    found = surface((0.0, 0.01), (np.array([-0.1]), np.array([-0.05])), chances=(0.5,), severities=(0.25,))
    cost = float(found.insurance[0, 0])
    assert found.pays(cost - 1e-9, whole=False).all()
    assert not found.pays(cost + 1e-9, whole=False).any()
    assert found.whole[0, 0] > found.insurance[0, 0]


def test_between_severities_only_where_worth_rises() -> None:
    severities = (0.1, 0.2, 0.4)
    assert break_even_severity(severities, np.array([0.1, 0.3, 0.4]), 0.2) == pytest.approx(0.15)
    assert break_even_severity(severities, np.array([0.1, 0.3, 0.2]), 0.15) is None
    assert break_even_severity(severities, np.array([0.1, 0.3, 0.4]), 0.5) is None
    assert break_even_severity(severities, np.array([0.1, 0.3, 0.4]), 0.05) == pytest.approx(0.05)
