"""Trade that the record lacks, on a made-up record with a gap of the same shape."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest

from hedgerow.world.composite.unrecorded import unrecorded

LOST, KEPT = ("ARG", "KOR", "POL", "VNM"), ("CHN", "DEU", "FRA", "USA")
PAIRS = [(one, other) for one, other in product(sorted(LOST + KEPT), repeat=2) if one != other]
UNION = ("DEU", "FRA", "POL")


def table(values: dict[tuple[str, str], float]) -> pd.Series:
    return pd.Series(values).rename_axis(["exporter", "importer"])


@pytest.fixture
def past() -> pd.Series:
    rng = np.random.default_rng(5)
    return table(dict(zip(PAIRS, rng.lognormal(3, 1, len(PAIRS)), strict=True)))


def without_the_gap(trade: pd.Series) -> pd.Series:
    return trade[[not (one in LOST and other in LOST) for one, other in trade.index]]


def test_trade_that_grows_alike_everywhere_is_recovered(past: pd.Series) -> None:
    now = 1.7 * past
    found = unrecorded(without_the_gap(now), past, UNION)
    pd.testing.assert_series_equal(found, now[found.index], check_names=False)
    assert set(found.index) == set(now.index) - set(without_the_gap(now).index)


def test_growth_of_a_pair_is_the_mean_of_what_either_side_shows(past: pd.Series) -> None:
    seller = {code: 1 + k / 10 for k, code in enumerate(LOST + KEPT)}
    now = table({(i, j): past[i, j] * seller[i] for i, j in PAIRS})
    found = unrecorded(without_the_gap(now), past, ())
    bought = without_the_gap(now).xs("VNM", level="importer").sum() / past.xs("VNM", level="importer")[list(KEPT)].sum()
    assert found["KOR", "VNM"] == pytest.approx(past["KOR", "VNM"] * np.sqrt(seller["KOR"] * bought))


def test_a_member_of_the_union_trades_as_the_others_do(past: pd.Series) -> None:
    now = table({(i, j): past[i, j] * (0.3 if {i, j} & set(UNION) else 2.0) for i, j in PAIRS})
    found = unrecorded(without_the_gap(now), past, UNION)
    assert found["POL", "VNM"] == pytest.approx(0.3 * past["POL", "VNM"])
    assert found["VNM", "POL"] == pytest.approx(0.3 * past["VNM", "POL"])


def test_what_was_not_traded_before_stays_unknown_and_is_not_estimated(past: pd.Series) -> None:
    silent = past.drop(index=[pair for pair in past.index if pair[0] == "ARG"])
    found = unrecorded(without_the_gap(2 * past), silent, UNION)
    assert "ARG" not in found.index.get_level_values("exporter")
    assert np.isfinite(found).all()
