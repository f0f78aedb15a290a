"""The list of trade deals: complete records, sober status, the Canada - China numbers as published."""

from __future__ import annotations

from datetime import date

import pytest

from hedgerow.errors import UnknownNameError
from hedgerow.world.actors import alias_table
from hedgerow.world.deals import DealStatus, deal, deals
from hedgerow.world.memberships import CHECKED_TO, organisations

OF_THE_DAY = [
    *("eu-australia", "eu-united-kingdom", "eu-canada", "eu-india", "eu-mercosur"),
    *("canada-china", "canada-india", "china-japan-korea"),
]


@pytest.mark.parametrize("wanted", OF_THE_DAY)
def test_the_deals_of_the_day_are_there(wanted: str) -> None:
    assert deal(wanted).title


def test_records_are_complete_and_nothing_is_dated_after_it_was_checked() -> None:
    for found in deals().values():
        assert found.source and found.changes
        assert found.date <= CHECKED_TO
        assert len(found.members) >= 2
        assert all(p in organisations() or p in alias_table().names for p in found.parties)


def test_what_is_not_in_force_changes_no_tariff_yet() -> None:
    assert not any(d.tariffs for d in deals().values() if not d.status.applies)
    assert deal("eu-india").status is DealStatus.CONCLUDED
    assert deal("canada-india").status is DealStatus.NEGOTIATING


def test_members_of_a_bloc_are_named() -> None:
    assert len(deal("eu-india").members) == 28


def test_the_arrangement_of_canada_and_china_has_its_published_numbers() -> None:
    found = deal("canada-china")
    assert found.quota_rent
    seed, cars = (next(t for t in found.tariffs if t.goods.startswith(g)) for g in ("Canola seed", "Electric cars"))
    assert (seed.exporter, seed.importer, seed.before, seed.since) == ("CAN", "CHN", 0.84, date(2026, 3, 1))
    assert seed.after == pytest.approx(0.15, abs=0.002)
    assert (cars.exporter, cars.importer, cars.before, cars.after) == ("CHN", "CAN", 1.0, 0.061)
    assert (cars.quota_units, cars.quota_units_year_5) == (49_000, 70_000)


def test_rates_are_fractions_and_fall() -> None:
    for found in deals().values():
        for line in found.tariffs:
            assert 0 <= line.after < line.before <= 2
            assert line.until is None or line.until > line.since


def test_an_unknown_deal_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownNameError, match="canada-china"):
        deal("transatlantic")
