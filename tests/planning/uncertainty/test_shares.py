"""Noise on trade: accounts that close, margins that stay, and as much misplaced as was measured."""

from __future__ import annotations

import numpy as np
import pytest

from hedgerow.planning.hypotheses import central
from hedgerow.planning.uncertainty.shares import (
    GIVEN_IMPORTER,
    Noise,
    calibrated_noise,
    measured_error,
    misplaced,
    noisy_base,
)
from hedgerow.trade.economy import Economy
from hedgerow.trade.equilibrium import solve
from hedgerow.trade.policy import Policy
from hedgerow.world.io import load
from hedgerow.world.tiny import tiny_world


def gaps(economy: Economy) -> dict[str, float]:
    """Largest violation of every identity of a base, shares of world value added."""
    flow = economy.border_share * economy.expenditure[:, :, None]
    output = flow.sum(axis=1)
    inputs = np.einsum("nkj,jn->kn", economy.input_share, output)
    return {
        "shares sum to one": np.abs(economy.trade_share.sum(axis=2) - (economy.expenditure > 0)).max(),
        "purchases are inputs and final use": np.abs(
            economy.expenditure - inputs - economy.final_share * economy.income
        ).max(),
        "value added is what output leaves": np.abs(
            (economy.value_added_share * output).sum(axis=0) - economy.value_added
        ).max(),
        "deficits are imports less exports": np.abs(
            flow.sum(axis=(0, 2)) - flow.sum(axis=(0, 1)) - economy.deficit
        ).max(),
        "deficits sum to zero": abs(float(economy.deficit.sum())),
        "the world is one": abs(float(economy.value_added.sum()) - 1),
    }


@pytest.mark.parametrize("world_id", ["composite-2023", "wiod-2011", "baci-2023"])
@pytest.mark.parametrize("seed", [1, 2])
def test_accounts_of_a_noisy_base_close(world_id: str, seed: int) -> None:
    economy = central(load(world_id)).economy
    noisy = noisy_base(economy, Noise(0.5, 0.6, None), seed=seed)
    assert max(gaps(noisy).values()) < 1e-9, gaps(noisy)
    still = solve(noisy, Policy())
    assert np.abs(np.log(still.wage_hat)).max() < 1e-9


def test_margins_stay_and_cells_move() -> None:
    economy = central(load("composite-2023")).economy
    noisy = noisy_base(economy, Noise(0.5, 0.6, None), seed=3)
    one, two = (e.border_share * e.expenditure[:, :, None] for e in (economy, noisy))
    assert np.abs(two.sum(axis=1) - one.sum(axis=1)).sum() < 0.01 * one.sum()
    assert np.abs(noisy.value_added / economy.value_added - 1).max() < 0.02
    pairs = (one[economy.goods].sum(axis=0), two[economy.goods].sum(axis=0))
    assert np.abs(pairs[1] - pairs[0]).sum() < 0.01 * pairs[0].sum()
    home = [np.einsum("jnn->jn", e.trade_share) for e in (economy, noisy)]
    assert np.abs(home[1] - home[0]).mean() > 0.01, "home shares are noisy, too"


def test_as_much_is_misplaced_as_the_error_report_says() -> None:
    world = load("composite-2023")
    economy = central(world).economy
    noise = calibrated_noise(economy, world.id)
    goods, services = measured_error(world.id)
    assert noise.given == GIVEN_IMPORTER
    found = np.mean([misplaced(economy, noisy_base(economy, noise, seed=k), noise.given) for k in range(4)], axis=0)
    assert found == pytest.approx((goods, services), rel=0.2)


def test_known_totals_of_one_sector_leave_no_freedom() -> None:
    world = load("baci-2023")
    noise = calibrated_noise(central(world).economy, world.id)
    assert (noise.goods, noise.services) == (0.0, 0.0)


def test_no_noise_is_the_base_itself_and_a_seed_is_a_base() -> None:
    economy = central(tiny_world()).economy
    assert noisy_base(economy, Noise(0.0, 0.0, None), seed=1) is economy
    one, again, other = (noisy_base(economy, Noise(0.3, 0.3, None), seed=k).trade_share for k in (1, 1, 2))
    assert (one == again).all()
    assert np.abs(one - other).max() > 1e-3
