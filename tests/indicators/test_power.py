"""Coercive power: closed form against cases solved by hand, and its laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.indicators.power import coercive_power, net_power

SHARES = st.floats(0.0, 0.95)
THETAS = st.floats(0.5, 20.0)
NO_INPUTS = np.zeros((1, 1))
ONE = np.ones(1)


def two_sectors(omega: list[float]) -> float:
    """An economy in which services use goods and goods use services."""
    return coercive_power(
        np.array(omega),
        final_share=np.array([0.4, 0.6]),
        input_share=np.array([[0.3, 0.1], [0.2, 0.3]]),
        trade_elasticity=np.array([5.0, 3.0]),
    )


@given(SHARES, THETAS)
def test_one_sector_without_inputs_is_the_formula_of_arkolakis_costinot_and_rodriguez_clare(
    omega: float, theta: float
) -> None:
    power = coercive_power(np.array([omega]), final_share=ONE, input_share=NO_INPUTS, trade_elasticity=ONE * theta)
    assert power == pytest.approx(1 - (1 - omega) ** (1 / theta), abs=1e-12)


@given(st.floats(1e-9, 1e-6), THETAS)
def test_a_small_share_weighs_as_dependence_over_theta(omega: float, theta: float) -> None:
    power = coercive_power(np.array([omega]), final_share=ONE, input_share=NO_INPUTS, trade_elasticity=ONE * theta)
    assert power == pytest.approx(omega / theta, rel=1e-5)


@given(SHARES, SHARES, SHARES)
def test_power_grows_with_every_share(one: float, other: float, more: float) -> None:
    low, high = sorted((one, more))
    assert two_sectors([low, other]) <= two_sectors([high, other]) + 1e-12


@given(st.floats(0.0, 0.45))
def test_power_jumps_near_monopoly(omega: float) -> None:
    """In logs of income, the second half of a share is worth more than the first."""
    half, whole = (-np.log1p(-two_sectors([share, 0.0])) for share in (omega, 2 * omega))
    assert whole >= 2 * half - 1e-12


def test_input_chains_carry_a_cut_into_sectors_that_buy_nothing_abroad() -> None:
    chained = two_sectors([0.2, 0.0])
    direct = coercive_power(
        np.array([0.2, 0.0]),
        final_share=np.array([0.4, 0.6]),
        input_share=np.zeros((2, 2)),
        trade_elasticity=np.array([5.0, 3.0]),
    )
    assert chained > direct > 0


def test_the_chain_is_the_sum_of_all_rounds() -> None:
    dearer = -np.log1p(-np.array([0.2, 0.1])) / np.array([5.0, 3.0])
    inputs, felt, weight = np.array([[0.3, 0.1], [0.2, 0.3]]), 0.0, np.array([0.4, 0.6])
    for _ in range(200):
        felt += float(weight @ dearer)
        weight = inputs @ weight
    assert two_sectors([0.2, 0.1]) == pytest.approx(-np.expm1(-felt), rel=1e-12)


def test_nobody_else_to_buy_from_is_a_total_loss_only_where_the_good_is_needed() -> None:
    needed = coercive_power(np.array([1.0]), final_share=ONE, input_share=NO_INPUTS, trade_elasticity=ONE)
    unused = coercive_power(
        np.array([1.0, 0.0]),
        final_share=np.array([0.0, 1.0]),
        input_share=np.zeros((2, 2)),
        trade_elasticity=np.array([4.0, 4.0]),
    )
    assert needed == 1.0
    assert unused == 0.0


def test_net_power_is_a_ratio_and_unknown_where_the_bloc_gives_up_nothing() -> None:
    assert net_power(0.06, 0.02) == pytest.approx(3.0)
    assert net_power(0.06, 0.0) is None
