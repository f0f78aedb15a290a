"""Laws that hold for every picture."""

from __future__ import annotations

import re
from xml.etree import ElementTree as Xml

import pytest

from hedgerow.errors import RequestError
from hedgerow.reporting import charts_map, figures
from hedgerow.reporting.brief import Brief, Cell, Figure, Party, Table
from hedgerow.reporting.indicators import charts as charts_indicators

SVG = "{http://www.w3.org/2000/svg}"
IDS = sorted(figures.DRAWN)


def figure(brief: Brief, name: str) -> Figure:
    return next(f for f in brief.figures if f.id == name)


def with_rows(brief: Brief, name: str, rows: tuple[tuple[Cell, ...], ...]) -> Brief:
    """The brief with other rows in the table that a figure draws."""
    at = figure(brief, name).table
    tables = tuple(t.model_copy(update={"rows": rows}) if t.id == at else t for t in brief.tables)
    return brief.model_copy(update={"tables": tables})


def table(brief: Brief, name: str) -> Table:
    return brief.table(figure(brief, name).table)


@pytest.mark.parametrize("name", IDS)
def test_it_is_one_image_with_a_title_and_a_description(brief: Brief, name: str) -> None:
    root = Xml.fromstring(figures.render(brief, figure(brief, name)))  # noqa: S314
    assert root.get("role") == "img"
    labels = [root.find(f"{SVG}title"), root.find(f"{SVG}desc")]
    assert [label.text for label in labels if label is not None] == [
        figure(brief, name).title,
        figure(brief, name).alt,
    ]
    assert root.get("aria-labelledby") == " ".join(str(label.get("id")) for label in labels if label is not None)


@pytest.mark.parametrize("name", IDS)
def test_it_carries_no_script_no_style_and_no_address(brief: Brief, name: str) -> None:
    svg = figures.render(brief, figure(brief, name))
    assert "<script" not in svg
    assert " style=" not in svg
    assert set(re.findall(r"https?://[^\"]*", svg)) == {"http://www.w3.org/2000/svg"}
    assert [fonts.split(", ")[-1] for fonts in re.findall(r'font-family="([^"]*)"', svg)] == ["sans-serif"]


def test_no_id_occurs_twice_and_none_is_missing(brief: Brief) -> None:
    page = "".join(figures.render(brief, f) for f in brief.figures)
    ids = re.findall(r' id="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]*)\)", page)) <= set(ids)


@pytest.mark.parametrize("name", IDS)
def test_same_brief_same_picture(brief: Brief, name: str) -> None:
    assert figures.render(brief, figure(brief, name)) == figures.render(brief, figure(brief, name))


@pytest.mark.parametrize("name", IDS)
def test_it_draws_when_every_number_is_missing(brief: Brief, name: str) -> None:
    rows = tuple(tuple(c if isinstance(c, str) else None for c in row) for row in table(brief, name).rows)
    assert "<path" in figures.render(with_rows(brief, name, rows), figure(brief, name))


@pytest.mark.parametrize("name", IDS)
def test_it_draws_a_single_row(brief: Brief, name: str) -> None:
    assert "<path" in figures.render(with_rows(brief, name, table(brief, name).rows[:1]), figure(brief, name))


@pytest.mark.parametrize("name", IDS)
def test_it_draws_an_empty_table(brief: Brief, name: str) -> None:
    assert "<svg" in figures.render(with_rows(brief, name, ()), figure(brief, name))


def test_bars_are_labelled_with_their_numbers(brief: Brief) -> None:
    svg = figures.render(brief, figure(brief, "swings"))
    assert ">−2.11 (−3.05)<" in svg
    assert ">n/a<" in svg
    assert ">−14.1<" in figures.render(brief, figure(brief, "sectors"))


def test_each_panel_of_policies_abroad_has_its_own_number(brief: Brief) -> None:
    svg = figures.render(brief, figure(brief, "abroad"))
    for text in ("−0.1342", "−0.0052", "−0.0242", "0.0021"):
        assert f">{text}<" in svg
    assert ">0.0000<" in svg  # nothing happens
    assert ">n/a<" in svg  # nothing is known
    assert ">−1.871<" not in svg  # large changes stand in the table


def test_calm_gain_and_loss_avoided_are_never_one_number(brief: Brief) -> None:
    svg = figures.render(brief, figure(brief, "partners"))
    assert ">0.247 + 0.153<" in svg
    assert ">0.121 (0.098)<" in svg
    assert ">0.521" not in svg


def test_a_partner_who_loses_is_marked_in_words(brief: Brief) -> None:
    svg = figures.render(brief, figure(brief, "partners"))
    assert svg.count("partner loses") == 1
    assert "▼ India" in svg


def test_the_map_names_both_parties_and_says_what_it_does_not_know(brief: Brief) -> None:
    svg = figures.render(brief, figure(brief, "map"))
    for text in ("Canada −2.11%", "United States", charts_map.UNKNOWN, "Welfare change, %"):
        assert f">{text}<" in svg


def test_a_bloc_as_power_leaves_the_map_readable(brief: Brief) -> None:
    bloc = brief.model_copy(update={"power": Party(code="EU", name="European Union", members=("FRA", "DEU"))})
    svg = figures.render(bloc, figure(brief, "map"))
    assert charts_map.UNKNOWN in svg
    assert "European Union: sets the tariff" in svg


@pytest.mark.parametrize("losses", [[], [0.0], [0.3], [-0.3], [-1e-9, -80.0], [-0.1 * k for k in range(20)]])
def test_every_loss_has_a_class(losses: list[float]) -> None:
    classes = charts_map.Classes(losses)
    assert {classes.name(loss) for loss in losses} <= set(classes.names)
    assert len(set(classes.shades)) == len(classes.names)


def test_years_of_two_series_stand_in_two_panels(brief: Brief) -> None:
    svg = figures.render(brief, figure(brief, "standing"))
    for text in ("Goods", "Services", "2004", "2023", "% of GDP", charts_indicators.MEDIAN):
        assert f">{text}<" in svg


def test_an_unknown_figure_is_refused(brief: Brief) -> None:
    with pytest.raises(RequestError, match="known are map"):
        figures.render(brief, Figure(id="pie", title="", alt="", table="swings"))


def test_png(brief: Brief) -> None:
    assert figures.png(figures.render(brief, figure(brief, "sectors"))).startswith(b"\x89PNG")
