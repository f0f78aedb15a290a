"""The first half of a brief: what each swing costs and who carries it."""

from __future__ import annotations

import math
from itertools import permutations

import numpy as np
import pytest

from hedgerow.planning.effects import effect
from hedgerow.planning.exposure import Exposure, count_of_solves, exposure
from hedgerow.planning.hypotheses import central, theta_4, zero_deficits
from hedgerow.planning.question import Question, ask
from hedgerow.planning.swings import headline, swings
from hedgerow.trade.equilibrium import solve
from hedgerow.trade.welfare import equivalent_variation_parts
from hedgerow.world.io import load
from hedgerow.world.tiny import tiny_world
from tests.planning.answers import Answered, answered
from tests.planning.worlds import reordered

TINY = tiny_world()


def tiny(*, tariff: float = 0.25, retaliation: bool = False) -> Question:
    return ask(TINY, "BBB", "AAA", tariff=tariff, retaliation=retaliation)


def test_without_a_swing_there_is_no_effect_and_a_small_one_is_proportional() -> None:
    """To first order: twice the points, twice the loss. What is left is second order, a share of the rate itself."""
    nothing, one, two = (
        exposure(ask(load("wiod-2011"), "CAN", "USA", tariff=rate)).headline.actor.share for rate in (1e-12, 1e-3, 2e-3)
    )
    assert nothing == pytest.approx(0, abs=1e-9)
    assert one < 0
    assert two == pytest.approx(2 * one, rel=0.01)


def test_the_headline_is_one_of_the_swings_and_the_first_of_the_alternatives(canada: Answered) -> None:
    found = canada.exposed
    assert found.headline in found.swings
    assert found.headline.swing == headline(canada.question)
    assert [r.swing for r in found.swings] == list(swings(canada.question))
    (first, own), (second, own4), (third, closed) = found.alternatives[:3]
    assert (first.id, own) == ("published", found.headline.actor)
    assert (second.id, own4) == ("theta-4", found.headline.actor_theta4)
    assert (third.id, closed) == ("zero-deficits", found.headline.actor_zero_deficits)
    assert "detail" in {h.id for h, _ in found.alternatives}
    low, high = found.range
    assert low == min(e.share for _, e in found.alternatives)
    assert low <= found.headline.actor.share <= high < 0


def test_every_swing_is_the_answer_of_a_direct_solve_under_every_column(canada: Answered) -> None:
    question = canada.question
    people = question.world["population"]
    hypotheses = central(question.world), theta_4(question.world), zero_deficits(question.world)
    for result in canada.exposed.swings:
        main, other, closed = (solve(h.economy, h.under(result.swing.policy)) for h in hypotheses)
        for solved, party, shown in (
            (main, question.actor, result.actor),
            (main, question.power, result.power),
            (other, question.actor, result.actor_theta4),
            (other, question.power, result.power_theta4),
            (closed, question.actor, result.actor_zero_deficits),
        ):
            assert shown.share == pytest.approx(effect(solved, party, people).share, abs=1e-9)
            assert shown.musd == pytest.approx(effect(solved, party, people).musd, rel=1e-3, abs=1.0)


def test_a_larger_tariff_on_canada_alone_costs_canada_more_and_the_cut_off_most(canada: Answered) -> None:
    shares = {r.swing.id: r.actor.share for r in canada.exposed.swings}
    assert shares["cut-off"] < shares["alone-0.25"] < shares["alone-0.1"] < 0


@pytest.mark.parametrize(("actor", "power"), [("CAN", "USA"), ("CAN", "EU"), ("DEU", "USA")])
def test_exports_of_all_sectors_sum_to_the_exports_of_dependence(actor: str, power: str) -> None:
    found = answered(actor, power, with_detail=(actor, power) == ("CAN", "USA"))
    sectors, world = found.exposed.sectors, found.question.world
    assert [s.sector for s in sectors] == list(world.sectors)
    exports = math.fsum(s.exports_to_power for s in sectors)
    assert exports == pytest.approx(found.exposed.forward.exports, rel=1e-12)
    assert found.exposed.forward.exports == pytest.approx(found.exposed.backward.imports, rel=1e-12)
    assert all(0 <= s.share_of_output_sold <= 1 for s in sectors)
    for s in sectors:
        output = float(world["gross_output"].sel(actor=actor, sector=s.sector.id))
        assert s.share_of_output_sold * output == pytest.approx(s.exports_to_power, abs=1e-6)


