"""A lottery of regimes: weights, and what a worst tenth is worth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hedgerow.planning.lottery import lottery, tail_loss, worth
from hedgerow.planning.portfolio.outlooks import outlook
from hedgerow.planning.question import ask
from hedgerow.world.io import load

QUESTION = ask(load("wiod-2011"), "CAN", "USA")
SEEN = outlook("grand-strategies", QUESTION)


def test_every_year_is_spent_somewhere() -> None:
    for chain in SEEN.chains:
        found = lottery(QUESTION, SEEN, chain)
        assert found.weight.sum() == pytest.approx(1, abs=1e-12)
        assert len(found.policies) == len(found.weight) == len(SEEN.regimes)


def test_a_chain_that_never_moves_stays_where_it_starts() -> None:
    frozen = SEEN.chains[0].frozen()
    found = lottery(QUESTION, replace(SEEN, chains=(frozen,)), frozen)
    np.testing.assert_allclose(found.weight, np.eye(len(SEEN.regimes))[frozen.start])


def test_a_tail_is_at_least_the_mean_loss_and_growth_cancels() -> None:
    rng = np.random.default_rng(0)
    income, weight = rng.normal(size=(5, 7)), rng.dirichlet(np.ones(5))
    tail = tail_loss(income, weight, 1)
    assert (tail >= weight @ (income[1] - income) - 1e-12).all()
    np.testing.assert_allclose(tail_loss(income + 0.3, weight, 1), tail)
    np.testing.assert_allclose(worth(income, weight, 1, 0.0), weight @ income)
    np.testing.assert_allclose(worth(income, weight, 1, 2.0), weight @ income - 2 * tail)
