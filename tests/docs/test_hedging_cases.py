"""The pages of the cases are those of the standings that ship."""

from __future__ import annotations

import tomllib

from tools.build_hedging_cases import FOLDER, WORDS, pages

HINT = "run python tools/build_hedging.py and then python tools/build_hedging_cases.py"
ASKED_FOR = "VNM IDN SGP PHL THA MYS JPN KOR SAU ARE QAT DEU FRA POL IND TUR CAN AUS"


def test_pages_are_up_to_date() -> None:
    found = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    assert found.keys() == pages().keys(), HINT
    assert [name for name, text in pages().items() if found[name] != text] == [], HINT


def test_every_case_has_its_reading_and_its_doubts() -> None:
    cases = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    assert list(cases) == ASKED_FOR.split()
    for words in cases.values():
        assert set(words) == {"events", "reading", "doubts"}
        assert all(text.endswith(".") for text in (*words["events"], words["reading"], words["doubts"]))


def test_what_is_unconfirmed_is_called_so() -> None:
    page = pages()["vnm.md"]
    assert "F-16" in page
    assert "Unconfirmed" in page
    assert "nothing is counted" in page
