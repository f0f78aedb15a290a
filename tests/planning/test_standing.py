"""Dependence over the years: against the indicator itself, and the ranks against counting."""

from __future__ import annotations

import numpy as np
import pytest

from hedgerow.indicators.catalogue import indicator
from hedgerow.indicators.evidence import embedded_evidence
from hedgerow.indicators.panel import measured
from hedgerow.planning.question import ask
from hedgerow.planning.standing import MEASURE, Standing, standing
from hedgerow.world.io import load
from hedgerow.world.memberships import CHECKED_TO, members_on
from hedgerow.world.tiny import tiny_world


def of(actor: str, power: str) -> Standing:
    found = standing(ask(load("composite-2023"), actor, power))
    assert found is not None
    return found


@pytest.mark.parametrize(("actor", "power"), [("CAN", "USA"), ("DEU", "CHN"), ("JPN", "EU")])
def test_quartiles_and_rank_by_counting(actor: str, power: str) -> None:
    """The latest year of the peers, ranked by hand."""
    found = of(actor, power)
    assert found.peers == f"G20 members of {CHECKED_TO.year}"
    (place,) = [one for one in found.places if one.year == 2023]
    frame = measured(indicator(MEASURE), embedded_evidence((power,)))
    rows = frame[(frame["series"] == "baci-2023") & frame["actor"].isin(members_on(CHECKED_TO, "G20"))]
    values = dict(zip(rows["actor"], rows["value"].astype(float), strict=True))
    own = values.pop(actor)
    assert place.own == own
    assert place.number == len(values) + 1
    assert place.rank == 1 + sum(value > own for value in values.values())
    assert (place.lower, place.median, place.upper) == pytest.approx(np.percentile([*values.values()], [25, 50, 75]))


def test_years_rise_inside_each_series_and_reconstructed_trade_stays_out() -> None:
    places = of("CAN", "USA").places
    for series in {place.series for place in places}:
        years = [place.year for place in places if place.series == series]
        assert years == sorted(set(years))
    assert len([place for place in places if place.year == 2023]) == 1
    assert min(place.year for place in places) == 1964


@pytest.mark.parametrize(
    ("actor", "words"), [("POL", "EU members"), ("VNM", "ASEAN members"), ("CHE", "all economies")]
)
def test_peers_are_of_the_first_group_that_fits(actor: str, words: str) -> None:
    assert of(actor, "USA").peers.startswith(words)


def test_an_actor_without_recorded_years_has_no_standing() -> None:
    """Taiwan has no GDP in the tables of the World Bank, and the tiny world is nowhere."""
    assert standing(ask(load("composite-2023"), "TWN", "USA")) is None
    world = tiny_world()
    assert standing(ask(world, world.codes[0], world.codes[1])) is None
