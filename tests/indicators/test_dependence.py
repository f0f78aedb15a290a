"""Dependence is accounting: who trades how much with whom, beside what they earn."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hedgerow.indicators.dependence import Dependence, asymmetry, dependence
from hedgerow.world.io import load
from hedgerow.world.tiny import tiny_world

TINY = tiny_world()
FLOW, ADDED = TINY["trade_flow"], TINY["value_added"]
CODES = ("AAA", "BBB", "CCC", "DDD")
LAWS = settings(max_examples=50, deadline=None, derandomize=True)


@st.composite
def economies(draw: st.DrawFn) -> tuple[xr.DataArray, xr.DataArray]:
    """Flows and value added of four economies and two sectors, in whole MUSD."""
    flow = draw(arrays(np.float64, (4, 4, 2), elements=st.integers(0, 10**6).map(float)))
    added = draw(arrays(np.float64, (4, 2), elements=st.integers(1, 10**6).map(float)))
    sectors = ["goods", "services"]
    return (
        xr.DataArray(flow, coords=[("exporter", list(CODES)), ("importer", list(CODES)), ("sector", sectors)]),
        xr.DataArray(added, coords=[("actor", list(CODES)), ("sector", sectors)]),
    )


@st.composite
def sides(draw: st.DrawFn, number: int) -> list[list[str]]:
    """Groups of actors without a common member."""
    order = draw(st.permutations(CODES))
    cuts = sorted(draw(st.lists(st.integers(1, 4), min_size=number, max_size=number, unique=True)))
    return [list(order[a:b]) for a, b in zip([0, *cuts], cuts, strict=False)]


def test_aria_and_boria_by_hand() -> None:
    """Aria sells Boria 150 + 20 and buys 120 + 15; its value added is 440 + 651. Boria's is 253 + 294."""
    aria = dependence(FLOW, ADDED, of=["AAA"], on=["BBB"])
    boria = dependence(FLOW, ADDED, of=["BBB"], on=["AAA"])
    assert (aria.exports, aria.imports, aria.value_added) == pytest.approx((170, 135, 1091))
    assert aria.share == pytest.approx(305 / 1091)
    assert boria.share == pytest.approx(305 / 547)
    assert asymmetry(boria, aria) == pytest.approx(305 / 547 - 305 / 1091)


@LAWS
@given(economies(), sides(2))
def test_exports_of_one_side_are_imports_of_the_other(
    economy: tuple[xr.DataArray, xr.DataArray], two: list[list[str]]
) -> None:
    one, other = two
    forth, back = dependence(*economy, of=one, on=other), dependence(*economy, of=other, on=one)
    assert (forth.exports, forth.imports) == (back.imports, back.exports)


@LAWS
@given(economies(), sides(2))
def test_asymmetry_turns_its_sign_with_the_sides(
    economy: tuple[xr.DataArray, xr.DataArray], two: list[list[str]]
) -> None:
    one, other = (dependence(*economy, of=two[k], on=two[1 - k]) for k in (0, 1))
    assert asymmetry(one, other) == -asymmetry(other, one)
    assert asymmetry(one, one) == 0
    assert (asymmetry(one, other) > 0) == (one.share > other.share)


@LAWS
@given(economies(), sides(2))
def test_between_two_the_smaller_economy_depends_more(
    economy: tuple[xr.DataArray, xr.DataArray], two: list[list[str]]
) -> None:
    """Hirschman's point: one trade, two sizes. The ratio of shares is the inverse ratio of value added."""
    one, other = (dependence(*economy, of=two[k], on=two[1 - k]) for k in (0, 1))
    assert one.share * one.value_added == pytest.approx(other.share * other.value_added)


@LAWS
@given(economies(), sides(3))
def test_dependence_on_two_is_the_sum_of_the_two(
    economy: tuple[xr.DataArray, xr.DataArray], three: list[list[str]]
) -> None:
    own, first, second = three
    apart = [dependence(*economy, of=own, on=on).share for on in (first, second)]
    assert dependence(*economy, of=own, on=first + second).share == pytest.approx(sum(apart))


@LAWS
@given(economies(), sides(3))
def test_a_group_depends_as_its_members_do_weighted_by_size(
    economy: tuple[xr.DataArray, xr.DataArray], three: list[list[str]]
) -> None:
    on, first, second = three
    parts = [dependence(*economy, of=of, on=on) for of in (first, second)]
    mean = np.average([p.share for p in parts], weights=[p.value_added for p in parts])
    assert dependence(*economy, of=first + second, on=on).share == pytest.approx(mean)


@LAWS
@given(economies(), sides(2), st.floats(1e-6, 1e6))
def test_the_currency_does_not_matter(
    economy: tuple[xr.DataArray, xr.DataArray], two: list[list[str]], rate: float
) -> None:
    flow, added = economy
    one, other = two
    before = dependence(flow, added, of=one, on=other).share
    assert dependence(flow * rate, added * rate, of=one, on=other).share == pytest.approx(before)


@LAWS
@given(economies(), sides(2))
def test_sales_at_home_and_to_others_do_not_count(
    economy: tuple[xr.DataArray, xr.DataArray], two: list[list[str]]
) -> None:
    flow, added = economy
    one, other = two
    between = (flow.exporter.isin(one) & flow.importer.isin(other)) | (
        flow.exporter.isin(other) & flow.importer.isin(one)
    )
    assert dependence(flow.where(between, 0.0), added, of=one, on=other) == dependence(flow, added, of=one, on=other)


def test_no_trade_is_no_dependence() -> None:
    assert dependence(FLOW * 0, ADDED, of=["AAA"], on=["BBB"]) == Dependence(
        0.0, 0.0, float(ADDED.sel(actor="AAA").sum())
    )


@pytest.mark.parametrize("neighbour", ["CAN", "MEX"])
def test_the_neighbours_of_the_united_states_depend_on_it_more_than_it_on_them(neighbour: str) -> None:
    world = load("wiod-2011")
    theirs, its = (
        dependence(world["trade_flow"], world["value_added"], of=[of], on=[on])
        for of, on in ((neighbour, "USA"), ("USA", neighbour))
    )
    assert asymmetry(theirs, its) > 0
    partners = [code for code in world.codes if code not in {neighbour, "USA", "ROW"}]
    assert all(
        theirs.share > dependence(world["trade_flow"], world["value_added"], of=[neighbour], on=[partner]).share
        for partner in partners
    )
