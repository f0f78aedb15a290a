"""Overextension and forces abroad: laws, assumptions in sight, and the figures as reported."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedgerow.indicators.catalogue import indicator
from hedgerow.indicators.overextension import (
    COMMITMENTS,
    CONTINGENCIES,
    POWER,
    allies,
    allies_per_spending,
    overextension,
    protected_gdp,
    shortfall,
)
from hedgerow.provenance import Status
from tests.indicators.conftest import Values

LAWS = settings(max_examples=60, deadline=None, derandomize=True)
MEANS = st.lists(st.floats(0, 1e5), min_size=1, max_size=8).map(np.array)
SHARE = st.floats(0, 1)


@pytest.mark.parametrize(("host", "published"), [("JPN", 52_603), ("DEU", 34_949), ("KOR", 23_291)])
def test_troops_of_december_2024_as_reported(host: str, published: int, values_of: Values) -> None:
    """Defense Manpower Data Center, December 2024."""
    frame = values_of("us-troops")
    row = frame[(frame["actor"] == host) & (frame["year"] == 2024)]
    assert row["value"].tolist() == [published]
    assert row["status"].tolist() == [Status.PUBLISHED.value]


def test_troops_abroad_are_the_sum_over_hosts(values_of: Values) -> None:
    whole = values_of("us-troops-abroad").set_index("year")["value"].astype(float)
    hosts = values_of("us-troops").groupby("year")["value"].sum()
    assert whole.to_dict() == hosts.astype(float).to_dict()
    share = values_of("us-troops-share").groupby("year")["value"].sum().astype(float)
    assert share.to_numpy() == pytest.approx(np.ones(len(share)))


@LAWS
@given(st.floats(0, 1e5), MEANS, SHARE)
def test_a_shortfall_ally_by_ally(threat: float, means: np.ndarray, help_share: float) -> None:
    found = shortfall(threat, means, help_share)
    for j, own in enumerate(means):
        others = sum(help_share * other for k, other in enumerate(means) if k != j)
        assert found[j] == pytest.approx(max(0.0, threat - own - others), abs=1e-6)


def test_allies_that_can_hold_need_nobody() -> None:
    assert shortfall(10.0, np.array([6.0, 8.0]), 1.0).tolist() == [0, 0]
    assert shortfall(10.0, np.array([6.0, 8.0]), 0.0).tolist() == [4, 2]


def test_the_ratio_by_hand() -> None:
    """Half a chance of 4 or 2, a fifth of 10, beside half of 20: (0.5·3 + 0.2·10) / 10."""
    needed = [(0.5, np.array([4.0, 2.0])), (0.2, np.array([10.0])), (1.0, np.array([]))]
    assert overextension(needed, 20.0, 0.5) == pytest.approx(0.35)
    assert overextension([(1.0, np.zeros(3))], 20.0, 0.5) == 0


@LAWS
@given(st.floats(1, 1e5), MEANS, SHARE, SHARE, st.floats(1, 1e5), st.floats(0.1, 1))
def test_every_assumption_pushes_the_way_its_ends_say(
    threat: float, means: np.ndarray, help_share: float, chance: float, own: float, free: float
) -> None:
    def ratio(threat: float, help_share: float, chance: float, free: float) -> float:
        return overextension([(chance, shortfall(threat, means, help_share))], own, free)

    base = ratio(threat, help_share, chance, free)
    assert ratio(2 * threat, help_share, chance, free) >= base
    assert ratio(threat, help_share / 2, chance, free) >= base
    assert ratio(threat, help_share, min(1, 2 * chance), free) >= base
    assert ratio(threat, help_share, chance, free / 2) >= base


def test_each_value_assumed_lies_between_its_ends_and_stands_in_the_declaration() -> None:
    told = [(one.value, one.low, one.high) for one in indicator("overextension").assumptions]
    held = [ends for one in COMMITMENTS for ends in (one.probability, one.reach, one.help)]
    assert told == [*held, CONTINGENCIES]
    for value, low, high in told:
        assert min(low, high) <= value <= max(low, high)


def test_values_rest_on_assumptions_and_say_so(values_of: Values) -> None:
    frame = values_of("overextension")
    assert set(frame["status"]) == {Status.ASSUMED.value}
    assert (frame["low"] <= frame["value"]).all()
    assert (frame["value"] <= frame["high"]).all()
    assert frame["high"].max() < 1, "the page says: below 1 at both ends of the assumptions"


def test_allies_come_with_their_pact() -> None:
    assert "FIN" in allies(2023)
    assert "FIN" not in allies(2022)
    assert {"JPN", "KOR", "PHL", "AUS", "DEU"} <= set(allies(1992))
    for year, code in product((1992, 2023), (POWER, "NZL", "TWN", "BRA")):
        assert code not in allies(year)


def test_the_crude_twins_by_hand() -> None:
    assert protected_gdp(4.0, np.array([2.0, np.nan, 8.0])) == pytest.approx(2.5)
    assert np.isnan(protected_gdp(4.0, np.array([np.nan])))
    assert allies_per_spending(30, 40.0, 100.0) == pytest.approx(0.75)
