"""The fit of country tables: margins, and what is trusted more moves less."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedgerow.errors import UnbalancedError
from hedgerow.world.composite.country_tables import CountryTables, Margins, fit_tables

LAWS = settings(max_examples=25, deadline=None, derandomize=True)
N, S = 4, 5


def problem(seed: int, *, noise: float = 0.2) -> tuple[CountryTables, Margins]:
    """Balanced margins, and a prior that misses them by some noise; value added sums to GDP."""
    rng = np.random.default_rng(seed)
    inputs, final, added = rng.lognormal(size=(N, S, S)), 3 * rng.lognormal(size=(N, S)), 2 * rng.lognormal(size=(N, S))
    purchases = inputs.sum(axis=2) + final
    output = inputs.sum(axis=1) + added
    deficit = final.sum(axis=1) - added.sum(axis=1)
    shaken = added * rng.uniform(1 - noise, 1 + noise, added.shape)
    shaken *= (added.sum(axis=1) / shaken.sum(axis=1))[:, None]
    prior = CountryTables(inputs * rng.uniform(1 - noise, 1 + noise, inputs.shape), final, shaken)
    return prior, Margins(purchases, output, deficit)


@LAWS
@given(st.integers(0, 10_000), st.integers(1, 4))
def test_every_margin_is_met_and_value_added_is_gdp(seed: int, trust: int) -> None:
    prior, margins = problem(seed)
    found = fit_tables(prior, margins, trust_in_value_added=trust)
    np.testing.assert_allclose(found.input_use.sum(axis=2) + found.final_use, margins.purchases, rtol=1e-11)
    np.testing.assert_allclose(found.output, margins.output, rtol=1e-11)
    np.testing.assert_allclose(found.value_added.sum(axis=1), prior.value_added.sum(axis=1), rtol=1e-11)
    assert min(found.input_use.min(), found.final_use.min(), found.value_added.min()) > 0


def test_a_prior_that_fits_is_kept() -> None:
    prior, margins = problem(1, noise=0.0)
    found = fit_tables(prior, margins)
    np.testing.assert_allclose(found.input_use, prior.input_use, rtol=1e-4)
    np.testing.assert_allclose(found.value_added, prior.value_added, rtol=1e-4)


@LAWS
@given(st.integers(0, 10_000))
def test_trusted_value_added_moves_less(seed: int) -> None:
    prior, margins = problem(seed)
    moved = [
        np.abs(fit_tables(prior, margins, trust_in_value_added=k).value_added - prior.value_added).sum() for k in (1, 3)
    ]
    assert moved[1] < moved[0]


def test_margins_that_contradict_each_other_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hedgerow.world.composite.country_tables.MOST_SWEEPS", 200)
    prior, margins = problem(2)
    wrong = Margins(1.1 * margins.purchases, margins.output, margins.deficit)
    with pytest.raises(UnbalancedError, match="did not close"):
        fit_tables(prior, wrong)
