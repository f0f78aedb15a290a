"""Draws: the fast way equals the slow and obvious one, and the indices of Sobol are those of known functions."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings

from hedgerow.indicators.hedging.composite import FLOOR, Aggregation, Array, profile
from hedgerow.indicators.hedging.draws import (
    AGGREGATIONS,
    IMPUTATIONS,
    NONE,
    NORMALISATIONS,
    Draws,
    Factor,
    Imputation,
    composites_drawn,
    drawn,
    elements_drawn,
    mean_rank_shift,
    ranks,
    ranks_drawn,
    reference,
)
from hedgerow.indicators.hedging.normalise import Normalisation
from hedgerow.indicators.hedging.sensitivity import FACTORS, first_order, indices, total_order
from tests.indicators.hedging.states import BELONGS, EQUAL, by_every_way, placed_states


def one_by_one(placed: dict[Normalisation, Array], draws: Draws, at: int) -> list[float]:
    """Composites of one draw, state after state, indicator after indicator."""
    table = placed[NORMALISATIONS[draws.normalisation[at]]]
    how = IMPUTATIONS[draws.imputation[at]]
    found = []
    for state in range(len(table)):
        elements = []
        for e in range(4):
            top = bottom = 0.0
            for i in np.flatnonzero(BELONGS[:, e]):
                weight = 0.0 if draws.dropped[at] == i else draws.indicators[at, i, e]
                value = table[state, i]
                if np.isnan(value):
                    if how is Imputation.PRESENT:
                        continue
                    others = table[:, i][np.isfinite(table[:, i])]
                    value = 0.0 if how is Imputation.LEAST else float(np.median(others))
                top, bottom = top + weight * value, bottom + weight
            elements.append(max(top / bottom if bottom else 0.0, FLOOR))
        weights = draws.elements[at]
        if AGGREGATIONS[draws.aggregation[at]] is Aggregation.ARITHMETIC:
            found.append(sum(w * b for w, b in zip(weights, elements, strict=True)))
        else:
            found.append(float(np.prod([b**w for w, b in zip(weights, elements, strict=True)])))
    return found


@settings(max_examples=20, deadline=None)
@given(placed=placed_states())
def test_fast_equals_one_by_one(placed: Array) -> None:
    ways = by_every_way(placed)
    draws = drawn(40, BELONGS, EQUAL, np.random.default_rng(3))
    fast = composites_drawn(elements_drawn(ways, draws), draws)
    for at in range(len(draws)):
        np.testing.assert_allclose(fast[at], one_by_one(ways, draws, at), rtol=1e-10)


@given(placed=placed_states())
def test_the_reference_draw_is_the_assured_score(placed: Array) -> None:
    found = profile(placed, BELONGS, EQUAL)
    kept = np.isfinite(found.assured)
    draws = reference(BELONGS, EQUAL)
    again = composites_drawn(elements_drawn(by_every_way(placed[kept]), draws), draws)
    np.testing.assert_allclose(again[0], found.assured[kept], rtol=1e-12)


def test_weights_add_up_and_centre_on_what_was_asked() -> None:
    weights = np.array([0.4, 0.4, 0.2, 0.0])
    draws = drawn(4000, BELONGS, weights, np.random.default_rng(0))
    np.testing.assert_allclose(draws.elements.sum(axis=1), 1)
    np.testing.assert_allclose(draws.indicators.sum(axis=1), 1)
    np.testing.assert_allclose(draws.elements.mean(axis=0), weights, atol=0.01)
    assert np.all(draws.elements[:, 3] == 0)
    assert np.all(draws.indicators[:, BELONGS == 0] == 0)
    assert set(draws.dropped) == {NONE, *range(len(BELONGS))}


def test_equal_scores_share_the_better_place() -> None:
    assert ranks(np.array([0.3, 0.9, 0.3, 0.1])).tolist() == [2, 1, 2, 4]
    assert mean_rank_shift(np.array([[1.0, 2, 3], [3, 2, 1]]), np.array([1.0, 2, 3])).tolist() == [0, 4 / 3]


def test_a_factor_that_is_taken_over_changes_nothing_else() -> None:
    a, b = (drawn(5, BELONGS, EQUAL, np.random.default_rng(seed)) for seed in (1, 2))
    for factor in Factor:
        mixed = a.with_factor(factor, b)
        for other in Factor:
            wanted = b if other is factor else a
            again = mixed.with_factor(other, wanted)
            np.testing.assert_array_equal(again.elements, mixed.elements)
            np.testing.assert_array_equal(again.dropped, mixed.dropped)


def test_indices_of_ishigami() -> None:
    """Ishigami's function, a = 7, b = 0.1; closed form in Saltelli et al. (2008), Global Sensitivity Analysis."""
    rng = np.random.default_rng(5)
    a, b = rng.uniform(-np.pi, np.pi, (2, 200_000, 3))

    def outcome(x: Array) -> Array:
        f = np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
        return np.asarray(f)[:, None]

    first, total = [], []
    for k in range(3):
        mixed = a.copy()
        mixed[:, k] = b[:, k]
        first.append(first_order(outcome(a), outcome(b), outcome(mixed))[0])
        total.append(total_order(outcome(a), outcome(b), outcome(mixed))[0])
    np.testing.assert_allclose(first, [0.3139, 0.4424, 0.0], atol=0.01)
    np.testing.assert_allclose(total, [0.5576, 0.4424, 0.2437], atol=0.01)


def test_a_factor_that_does_nothing_has_no_part() -> None:
    """Complete data: imputation moves nobody, and the total indices cover the variance."""
    rng = np.random.default_rng(7)
    ways = by_every_way(rng.random((8, len(BELONGS))))
    one, other = (drawn(1500, BELONGS, EQUAL, rng) for _ in range(2))
    found = indices(lambda draws: ranks_drawn(ways, draws, np.arange(8)), one, other)
    at = FACTORS.index(Factor.IMPUTATION)
    moved = np.isfinite(found.total[at])
    assert moved.any()
    np.testing.assert_allclose(found.total[at, moved], 0, atol=1e-12)
    assert np.all(found.total[:, moved].sum(axis=0) > 0.9)


def test_an_outcome_that_never_varies_has_no_indices() -> None:
    same = np.ones((4, 2))
    assert np.isnan(first_order(same, same, same)).all()
    assert np.isnan(total_order(same, same, same)).all()
