"""The page of a partnership is held to what the page of a brief is held to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from hedgerow.reporting.html import render_html
from hedgerow.reporting.ledger.compose import Asked, compose_page
from tests.browser.test_brief_page import (
    Visit,
    browser,
    pytestmark,
    test_axe_finds_nothing,
    test_every_frame_that_scrolls_can_be_reached_by_keyboard,
    test_it_asks_for_nothing_and_complains_of_nothing,
    test_no_two_labels_overlap,
    test_nothing_drawn_is_cut_off,
    test_only_framed_parts_scroll_sideways,
)
from tests.ledger.cases import CASE, changed, entered

__all__ = [
    "browser",
    "pytestmark",
    "test_axe_finds_nothing",
    "test_every_frame_that_scrolls_can_be_reached_by_keyboard",
    "test_it_asks_for_nothing_and_complains_of_nothing",
    "test_no_two_labels_overlap",
    "test_nothing_drawn_is_cut_off",
    "test_only_framed_parts_scroll_sideways",
]

GOAL = CASE[CASE.index("[[goal]]") : CASE.index("[[commitment]]")]
BARE = '[[goal]]\nid = "talk"\ntitle = "Talk to each other"\ndirection = "up"\nsource = { title = "s" }\n'


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A page with a goal that has all, one without a report, and one without a number."""
    folder = tmp_path_factory.mktemp("ledger")
    second = changed(changed(GOAL, 'id = "access"', 'id = "wells"'), "Safe water", "Wells that " + "work " * 30)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        entered(folder / "own", changed(CASE, "[[commitment]]", f"{second}{BARE}[[commitment]]"))
        report = compose_page(Asked(folder / "own", "water", date(2025, 1, 1), "hedgerow ledger show water"))
    path = Path(folder) / "ledger.html"
    path.write_text(render_html(report), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(params=[(1280, "light"), (390, "dark")], ids=str)
def visit(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Visit]:
    """Two of the four ways in which a brief is looked at: the templates and styles are the same."""
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True)
    yield Visit(context.new_page(), address)
    context.close()
