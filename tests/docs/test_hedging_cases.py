"""The pages of the cases are those of the standings that ship."""

from __future__ import annotations

import tomllib

from hedgerow.indicators.hedging.stored import last_year
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
        assert set(words) == {"events", "usual", "reading", "doubts"}
        assert words["usual"] in {"hedging", "aligned"}
        assert all(text.endswith(".") for text in (*words["events"], words["reading"], words["doubts"]))


def test_what_is_unconfirmed_is_called_so() -> None:
    page = pages()["vnm.md"]
    assert "F-16" in page
    assert "Unconfirmed" in page
    assert "nothing is counted" in page


def test_a_departure_from_the_usual_reading_is_called_one() -> None:
    """The page says so where the numbers differ from what the literature usually sees, and only there."""
    cases, now = tomllib.loads(WORDS.read_text(encoding="utf-8")), last_year().set_index("actor")
    courses, leans = now["course"].astype(str), now["alignment"].astype(float)
    for code, words in cases.items():
        aligned = courses[code] in {"balancing", "bandwagoning"} and leans[code] > 0
        read = "aligned" if aligned else courses[code]
        assert ("departure" in words["reading"]) == (read != words["usual"]), code
