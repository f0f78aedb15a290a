"""Placing in a pool: no unit, monotone, inside 0 to 1, and NaN stays NaN."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hedgerow.indicators.hedging.normalise import Array, Normalisation, normalised

NUMBERS = st.integers(-1000, 1000).map(float)
POOLS = arrays(np.float64, st.integers(1, 30), elements=NUMBERS)
VALUES = arrays(np.float64, 8, elements=NUMBERS)

every_way = pytest.mark.parametrize("how", Normalisation)


@every_way
@given(values=VALUES, pool=POOLS)
def test_a_larger_value_is_never_placed_lower(how: Normalisation, values: Array, pool: Array) -> None:
    placed = normalised(np.sort(values), pool, how)
    assert np.all(np.diff(placed) >= 0)
    assert np.all((placed >= 0) & (placed <= 1))


@every_way
@given(values=VALUES, pool=POOLS, factor=st.sampled_from([2.0, 0.25, 1024.0]))
def test_the_unit_does_not_matter(how: Normalisation, values: Array, pool: Array, factor: float) -> None:
    np.testing.assert_allclose(
        normalised(factor * values, factor * pool, how), normalised(values, pool, how), atol=1e-12
    )


@every_way
def test_the_unknown_stays_unknown(how: Normalisation) -> None:
    for pool in (np.arange(5.0), np.ones(3)):
        placed = normalised(np.array([np.nan, 1.0]), pool, how)
        assert np.isnan(placed[0])
        assert np.isfinite(placed[1])


def test_tails_do_not_stretch_the_scale() -> None:
    """One state a thousand times larger than the rest leaves the others where they were, nearly."""
    pool = np.arange(100.0)
    wild = np.append(pool, 1e5)
    middle = np.array([50.0])
    for how in Normalisation:
        assert abs(normalised(middle, wild, how)[0] - normalised(middle, pool, how)[0]) < 0.02


def test_placed_by_hand() -> None:
    pool = np.array([0.0, 1.0, 2.0, 3.0, 4.0])
    low, high = 0.1, 3.9  # 2.5 and 97.5 per cent quantiles of five equal steps
    found = [normalised(np.array([2.0, 9.0]), pool, how) for how in Normalisation]
    np.testing.assert_allclose(found[0], [(2.0 - low) / (high - low), 1.0])
    np.testing.assert_allclose(found[1][0], 0.5)
    np.testing.assert_allclose(found[2], [0.5, 1.0])
