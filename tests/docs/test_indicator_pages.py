"""The pages of the indicators are those of the declarations."""

from __future__ import annotations

from tools.build_indicator_pages import BY_HAND, FOLDER, pages

HINT = "run python tools/build_indicator_pages.py"


def test_pages_are_up_to_date() -> None:
    found = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md") if path.name not in BY_HAND}
    assert found.keys() == pages().keys(), HINT
    assert [name for name, text in pages().items() if found[name] != text] == [], HINT


def test_the_page_by_hand_is_there() -> None:
    assert all((FOLDER / name).is_file() for name in BY_HAND)
