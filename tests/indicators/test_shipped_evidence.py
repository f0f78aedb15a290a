"""What ships, against published facts and against itself."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from hedgerow.data.politics import political_table, political_tables
from hedgerow.indicators.evidence import Evidence, trade_of_world
from hedgerow.indicators.ties import Side
from hedgerow.world.io import load
from tests.indicators.conftest import Values


def value(frame: pd.DataFrame, actor: str, year: int, series: str, power: str = "USA") -> float:
    """The one value of an actor in a year of a series toward a power."""
    kept = frame[(frame["actor"] == actor) & (frame["year"] == year) & (frame["series"] == series)]
    (found,) = kept.loc[kept["power"] == power, "value"]
    return float(found)


@pytest.mark.parametrize(
    ("actor", "year", "series", "published"),
    [
        ("CAN", 2016, "exports-by-pair", 0.776),
        ("CAN", 2023, "baci-2023", 0.743),
        ("MEX", 2023, "baci-2023", 0.771),
    ],
)
def test_shares_of_the_united_states_in_exports(
    actor: str, year: int, series: str, published: float, values_of: Values
) -> None:
    """As recomputed from the publishers' files when they were taken in (UN Comtrade 2016; CEPII BACI 2023)."""
    frame = values_of("exports-power-share")
    assert value(frame, actor, year, series) == pytest.approx(published, abs=0.001)


def test_the_yearly_series_ends_where_the_world_of_2011_stands(shipped: Evidence) -> None:
    """Two ways to the same table: yearly pair totals, and the balanced world, which only repairs stock building."""
    yearly, world = shipped.trade[0], trade_of_world(load("wiod-2011"))
    assert set(yearly.actors) == set(world.actors)
    order = [yearly.actors.index(code) for code in world.actors]
    last = yearly.ties(Side.EXPORTS)[yearly.years.index(2011)][order][:, order]
    there = np.isfinite(last) & (world.ties(Side.EXPORTS)[0] > 1000)
    assert there.sum() > 500
    assert np.median(np.abs(last[there] / world.ties(Side.EXPORTS)[0][there] - 1)) < 0.01


def test_no_value_before_a_state_entered_or_after_it_left(values_of: Values) -> None:
    states = political_table("states").set_index("actor")
    frame = values_of("exports-concentration")
    listed = frame[frame["actor"].isin(states.index)]
    assert len(listed) > 2000
    entry = listed["actor"].map(states["entry"]).astype(float)
    left = listed["actor"].map(states["exit"]).astype(float).fillna(9999)
    years = listed["year"].astype(float)
    assert not ((years < entry) | (years > left)).any()


def test_every_political_table_is_evidence_under_its_own_id(shipped: Evidence) -> None:
    for name in political_tables():
        found = shipped.table(name)
        assert found.id == name
        assert len(found.frame)
        assert found.origin.sources


def test_china_took_the_place_of_others_in_the_trade_of_the_united_states(values_of: Values) -> None:
    """Between 1995 and 2011 China's share of American imports of goods and services rose every time it is compared."""
    frame = values_of("power-share-change")
    kept = frame[(frame["actor"] == "USA") & (frame["power"] == "CHN") & (frame["series"] == "wiod-1995-2011")]
    assert len(kept) == 13
    assert (kept["value"].astype(float) > 0).all()


def test_the_residual_of_all_ties_needs_sales_at_home(values_of: Values) -> None:
    """Only the yearly table holds them; the exports of every fourth year get the estimate for key partners alone."""
    home, key = (values_of(name) for name in ("power-tie-residual", "key-tie-residual"))
    assert set(home["series"]) == {"wiod-1995-2011"}
    assert set(key["series"]) == {"wiod-1995-2011", "exports-by-pair"}
    for frame in (home, key):
        assert (frame["low"] < frame["value"]).all()
        assert (frame["value"] < frame["high"]).all()
