"""What a brief tells from stored studies: today's numbers, this world's, and nothing where nothing changes."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from functools import cache

import numpy as np
import pytest

from hedgerow.compute import Work
from hedgerow.data.embedded import read_embedded
from hedgerow.planning.atlas.answer import atlas
from hedgerow.planning.atlas.grid import CHANCES, MIDDLE, SEVERITIES
from hedgerow.planning.coalition.answer import MIDDLE_POWERS, setting_of
from hedgerow.planning.coalition.outcomes import Outcomes
from hedgerow.planning.coalition.plans import Planners
from hedgerow.planning.hypotheses import central
from hedgerow.planning.links import links_among
from hedgerow.planning.lottery import lottery
from hedgerow.planning.patron.answer import question_of
from hedgerow.planning.patron.factors import Point
from hedgerow.planning.patron.hedging import ALL, NONE, Trade, states_of
from hedgerow.planning.portfolio.outlooks import OUTLOOKS, outlook
from hedgerow.planning.question import Question, ask
from hedgerow.reporting.brief import Brief, Cell
from hedgerow.reporting.compose import compose
from hedgerow.reporting.html import render_html
from hedgerow.reporting.studies.in_brief import NOTHING, TABLE, Beside, beside_the_plan
from hedgerow.reporting.studies.stored import KEPT, file_of, packed, stored_studies
from hedgerow.reporting.studies.study import Study, Verb, world_note
from hedgerow.world.io import load
from tests.planning.answers import answered
from tools.build_studies import STUDIES

WORLD = load("composite-2023")
COMMAND = "hedgerow brief CAN --power USA"


@cache
def shipped(verb: Verb, power: str) -> Study:
    return next(one for one in stored_studies(power) if one.verb is verb)


def beside(question: Question, *studies: Study) -> Beside:
    return beside_the_plan(question, studies or stored_studies(question.power.code), COMMAND)


def changed(study: Study, name: str, cells: Mapping[str, Cell]) -> Study:
    """The same study with other numbers in one row."""
    table = study.table(KEPT[study.verb])
    ids = [column.id for column in table.columns]
    rows = tuple(
        tuple(cells.get(column, cell) if row[0] == name else cell for column, cell in zip(ids, row, strict=True))
        for row in table.rows
    )
    return study.model_copy(update={"tables": (table.model_copy(update={"rows": rows}),)})


@pytest.mark.parametrize(("verb", "power"), STUDIES)
def test_every_study_ships_small_and_is_of_todays_world(verb: Verb, power: str) -> None:
    study = shipped(verb, power)
    assert study.world.sha256 == WORLD.checksum
    assert study.command.startswith(f"hedgerow {verb.value} ")
    shipping = read_embedded(file_of(verb, power))
    assert gzip.decompress(packed(study)) == gzip.decompress(shipping)
    assert len(shipping) < 12_000


@pytest.mark.parametrize("power", ["USA", "CHN"])
def test_a_stored_row_is_what_is_computed_today(power: str) -> None:
    """One country, solved anew without a cache."""
    corner = atlas([ask(WORLD, "KOR", power)], work=Work()).corners[0]
    table = shipped(Verb.ATLAS, power).table("countries")
    row = dict(zip([c.id for c in table.columns], next(r for r in table.rows if r[1] == "KOR"), strict=True))
    stored = [float(str(row[f"at_{100 * s:g}"])) for s in SEVERITIES]
    np.testing.assert_allclose(stored, 100 * corner.surface.insurance[CHANCES.index(MIDDLE)], atol=1e-7)
    assert row["cost_pct"] == pytest.approx(100 * corner.cost[1])
    assert row["calm_pct"] == pytest.approx(100 * corner.surface.calm_gain, abs=1e-7)
    assert row["grid_pct"] == pytest.approx(100 * corner.area)
    codes = [link.partner(corner.bundle.signatory).code for link in corner.bundle.links]
    assert str(row["bundle"]).split() == codes


def test_the_stored_coalition_is_what_all_its_agreements_bring_today() -> None:
    """The joint plan of the middle powers holds every agreement, so that one set tells its gains."""
    setting = setting_of(WORLD, MIDDLE_POWERS, "USA")
    seen = outlook(OUTLOOKS[0], setting.question)
    drawn = lottery(setting.question, seen, seen.chains[0])
    planners = Planners(Outcomes(central(WORLD).economy, links_among(WORLD, setting.members), drawn), setting.members)
    stored = shipped(Verb.COALITION, "USA").table("members")
    assert stored.column("member") == tuple(one.name for one in setting.members)
    gains = 100 * planners.gains([planners.every])[0]
    np.testing.assert_allclose([float(str(cell)) for cell in stored.column("joint_pct")], gains, atol=1e-7)


def test_the_stored_gain_of_the_power_is_what_is_computed_today() -> None:
    """Its income when Canada hedges by itself."""
    question = question_of(WORLD, "USA")
    seen = outlook(OUTLOOKS[0], question)
    states = [one for one in states_of(WORLD, question.power, seen) if one.id in (NONE, ALL, "CAN")]
    leg = Trade(question, seen, tuple(states)).at(Point.centre(), [NONE, "CAN"])
    stored = shipped(Verb.PATRON, "USA").table("hedgers")
    row = dict(zip([c.id for c in stored.columns], next(r for r in stored.rows if r[0] == "Canada"), strict=True))
    weight = lottery(question, seen, seen.chains[0]).weight
    assert row["income_pct"] == pytest.approx(100 * float(weight @ (leg.income[1] - leg.income[0])), abs=1e-7)


@pytest.mark.parametrize("power", ["USA", "CHN"])
def test_every_country_hears_whether_its_agreements_are_insurance_or_growth(power: str) -> None:
    """Also where no plan is stored; the verdict follows from the numbers of the row."""
    table = shipped(Verb.ATLAS, power).table("countries")
    for cells in table.rows:
        row = dict(zip([c.id for c in table.columns], cells, strict=True))
        question = ask(WORLD, str(row["code"]), power)
        found = beside(question)
        said = found.said[1]
        assert f"hedgerow atlas {row['code']} --power {power} --world composite-2023" in found.said[0]
        assert ("alone they pay there" in said) == (float(str(row["at_25"])) > float(str(row["cost_pct"])))
        assert ("they pay nowhere" in said) == (row["grid_pct"] == 0)
        assert ("as growth they pay" in said) == (float(str(row["calm_pct"])) > float(str(row["cost_pct"])))
        (shown,) = found.tables
        assert (shown.id, shown.rows, shown.command) == (TABLE, (cells,), COMMAND)


def test_the_tariff_of_the_brief_chooses_the_severity() -> None:
    study = shipped(Verb.ATLAS, "USA")
    for tariff, points, near in ((0.10, 10, False), (0.25, 25, False), (0.40, 50, True), (0.02, 5, True)):
        said = beside(ask(WORLD, "CAN", "USA", tariff=tariff), study).said[1]
        assert f"adds {points} points" in said
        assert ("the nearest to" in said) == near


def test_members_and_allies_hear_more_and_others_do_not() -> None:
    def told(actor: str, power: str) -> int:
        return len(beside(ask(WORLD, actor, power)).said)

    assert told("CAN", "USA") == 4  # a member and an ally
    assert told("DEU", "USA") == 4  # through its union
    assert told("MEX", "USA") == 3  # a member without a treaty of defence
    assert told("NOR", "USA") == 3  # an ally and no member
    assert told("VNM", "USA") == 2
    assert told("AUS", "CHN") == 2  # nothing about the coalition ships against China


def test_nothing_is_said_where_nothing_changes() -> None:
    question = ask(WORLD, "CAN", "USA")
    coalition, patron = shipped(Verb.COALITION, "USA"), shipped(Verb.PATRON, "USA")
    assert len(beside(question, coalition).said) == len(beside(question, patron).said) == 2
    for name in coalition.table("members").column("member"):
        coalition = changed(coalition, str(name), {"coordination_pct": 0.0})
    none = {"gain_pct": NOTHING / 2, "income_pct": -NOTHING / 4, "leverage_pct": -NOTHING / 4}
    assert beside(question, coalition, changed(patron, "Canada", none)) == Beside()
    assert beside(ask(WORLD, "CAN", "EU")) == Beside()


@pytest.mark.parametrize(
    ("gain", "income", "words"),
    [
        (0.01, -0.002, "cost it 0.0020 %. Hedging serves the power only with"),
        (0.01, 0.002, "bring it 0.0020 %. Hedging serves the power with or without"),
        (-0.01, -0.002, "cost it 0.0020 %. Hedging serves the power not even with"),
    ],
)
def test_the_power_gains_with_arms_without_them_or_not(gain: float, income: float, words: str) -> None:
    cells = {"gain_pct": gain, "income_pct": income, "leverage_pct": 0.0}
    patron = changed(shipped(Verb.PATRON, "USA"), "Canada", cells)
    assert words in beside(ask(WORLD, "CAN", "USA"), patron).said[1]


def test_studies_of_another_world_are_left_out_and_said_to_be() -> None:
    found = beside(ask(load("wiod-2011"), "CAN", "USA"), *stored_studies("USA"))
    (said,) = found.said
    assert "another world" in said
    assert "hedgerow atlas CAN --power USA --world wiod-2011" in said
    assert (found.tables, found.sources) == ((), ())


def test_a_brief_holds_them_with_their_table_and_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    canada = answered("CAN", "USA", with_detail=True)
    world = world_note(canada.question.world)
    atlas_ = changed(shipped(Verb.ATLAS, "USA"), "Canada", {"bundle": "CHN EU MEX"})
    made = (atlas_, shipped(Verb.COALITION, "USA"), shipped(Verb.PATRON, "USA"))
    studies = tuple(one.model_copy(update={"world": world}) for one in made)
    monkeypatch.setattr("hedgerow.reporting.compose.stored_studies", lambda _: studies)
    brief = compose(canada.answer, command=COMMAND, version="0")
    found = beside(canada.question, *studies)
    assert brief.studies == found.said
    assert canada.brief.studies == beside(canada.question).said
    assert brief.table(TABLE) == found.tables[0]
    assert set(found.sources) <= {source.id for source in brief.sources}
    page = render_html(brief)
    assert page.count("<h3>Beside the plan</h3>") == 1
    assert page.count(f"<caption>{brief.table(TABLE).title}</caption>") == 1


def test_a_brief_without_them_has_no_such_heading(brief: Brief) -> None:
    assert "Beside the plan" not in render_html(brief.model_copy(update={"plan": ("A plan.",)}))
