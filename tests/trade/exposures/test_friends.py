"""Kleinman, Liu and Redding: identities of the paper, and the general slopes as their generalisation."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.worlds import synthetic
from hedgerow.errors import RequestError
from hedgerow.trade.economy import Economy
from hedgerow.trade.equilibrium import rebased, without_deficits
from hedgerow.trade.exposures.friends import friends_and_enemies
from hedgerow.trade.exposures.jacobian import exposures

seeds = st.integers(0, 400)


def _armington(seed: int, *, balanced: bool) -> Economy:
    """One sector of value added only, no tariffs, at its own equilibrium."""
    world = synthetic(6, 1, seed=seed)
    plain = replace(
        world,
        tariff=np.zeros_like(world.tariff),
        input_share=np.zeros_like(world.input_share),
        value_added_share=np.ones_like(world.value_added_share),
        final_share=np.ones_like(world.final_share),
        expenditure=(world.value_added + world.deficit)[None],
    )
    return without_deficits(plain) if balanced else rebased(plain)


@settings(max_examples=10, deadline=None)
@given(seeds)
def test_identities_without_deficits(seed: int) -> None:
    economy = _armington(seed, balanced=True)
    found = friends_and_enemies(economy)
    np.testing.assert_allclose(found.income.sum(axis=1), 0, atol=1e-8)  # all grow: relative income stays
    np.testing.assert_allclose(found.welfare.sum(axis=1), 1, atol=1e-8)
    np.testing.assert_allclose(economy.value_added @ found.income, 0, atol=1e-8)  # world income is the numeraire
    np.testing.assert_allclose(found.cross_substitution.sum(axis=1), 0, atol=1e-8)


@settings(max_examples=10, deadline=None)
@given(seeds, st.booleans())
def test_the_general_slopes_are_theirs_with_one_sector(seed: int, balanced: bool) -> None:
    economy = _armington(seed, balanced=balanced)
    np.testing.assert_allclose(exposures(economy).friends, friends_and_enemies(economy).welfare, atol=1e-9)


def test_own_growth_is_own_friend_and_more_than_anyone_elses() -> None:
    found = friends_and_enemies(_armington(2, balanced=True)).welfare
    assert (np.diag(found) > 0).all()
    assert (np.diag(found) == found.max(axis=1)).all()


def test_with_tariffs_or_inputs_the_closed_form_is_refused() -> None:
    with pytest.raises(RequestError, match="closed form"):
        friends_and_enemies(synthetic(4, 1, seed=1))
