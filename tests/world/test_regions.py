"""Every state of today has one region."""

from __future__ import annotations

from hedgerow.data.politics import states_in
from hedgerow.world.actors import alias_table
from hedgerow.world.regions import region_of, regions


def test_every_state_of_today_has_one_region() -> None:
    listed = [code for codes in regions().values() for code in codes]
    assert len(set(listed)) == len(listed)
    assert set(states_in(2026)) - set(listed) == set()
    assert set(listed) <= alias_table().names.keys() | {"XKX"}


def test_what_is_no_state_has_none() -> None:
    assert region_of("VNM") == "Southeast Asia"
    assert region_of("ROW") is None
