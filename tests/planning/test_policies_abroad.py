"""Whose policies matter: slopes are small solves, large changes are solves, and nobody is counted twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hedgerow.planning.effects import effect
from hedgerow.planning.hypotheses import central
from hedgerow.planning.policies_abroad import (
    LARGE,
    LISTED,
    POINT,
    TariffAbroad,
    count_of_solves,
    policies_abroad,
)
from hedgerow.planning.question import Question, ask
from hedgerow.trade.equilibrium import solve
from hedgerow.trade.policy import DeficitRule, Policy, ProductivityChange, TariffChange
from hedgerow.world.io import load
from hedgerow.world.parties import Party
from hedgerow.world.tiny import tiny_world
from tests.planning.answers import Answered, answered
from tests.planning.worlds import reordered, tiny_without_trade

SMALL = 1e-4
"""Of tariff or productivity, as a fraction; solved to 1e-13 and both ways, so that only the slope is left."""


def share(question: Question, policy: Policy) -> float:
    found = solve(central(question.world).economy, replace(policy, deficits=DeficitRule.ZERO), tolerance=1e-13)
    return effect(found, question.actor, question.world["population"]).share


def slope(question: Question, up: Policy, down: Policy) -> float:
    return (share(question, up) - share(question, down)) / (2 * SMALL)


def taxed(question: Question, party: Party, rate: float, *, actor: bool) -> Policy:
    own = question.actor.members
    others = tuple(code for code in question.world.codes if code not in (*party.members, *own))
    targets = own if actor else others
    return Policy((TariffChange(exporters=targets, importers=party.members, sectors=question.world.goods, add=rate),))


@pytest.mark.parametrize("code", ["USA", "CHN", "EU"])
def test_small_changes_are_what_small_solves_say(code: str, canada: Answered) -> None:
    question = canada.question
    one = next(p for p in canada.answer.abroad.listed if p.party.code == code)
    for shown, actor in ((one.on_actor.point, True), (one.on_others.point, False)):
        up, down = (taxed(question, one.party, step, actor=actor) for step in (SMALL, -SMALL))
        assert shown == pytest.approx(POINT * slope(question, up, down), rel=1e-5, abs=1e-10)
    grown = [Policy((ProductivityChange(actors=one.party.members, factor=1 + step),)) for step in (SMALL, -SMALL)]
    assert one.growth == pytest.approx(POINT * slope(question, *grown), rel=1e-5, abs=1e-10)


def test_large_changes_are_solved_and_not_extended(canada: Answered) -> None:
    for one in canada.answer.abroad.listed[:4]:
        for tariff, actor in ((one.on_actor, True), (one.on_others, False)):
            exact = share(canada.question, taxed(canada.question, one.party, LARGE, actor=actor))
            assert tariff.exact == pytest.approx(exact, abs=1e-8)
            assert tariff.error == pytest.approx(25 * tariff.point / exact - 1, rel=1e-4)


def test_the_powers_row_is_the_headline_swing_with_deficits_closed(canada: Answered) -> None:
    power = next(p for p in canada.answer.abroad.listed if p.party.code == "USA")
    assert canada.question.tariff == LARGE
    assert power.on_actor.exact == pytest.approx(canada.exposed.headline.actor_zero_deficits.share, abs=1e-8)


@pytest.mark.parametrize(("actor", "power"), [("CAN", "USA"), ("DEU", "USA")])
def test_the_largest_come_first_and_the_own_side_never(actor: str, power: str) -> None:
    found = answered(actor, power, with_detail=actor == "CAN").answer.abroad
    sizes = [max(abs(p.on_actor.point), abs(p.on_others.point), abs(p.growth)) for p in found.listed]
    assert sizes == sorted(sizes, reverse=True)
    assert len(found.listed) == LISTED < found.considered
    codes = [p.party.code for p in found.listed]
    assert len(set(codes)) == len(codes)
    members = [code for p in found.listed for code in p.party.members]
    assert len(set(members)) == len(members)
    assert actor not in members
    assert ("EU" in codes) == (actor == "CAN")


def test_it_solves_as_often_as_it_says_and_reports_it() -> None:
    question = ask(tiny_world(), "BBB", "AAA")
    reported: list[int] = []
    found = policies_abroad(question, progress=reported.append)
    assert sum(reported) == found.record.solves == count_of_solves(question) == 2 * len(found.listed) == 4
    assert found.record.worst_residual <= 1e-10


def test_the_order_of_actors_does_not_matter() -> None:
    world = tiny_world()
    one, other = (policies_abroad(ask(w, "BBB", "AAA")) for w in (world, reordered(world, ("CCC", "BBB", "AAA"))))
    for p, q in zip(one.listed, other.listed, strict=True):
        assert (p.party.code, p.growth) == (q.party.code, pytest.approx(q.growth, abs=1e-12))
        assert p.on_others.point == pytest.approx(q.on_others.point, abs=1e-12)
        assert p.on_actor.exact == pytest.approx(q.on_actor.exact, abs=1e-9)


def test_a_tariff_on_what_is_not_sold_does_nothing_and_has_no_error() -> None:
    found = policies_abroad(ask(tiny_without_trade([("BBB", "AAA")], "goods"), "BBB", "AAA"))
    power = next(p for p in found.listed if p.party.code == "AAA")
    assert power.on_actor.point == 0
    assert power.on_actor.exact == pytest.approx(0, abs=1e-9)
    assert power.on_actor.error is None


def test_an_expansion_that_is_twice_the_answer_is_off_by_a_whole() -> None:
    assert TariffAbroad(point=-0.002, exact=-0.025).error == pytest.approx(1.0)
    assert TariffAbroad(point=0.002, exact=-0.025).error == pytest.approx(-3.0)


def test_slopes_are_no_screen_for_large_changes() -> None:
    """A point more of the American tariff on everyone but Singapore costs Singapore income; 25 points bring some."""
    found = policies_abroad(ask(load("composite-2023"), "SGP", "CHN"))
    america = next(p for p in found.listed if p.party.code == "USA")
    assert america.on_others.point < 0 < america.on_others.exact
