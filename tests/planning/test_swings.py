"""Swings, read from the tariffs they leave in force rather than from how they are written."""

from __future__ import annotations

from collections import Counter
from functools import cache

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

from hedgerow.dims import EXPORTER, IMPORTER, SECTOR
from hedgerow.planning.question import Question, ask
from hedgerow.planning.swings import CUT_OFF, MILD_TARIFF, Swing, headline, swings
from hedgerow.trade.economy import Economy, calibrate
from hedgerow.trade.policy import apply
from hedgerow.world.io import load
from hedgerow.world.parties import blocs

WORLD = load("wiod-2011")
UNION = blocs(WORLD)[0].members
SERVICES = [s.id for s in WORLD.sectors if not s.goods]
PAIRS = [("CAN", "USA"), ("DEU", "USA"), ("CAN", "EU"), ("LUX", "CHN"), ("IDN", "TUR")]


@cache
def base() -> Economy:
    return calibrate(WORLD)


def added(swing: Swing) -> xr.DataArray:
    """Points that a swing adds to every tariff. [exporter, importer, sector]"""
    change = apply(base(), swing.policy).tariff - base().tariff
    return base().by_flow(change, "added", "fraction").round(9)


def opened(swing: Swing) -> xr.DataArray:
    """True where trade that existed is still possible. [exporter, importer, sector]"""
    kernel = apply(base(), swing.policy).kernel
    return base().by_flow(np.asarray(kernel.purchases > 0, dtype=float), "open", "flag") > 0


def of_the_power(question: Question, swing: Swing) -> tuple[frozenset[str], float]:
    """Whom the power taxes, and by how much: one rate for all of them on all goods."""
    goods = added(swing).sel({IMPORTER: list(question.power.members), SECTOR: list(WORLD.goods)})
    taxed = (goods > 0).any((IMPORTER, SECTOR))
    targets = [str(code) for code in goods[EXPORTER].values[taxed.values]]
    foreign = goods.sel({EXPORTER: targets})
    assert float(foreign.min()) == float(foreign.max()), "one rate for all"
    return frozenset(targets), float(foreign.max())


@settings(max_examples=15, deadline=None, derandomize=True)
@given(
    pair=st.sampled_from(PAIRS), permille=st.sampled_from([100, 250]) | st.integers(1, 5000), retaliation=st.booleans()
)
def test_the_mild_and_the_asked_rate_are_shown_once_each(
    pair: tuple[str, str], permille: int, retaliation: bool
) -> None:
    question = ask(WORLD, *pair, tariff=permille / 1000, retaliation=retaliation)
    shown = [of_the_power(question, swing) for swing in swings(question) if swing.id != CUT_OFF]
    rates = {MILD_TARIFF, round(question.tariff, 9)}
    alone = frozenset(question.actor.members)
    everyone = frozenset(set(WORLD.codes) - set(question.power.members))
    wanted = {(targets, rate) for targets in (alone, everyone) for rate in rates}
    if question.signatory != question.actor:
        wanted.add((frozenset(UNION), round(question.tariff, 9)))
    assert Counter(shown) == Counter(wanted)
    assert len({s.id for s in swings(question)}) == len({s.label for s in swings(question)}) == len(swings(question))


def test_rates_that_are_nearly_the_mild_one_are_still_told_apart() -> None:
    found = swings(ask(WORLD, "CAN", "USA", tariff=0.1000001))
    assert len({s.id for s in found}) == len({s.label for s in found}) == len(found)


@pytest.mark.parametrize("pair", PAIRS)
def test_the_headline_is_the_asked_rate_on_the_actor_alone(pair: tuple[str, str]) -> None:
    question = ask(WORLD, *pair, tariff=0.3)
    assert of_the_power(question, headline(question)) == (frozenset(question.actor.members), 0.3)
    assert headline(question) in swings(question)


@pytest.mark.parametrize("pair", PAIRS)
def test_the_cut_off_ends_all_trade_of_the_two_in_both_directions_and_nothing_else(pair: tuple[str, str]) -> None:
    question = ask(WORLD, *pair)
    cut = next(s for s in swings(question) if s.id == CUT_OFF)
    actor, power = list(question.actor.members), list(question.power.members)
    traded = base().by_flow(np.asarray(base().trade_share > 0, dtype=float), "traded", "flag") > 0
    expected = traded.copy()
    expected.loc[{EXPORTER: actor, IMPORTER: power}] = False
    expected.loc[{EXPORTER: power, IMPORTER: actor}] = False
    assert not expected.equals(traded)
    xr.testing.assert_equal(opened(cut), expected)


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("retaliation", [False, True])
def test_retaliation_adds_the_actors_own_tariff_on_the_power(pair: tuple[str, str], retaliation: bool) -> None:
    question = ask(WORLD, *pair, tariff=0.3, retaliation=retaliation)
    for swing in swings(question):
        answer = added(swing).sel(
            {EXPORTER: list(question.power.members), IMPORTER: list(question.actor.members), SECTOR: list(WORLD.goods)}
        )
        _, rate = of_the_power(question, swing) if swing.id != CUT_OFF else (None, 0.0)
        expected = rate if retaliation else 0.0
        assert float(answer.min()) == float(answer.max()) == expected, swing.label


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("retaliation", [False, True])
def test_no_swing_taxes_domestic_sales_trade_inside_a_bloc_or_services(
    pair: tuple[str, str], retaliation: bool
) -> None:
    question = ask(WORLD, *pair, retaliation=retaliation)
    for swing in swings(question):
        change, still = added(swing), opened(swing)
        for code in WORLD.codes:
            at_home = {EXPORTER: code, IMPORTER: code}
            assert not change.sel(at_home).any(), (swing.label, code)
            assert still.sel(at_home).values.tolist() == (base().trade_share[:, _at(code), _at(code)] > 0).tolist()
        assert not change.sel({EXPORTER: list(UNION), IMPORTER: list(UNION)}).any(), swing.label
        assert not change.sel({SECTOR: SERVICES}).any(), swing.label


@pytest.mark.parametrize("power", ["USA", "CHN"])
def test_there_is_a_swing_on_the_bloc_for_its_members_only(power: str) -> None:
    for actor in ("DEU", "LUX", "CAN", "GBR"):
        found = [s for s in swings(ask(WORLD, actor, power)) if s.id == "bloc"]
        assert len(found) == (1 if actor in UNION else 0), actor


def _at(code: str) -> int:
    return WORLD.codes.index(code)
