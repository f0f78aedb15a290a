"""Laws that hold for every page."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from itertools import pairwise

import pytest

from hedgerow.reporting.bands import ends_of
from hedgerow.reporting.brief import Brief
from hedgerow.reporting.charts_text import written
from hedgerow.reporting.html import render_html


@pytest.fixture(scope="module")
def page(brief: Brief) -> str:
    return render_html(brief)


def test_names_are_escaped_and_nothing_runs(page: str) -> None:
    assert "<script" not in page.lower()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Co" in page
    assert "Elasticities, and &lt;b&gt;people&lt;/b&gt;." in page
    assert not re.search(r"<[^>]+\son[a-z]+=", page)


def test_it_loads_nothing(page: str) -> None:
    assert not re.search(r"<(link|img|iframe|object|embed|source|video|audio|base)\b", page)
    assert not re.search(r"\ssrc=|@import|url\((?!#)", page)
    assert not re.search(r'\s(?:xlink:)?href="(?!#|https?://)', page)


def test_a_hostile_address_is_text_not_a_link(page: str) -> None:
    assert "javascript:alert(1)" in page
    assert 'href="javascript' not in page
    assert 'href="https://example.org/data?a=1&amp;b=2"' in page


def test_the_policy_names_the_style_and_allows_nothing_else(page: str) -> None:
    style = re.search(r"<style>(.*?)</style>", page, re.S)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:" in page
    assert " style=" not in page
    assert "unsafe" not in page


def test_every_figure_has_text_table_formula_and_command(brief: Brief, page: str) -> None:
    for figure in brief.figures:
        table = brief.table(figure.table)
        section = page.split(f'<h2 id="{figure.id}">')[1].split("</section>")[0]
        for text in (figure.alt, table.reading, table.formula, table.command, *table.notes):
            assert html.escape(text, quote=False) in section
        assert f"<caption>{table.title}</caption>" in section
        assert "<svg" in section


def test_every_number_of_every_table_is_there(brief: Brief, page: str) -> None:
    for table in brief.tables:
        grid = page.split(f"<caption>{table.title}</caption>")[1].split("</table>")[0]
        body = [html.unescape(cell) for cell in re.findall(r"<t[dh][^>]*>([^<]*)<", grid.split("<tbody>")[1])]
        ends = ends_of(table)
        assert body == [
            written(cell, column.digits)
            for row in table.rows
            for place, (cell, column) in enumerate(zip(row, table.columns, strict=True))
            if place not in ends
        ]


def test_a_band_stands_under_its_number_and_not_beside_it(brief: Brief, page: str) -> None:
    table = brief.table("decides")
    grid = page.split(f"<caption>{table.title}</caption>")[1].split("</table>")[0]
    assert '54<span class="band">40 to 70</span>' in grid
    assert '0<span class="band">0 to 0</span>' in grid, "never a minus zero"
    assert grid.count('class="band"') == 2 * len(table.rows)
    assert ends_of(table) == {2, 3, 5, 6}


def test_each_column_shows_its_unit_and_its_kind(brief: Brief, page: str) -> None:
    for table in brief.tables:
        grid = page.split(f"<caption>{table.title}</caption>")[1].split("</thead>")[0]
        heads = re.findall(r"<th scope=\"col\".*?</th>", grid, re.S)
        shown = [column for place, column in enumerate(table.columns) if place not in ends_of(table)]
        assert len(heads) == len(shown)
        for head, column in zip(heads, shown, strict=True):
            assert (f'<span class="unit">{column.unit}</span>' in head) == bool(column.unit)
            assert ('class="tag' in head) == (column.status is not None)
            assert column.status is None or f">{column.status.value}</span>" in head


def test_one_first_heading_and_no_level_left_out(page: str) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_ids_are_unique_and_links_inside_the_page_arrive(page: str) -> None:
    ids = re.findall(r'\sid="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]*)"', page)) <= set(ids)


def test_the_world_and_the_solver_are_named(brief: Brief, page: str) -> None:
    assert brief.world.sha256 in page
    assert "412 solves, worst residual 3.2e-11, at most 27 iterations" in page


def test_sources_carry_their_licence(brief: Brief, page: str) -> None:
    for source in brief.sources:
        assert html.escape(source.citation, quote=False) in page
        assert f"Licence: {source.licence}." in page


def test_it_is_light_and_the_same_every_time(brief: Brief, page: str) -> None:
    assert len(page.encode()) < 1_500_000
    assert render_html(brief) == page


def test_a_brief_without_figures_still_tells(brief: Brief) -> None:
    bare = render_html(brief.model_copy(update={"figures": ()}))
    assert "<svg" not in bare
    assert all(f"<caption>{table.title}</caption>" in bare for table in brief.tables)
