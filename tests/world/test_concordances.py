"""Nothing is counted twice and nothing is lost between classifications."""

from __future__ import annotations

from collections import Counter

from hedgerow.data.readers.gtd2017 import GOODS_SECTORS
from hedgerow.world.concordances import GTAP_IN_WIOD, GTD_OF_WIOD, VIEW_15, WIOD_SECTORS

GOODS = [sector.id for sector in WIOD_SECTORS if sector.goods]


def test_the_release_has_35_sectors_and_the_first_16_are_goods() -> None:
    """PROVENANCE of the release: c1 to c35, c1 to c16 are goods."""
    assert [sector.id for sector in WIOD_SECTORS] == [f"c{k}" for k in range(1, 36)]
    assert [f"c{k}" for k in range(1, 17)] == GOODS


def test_the_view_holds_every_sector_once() -> None:
    assert Counter(part for group in VIEW_15 for part in group.parts) == Counter(s.id for s in WIOD_SECTORS)
    assert len({group.id for group in VIEW_15}) == len({group.title for group in VIEW_15}) == len(VIEW_15) == 15


def test_the_view_never_mixes_goods_with_services() -> None:
    for group in VIEW_15:
        assert {part in GOODS for part in group.parts} == {group.goods}


def test_every_goods_sector_and_no_other_takes_a_tariff_and_elasticities() -> None:
    assert list(GTD_OF_WIOD) == list(GTAP_IN_WIOD) == GOODS


def test_every_product_belongs_to_one_sector() -> None:
    counts = Counter(product for products in GTAP_IN_WIOD.values() for product in products)
    assert set(counts.values()) == {1}
    assert all(GTAP_IN_WIOD.values())


def test_every_product_group_of_the_tariff_database_is_used() -> None:
    assert set(GTD_OF_WIOD.values()) == set(GOODS_SECTORS)
