"""Does allied hedging serve the power: laws of the whole answer in a small world."""

from __future__ import annotations

import numpy as np
import pytest

from hedgerow.errors import RequestError
from hedgerow.planning.patron.answer import Patron, patron, question_of, totals
from hedgerow.planning.patron.factors import Point
from hedgerow.planning.patron.hedging import ALL, NONE, SUBSTITUTION
from hedgerow.planning.portfolio.outlooks import outlook
from hedgerow.world.io import load

WORLD = load("wiod-2011")
QUESTION = question_of(WORLD, "USA")
SEEN = outlook("grand-strategies", QUESTION)


@pytest.fixture(scope="module")
def found() -> Patron:
    return patron(QUESTION, SEEN, draws=16, seed=1)


def test_nobody_hedging_changes_nothing(found: Patron) -> None:
    assert not found.gain(NONE).any()


def test_terms_add_up_and_the_draw_at_the_centre_is_the_centre(found: Patron) -> None:
    none, every = totals(found.trade, found.means, Point.centre())
    np.testing.assert_allclose(every - none, found.gain(ALL).sum(axis=1), atol=1e-12)
    for flip in found.flips:
        assert flip.central == pytest.approx(float((every - none) @ found.lottery.weight), abs=1e-12)


def test_at_the_turning_point_of_a_linear_weight_hedging_is_worth_nothing(found: Patron) -> None:
    turned = {flip.factor.id: flip for flip in found.flips if flip.flips}
    offset = turned["offset"]
    assert offset.turns_at is not None
    factor = offset.factor
    place = float(np.interp(offset.turns_at, (factor.low, factor.central, factor.high), (0.0, 0.5, 1.0)))
    none, every = totals(found.trade, found.means, Point.centre().with_("offset", place))
    assert float((every - none) @ found.lottery.weight) == pytest.approx(0, abs=1e-9)
    assert offset.low * offset.high < 0


def test_agreements_take_leverage_away(found: Patron) -> None:
    assert (found.gain(ALL)[:, 3] < 0).all()
    ids = [one.id for one in found.trade.states]
    reach = found.trade.at(Point.centre(), ids).leverage
    assert (reach[ids.index(SUBSTITUTION)] < reach[ids.index(ALL)]).all()
    assert ((reach > 0) & (reach < 1)).all()


def test_shares_of_variance_and_of_draws(found: Patron) -> None:
    assert sum(flip.share for flip in found.flips) + found.left == pytest.approx(1)
    np.testing.assert_allclose(found.first.sum(axis=1), 1)
    assert ((found.positive >= 0) & (found.positive <= 1)).all()


def test_what_cannot_be_answered_is_refused() -> None:
    with pytest.raises(RequestError, match="--draws: 3"):
        patron(QUESTION, SEEN, draws=3, seed=1)
    china = question_of(WORLD, "CHN")
    with pytest.raises(RequestError, match="has no ally"):
        patron(china, outlook("grand-strategies", china), seed=1)
