"""The plan of a brief: stored for some pairs, quick where it is asked for, and never without its label."""

from __future__ import annotations

import gzip
from functools import partial
from pathlib import Path

import pytest

from hedgerow.cli.plan import How, quick_plan
from hedgerow.planning.question import ask
from hedgerow.reporting.brief import Brief
from hedgerow.reporting.html import render_html
from hedgerow.reporting.plan.in_brief import TABLE, plan_sentences, plan_table
from hedgerow.reporting.plan.report import PlanReport
from hedgerow.reporting.plan.stored import StoredPlan, packed, stored_plan
from hedgerow.world.io import load
from hedgerow.world.tiny import tiny_world
from tests.planning.portfolio.plans import QUESTION
from tools.build_plans import PAIRS


def test_what_is_packed_is_the_plan_without_its_pictures(plan_report: PlanReport) -> None:
    content = packed(plan_report, "2026-11-25")
    assert content == packed(plan_report, "2026-11-25")
    found = StoredPlan.model_validate_json(gzip.decompress(content))
    assert (found.made, found.report.figures) == ("2026-11-25", ())
    assert found.report.table("recommendation") == plan_report.table("recommendation")
    assert found.report.bottom_line == plan_report.bottom_line


@pytest.mark.parametrize(("actor", "power"), PAIRS)
def test_fifteen_plans_ship_and_are_those_of_todays_world(actor: str, power: str) -> None:
    question = ask(load("composite-2023"), actor, power)
    found = stored_plan(question)
    assert found is not None
    assert (found.report.actor.code, found.report.power.code) == (actor, power)
    said = plan_sentences(question, None, found)
    assert found.made in said[0]
    assert "stored plan" in said[0]
    assert found.report.command in said[0]
    assert f"Seed {found.report.outlook.seed}" in said[0]


def test_a_plan_of_another_world_is_not_shown() -> None:
    assert stored_plan(ask(load("wiod-2011"), "CAN", "USA")) is None
    assert stored_plan(ask(load("composite-2023"), "CAN", "CHN")) is None


def test_without_a_plan_the_brief_says_how_to_get_one() -> None:
    (said,) = plan_sentences(QUESTION, None, None)
    for command in ("hedgerow plan BBB --power AAA", "hedgerow brief BBB --power AAA"):
        assert command in said
    assert "--plan" in said


def test_a_quick_plan_is_called_so_and_goes_before_a_stored_one(plan_report: PlanReport) -> None:
    stored = StoredPlan(made="2026-01-01", report=plan_report)
    said = plan_sentences(QUESTION, plan_report, stored)
    assert said[0].startswith("A quick plan")
    assert said[1:] == (*plan_report.bottom_line, *plan_report.cautions)
    table = plan_table(plan_report, "hedgerow brief BBB --power AAA --plan")
    assert (table.id, table.rows) == (TABLE, plan_report.table("recommendation").rows)


def test_the_page_of_a_brief_shows_it_once(brief: Brief, plan_report: PlanReport) -> None:
    table = plan_table(plan_report, brief.command)
    planned = brief.model_copy(update={"plan": ("A quick plan.", "Do this."), "tables": (*brief.tables, table)})
    page = render_html(planned)
    assert page.count('<h2 id="plan">') == 1
    assert page.count(f"<caption>{table.title}</caption>") == 1
    assert 'id="plan"' not in render_html(brief)


def test_the_quick_plan_of_a_brief_leaves_out_how_sure_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("hedgerow.planning.portfolio.findings.AUDITED", 2)
    monkeypatch.setattr("hedgerow.cli.plan.How", partial(How, processes=1))
    found = quick_plan(ask(tiny_world(), "BBB", "AAA"))
    assert found.command.endswith("--quick")
    assert "sureness" not in {table.id for table in found.tables}
    assert found.outlook.years == 15
