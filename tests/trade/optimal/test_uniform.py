"""The best single tariff: Bickerdike's formula, its small-country limit, and the laws of any optimum."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.worlds import synthetic
from hedgerow.errors import RequestError, UnknownNameError
from hedgerow.trade.economy import Economy, calibrate
from hedgerow.trade.equilibrium import solve
from hedgerow.trade.optimal.instrument import Instrument
from hedgerow.trade.optimal.objective import log_income
from hedgerow.trade.optimal.optimum import FIRST_ORDER, Edge, Optimum
from hedgerow.trade.optimal.response import optimal_tariffs
from hedgerow.trade.optimal.uniform import highest_point
from hedgerow.trade.policy import DeficitRule, Policy, TariffChange
from hedgerow.world.io import load
from tests.trade.optimal.worlds import one_sector

ZERO = Policy(deficits=DeficitRule.ZERO)
FINE = 1e-5
"""Of a rate: the search is exact to about 1e-6."""


def best(economy: Economy, who: str = "A", background: Policy | None = None) -> Optimum:
    return optimal_tariffs(economy, Instrument(setter=(who,)), background=background)


def other_at_home(found: Optimum) -> tuple[float, float]:
    """What B spends on A's goods, share of expenditure, and B's tariff as a share of the price paid."""
    at = found.equilibrium
    rate = float(at.applied.tariff[0, 1, 0])
    return float(at.shares[0, 1, 0]), rate / (1 + rate)


@pytest.mark.parametrize("theta", [1.5, 4.0, 9.0])
@pytest.mark.parametrize("size", [0.2, 0.5, 0.9])
@pytest.mark.parametrize("tariff", [0.0, 0.4])
def test_two_countries_have_the_textbook_tariff(theta: float, size: float, tariff: float) -> None:
    """t = 1 / (export-supply elasticity of the other), Bickerdike (1906).

    The other spends the share l on our goods, of which r is its tariff; balanced trade makes its demand for them, in
    value at the border, l (1 - r) / (1 - r l) of its wages. The elasticity follows by differentiating that:
    t = (1 - r l) / (theta (1 - l)), which is Gros's (1987) 1 / (theta pi_FF) where the other has no tariff.
    """
    found = best(one_sector([size, 1 - size], theta=theta, tariff=tariff))
    share, wedge = other_at_home(found)
    assert found.rates[0] == pytest.approx((1 - wedge * share) / (theta * (1 - share)), abs=FINE)


@pytest.mark.parametrize("theta", [2.0, 4.0])
def test_the_tariff_of_a_small_country_tends_to_one_over_theta(theta: float) -> None:
    gaps = [best(one_sector([size, 1, 1], theta=theta)).rates[0] - 1 / theta for size in (0.5, 0.05, 0.005)]
    assert gaps[0] > gaps[1] > gaps[2] > 0
    assert gaps[2] < 0.002


def test_goods_trade_of_2023() -> None:
    """One sector, theta 4, deficits closed: small economies near 1 / theta, giants above it and gaining."""
    economy = calibrate(load("baci-2023"))
    rates = {code: best(economy, code, ZERO).rates[0] for code in ("USA", "CHN", "CAN", "NZL", "MLT")}
    assert all(0.25 <= rates[code] < 0.2525 for code in ("CAN", "NZL", "MLT"))
    assert all(0.26 < rates[code] < 0.28 for code in ("USA", "CHN"))


@settings(max_examples=5, deadline=None, derandomize=True)
@given(seed=st.integers(0, 500), who=st.sampled_from(["A00", "A02", "A05"]))
def test_no_other_rate_is_better(seed: int, who: str) -> None:
    economy = synthetic(6, 3, seed=seed)
    found = best(economy, who, ZERO)
    value = log_income(found.equilibrium, (who,))
    for rate in np.linspace(0, 3, 13):
        change = TariffChange(importers=(who,), sectors=economy.goods_sectors, set_to=float(rate))
        assert log_income(solve(economy, ZERO + change), (who,)) <= value + 1e-9
    assert found.first_order <= FIRST_ORDER
    assert found.equilibrium.residual <= 1e-12


def test_the_gain_is_over_the_tariffs_in_force() -> None:
    economy = one_sector([1, 1], tariff=0.2)
    found = best(economy)
    again = best(economy, background=Policy((TariffChange(importers=("A",), set_to=float(found.rates[0])),)))
    assert found.gain > 0
    assert found.gain == pytest.approx(log_income(found.equilibrium, ("A",)))
    assert again.gain == pytest.approx(0, abs=1e-10)


@pytest.mark.parametrize(
    ("bounds", "rate", "edge"),
    [((0.0, 0.1), 0.1, Edge.HIGHEST), ((0.9, 2.0), 0.9, Edge.LOWEST), ((0.0, 3.0), None, Edge.INSIDE)],
)
def test_a_bound_that_decides_is_named(bounds: tuple[float, float], rate: float | None, edge: Edge) -> None:
    within = Instrument(setter=("A",), lowest=bounds[0], highest=bounds[1])
    found = optimal_tariffs(one_sector([1, 1]), within)
    assert found.edges == (edge,)
    assert found.on_a_bound == (edge is not Edge.INSIDE)
    if rate is not None:
        assert found.rates[0] == rate


def test_the_higher_of_two_summits_is_found() -> None:
    def two(rate: float) -> float:
        x = np.log1p(rate)
        return float(np.exp(-((x - 0.2) ** 2) / 0.01) + 1.1 * np.exp(-((x - 1.1) ** 2) / 0.01))

    found = highest_point(two, 0.0, 3.0)
    assert found.summits == 2
    assert np.log1p(found.rate) == pytest.approx(1.1, abs=1e-5)


def test_the_unit_of_money_and_the_order_of_names_do_not_matter() -> None:
    economy = one_sector([3, 2, 1], seed=4)
    scaled = replace(economy, world_value_added=7e6 * economy.world_value_added)
    turned = [2, 0, 1]
    pairs = np.ix_([0], turned, turned)
    shuffled = replace(
        economy,
        actors=tuple(economy.actors[n] for n in turned),
        trade_share=economy.trade_share[pairs],
        tariff=economy.tariff[pairs],
        input_share=economy.input_share[turned],
        value_added_share=economy.value_added_share[:, turned],
        final_share=economy.final_share[:, turned],
        value_added=economy.value_added[turned],
        deficit=economy.deficit[turned],
        expenditure=economy.expenditure[:, turned],
    )
    for other in (scaled, shuffled):
        assert best(other, "B").rates[0] == pytest.approx(best(economy, "B").rates[0], abs=FINE)


def test_two_halves_that_act_as_one_choose_what_the_whole_would() -> None:
    """The halves trade with each other as they did at home, free of tariffs."""
    whole = one_sector([2, 1, 1], seed=1)
    twice, half = np.array([0, 0, 1, 2]), np.array([0.5, 0.5, 1, 1])
    split = replace(
        whole,
        actors=("A1", "A2", "B", "C"),
        trade_share=whole.trade_share[:, twice][:, :, twice] * half,
        tariff=whole.tariff[:, twice][:, :, twice],
        input_share=whole.input_share[twice],
        value_added_share=whole.value_added_share[:, twice],
        final_share=whole.final_share[:, twice],
        value_added=whole.value_added[twice] * half,
        deficit=whole.deficit[twice] * half,
        expenditure=whole.expenditure[:, twice] * half,
    )
    together = optimal_tariffs(split, Instrument(setter=("A1", "A2")))
    assert together.rates[0] == pytest.approx(best(whole).rates[0], abs=FINE)
    assert together.gain == pytest.approx(best(whole).gain, abs=1e-9)


@pytest.mark.parametrize(
    ("choice", "error", "said"),
    [
        ({"setter": "A"}, RequestError, "is a text"),
        ({"setter": ()}, RequestError, "nobody sets"),
        ({"setter": ("A",), "highest": 30.0}, RequestError, "bounds"),
        ({"setter": ("A",), "lowest": 0.5, "highest": 0.2}, RequestError, "bounds"),
        ({"setter": ("Z",)}, UnknownNameError, "'Z'"),
        ({"setter": ("A",), "exporters": ("A",)}, RequestError, "buys none"),
        ({"setter": ("A",), "sectors": ("services",)}, UnknownNameError, "services"),
    ],
)
def test_a_wrong_choice_is_refused(choice: dict[str, object], error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        optimal_tariffs(one_sector([1, 1]), Instrument(**choice))  # type: ignore[arg-type]
