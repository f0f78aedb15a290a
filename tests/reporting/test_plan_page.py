"""A plan on its page, in pictures and in words."""

from __future__ import annotations

import re
from dataclasses import replace
from io import StringIO
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from hedgerow.compute import Work
from hedgerow.planning.portfolio.plan import Plan, plan
from hedgerow.planning.portfolio.sanctions import sanctions_rows
from hedgerow.planning.portfolio.selection import Selection
from hedgerow.reporting import figures
from hedgerow.reporting.brief import Cell
from hedgerow.reporting.html import render_html
from hedgerow.reporting.plan import charts as charts_plan
from hedgerow.reporting.plan.prose import cautions, steps
from hedgerow.reporting.plan.report import NOTHING, PlanReport
from hedgerow.reporting.plan.terminal import print_plan
from hedgerow.reporting.prose import enumerated
from tests.planning.portfolio.plans import DEAL, HARMFUL, LEAVE, QUESTION, REQUEST, STORE, SUBSIDY, outlook

SVG = "{http://www.w3.org/2000/svg}"
IDS = sorted(charts_plan.DRAWN)


@pytest.fixture(scope="module", name="small")
def of_four() -> Plan:
    return plan(QUESTION, outlook(0.25), (DEAL, HARMFUL, SUBSIDY, STORE), request=REQUEST, work=Work())


def with_rows(report: PlanReport, name: str, rows: tuple[tuple[Cell, ...], ...]) -> PlanReport:
    tables = tuple(t.model_copy(update={"rows": rows}) if t.id == name else t for t in report.tables)
    return report.model_copy(update={"tables": tables})


def drawn(report: PlanReport, name: str) -> str:
    return figures.render(report, next(f for f in report.figures if f.id == name))


@pytest.mark.parametrize("name", IDS)
def test_it_is_one_image_with_a_title_and_a_description(plan_report: PlanReport, name: str) -> None:
    root = Xml.fromstring(drawn(plan_report, name))  # noqa: S314
    figure = next(f for f in plan_report.figures if f.id == name)
    assert root.get("role") == "img"
    told = [root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")]
    assert told == [figure.title, figure.alt]
    assert drawn(plan_report, name) == drawn(plan_report, name)


@pytest.mark.parametrize("name", IDS)
@pytest.mark.parametrize("kept", ["no numbers", "one row", "no row"])
def test_it_draws_whatever_is_missing(plan_report: PlanReport, name: str, kept: str) -> None:
    rows = plan_report.table(name).rows
    less: dict[str, tuple[tuple[Cell, ...], ...]] = {
        "no numbers": tuple(tuple(c if isinstance(c, str) else None for c in row) for row in rows),
        "one row": rows[:1],
        "no row": (),
    }
    assert "<svg" in drawn(with_rows(plan_report, name, less[kept]), name)


def test_every_bundle_of_the_frontier_has_its_number_in_the_picture(plan_report: PlanReport) -> None:
    texts = re.findall(r">([^<>]+)</text>", drawn(plan_report, "frontier"))
    rows = plan_report.table("frontier").rows
    nothing = next(str(row[0]) for row in rows if NOTHING in row)
    assert any(text.startswith(nothing) or NOTHING in text for text in texts)


@given(st.lists(st.tuples(st.floats(0, 620), st.floats(0, 300)), max_size=12))
def test_labels_hold_every_number_once_and_never_overlap(places: list[tuple[float, float]]) -> None:
    labels = charts_plan.labels_apart(places)
    said: list[int] = []
    for label in filter(None, labels):
        for run in label.split(", "):
            first, _, last = run.partition("-")
            said += range(int(first), int(last or first) + 1)
    assert sorted(said) == list(range(1, len(places) + 1))
    wide = [
        (x, x + charts_plan.ASIDE + charts_plan.LETTER * len(label), y)
        for (x, y), label in zip(places, labels, strict=True)
        if label
    ]
    for k, (left, right, height) in enumerate(wide):
        for other_left, other_right, other in wide[k + 1 :]:
            assert right <= other_left or other_right <= left or abs(height - other) >= charts_plan.LINE


def test_the_recommendation_comes_before_pictures_and_who_does_not_sign_beside_it(plan_report: PlanReport) -> None:
    page = render_html(plan_report)
    assert page.index('id="recommendation"') < page.index("<svg")
    for sentence in plan_report.cautions:
        assert sentence.split(";")[0] in page
    assert "<script" not in page
    for count in (plan_report.solver.solves, plan_report.evaluations):
        assert f"{count:,}" in page


@pytest.mark.parametrize("width", [100, 170])
def test_a_terminal_tells_the_recommendation_first_and_cuts_nothing(plan_report: PlanReport, width: int) -> None:
    told = StringIO()
    print_plan(plan_report, Console(file=told, width=width))
    lines = told.getvalue().splitlines()
    assert max(map(len, lines)) <= width
    assert "…" not in told.getvalue()
    first = next(k for k, line in enumerate(lines) if "cautious" in line)
    assert first < next(k for k, line in enumerate(lines) if line.startswith("outlook"))


def test_a_bundle_in_words(small: Plan) -> None:
    found = steps(small, small.ranking.bundles[-1])
    assert found.startswith("deepens what is in force with Caria, signs with Caria")
    assert "subsidises imports from everyone but Aria" in found
    assert found.endswith("and stores goods bought from Aria")
    assert steps(small, small.ranking.bundles[0]) == ""
    assert [enumerated(list("abc")[:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]


def test_whoever_does_not_sign_is_named_with_the_loss(small: Plan) -> None:
    loss = next(min(partner.calm, partner.expected) for partner in small.unwilling)
    (told,) = cautions(small, Selection(()))
    assert told.startswith("Would not sign: ")
    assert f"loses {-100 * loss:.3f} % of its income" in told
    passed = Selection((), sanctioned=((replace(DEAL), sanctions_rows()[0]),), unwilling=((LEAVE, -0.01),))
    told_all = " ".join(cautions(small, passed))
    assert "loses 1.000 % of its income" in told_all
    assert sanctions_rows()[0].source in told_all
