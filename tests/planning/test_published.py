"""Published estimates beside ours: the schedule is the announced one, and only the model differs."""

from __future__ import annotations

import pytest

from hedgerow.data.registry import sources
from hedgerow.planning.published import (
    SOURCES,
    Comparison,
    published_estimates,
)
from hedgerow.scenarios.announced import announced_rates, announced_tariffs
from hedgerow.trade.policy import TariffChange
from hedgerow.world.io import load

WORLD = load("wiod-2011")


@pytest.fixture(scope="module")
def comparisons() -> tuple[Comparison, ...]:
    return published_estimates(WORLD)[0]


def tariffs(*, answered: bool) -> list[TariffChange]:
    parts = announced_tariffs(WORLD, answered=answered).parts
    return [part for part in parts if isinstance(part, TariffChange)]


def test_the_schedule_is_the_one_announced() -> None:
    """Executive Order 14257, Annex I: China 34 % on top of 20 % in force since March, the EU 20 %, Japan 24 %."""
    rates = {code: rate for code, (rate, _) in announced_rates().items()}
    assert rates["CHN"] == pytest.approx(0.54)
    assert rates["JPN"] == pytest.approx(0.24)
    assert {rates[code] for code in WORLD.codes if code in ("DEU", "FRA", "POL")} == {0.20}
    assert "USA" not in rates


def test_every_answer_mirrors_a_tariff() -> None:
    asked = {part.exporters: part.add for part in tariffs(answered=False)}
    mirrored = {part.importers: part.add for part in tariffs(answered=True) if part.exporters == ("USA",)}
    assert mirrored == asked


def test_the_rest_of_the_world_bears_a_mean_of_what_is_inside_it() -> None:
    rest = next(part.add for part in tariffs(answered=False) if part.exporters == ("ROW",))
    inside = [rate for code, (rate, _) in announced_rates().items() if code not in WORLD.codes]
    assert rest is not None
    assert min(inside) < rest < max(inside)


def test_others_lose_in_both_and_the_united_states_lose_once_answered(comparisons: tuple[Comparison, ...]) -> None:
    """The published signs; only case 1 of Table 1, which cuts income taxes, turns the American one."""
    for row in comparisons:
        assert row.ours is not None
        if row.who != "USA" or "answers in kind" in row.scenario:
            assert row.ours * row.published > 0


def test_sources_are_registered() -> None:
    assert set(SOURCES) <= set(sources())
