"""The page of fifteen plans is that of the plans that ship."""

from __future__ import annotations

import tomllib

from tools.build_plans import PAGE, PAIRS, WORDS, page

HINT = "run python -m tools.build_plans page"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), HINT


def test_every_plan_has_its_reading_and_its_doubts() -> None:
    words = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    assert list(words) == ["intro", "together", *(f"{country}-{power}" for country, power in PAIRS)]
    for country, power in PAIRS:
        told = words[f"{country}-{power}"]
        assert set(told) == {"reading", "doubts"}
        assert all(text.endswith(".") for text in told.values())
