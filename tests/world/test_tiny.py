"""The invented world, number by number."""

from __future__ import annotations

import pytest

from hedgerow.world.balance import deficits, imbalances, require_balanced
from hedgerow.world.partnerships import in_force_between
from hedgerow.world.tiny import tiny_world

TINY = tiny_world()

BY_HAND = {
    ("gross_output", "AAA", "goods"): 600 + 150 + 50,
    ("gross_output", "AAA", "services"): 900 + 20 + 10,
    ("gross_output", "BBB", "goods"): 120 + 300 + 40,
    ("gross_output", "CCC", "services"): 5 + 5 + 150,
    ("input_use", "AAA", "goods", "goods"): 0.30 * 800,
    ("input_use", "AAA", "goods", "services"): 0.10 * 930,
    ("input_use", "AAA", "services", "goods"): 0.15 * 800,
    ("value_added", "AAA", "goods"): 800 - 240 - 120,
    ("value_added", "AAA", "services"): 930 * (1 - 0.10 - 0.20),
    ("value_added", "CCC", "goods"): 200 * (1 - 0.30 - 0.15),
    ("final_use", "AAA", "goods"): (600 + 120 + 60) - 240 - 93,
    ("tariff", "BBB", "AAA", "goods"): 0.05,
    ("tariff", "AAA", "BBB", "goods"): 0.08,
    ("tariff", "BBB", "CCC", "goods"): 0.0,
}


@pytest.mark.parametrize("cell", BY_HAND, ids=" ".join)
def test_its_numbers_can_be_worked_out_by_hand(cell: tuple[str, ...]) -> None:
    name, *labels = cell
    assert float(TINY[name].loc[tuple(labels)]) == pytest.approx(BY_HAND[cell])


def test_it_balances() -> None:
    assert require_balanced(TINY) is TINY
    assert all(found.share_of_world_income < 1e-15 for found in imbalances(TINY))


def test_its_deficits() -> None:
    """Aria sells 230 abroad and buys 200, Boria 180 and 205, Caria 100 and 105."""
    assert deficits(TINY).values.tolist() == [200 - 230, 205 - 180, 105 - 100]


def test_boria_and_caria_alone_have_an_agreement_and_no_tariff_between_them() -> None:
    assert [p.id for p in in_force_between(TINY.partnerships, "BBB", "CCC")] == ["bbb-ccc"]
    assert not in_force_between(TINY.partnerships, "AAA", "BBB")
    for one, other in (("BBB", "CCC"), ("CCC", "BBB")):
        assert not TINY["tariff"].sel(exporter=one, importer=other).any()


def test_two_of_them_share_nothing_that_could_change() -> None:
    assert tiny_world()["tariff"].values is not tiny_world()["tariff"].values
