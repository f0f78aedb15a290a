"""The pages of the indicators are those of the declarations."""

from __future__ import annotations

import re
from html import escape
from importlib import import_module
from typing import Any

import pytest

from tools.build_indicator_pages import FOLDER, OTHERS, pages
from tools.build_indicator_pictures import FOLDER as PICTURES
from tools.build_indicator_pictures import PAGE, Picture, page, pictures

EQUATION = re.compile(r"^\| \((\d+)\) \|.*\| ([^|]+) \|$", flags=re.MULTILINE)
NAMED = re.compile(r"`([\w.]+)`")
HINT = "run python tools/build_indicator_pages.py"


def test_pages_are_up_to_date() -> None:
    found = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md") if path.name not in OTHERS}
    assert found.keys() == pages().keys(), HINT
    assert [name for name, text in pages().items() if found[name] != text] == [], HINT


def test_the_other_pages_are_there() -> None:
    assert all((FOLDER / name).is_file() for name in OTHERS)


def test_the_page_of_pictures_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python tools/build_indicator_pictures.py"


@pytest.mark.parametrize("one", pictures(), ids=lambda one: one.id)
def test_every_picture_is_there_and_says_what_it_shows(one: Picture) -> None:
    shown = (PICTURES / f"indicators-{one.id}.svg").read_text(encoding="utf-8")
    assert escape(one.alt) in shown
    assert len(shown) < 60_000, "pictures in the docs stay small"


def test_every_equation_names_a_function_that_bears_its_number() -> None:
    """``docs/indicators/equations.md`` and the docstrings of ``hedgerow.indicators`` agree."""
    rows = EQUATION.findall((FOLDER / "equations.md").read_text(encoding="utf-8"))
    assert [int(number) for number, _ in rows] == list(range(1, len(rows) + 1))
    for number, functions in rows:
        for path in NAMED.findall(functions):
            module, *names = path.split(".")
            found: Any = import_module(f"hedgerow.indicators.{module}")
            for name in names:
                found = getattr(found, name)
            assert f"({number})" in str(found.__doc__), path
