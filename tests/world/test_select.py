"""Merging sectors loses no money, no tariff revenue and no flag."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

from hedgerow.errors import HedgerowError
from hedgerow.world.balance import deficits, imbalances
from hedgerow.world.concordances import VIEW_15
from hedgerow.world.io import load
from hedgerow.world.select import aggregate_sectors
from hedgerow.world.tiny import tiny_world
from hedgerow.world.world import Sector, World
from tests.world.edits import MONEY, nudged, with_values
from tests.world.strategies import partitions, worlds

LAWS = settings(max_examples=20, deadline=None, derandomize=True)
FLAGS = ("tariff_imputed", "trade_elasticity_assumed")
ROUNDING = 1e-12
"""Some hundred float additions, relative."""


@st.composite
def merged(draw: st.DrawFn) -> tuple[World, World]:
    """A world and the same world with some sectors merged."""
    world = draw(worlds())
    return world, aggregate_sectors(world, draw(partitions(world.sectors)))


def close(one: xr.DataArray, other: xr.DataArray) -> None:
    """Equal but for rounding."""
    xr.testing.assert_allclose(one, other, rtol=ROUNDING, atol=1e-10)


@LAWS
@given(merged())
def test_sums_over_sectors_stay(pair: tuple[World, World]) -> None:
    world, coarse = pair
    for name in MONEY:
        across = [dim for dim in ("input", "sector") if dim in world[name].dims]
        close(coarse[name].sum(across), world[name].sum(across))
    close(deficits(coarse), deficits(world))


@LAWS
@given(merged())
def test_each_group_holds_the_sum_of_its_parts(pair: tuple[World, World]) -> None:
    world, coarse = pair
    for group in coarse.sectors:
        for name in MONEY:
            parts = world[name].sel(sector=list(group.parts)).sum("sector")
            if name != "input_use":
                close(coarse[name].sel(sector=group.id, drop=True), parts)
                continue
            for bought in coarse.sectors:
                own = parts.sel(input=list(bought.parts)).sum("input")
                close(coarse[name].sel(sector=group.id, input=bought.id, drop=True), own)


@LAWS
@given(merged())
def test_accounts_stay_balanced(pair: tuple[World, World]) -> None:
    _, coarse = pair
    assert max(found.share_of_world_income for found in imbalances(coarse)) < ROUNDING


@LAWS
@given(merged())
def test_tariff_revenue_stays_pair_by_pair(pair: tuple[World, World]) -> None:
    before, after = ((world["tariff"] * world["trade_flow"]).sum("sector") for world in pair)
    close(after, before)


@LAWS
@given(merged())
def test_a_mean_lies_between_its_parts(pair: tuple[World, World]) -> None:
    world, coarse = pair
    for group in coarse.sectors:
        for name in ("tariff", "trade_elasticity"):
            parts = world[name].sel(sector=list(group.parts))
            mean = coarse[name].sel(sector=group.id)
            assert (mean >= parts.min("sector") - ROUNDING).all()
            assert (mean <= parts.max("sector") * (1 + ROUNDING)).all()


@LAWS
@given(merged())
def test_one_flagged_part_flags_the_group(pair: tuple[World, World]) -> None:
    world, coarse = pair
    for group in coarse.sectors:
        for name in FLAGS:
            any_part = world[name].sel(sector=list(group.parts)).any("sector")
            np.testing.assert_array_equal(coarse[name].sel(sector=group.id), any_part)


@LAWS
@given(merged())
def test_only_sectors_change(pair: tuple[World, World]) -> None:
    world, coarse = pair
    xr.testing.assert_identical(coarse["population"], world["population"])
    assert coarse.actors == world.actors
    assert coarse.partnerships == world.partnerships
    assert {name: held.origin for name, held in coarse.layers.items()} == {
        name: held.origin for name, held in world.layers.items()
    }


@LAWS
@given(worlds())
def test_groups_of_one_change_nothing(world: World) -> None:
    same = aggregate_sectors(world, world.sectors)
    for name in world.layers:
        close(same[name], world[name])


@LAWS
@given(worlds(), st.data())
def test_the_order_of_groups_is_the_order_of_sectors(world: World, data: st.DataObject) -> None:
    groups = data.draw(partitions(world.sectors))
    forth, back = aggregate_sectors(world, groups), aggregate_sectors(world, groups[::-1])
    assert forth.sector_ids == tuple(group.id for group in groups) == back.sector_ids[::-1]
    for name in world.layers:
        along = {dim: forth[name][dim] for dim in ("input", "sector") if dim in forth[name].dims}
        close(back[name].sel(along), forth[name])


@LAWS
@given(worlds(), st.data())
def test_merging_in_two_steps_is_merging_once(world: World, data: st.DataObject) -> None:
    """Where a pair trades nothing a tariff is a plain mean, and a mean of means is another number: left out."""
    finer = data.draw(partitions(world.sectors))
    coarser = data.draw(partitions(finer))
    parts_of = {group.id: group.parts for group in finer}
    direct = tuple(
        replace(group, parts=tuple(part for own in group.parts for part in parts_of[own])) for group in coarser
    )
    once = aggregate_sectors(world, direct)
    twice = aggregate_sectors(aggregate_sectors(world, finer), coarser)
    traded = once["trade_flow"] > 0
    for name in (*MONEY, *FLAGS):
        close(twice[name].astype(float), once[name].astype(float))
    close(twice["tariff"].where(traded, 0.0), once["tariff"].where(traded, 0.0))


def test_a_tariff_counts_by_what_it_is_paid_on() -> None:
    """Aria buys goods of 120 from Boria at 5 % and services of 15 at none: 6 on 135."""
    tiny = tiny_world()
    one = aggregate_sectors(tiny, (Sector("all", "All", True, tiny.sector_ids),))
    assert float(one["tariff"].sel(exporter="BBB", importer="AAA", sector="all")) == pytest.approx(6 / 135)


def test_a_pair_that_trades_nothing_takes_the_plain_mean() -> None:
    tiny = tiny_world()
    tiny = with_values(tiny, "trade_flow", tiny["trade_flow"].where(tiny["trade_flow"].exporter != "BBB", 0.0))
    one = aggregate_sectors(tiny, (Sector("all", "All", True, tiny.sector_ids),))
    assert float(one["tariff"].sel(exporter="BBB", importer="AAA", sector="all")) == pytest.approx((0.05 + 0.0) / 2)


def test_an_elasticity_counts_by_trade_across_borders_alone() -> None:
    """Goods that cross a border: 150 + 50 + 120 + 40 + 60 + 30; services: 20 + 10 + 15 + 5 + 5 + 5."""
    tiny = tiny_world()
    groups = (Sector("all", "All", True, tiny.sector_ids),)
    expected = (5.0 * 450 + 4.0 * 60) / (450 + 60)
    assert float(aggregate_sectors(tiny, groups)["trade_elasticity"][0]) == pytest.approx(expected)
    sold_at_home = nudged(tiny, "trade_flow", 1e6, "AAA", "AAA", "services")
    assert float(aggregate_sectors(sold_at_home, groups)["trade_elasticity"][0]) == pytest.approx(expected)


def test_a_mean_of_the_largest_tariff_stays_in_range() -> None:
    tiny = tiny_world()
    tiny = with_values(tiny, "trade_flow", tiny["trade_flow"] / 7)
    highest = with_values(tiny, "tariff", xr.full_like(tiny["tariff"], 3.0))
    merged_once = aggregate_sectors(highest, (Sector("all", "All", True, tiny.sector_ids),))
    assert float(merged_once["tariff"].max()) == 3.0


@pytest.mark.parametrize("second", [(), ("goods", "services")])
def test_groups_that_do_not_hold_every_sector_once_are_refused(second: tuple[str, ...]) -> None:
    groups = (Sector("one", "One", True, ("goods",)), Sector("two", "Two", False, second))
    with pytest.raises(HedgerowError, match=r"goods|services"):
        aggregate_sectors(tiny_world(), groups)


def test_the_default_view_is_the_source_s_sectors_merged(fine: World) -> None:
    view, by_hand = load("wiod-2011"), aggregate_sectors(fine, VIEW_15)
    for name in fine.layers:
        xr.testing.assert_identical(view[name], by_hand[name])
    close(view["value_added"].sum("sector"), fine["value_added"].sum("sector"))
    before, after = (float((w["tariff"] * w["trade_flow"]).sum()) for w in (fine, view))
    assert after == pytest.approx(before, rel=ROUNDING)
