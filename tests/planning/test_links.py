"""Agreements between any two parties, against those of options and of the scenario's own parts."""

from __future__ import annotations

import numpy as np
import pytest

from hedgerow.planning.hypotheses import central
from hedgerow.planning.links import link, links_among, policy_of
from hedgerow.planning.portfolio.options import options
from hedgerow.planning.question import ask
from hedgerow.trade.equilibrium import solve
from hedgerow.world.io import load
from hedgerow.world.parties import party

WORLD = load("wiod-2011")
ECONOMY = central(WORLD).economy
CAN, JPN, KOR, EU = (party(WORLD, code, field="x") for code in ("CAN", "JPN", "KOR", "EU"))


@pytest.mark.parametrize("partner", ["JPN", "MEX", "EU", "IND"])
def test_a_link_is_the_option_of_a_plan(partner: str) -> None:
    question = ask(WORLD, "CAN", "USA")
    option = next(one for one in options(question) if one.id == partner)
    found = link(WORLD, question.actor, party(WORLD, partner, field="x"))
    assert (found.effect, found.costs[0]) == (option.effect, option.cost)
    theirs = solve(ECONOMY, option.policy(question, ECONOMY, option.effect.high))
    ours = solve(ECONOMY, policy_of(ECONOMY, (found,), 1.0))
    np.testing.assert_allclose(ours.welfare_hat, theirs.welfare_hat, rtol=1e-8)


def test_who_is_named_first_does_not_matter() -> None:
    one, other = link(WORLD, KOR, EU), link(WORLD, EU, KOR)
    assert (one.deepens, one.effect) == (other.deepens, other.effect)
    assert one.cost(EU) == other.cost(EU)
    assert policy_of(ECONOMY, (one,)) == policy_of(ECONOMY, (other,))


def test_no_agreement_changes_nothing() -> None:
    np.testing.assert_allclose(solve(ECONOMY, policy_of(ECONOMY, ())).welfare_hat, 1, atol=1e-9)


def test_every_pair_once() -> None:
    assert [one.name for one in links_among(WORLD, (CAN, JPN, EU))] == ["CAN-JPN", "CAN-EU", "JPN-EU"]
    assert link(WORLD, CAN, JPN).partner(CAN) == JPN
