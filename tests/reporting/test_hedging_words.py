"""The four elements in tables and words: what is unknown is said, and nobody gets a place without all four."""

from __future__ import annotations

import pandas as pd
import pytest

from hedgerow.indicators.hedging.composite import ORDER
from hedgerow.indicators.hedging.stored import last_year, stored
from hedgerow.reporting.hedging import tables as tables
from hedgerow.world.regions import region_of, regions


@pytest.fixture(name="now", scope="module")
def shipped_last_year() -> pd.DataFrame:
    return last_year()


def test_a_profile_has_a_row_an_element_and_one_for_all(now: pd.DataFrame) -> None:
    table = tables.profile_table(now, "CAN", "hedgerow hedging CAN")
    assert table.column("element") == (*(element.value for element in ORDER), tables.COMPOSITE)
    for least, median, most in zip(
        table.column("region_least"), table.column("region_median"), table.column("region_most"), strict=True
    ):
        if least is not None:
            assert float(least) <= float(median or 0) <= float(most or 0)


def test_the_region_does_not_count_the_state_itself(now: pd.DataFrame) -> None:
    """The median beside Viet Nam does not move with Viet Nam."""
    changed = now.copy()
    changed.loc[changed["actor"] == "VNM", "broadening"] = 0.99
    before, after = (tables.profile_table(frame, "VNM", "x").column("region_median") for frame in (now, changed))
    assert before == after


def test_every_state_is_told_in_whole_sentences(now: pd.DataFrame) -> None:
    for actor, unplaced, course in zip(now["actor"], now["rank"].isna(), now["course"], strict=True):
        text = tables.in_words(now, actor)
        assert text.endswith(".")
        assert "nan" not in text.lower().split()
        assert ("no place" in text) == unplaced
        assert ("course is" in text) == bool(course)


def test_the_peers_are_those_of_the_region_in_the_order_of_places(now: pd.DataFrame) -> None:
    table = tables.peers_table(now, "VNM", "x")
    codes = table.column("code")
    assert "VNM" in codes
    assert set(codes) <= set(regions()[str(region_of("VNM"))])
    places = [float(place) for place in table.column("rank") if place is not None]
    assert places == sorted(places)
    assert table.column("rank")[len(places) :] == (None,) * (len(codes) - len(places))


def test_years_are_those_of_the_state() -> None:
    frame = stored()
    table = tables.years_table(frame, "PHL", "x")
    assert table.column("year") == tuple(str(year) for year in sorted(frame["year"].unique()))
    assert len(table.columns) == len(table.rows[0])
