"""The pages of the indicators are those of the declarations."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

from tools.build_indicator_pages import BY_HAND, FOLDER, pages

EQUATION = re.compile(r"^\| \((\d+)\) \|.*\| ([^|]+) \|$", flags=re.MULTILINE)
NAMED = re.compile(r"`([\w.]+)`")
HINT = "run python tools/build_indicator_pages.py"


def test_pages_are_up_to_date() -> None:
    found = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md") if path.name not in BY_HAND}
    assert found.keys() == pages().keys(), HINT
    assert [name for name, text in pages().items() if found[name] != text] == [], HINT


def test_the_page_by_hand_is_there() -> None:
    assert all((FOLDER / name).is_file() for name in BY_HAND)


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
