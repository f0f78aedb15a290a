"""Variance shares on functions whose shares are known, and the laws of the sum."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from hedgerow.planning.uncertainty.draws import points
from hedgerow.planning.uncertainty.variance import Evaluated, sobol_shares
from hedgerow.trade.economy import Array

ROWS = 2048


def evaluated(function: Callable[[Array], Array], size: int) -> Evaluated:
    cube = points(ROWS, 2 * size, 7)
    a, b = cube[:, :size], cube[:, size:]
    mixed = []
    for k in range(size):
        point = a.copy()
        point[:, k] = b[:, k]
        mixed.append(function(point))
    return function(a), function(b), np.array(mixed)


def ishigami(u: Array) -> Array:
    """Ishigami and Homma (1990) with a = 7, b = 0.1."""
    x = np.pi * (2 * u - 1)
    return np.asarray(np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0]))


def test_the_ishigami_function_has_its_published_shares() -> None:
    """Saltelli et al. (2008), Global Sensitivity Analysis, section 4.7: 0.314, 0.442, 0; 0.558, 0.442, 0.244."""
    shares = sobol_shares(evaluated(ishigami, 3), seed=1)
    assert [s.first for s in shares] == pytest.approx([0.314, 0.442, 0.0], abs=0.03)
    assert [s.total for s in shares] == pytest.approx([0.558, 0.442, 0.244], abs=0.03)
    for share, first, total in zip(shares, (0.314, 0.442, 0.0), (0.558, 0.442, 0.244), strict=True):
        assert share.first_range[0] - 0.03 < first < share.first_range[1] + 0.03
        assert share.total_range[0] - 0.03 < total < share.total_range[1] + 0.03


def test_shares_of_a_sum_are_those_of_its_terms() -> None:
    """Additive: first equals total, and all firsts sum to one."""
    weights = np.array([3.0, 2.0, 1.0])
    shares = sobol_shares(evaluated(lambda u: np.asarray(u @ weights), 3), seed=1)
    wanted = weights**2 / (weights**2).sum()
    assert [s.first for s in shares] == pytest.approx(wanted, abs=0.02)
    assert [s.total for s in shares] == pytest.approx(wanted, abs=0.02)
    assert sum(s.first for s in shares) == pytest.approx(1.0, abs=0.03)


def test_first_is_never_above_total_beyond_sampling() -> None:
    shares = sobol_shares(evaluated(lambda u: np.asarray(u[:, 0] * u[:, 1] + u[:, 2]), 3), seed=1)
    assert all(s.first <= s.total + 0.02 for s in shares)
    assert sum(s.first for s in shares) <= 1.02
    assert sum(s.total for s in shares) >= 0.98


def test_what_does_not_move_the_answer_has_no_share() -> None:
    shares = sobol_shares(evaluated(lambda u: np.asarray(u[:, 0]), 2), seed=1)
    assert (shares[1].first, shares[1].total) == (0.0, 0.0)
    nothing = sobol_shares((np.ones(8), np.ones(8), np.ones((2, 8))), seed=1)
    assert all(s.total == s.first == 0 for s in nothing)


@pytest.mark.parametrize("rows", [64, 512])
def test_intervals_shrink_with_draws(rows: int) -> None:
    a, b, mixed = evaluated(ishigami, 3)
    few = sobol_shares((a[:rows], b[:rows], mixed[:, :rows]), seed=1)[0].total_range
    many = sobol_shares((a, b, mixed), seed=1)[0].total_range
    assert many[1] - many[0] < few[1] - few[0]
