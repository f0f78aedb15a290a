"""Ranges: quantiles that rise, medians that are the central value, and the level of Boehm et al. inside."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.planning.hypotheses import BLPN_LEVEL, central, mean_elasticity
from hedgerow.planning.uncertainty.parameters import (
    ASSUMPTIONS,
    BLPN_LOWEST,
    SECTOR_SPREAD,
    Group,
    Spread,
    default_ranges,
    lognormal,
    triangular,
)
from hedgerow.scenarios.agreements import DEEPER_AGREEMENT, NEW_AGREEMENT, TradeEffect
from hedgerow.world.io import load

INSIDE = st.floats(1e-6, 1 - 1e-6)


@given(u=INSIDE, v=INSIDE)
def test_quantiles_rise_and_stay_in_their_range(u: float, v: float) -> None:
    low, high = sorted((u, v))
    spread = Spread(2.0, 4.0, 8.0)
    assert spread.low <= spread.at(low) <= spread.at(high) <= spread.high
    assert lognormal(low, 0.5) <= lognormal(high, 0.5)
    for effect in (NEW_AGREEMENT, DEEPER_AGREEMENT):
        assert effect.low <= triangular(low, effect, 1.0) <= triangular(high, effect, 1.0) <= effect.high


@given(u=INSIDE)
def test_no_width_is_the_central_value(u: float) -> None:
    assert Spread(3.0, 3.0, 3.0).at(u) == 3.0
    assert lognormal(u, 0.0) == 1.0
    assert triangular(u, NEW_AGREEMENT, 0.0) == NEW_AGREEMENT.central


def test_a_triangular_draw_has_the_mean_of_its_triangle() -> None:
    effect = TradeEffect(0.3, 0.5, 0.8)
    draws = [triangular(u, effect, 1.0) for u in (np.arange(20_000) + 0.5) / 20_000]
    assert np.mean(draws) == pytest.approx((0.3 + 0.5 + 0.8) / 3, abs=1e-5)


@pytest.mark.parametrize("world_id", ["composite-2023", "wiod-2011", "baci-2023"])
def test_the_level_of_boehm_et_al_is_no_end_of_the_range(world_id: str) -> None:
    economy = central(load(world_id)).economy
    level, mean = default_ranges(economy).level, mean_elasticity(economy)
    assert level.at(0.5) == 1.0
    assert level.low * mean == pytest.approx(BLPN_LOWEST)
    below = np.log(BLPN_LEVEL / BLPN_LOWEST) / np.log(mean / BLPN_LOWEST) / 2
    assert 0.05 < below < 0.5, "the level lies inside the inner nine tenths of its own range"
    assert level.at(below) * mean == pytest.approx(BLPN_LEVEL)


def test_every_group_is_described_once() -> None:
    assert [a.group for a in ASSUMPTIONS] == list(Group)
    assert all(a.varied and a.why for a in ASSUMPTIONS)


def test_two_published_sets_of_elasticities_differ_as_much_as_the_table_says(raw: Path) -> None:
    """Caliendo and Parro (2015, table 1, 99 % sample) and Fontagné, Guimbard and Orefice (2022), sector by sector."""
    pairs = {
        "c1": "Agriculture", "c3": "Food", "c4": "Textile", "c6": "Wood", "c7": "Paper", "c9": "Chemicals",
        "c10": "Plastic", "c11": "Minerals", "c13": "Machinery n.e.c", "c15": "Auto", "c16": "Other",
    }  # fmt: skip
    file = raw / "economy" / "elasticities" / "caliendo_parro_2015.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    other = {row["sector"]: float(row["value"]) for row in csv.DictReader(lines)}
    ours = load("wiod-2011-35")["trade_elasticity"]
    gaps = [np.log(other[theirs] / float(ours.sel(sector=sector))) for sector, theirs in pairs.items()]
    assert np.std(gaps, ddof=1) == pytest.approx(0.77, abs=0.005)
    assert np.std(gaps, ddof=1) / np.sqrt(2) == pytest.approx(SECTOR_SPREAD, abs=0.006)
