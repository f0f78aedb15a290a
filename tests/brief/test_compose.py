"""A brief is complete, consistent with itself and says what the numbers say."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedgerow.planning.answer import answer
from hedgerow.planning.partnerships import Range, Worth
from hedgerow.planning.question import ask
from hedgerow.reporting.brief import Brief, Table
from hedgerow.reporting.compose import compose
from hedgerow.world.tiny import tiny_world
from tests.planning.answers import Answered, answered
from tests.planning.worlds import tiny_without_trade

PAIRS = [
    *((actor, "USA") for actor in ("DEU", "CHN", "LUX", "IND", "MEX", "TWN", "RUS")),
    *((actor, "CHN") for actor in ("CAN", "DEU", "KOR")),
    ("CAN", "EU"),
]
NOT_INSURANCE = "not insurance"


def numbers(table: Table) -> list[float]:
    return [cell for row in table.rows for cell in row if isinstance(cell, float)]


def require_sound(brief: Brief) -> None:
    """What every brief must be, whoever asks about whom."""
    ids = [table.id for table in brief.tables]
    assert len(set(ids)) == len(ids)
    for table in brief.tables:
        columns = [column.id for column in table.columns]
        assert len(set(columns)) == len(columns), table.id
        assert all(len(row) == len(columns) for row in table.rows), table.id
        assert all(math.isfinite(number) for number in numbers(table)), table.id
        assert table.rows, table.id
        assert table.reading, table.id
        assert table.formula, table.id
        assert table.command == brief.command, table.id
        for column in table.columns:
            if any(isinstance(cell, float) for cell in table.column(column.id)):
                assert column.status is not None, (table.id, column.id)
    assert len({figure.id for figure in brief.figures}) == len(brief.figures)
    for figure in brief.figures:
        assert brief.table(figure.table).rows
        assert figure.alt
        assert "nan" not in figure.alt.lower().split()
    assert len(brief.bottom_line) == 3
    assert all(sentence.strip() and sentence.endswith(".") for sentence in brief.bottom_line)
    assert brief.solver.worst_residual <= 1e-10


@pytest.mark.parametrize(("actor", "power"), [("CAN", "USA"), *PAIRS])
def test_every_economy_gets_a_sound_brief_of_finite_numbers(actor: str, power: str) -> None:
    brief = answered(actor, power, with_detail=(actor, power) == ("CAN", "USA")).brief
    require_sound(brief)
    assert (brief.actor.code, brief.power.code) == (actor, power)
    assert Brief.model_validate_json(brief.model_dump_json()) == brief
    first, second, third = brief.bottom_line
    assert all(name in first and name in second for name in (brief.actor.name, brief.power.name))
    assert brief.actor.name in third


def test_the_tiny_world_gets_a_sound_brief_too() -> None:
    question = ask(tiny_world(), "BBB", "AAA", tariff=0.4, retaliation=True)
    brief = compose(answer(question), command="hedgerow", version="0")
    require_sound(brief)
    assert (brief.tariff, brief.retaliation) == (0.4, True)


def test_a_swing_that_reaches_nothing_is_still_a_sound_brief() -> None:
    """An actor that sells the power no goods loses nothing; there is nothing to carry and nothing to insure."""
    question = ask(tiny_without_trade([("BBB", "AAA")], "goods"), "BBB", "AAA")
    found = answer(question)
    exposed, helped = found.exposure, found.partnerships
    assert exposed.headline.actor.share == pytest.approx(0, abs=1e-9)
    for loss in (0.0, helped.loss):
        headline = replace(exposed.headline, actor=replace(exposed.headline.actor, share=-loss))
        changed = replace(found, exposure=replace(exposed, headline=headline), partnerships=replace(helped, loss=loss))
        brief = compose(changed, command="hedgerow", version="0")
        require_sound(brief)


def test_the_brief_keeps_what_was_asked_and_how_well_it_was_solved(canada: Answered) -> None:
    brief, question = canada.brief, canada.question
    assert (brief.actor.code, brief.power.code) == (question.actor.code, question.power.code)
    assert (brief.tariff, brief.retaliation) == (question.tariff, question.retaliation)
    assert brief.world.sha256 == question.world.checksum
    assert len(brief.world.sha256) == 64
    assert brief.solver.solves == canada.answer.record.solves
    cited = {source.id for source in brief.sources}
    assert set(question.world.source_ids) <= cited
    assert all(source.citation and source.licence and source.url for source in brief.sources)


def test_tables_hold_the_results_in_the_units_they_name(canada: Answered) -> None:
    """Shares in per cent, money in billions; every partner, economy, sector and swing has its row."""
    swings = canada.brief.table("swings")
    assert swings.column("own_pct") == tuple(100 * r.actor.share for r in canada.exposed.swings)
    assert swings.column("own_bn") == tuple(r.actor.musd / 1000 for r in canada.exposed.swings)
    assert swings.column("power_theta4_pct") == tuple(100 * r.power_theta4.share for r in canada.exposed.swings)
    assert set(canada.brief.table("exposure-map").column("code")) == set(canada.exposed.everyone)
    titles = {s.sector.title for s in canada.exposed.sectors}
    assert set(canada.brief.table("sectors").column("sector")) == titles
    codes = tuple(r.candidate.party.code for r in canada.helped.partners)
    assert canada.brief.table("partners").column("code") == codes
    alternatives = canada.brief.table("alternatives")
    assert alternatives.column("own_pct") == tuple(100 * e.share for _, e in canada.exposed.alternatives)
    loss = next(r for r in canada.brief.table("exposure-map").rows if r[0] == "CAN")
    assert loss[2] == pytest.approx(100 * canada.exposed.headline.actor.share, abs=1e-7)


@pytest.mark.parametrize(("table", "column"), [("exposure-map", "loss"), ("sectors", "alone_pct")])
def test_the_largest_loss_comes_first(table: str, column: str, canada: Answered) -> None:
    values = [v for v in canada.brief.table(table).column(column) if isinstance(v, float)]
    assert all(one <= other for one, other in pairwise(values))
    assert len(set(values)) > 1


def test_calm_gain_and_loss_avoided_never_meet_in_one_column(canada: Answered) -> None:
    helped = canada.helped
    for name, worths in (("partners", [r.worth for r in helped.partners]), ("together", [helped.together])):
        table = canada.brief.table(name)
        calm = [100 * w.calm_tariff for w in worths]
        rest = [100 * w.calm_nontariff.central for w in worths]
        avoided = [100 * w.loss_avoided.central for w in worths]
        assert table.column("calm_tariff_pct") == tuple(calm)
        assert table.column("calm_nontariff_pct") == tuple(rest)
        assert table.column("avoided_pct") == tuple(avoided)
        for column in table.columns:
            title = column.title.lower()
            assert not ("calm" in title and "avoided" in title), column.id
            cells = table.column(column.id)
            for gain in (calm, rest, [a + b for a, b in zip(calm, rest, strict=True)]):
                summed = [a + b for a, b in zip(gain, avoided, strict=True)]
                assert cells != pytest.approx(tuple(summed), rel=1e-9), f"{column.id} adds growth to insurance"


def test_what_rests_on_an_assumption_is_marked_assumed(canada: Answered) -> None:
    for name in ("partners", "together"):
        for column in canada.brief.table(name).columns:
            assert (column.status == "assumed") == column.id.startswith("calm_nontariff"), column.id


def test_a_partner_is_flagged_exactly_where_it_would_lose(canada: Answered) -> None:
    """Both signs, on made-up gains."""
    gains = [(-1) ** k * 0.001 * k for k in range(len(canada.helped.partners))]
    partners = tuple(replace(r, partner_gain=g) for r, g in zip(canada.helped.partners, gains, strict=True))
    made_up = replace(canada.helped, partners=partners)
    brief = compose(replace(canada.answer, partnerships=made_up), command="hedgerow", version="0")
    table = brief.table("partners")
    assert table.column("partner_loses") == tuple(gain < 0 for gain in gains)
    assert table.column("partner_pct") == tuple(100 * gain for gain in gains)
    assert {True, False} == set(table.column("partner_loses"))


@settings(max_examples=30, deadline=None, derandomize=True)
@given(share=st.floats(-0.5, 0.099) | st.floats(0.101, 1.5), loss=st.floats(1e-4, 0.2))
def test_the_bottom_line_says_not_insurance_exactly_where_all_deals_avoid_under_a_tenth(
    share: float, loss: float
) -> None:
    canada = answered("CAN", "USA", with_detail=True)
    avoided = share * loss
    together = replace(canada.helped.together, loss_avoided=Range(avoided, avoided, avoided))
    helped = replace(canada.helped, together=together, loss=loss)
    brief = compose(replace(canada.answer, partnerships=helped), command="hedgerow", version="0")
    assert (NOT_INSURANCE in brief.bottom_line[2]) == (share < 0.1)
    assert NOT_INSURANCE not in brief.bottom_line[0] + brief.bottom_line[1]


@pytest.mark.parametrize("loss", [0.0, -0.003])
def test_where_the_swing_costs_nothing_no_share_of_the_loss_is_shown(loss: float, canada: Answered) -> None:
    free = replace(canada.helped, loss=loss)
    brief = compose(replace(canada.answer, partnerships=free), command="hedgerow", version="0")
    for name in ("partners", "together"):
        assert set(brief.table(name).column("avoided_share_pct")) == {None}
    assert NOT_INSURANCE not in brief.bottom_line[2]


def test_the_count_of_agreements_is_the_count_of_partners(canada: Answered) -> None:
    few = replace(canada.helped, partners=canada.helped.partners[:4])
    brief = compose(replace(canada.answer, partnerships=few), command="hedgerow", version="0")
    assert "4 agreements" in brief.bottom_line[2]


def test_a_worth_has_no_field_that_adds_growth_and_insurance() -> None:
    assert set(Worth.__dataclass_fields__) == {"calm_tariff", "calm_nontariff", "loss_avoided"}
