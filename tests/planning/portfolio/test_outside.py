"""Options outside of trade policy, on made-up nodes and in a plan."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hedgerow.compute import Work
from hedgerow.errors import RequestError, UnknownNameError
from hedgerow.planning.instruments.parameters import Instrument, parameters_of
from hedgerow.planning.partnerships import Range
from hedgerow.planning.portfolio.courses import AT_FIRST
from hedgerow.planning.portfolio.instrument_worth import INSTRUMENTS, worth_of
from hedgerow.planning.portfolio.layout import Request
from hedgerow.planning.portfolio.options import Option, OptionKind, Strategy
from hedgerow.planning.portfolio.outlooks import outlook
from hedgerow.planning.portfolio.outside import NodeValues, cross_of, gain_of, instruments, under
from hedgerow.planning.portfolio.plan import Plan, plan
from hedgerow.planning.portfolio.ranking import Horizon
from hedgerow.planning.portfolio.selection import named
from hedgerow.planning.question import ask
from hedgerow.world.io import load
from tests.house.repository import ROOT

WORLD = load("wiod-2011")
QUESTION = ask(WORLD, "JPN", "USA")
SEEN = outlook("grand-strategies", QUESTION)
FREE = Range(0.0, 0.0, 0.0)
SPELLS = ((AT_FIRST, 0), (AT_FIRST, 1), (0, 1))
VALUES = NodeValues(
    income=np.array([[0.01, 0.02], [-0.03, -0.02], [-0.05, -0.02]]),
    wedge=np.array([[0.0, 0.0], [0.01, 0.0], [0.02, 0.0]]),
    harm=np.array([[-0.02, -0.01]] * 3),
    spells=SPELLS,
)
BLUNTING, BINDING, BOOSTING = (
    replace(one, strategies=(Strategy(0.9, 0.2), Strategy(0.6, 0.4)), calm=0) for one in instruments(QUESTION)
)


def test_each_instrument_by_hand() -> None:
    """Calm that lasts is worth 0.02; the storm leaves 0.05 and 0.04 to undo, right after calm 0.07."""
    loss = np.array([[0.01, 0.0], [0.05, 0.04], [0.07, 0.04]])
    reliability = np.array([[0.9], [0.6], [0.6]])
    np.testing.assert_allclose(gain_of(BOOSTING, VALUES, 0.1), 0.1 * loss, atol=1e-15)
    np.testing.assert_allclose(gain_of(BINDING, VALUES, 0.5), 0.5 * reliability * loss, atol=1e-15)
    np.testing.assert_allclose(gain_of(BLUNTING, VALUES, 0.01), np.full((3, 2), 0.01) * (1 - reliability), atol=1e-15)


def test_two_that_undo_the_same_harm_undo_it_once() -> None:
    """1 - (1 - s r)(1 - q) of the loss."""
    loss = gain_of(BOOSTING, VALUES, 1.0)
    both = (
        gain_of(BINDING, VALUES, BINDING.effect.central)
        + gain_of(BOOSTING, VALUES, BOOSTING.effect.central)
        + cross_of(BOOSTING, BINDING, VALUES, chance=0.0, place=0.5)
    )
    kept = 1 - BINDING.effect.central * np.array([[0.9], [0.6], [0.6]])
    np.testing.assert_allclose(both, (1 - kept * (1 - BOOSTING.effect.central)) * loss, atol=1e-15)


def test_binding_spares_part_of_a_punishment_and_nothing_else_does() -> None:
    other = replace(BLUNTING, id="other")
    found = cross_of(BINDING, other, VALUES, chance=0.3, place=0.5)
    assert (found > 0).all()
    assert not cross_of(BINDING, other, VALUES, chance=0.0, place=0.5).any()
    assert not cross_of(BOOSTING, other, VALUES, chance=0.3, place=0.5).any()


def test_what_works_through_trade_has_no_gain_here() -> None:
    (agreement,) = named(QUESTION, ["KOR"])
    with pytest.raises(RequestError, match="nodes are solved"):
        gain_of(replace(agreement, strategies=BINDING.strategies), VALUES, 0.5)


def test_blunting_is_there_where_protection_was_promised() -> None:
    assert [one.kind for one in instruments(ask(WORLD, "IND", "USA"))] == [OptionKind.BINDING, OptionKind.BOOSTING]
    assert len(instruments(ask(WORLD, "JPN", "CHN"))) == 2
    with pytest.raises(UnknownNameError, match="blunting"):
        named(ask(WORLD, "IND", "USA"), ["blunting"])


@pytest.fixture(scope="module", name="found")
def planned() -> Plan:
    request = Request(Horizon(years=4), paths=30, sure=False)
    chosen = named(QUESTION, ["KOR", "stockpile", "boosting", "blunting", "binding"])
    return plan(QUESTION, SEEN, chosen, request=request, work=Work())


def test_instruments_do_not_change_what_trade_is_worth(found: Plan) -> None:
    trade = plan(QUESTION, SEEN, named(QUESTION, ["KOR", "stockpile"]), request=found.request, work=Work())
    count = len(trade.options)
    for place, bundle in enumerate(trade.ranking.bundles):
        wide = np.concatenate([bundle, np.zeros(len(found.options) - count, dtype=bool)])
        twin = np.flatnonzero((found.ranking.bundles == wide).all(axis=1))[0]
        np.testing.assert_allclose(found.ranking.utility[:, twin], trade.ranking.utility[:, place], atol=1e-12)


def test_nothing_that_acts_on_harm_is_growth(found: Plan) -> None:
    """Binding and boosting are worth nothing while the power stays calm, once the first year is over."""
    for kind in (OptionKind.BINDING, OptionKind.BOOSTING):
        alone = np.array([option.kind is kind for option in found.options])
        twin = np.flatnonzero((found.ranking.bundles == alone).all(axis=1))[0]
        assert abs(found.ranking.calm_gain[twin]) < 2e-4
        assert found.ranking.tail[twin] < found.ranking.tail[0]


def test_the_worth_of_an_instrument_and_what_decides_it(found: Plan) -> None:
    for option in found.options:
        if option.kind in INSTRUMENTS:
            worth = worth_of(found, option)
            assert worth.values.shape == (*(3 for _ in worth.parameters), len(SEEN.chains))
            assert 0 <= worth.shares.sum() <= 1 + 1e-9
            assert worth.parameters == parameters_of(Instrument(option.kind.value))
    dear = worth_of(found, next(one for one in found.options if one.kind is OptionKind.BINDING)).values
    assert (np.diff(dear, axis=1) < 0).all(), "a higher cost is worth less"


def test_drawn_regimes_bring_their_own_promises() -> None:
    kept = under([BINDING], SEEN)[0]
    assert kept.strategies[kept.calm] == Strategy(0.9, 0.2)
    assert under([BINDING], replace(SEEN, regimes=SEEN.regimes[::-1]))[0].strategies == kept.strategies[::-1]


def test_an_option_itself_says_whether_it_is_solved() -> None:
    """A stock is not all that works outside of trade policy, so nobody else may ask for that kind alone."""
    option = Option("x", "x", OptionKind.BOOSTING, None, FREE, FREE, FREE, 0, 1)
    assert not option.solved
    assert not replace(option, kind=OptionKind.STOCKPILE).solved
    assert replace(option, kind=OptionKind.SUBSIDY).solved
    room = ROOT / "src" / "hedgerow" / "planning" / "portfolio"
    asking = {path.name for path in room.glob("*.py") if "OptionKind.STOCKPILE" in path.read_text(encoding="utf-8")}
    assert asking <= {"options.py", "outside.py", "selection.py"}, "ask Option.solved"
