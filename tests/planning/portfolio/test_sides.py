"""Who stands where: nobody twice, never the power itself, a union as one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from hedgerow.errors import RequestError
from hedgerow.planning.portfolio.sides import Sides, side_rows, sides_of, targets
from hedgerow.world.io import load
from hedgerow.world.memberships import CHECKED_TO, organisations
from hedgerow.world.parties import bloc_of, party
from hedgerow.world.tiny import tiny_world
from hedgerow.world.world import World

WORLDS = {name: load(name) for name in ("composite-2023", "wiod-2011", "baci-2023")}
POWERS = ("USA", "CHN", "EU", "JPN", "GBR")


@pytest.mark.parametrize("world", WORLDS.values(), ids=WORLDS)
@pytest.mark.parametrize("written", POWERS)
def test_everyone_but_the_power_stands_on_one_side(world: World, written: str) -> None:
    power = party(world, written, field="power")
    found = sides_of(world, power, CHECKED_TO)
    together = (*found.ally, *found.rival, *found.other)
    assert sorted(together) == sorted(set(world.codes) - set(power.members))
    for side in (found.ally, found.rival, found.other):
        assert list(side) == [code for code in world.codes if code in side]


@pytest.mark.parametrize("world", WORLDS.values(), ids=WORLDS)
def test_a_union_is_met_as_one(world: World) -> None:
    found = sides_of(world, party(world, "USA", field="power"), CHECKED_TO)
    union = bloc_of(world, "AUT")
    assert union is not None
    assert set(union.members) <= set(found.ally)  # Austria is in no alliance
    assert not {"BLR", "KAZ"} & set(found.rival)  # most of Russia's union are no rivals


def test_memberships_are_read_on_the_day() -> None:
    world = WORLDS["composite-2023"]
    power = party(world, "USA", field="power")
    before, after = (set(sides_of(world, power, day).ally) for day in (date(1998, 1, 1), date(2026, 1, 1)))
    assert "POL" not in before
    assert after > before >= {"CAN", "JPN", "KOR", "AUS"}


def test_powers_without_rows_have_their_alliances_and_say_so() -> None:
    world = WORLDS["composite-2023"]
    found = sides_of(world, party(world, "AUS", field="power"), CHECKED_TO)
    assert found.ally == ("GBR", "USA")  # AUKUS
    assert found.rival == ()
    assert "no rival is assumed" in found.notes[0]


def test_who_is_in_the_rest_of_the_world_is_named() -> None:
    world = WORLDS["wiod-2011"]
    found = sides_of(world, party(world, "USA", field="power"), CHECKED_TO)
    assert {"NOR", "PHL", "IRN"} <= set(found.notes[1].replace(".", "").replace(",", "").split())
    assert "ROW" in found.other


def test_an_unknown_world_has_others_only() -> None:
    world = tiny_world()
    assert sides_of(world, party(world, "AAA", field="power"), CHECKED_TO).other == ("BBB", "CCC")


def test_a_power_never_reaches_its_own_union() -> None:
    world = WORLDS["composite-2023"]
    germany = replace(party(world, "EU", field="power"), code="DEU", members=("DEU",))
    assert not {"DEU", "FRA"} & set(targets(world, germany))


def test_the_table_has_a_source_in_every_row_and_knows_whom_it_names() -> None:
    rows = side_rows()
    known = {*WORLDS["baci-2023"].codes, *organisations(), "PRK"}
    assert {row.side for row in rows} == {"ally", "rival"}
    for row in rows:
        assert len(row.source) > 10
        assert row.who in known
        assert row.who != row.power
    assert len({(row.power, row.who) for row in rows}) == len(rows)


def test_two_sides_at_once_are_refused() -> None:
    with pytest.raises(RequestError, match="CAN is ally and rival"):
        Sides(("CAN", "MEX"), ("CAN",), ())
