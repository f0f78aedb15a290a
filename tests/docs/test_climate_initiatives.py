"""The counts of climate initiatives: what is counted as an answer, and the page against the publisher's file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.build_climate_initiatives import SMART, TARGET, dated, initiatives, quantified, text


@pytest.mark.parametrize(
    "goal",
    [
        "Restore 100 million hectares of degraded land by 2030",
        "3 pct reduction of energy demand per year",
        "Halve emissions",
        "Net zero by 2050",
        "Engage 600 training institutions",
        "Mobilise USD 1 trillion",
    ],
)
def test_a_goal_with_a_quantity(goal: str) -> None:
    assert quantified(goal)


@pytest.mark.parametrize("goal", ["", "Raise awareness", "1) Advice 2) Training", "Momentum ahead of COP26 in 2021"])
def test_a_goal_without_one(goal: str) -> None:
    assert not quantified(goal)


def test_a_date_lies_after_the_first_year() -> None:
    assert dated("by 2030", 2015)
    assert not dated("launched in 2015", 2015)
    assert not dated("at least 1,2030 times", 2015)
    assert not dated("", 2015)


@pytest.mark.raw
def test_every_initiative_is_counted_once(raw: Path) -> None:
    told = initiatives(raw)
    assert len(told) == 288
    assert told["lead"].value_counts().sum() == 288
    assert {name: int(told[name].sum()) for name in ("goal", "indicator", "progress", "tracking")} == {
        "goal": 140,
        "indicator": 65,
        "progress": 94,
        "tracking": 69,
    }  # PROVENANCE.md of the file, counted apart
    assert told[list(SMART)].sum(axis=1).between(0, len(SMART)).all()


@pytest.mark.raw
def test_the_page_is_up_to_date(raw: Path) -> None:
    hint = "run python tools/build_climate_initiatives.py ../shared/data"
    assert TARGET.read_text(encoding="utf-8") == text(raw), hint
