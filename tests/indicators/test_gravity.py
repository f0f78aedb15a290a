"""The Poisson estimate: known effects come back, a slow and obvious solver agrees, and the pitfall is refused."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedgerow.errors import NotIdentifiedError
from hedgerow.indicators.evidence import trade_of_pairs
from hedgerow.indicators.gravity import Effect, home_margin, key_partners, poisson_effect, within
from hedgerow.indicators.residual import against_home, with_key_partners
from hedgerow.provenance import Origin, Status

Array = npt.NDArray[np.float64]
ACTORS, YEARS = 6, 2
POWER = np.arange(ACTORS) == 0
FEW = np.isin(np.arange(ACTORS), [1, 2])
LAWS = settings(max_examples=15, deadline=None, derandomize=True)


def made(effect: float, regressor: Array, seed: int, noise: float = 0.0) -> Array:
    """Trade that follows gravity exactly, up to noise around it."""
    rng = np.random.default_rng(seed)
    logs = (
        rng.normal(size=(YEARS, ACTORS, 1))
        + rng.normal(size=(YEARS, 1, ACTORS))
        + rng.normal(size=(1, ACTORS, ACTORS))
        + effect * regressor
    )
    return np.exp(logs + noise * rng.normal(size=logs.shape))


def slow(flow: Array, regressor: Array) -> tuple[float, float]:
    """Effect and clustered error with a dummy variable for everything, by plain Newton steps on the likelihood."""
    at = np.argwhere(np.isfinite(flow))
    y = flow[tuple(at.T)]
    year, seller, buyer = at.T
    columns = [regressor[tuple(at.T)]]
    for group in (year * ACTORS + seller, year * ACTORS + buyer, seller * ACTORS + buyer):
        columns += [(group == g).astype(float) for g in np.unique(group)]
    design = np.column_stack(columns)
    theta = np.linalg.lstsq(design, np.log(np.maximum(y, 1e-3)), rcond=None)[0]
    for _ in range(200):
        mean = np.exp(design @ theta)
        step = np.linalg.lstsq(design.T @ (mean[:, None] * design), design.T @ (y - mean), rcond=1e-13)[0]
        theta = theta + step
        if np.abs(step).max() < 1e-12:
            break
    mean = np.exp(design @ theta)
    bread = np.linalg.pinv(design.T @ (mean[:, None] * design), rcond=1e-12)
    pair = np.minimum(seller, buyer) * ACTORS + np.maximum(seller, buyer)
    scores = np.array([design[pair == p].T @ (y - mean)[pair == p] for p in np.unique(pair)])
    spread = bread @ scores.T @ scores @ bread
    clusters = len(scores)
    return float(theta[0]), float(np.sqrt(spread[0, 0] * clusters / (clusters - 1)))


@LAWS
@given(st.floats(-2, 2), st.integers(0, 99))
def test_a_known_effect_comes_back_with_sales_at_home(effect: float, seed: int) -> None:
    found = against_home(made(effect, home_margin(POWER, YEARS), seed), POWER, np.ones(ACTORS, dtype=bool))
    assert found.value == pytest.approx(effect, abs=1e-5)
    assert found.error < 1e-4


@LAWS
@given(st.floats(-2, 2), st.integers(0, 99))
def test_a_known_effect_comes_back_for_a_few_partners_without_sales_at_home(effect: float, seed: int) -> None:
    regressor = key_partners(POWER, FEW, YEARS)
    flow = np.where(np.eye(ACTORS, dtype=bool), np.nan, made(effect, regressor, seed))
    assert poisson_effect(flow, regressor).value == pytest.approx(effect, abs=1e-5)


@pytest.mark.parametrize("seed", range(4))
def test_it_agrees_with_a_dummy_for_everything(seed: int) -> None:
    regressor = key_partners(POWER, FEW, YEARS)
    flow = np.where(np.eye(ACTORS, dtype=bool), np.nan, made(0.3, regressor, seed, noise=0.5))
    flow[0, 3, 4] = 0.0
    flow[1, 5, 1] = np.nan
    found, (value, error) = poisson_effect(flow, regressor), slow(flow, regressor)
    assert found.value == pytest.approx(value, abs=1e-5)
    assert found.error == pytest.approx(error, rel=1e-4)
    assert found.low < value < found.high


@pytest.mark.parametrize("years", [2, 4])
def test_a_dummy_of_all_trade_of_a_power_after_a_date_is_refused(years: int) -> None:
    """The pitfall: exporter-year and importer-year effects absorb it unless sales at home are there."""
    rng = np.random.default_rng(1)
    flow = np.exp(rng.normal(size=(years, ACTORS, ACTORS)))
    everyone = key_partners(POWER, ~POWER, years)
    abroad = np.where(np.eye(ACTORS, dtype=bool), np.nan, flow)
    with pytest.raises(NotIdentifiedError, match="sales at home"):
        poisson_effect(abroad, everyone)
    with pytest.raises(NotIdentifiedError, match="no sales at home"):
        against_home(abroad, POWER, np.ones(ACTORS, dtype=bool))
    assert np.isfinite(poisson_effect(flow, everyone).value), "identified beside sales at home"


def test_key_partners_who_are_all_partners_are_refused() -> None:
    """Five partners are no more than the ten key ones."""
    flow = np.where(np.eye(ACTORS, dtype=bool), np.nan, made(0.0, np.zeros((YEARS, ACTORS, ACTORS)), 3))
    with pytest.raises(NotIdentifiedError):
        with_key_partners(flow, POWER, np.ones(ACTORS, dtype=bool))


@LAWS
@given(st.integers(0, 99), st.permutations(range(ACTORS)), st.floats(1e-3, 1e3))
def test_order_and_unit_do_not_matter(seed: int, order: list[int], factor: float) -> None:
    flow = made(0.5, home_margin(POWER, YEARS), seed, noise=0.3)
    named = np.ones(ACTORS, dtype=bool)
    found = against_home(flow, POWER, named)
    moved = against_home(flow[:, order][:, :, order] * factor, POWER[order], named)
    assert moved.value == pytest.approx(found.value, abs=1e-5)
    assert moved.error == pytest.approx(found.error, rel=1e-4)


def test_sizes_of_countries_are_no_residual() -> None:
    """Everyone's exports and purchases grow at their own pace; the tie moved by nothing, and nothing is found."""
    found = against_home(made(0.0, home_margin(POWER, YEARS), 5), POWER, np.ones(ACTORS, dtype=bool))
    assert found.value == pytest.approx(0, abs=1e-6)


def test_what_is_left_is_orthogonal_to_all_effects() -> None:
    rng = np.random.default_rng(0)
    values, weight = rng.normal(size=(3, 5, 5)), rng.uniform(size=(3, 5, 5))
    left = within(values, weight)
    for axis in range(3):
        assert np.abs((weight * left).sum(axis=axis)).max() < 1e-5


def test_an_interval_is_two_errors_wide_on_each_side() -> None:
    found = Effect(1.0, 0.5, 10, 3)
    assert (found.low, found.high) == pytest.approx((1 - 0.98, 1 + 0.98), abs=1e-3)


def test_a_long_table_becomes_a_series_with_gaps() -> None:
    import pandas as pd

    pairs = pd.DataFrame({"exporter": ["A", "B"], "importer": ["B", "A"], "year": [2000, 2001], "value": [1.0, 0.0]})
    found = trade_of_pairs(pairs, "x", "X", Origin(Status.DERIVED, ("illustration",), "By hand."))
    assert found.years == (2000, 2001)
    assert found.flow[0, 0, 1] == 1.0
    assert found.flow[1, 1, 0] == 0.0
    assert np.isnan(found.flow).sum() == 6