def test_goods_are_taxed_alone_and_services_never(canada: Answered) -> None:
    for sector in canada.exposed.sectors:
        assert (sector.alone is not None) == sector.sector.goods
        assert sector.alone is None or sector.alone.share < 0


@pytest.mark.parametrize(("actor", "power"), [("CAN", "USA"), ("CAN", "EU"), ("DEU", "USA")])
def test_everyone_is_every_named_economy_but_the_power_and_agrees_with_the_headline(actor: str, power: str) -> None:
    found = answered(actor, power, with_detail=(actor, power) == ("CAN", "USA"))
    named = {a.iso3 for a in found.question.world.actors if a.named}
    assert set(found.exposed.everyone) == named - set(found.question.power.members)
    own, own4 = found.exposed.everyone[actor]
    assert own.share == pytest.approx(found.exposed.headline.actor.share, abs=1e-9)
    assert own4.share == pytest.approx(found.exposed.headline.actor_theta4.share, abs=1e-9)


def test_retaliation_moves_the_headline_but_not_the_row_of_everyone() -> None:
    calm, angry = exposure(tiny()), exposure(tiny(retaliation=True))
    assert angry.everyone["BBB"][0].share == pytest.approx(calm.everyone["BBB"][0].share, abs=1e-9)
    assert angry.headline.actor.share != pytest.approx(calm.headline.actor.share, abs=1e-5)
    assert angry.headline.power.share < calm.headline.power.share, "an answer hurts the power"
    cuts = [next(r for r in e.swings if r.swing.id == "cut-off").actor.share for e in (calm, angry)]
    assert cuts[0] == pytest.approx(cuts[1], abs=1e-9), "there is nothing left to tax"


@pytest.mark.parametrize("tariff", [0.1, 0.25])
@pytest.mark.parametrize("retaliation", [False, True])
@pytest.mark.parametrize("detailed", [False, True])
def test_the_count_announced_is_the_count_solved(tariff: float, retaliation: bool, detailed: bool) -> None:
    question, detail = tiny(tariff=tariff, retaliation=retaliation), TINY if detailed else None
    steps: list[int] = []
    found = exposure(question, detail=detail, progress=steps.append)
    assert count_of_solves(question, detail=detail) == found.record.solves == sum(steps)
    assert all(step > 0 for step in steps)


def test_every_solve_is_within_the_tolerance(canada: Answered) -> None:
    assert canada.exposed.record.worst_residual <= 1e-10
    assert canada.helped.record.worst_residual <= 1e-10


@pytest.mark.parametrize("order", list(permutations(TINY.codes))[1:])
def test_the_order_in_which_economies_are_listed_changes_nothing(order: tuple[str, ...]) -> None:
    before, after = exposure(tiny()), exposure(ask(reordered(TINY, order), "BBB", "AAA"))

    def numbers(found: Exposure) -> list[float]:
        swung = [s for r in found.swings for s in (r.actor.share, r.power_theta4.share, r.power.per_person)]
        alone = [found.everyone[code][0].share for code in sorted(found.everyone)]
        return [*swung, *alone, *(e.share for _, e in found.alternatives), found.forward.share, found.backward.share]

    np.testing.assert_allclose(numbers(after), numbers(before), rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("pair", [("CAN", "USA"), ("DEU", "USA")])
def test_sectors_tariff_revenue_and_transfers_sum_to_the_actors_equivalent_variation(pair: tuple[str, str]) -> None:
    found = answered(*pair, with_detail=pair == ("CAN", "USA"))
    shocked = solve(central(found.question.world).economy, headline(found.question).policy)
    parts = equivalent_variation_parts(shocked).sel(actor=pair[0])
    earned = math.fsum(s.value_added_change for s in found.exposed.sectors)
    total = earned + float(parts["tariff_revenue"]) + float(parts["transfers"])
    income = found.exposed.headline.actor.musd / found.exposed.headline.actor.share
    assert total == pytest.approx(found.exposed.headline.actor.musd, abs=1e-9 * income)
    assert abs(earned) > 1e-4 * income, "the law says something"


def test_a_change_of_value_added_and_its_base_are_measured_alike() -> None:
    """Under no swing the base is what the model's own accounts hold, sector by sector."""
    found = exposure(ask(load("wiod-2011"), "IND", "USA", tariff=1e-12)).sectors
    economy = central(load("wiod-2011")).economy
    base = economy.value_added_share * economy.gross_output * economy.world_value_added
    held = base[:, economy.actors.index("IND")]
    np.testing.assert_allclose([s.value_added_base for s in found], held, rtol=1e-6)
