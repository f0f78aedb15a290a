"""Pages in a real browser, with the network cut."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from hedgerow.reporting.html import render_html
from tests.reporting.conftest import brief as brief
from tests.reporting.conftest import plan_report as plan_report

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(os.environ.get("HEDGEROW_AXE", "axe-core: set HEDGEROW_AXE"))
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = (1280, 390)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not installed"),
]
needs_axe = pytest.mark.skipif(not AXE.is_file(), reason="HEDGEROW_AXE does not name axe.min.js")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="module", params=["brief", "plan_report"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(render_html(request.getfixturevalue(request.param)), encoding="utf-8")
    return path.as_uri()


class Visit:
    """An open page, what it asked for and what it complained about."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.asked: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(address)


@pytest.fixture(params=[(width, scheme) for width in WIDTHS for scheme in ("light", "dark")], ids=str)
def visit(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Visit]:
    width, scheme = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True, bypass_csp=False
    )
    yield Visit(context.new_page(), address)
    context.close()


def test_it_asks_for_nothing_and_complains_of_nothing(visit: Visit, address: str) -> None:
    assert visit.asked == [address]
    assert visit.complaints == []


def test_only_framed_parts_scroll_sideways(visit: Visit) -> None:
    assert visit.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_every_frame_that_scrolls_can_be_reached_by_keyboard(visit: Visit) -> None:
    unreachable = visit.page.evaluate(
        """[...document.querySelectorAll('main *')].filter(e =>
             e.scrollWidth > e.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(e).overflowX)
             && !(e.tabIndex === 0 && e.getAttribute('aria-label'))).map(e => e.outerHTML.slice(0, 80))"""
    )
    assert unreachable == []


def test_the_skip_link_is_the_first_stop(visit: Visit) -> None:
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.className") == "skip"
    visit.page.keyboard.press("Enter")
    assert visit.page.evaluate("document.activeElement.id") == "main"


def test_nothing_drawn_is_cut_off(visit: Visit) -> None:
    cut = visit.page.evaluate(
        """[...document.querySelectorAll('svg text')].filter(t => {
             const a = t.getBoundingClientRect(), b = t.ownerSVGElement.getBoundingClientRect();
             return a.left < b.left - 1 || a.right > b.right + 1 || a.top < b.top - 1 || a.bottom > b.bottom + 1;
           }).map(t => t.textContent)"""
    )
    assert cut == []


def test_no_two_labels_overlap(visit: Visit) -> None:
    overlapping = visit.page.evaluate(
        """[...document.querySelectorAll('svg')].flatMap(svg => {
             const all = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);
             return all.flatMap(([s, a], i) => all.slice(i + 1).filter(([u, b]) => s !== u &&
               a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 2 && b.top < a.bottom - 2)
               .map(([u]) => s + ' | ' + u));
           })"""
    )
    assert overlapping == []


@needs_axe
def test_axe_finds_nothing(visit: Visit) -> None:
    # The page itself allows no script, and evaluate() runs outside of its policy.
    visit.page.evaluate(AXE.read_text(encoding="utf-8"))
    found = visit.page.evaluate("axe.run(document).then(r => r.violations)")
    assert [(rule["id"], [node["html"][:120] for node in rule["nodes"]]) for rule in found] == []
