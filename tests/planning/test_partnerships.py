"""The second half of a brief, against direct solves of policies written cell by cell."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.planning.candidates import candidates
from hedgerow.planning.partnerships import Worth, count_of_solves, partnerships
from hedgerow.planning.question import Question, ask
from hedgerow.trade.economy import Economy, calibrate
from hedgerow.trade.equilibrium import solve
from hedgerow.trade.policy import Change, IcebergChange, Policy, TariffChange
from hedgerow.world.io import load
from hedgerow.world.tiny import tiny_world
from hedgerow.world.world import World
from tests.planning.answers import Answered, answered
from tests.planning.worlds import tiny_without_trade

CLOSE = 2e-9
"""Of income: four solves to a residual of 1e-10 each, with room for what an error does to welfare."""


@dataclass(frozen=True)
class Slow:
    """Deals and storms written one exporter, importer and sector at a time."""

    question: Question
    economy: Economy

    @classmethod
    def of(cls, question: Question, elasticity: float | None = None) -> Slow:
        theta = question.world["trade_elasticity"].copy()
        if elasticity is not None:
            theta[:] = elasticity
        return cls(question, calibrate(question.world, trade_elasticity=theta))

    @property
    def world(self) -> World:
        return self.question.world

    def income(self, changes: list[Change], who: str | None = None) -> float:
        """W of an economy: real income over its base."""
        solved = solve(self.economy, Policy(tuple(changes)))
        at = self.economy.actors.index(who or self.question.actor.code)
        price = 1.0
        for share, hat in zip(self.economy.final_share[:, at], solved.price_hat[:, at], strict=True):
            price *= float(hat) ** float(share)
        return float(solved.income[at] / self.economy.income[at]) / price

    def storm(self) -> list[Change]:
        (actor,) = self.question.actor.members
        return [
            TariffChange(exporters=(actor,), importers=(member,), sectors=(sector,), add=self.question.tariff)
            for member in self.question.power.members
            for sector in self.world.goods
        ]

    def free(self, partner: tuple[str, ...]) -> list[Change]:
        return [
            TariffChange(exporters=(one,), importers=(other,), sectors=(sector,), set_to=0.0)
            for ones, others in self._directions(partner)
            for one in ones
            for other in others
            for sector in self.world.goods
        ]

    def cheaper(self, partner: tuple[str, ...], effect: float) -> list[Change]:
        found: list[Change] = []
        for ones, others in self._directions(partner):
            for sector in self.world.goods:
                theta = float(self.economy.trade_elasticity[self.economy.sectors.index(sector)])
                cells = [(one, other) for one in ones for other in others]
                flows = [self._of("trade_flow", *cell, sector) for cell in cells]
                logs = [math.log(1 + self._of("tariff", *cell, sector)) for cell in cells]
                traded = sum(flows)
                mean = sum(f * x for f, x in zip(flows, logs, strict=True)) / traded if traded else 0.0
                left = max(0.0, effect - (1 + theta) * mean)
                found += [
                    IcebergChange(exporters=(a,), importers=(b,), sectors=(sector,), factor=math.exp(-left / theta))
                    for a, b in cells
                ]
        return found

    def _directions(self, partner: tuple[str, ...]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        side = self.question.signatory.members
        return [(side, partner), (partner, side)]

    def _of(self, layer: str, exporter: str, importer: str, sector: str) -> float:
        return float(self.world[layer].sel(exporter=exporter, importer=importer, sector=sector))


def check(slow: Slow, deals: list[tuple[tuple[str, ...], float]], worth: Worth) -> None:
    """Central values of a worth, by five direct solves of the deals with these partners and effects."""
    free = [change for partner, _ in deals for change in slow.free(partner)]
    deal = free + [change for partner, effect in deals for change in slow.cheaper(partner, effect)]
    still, calm, tariffs = slow.income([]), slow.income(deal), slow.income(free)
    assert worth.calm_tariff == pytest.approx(tariffs - still, abs=CLOSE)
    assert worth.calm_tariff + worth.calm_nontariff.central == pytest.approx(calm - still, abs=CLOSE)
    storm, both = slow.income(slow.storm()), slow.income(deal + slow.storm())
    assert worth.loss_avoided.central == pytest.approx((both - storm) - (calm - still), abs=CLOSE)


@pytest.mark.parametrize(("actor", "power"), [("BBB", "AAA"), ("CCC", "AAA"), ("AAA", "BBB")])
def test_tiny_deals_are_the_differences_of_direct_solves(actor: str, power: str) -> None:
    question = ask(tiny_world(), actor, power)
    (found,) = partnerships(question).partners
    partner, effect = found.candidate.party.members, found.candidate.trade_effect.central
    check(Slow.of(question), [(partner, effect)], found.worth)
    check(Slow.of(question, 4.0), [(partner, effect)], found.worth_theta4)


@pytest.mark.parametrize(
    ("actor", "partner"), [("CAN", "CHN"), ("CAN", "JPN"), ("CAN", "EU"), ("DEU", "IND"), ("DEU", "TUR")]
)
def test_deals_are_the_differences_of_direct_solves(actor: str, partner: str) -> None:
    found = answered(actor, "USA", with_detail=actor == "CAN")
    result = next(r for r in found.helped.partners if r.candidate.party.code == partner)
    deal = (result.candidate.party.members, result.candidate.trade_effect.central)
    check(Slow.of(found.question), [deal], result.worth)
    assert abs(result.worth.loss_avoided.central) > 10 * CLOSE, "the law says something"


def test_all_deals_together_are_the_differences_of_direct_solves(canada: Answered) -> None:
    deals = [(c.party.members, c.trade_effect.central) for c in candidates(canada.question)]
    check(Slow.of(canada.question), deals, canada.helped.together)


def test_the_loss_without_deals_is_the_headline_loss(canada: Answered) -> None:
    assert canada.helped.loss == pytest.approx(-canada.exposed.headline.actor.share, abs=CLOSE)
    assert canada.helped.loss_theta4 == pytest.approx(-canada.exposed.headline.actor_theta4.share, abs=CLOSE)


def test_a_partner_that_trades_no_goods_with_the_actor_changes_nothing() -> None:
    world = tiny_without_trade([("BBB", "CCC"), ("CCC", "BBB")], "goods")
    (found,) = partnerships(ask(world, "BBB", "AAA")).partners
    for worth in (found.worth, found.worth_theta4):
        parts = (worth.calm_tariff, *vars(worth.calm_nontariff).values(), *vars(worth.loss_avoided).values())
        assert parts == pytest.approx([0.0] * len(parts), abs=CLOSE)
    assert found.partner_gain == pytest.approx(0.0, abs=CLOSE)
    (traded,) = partnerships(ask(tiny_world(), "BBB", "AAA")).partners
    assert abs(traded.worth.loss_avoided.central) > 1e-6, "the law says something"


def test_growth_is_never_sold_as_insurance() -> None:
    """Where nothing threatens there is nothing to avoid, however much the deals bring in calm weather."""
    found = partnerships(ask(load("wiod-2011"), "CAN", "USA", tariff=1e-9))
    for worth in (found.together, found.together_theta4, *(r.worth for r in found.partners)):
        for level in ("low", "central", "high"):
            assert getattr(worth.loss_avoided, level) == pytest.approx(0.0, abs=CLOSE)
    assert found.together.calm_nontariff.central > 1e-3


@given(loss=st.floats(-1, 0), avoided=st.floats(-1, 1))
def test_a_swing_that_costs_nothing_has_no_share_to_avoid(loss: float, avoided: float) -> None:
    found = replace(answered("CAN", "USA", with_detail=True).helped, loss=loss)
    assert found.share_of_loss(avoided) is None


@given(loss=st.floats(1e-6, 1), share=st.floats(-2, 2))
def test_the_share_of_a_loss_is_a_fraction_of_it(loss: float, share: float) -> None:
    found = replace(answered("CAN", "USA", with_detail=True).helped, loss=loss)
    assert found.share_of_loss(share * loss) == pytest.approx(share, rel=1e-9, abs=1e-12)


def test_together_is_not_the_sum_of_single_deals(canada: Answered) -> None:
    single = canada.helped.partners
    alone = math.fsum(r.worth.loss_avoided.central for r in single)
    calm = math.fsum(r.worth.calm_tariff for r in single)
    assert abs(canada.helped.together.loss_avoided.central - alone) > 100 * CLOSE
    assert abs(canada.helped.together.calm_tariff - calm) > 100 * CLOSE


def test_partners_are_all_candidates_with_the_most_loss_avoided_first(canada: Answered) -> None:
    found = canada.helped.partners
    assert {r.candidate for r in found} == set(candidates(canada.question))
    avoided = [r.worth.loss_avoided.central for r in found]
    assert avoided == sorted(avoided, reverse=True)


def test_a_stronger_trade_effect_brings_more_in_calm_weather(canada: Answered) -> None:
    for r in canada.helped.partners:
        rest = r.worth.calm_nontariff
        assert 0 <= rest.low <= rest.central <= rest.high, r.candidate.party.code
        assert rest.high > 0


@pytest.mark.parametrize("retaliation", [False, True])
def test_the_count_announced_is_the_count_solved(retaliation: bool) -> None:
    question = ask(tiny_world(), "BBB", "AAA", retaliation=retaliation)
    steps: list[int] = []
    found = partnerships(question, progress=steps.append)
    assert count_of_solves(question) == found.record.solves == sum(steps)


def test_the_count_holds_for_the_embedded_world(canada: Answered) -> None:
    assert count_of_solves(canada.question) == canada.helped.record.solves


@pytest.mark.parametrize(("actor", "partner"), [("CAN", "CHN"), ("CAN", "MEX")])
def test_the_partners_own_change_is_its_income_in_calm_weather(actor: str, partner: str, canada: Answered) -> None:
    result = next(r for r in canada.helped.partners if r.candidate.party.code == partner)
    slow = Slow.of(canada.question)
    members = result.candidate.party.members
    deal = slow.free(members) + slow.cheaper(members, result.candidate.trade_effect.central)
    gain = slow.income(deal, who=partner) - slow.income([], who=partner)
    assert result.partner_gain == pytest.approx(gain, abs=CLOSE)
