"""What follows from reports for a promise: by hand for each state, and by law for what changes nothing."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.ledger.book import Book
from hedgerow.ledger.index import items
from hedgerow.ledger.records import Direction, Goal, Level, Measured, Outcome, Source, Verification
from hedgerow.ledger.status import EVIDENCE, Reported, State, evidence, standing, standings, stands_from
from tests.ledger.cases import CASE, changed, entered, more

SOURCE = Source(title="s")
DEADLINE = date(2030, 12, 31)


def goal(**other: Any) -> Goal:
    """From 40 at the end of 2020 to 90 at the end of 2030."""
    given: dict[str, Any] = {
        "id": "g", "title": "g", "indicator": "i", "unit": "u", "direction": Direction.UP, "target": 90.0,
        "baseline": Measured(value=40.0, date=date(2020, 12, 31)), "deadline": DEADLINE, "source": SOURCE,
    }  # fmt: skip
    return Goal(**{**given, **other})


def report(day: date, value: float, level: Level = Level.CLAIMED) -> Reported:
    told = Outcome(id="o", goal="g", value=value, date=day, reported_by="r", source=SOURCE)
    return Reported(told, evidence([verdict(level)]))


def verdict(level: Level, *, confirms: bool = True) -> Verification:
    return Verification(id="v", outcome="o", level=level, by=level.value, evidence="https://example.org/e",
                        date=DEADLINE, confirms=confirms)  # fmt: skip


def state(one: Goal, on: date, *reports: Reported) -> State:
    return standing("p", one, reports, on).state


BEFORE, AFTER = date(2026, 1, 1), date(2032, 1, 1)
MIDDLE, LAST = date(2025, 12, 31), date(2030, 12, 31)


@pytest.mark.parametrize(
    ("on", "reports", "expected"),
    [
        (BEFORE, [], State.NOT_YET_DUE),
        (BEFORE, [(MIDDLE, 65.1)], State.ON_COURSE),
        (BEFORE, [(MIDDLE, 64.9)], State.BEHIND),
        (BEFORE, [(MIDDLE, 90.0)], State.MET),
        (LAST, [(LAST, 89.9)], State.BEHIND),
        (AFTER, [], State.NO_REPORT),
        (AFTER, [(MIDDLE, 95.0)], State.NO_REPORT),
        (AFTER, [(date(2030, 1, 1), 89.0)], State.MISSED),
        (AFTER, [(date(2030, 1, 1), 90.0)], State.MET),
        (AFTER, [(date(2031, 6, 1), 91.0)], State.MET),
        (AFTER, [(LAST, 80.0), (date(2031, 6, 1), 91.0)], State.MET_LATE),
        (AFTER, [(LAST, 92.0), (date(2031, 6, 1), 70.0)], State.MET),
        (AFTER, [(LAST, 80.0), (date(2031, 6, 1), 85.0)], State.MISSED),
    ],
)
def test_states(on: date, reports: list[tuple[date, float]], expected: State) -> None:
    told = [report(day, value) for day, value in reports]
    assert state(goal(), on, *told) is expected
    assert state(goal(), on, *reversed(told)) is expected, "in whatever order they were entered"
    down = goal(direction=Direction.DOWN, target=-90.0, baseline=Measured(value=-40.0, date=date(2020, 12, 31)))
    assert state(down, on, *(report(day, -value) for day, value in reports)) is expected, "less is better"


@pytest.mark.parametrize("missing", ["target", "deadline"])
def test_without_target_or_deadline_nothing_is_held_against_it(missing: str) -> None:
    found = standing("p", goal(**{missing: None}), [report(MIDDLE, 1.0)], AFTER)
    assert found.state is State.OPEN
    assert missing in found.verdict


def test_a_goal_stands_from_the_earlier_of_its_baseline_and_its_source() -> None:
    said = Source(title="s", published=date(2015, 6, 1))
    assert stands_from(goal(source=said)) == date(2015, 6, 1)
    assert stands_from(goal()) == date(2020, 12, 31)
    assert stands_from(goal(baseline=None, source=said)) == date(2015, 6, 1)
    assert stands_from(goal(baseline=None)) == date.min


def test_without_a_baseline_there_is_no_course() -> None:
    assert state(goal(baseline=None), BEFORE, report(MIDDLE, 1.0)) is State.NOT_YET_DUE
    assert state(goal(baseline=None), BEFORE, report(MIDDLE, 90.0)) is State.MET


@given(st.integers(1, 3651), st.floats(-20, 20))
def test_the_straight_line_decides_while_the_deadline_is_ahead(days: int, off: float) -> None:
    day = date(2020, 12, 31) + timedelta(days=days)
    value = 40 + 50 * days / 3652 + off
    expected = State.MET if value >= 90 else State.ON_COURSE if off > 1e-9 else State.BEHIND
    if abs(off) > 1e-9:
        assert state(goal(), LAST, report(day, value)) is expected


@given(st.floats(0.01, 100), st.floats(-100, 100), st.floats(0, 120), st.integers(0, 4500))
def test_units_change_no_state(scale: float, shift: float, value: float, days: int) -> None:
    """Dollars or cents, Celsius or Kelvin."""
    if min(abs(value - 90), abs(value - 40 - 50 * days / 3652)) < 1e-3:
        return
    day = date(2020, 12, 31) + timedelta(days=days)
    start = Measured(value=scale * 40 + shift, date=date(2020, 12, 31))
    other = goal(baseline=start, target=scale * 90 + shift)
    for on in (BEFORE, AFTER):
        if day <= on:
            assert state(goal(), on, report(day, value)) is state(other, on, report(day, scale * value + shift))


def test_of_one_day_the_best_proved_report_counts() -> None:
    told = [report(LAST, 95.0), report(LAST, 80.0, Level.INDEPENDENT), report(LAST, 91.0, Level.AUDITED)]
    assert state(goal(), AFTER, *told) is State.MISSED


LEVELS = st.lists(st.tuples(st.sampled_from(list(Level)), st.booleans()), max_size=6)


@given(LEVELS)
def test_verdicts(said: list[tuple[Level, bool]]) -> None:
    """The strongest level decides, a no on it prevails, and order is nothing."""
    verdicts = [verdict(level, confirms=confirms) for level, confirms in said]
    found = evidence(verdicts)
    strongest = max((EVIDENCE[level] for level, _ in said), default=0.0)
    denied = any(not confirms and EVIDENCE[level] == strongest for level, confirms in said)
    assert found.weight == (0.0 if denied else strongest)
    assert found.disputed is denied
    assert evidence(verdicts[::-1]).weight == found.weight


@pytest.mark.parametrize(
    ("on", "expected", "level"),
    [
        (date(2023, 12, 30), State.NOT_YET_DUE, None),
        (date(2023, 12, 31), State.ON_COURSE, Level.CLAIMED),
        (date(2024, 5, 20), State.ON_COURSE, Level.AUDITED),
    ],
)
def test_only_what_is_dated_up_to_the_day_counts(on: date, expected: State, level: Level | None, ledger: Path) -> None:
    entered(ledger)
    (found,) = standings(Book.of(items(ledger)), on)
    assert found.state is expected
    assert (found.telling.evidence.level if found.telling else None) is level
    assert standings(Book.of(items(ledger)), date(2020, 12, 30)) == [], "before the baseline there is no goal"


def test_a_verdict_lapses_when_its_outcome_is_corrected(ledger: Path) -> None:
    entered(ledger)
    correction = CASE[CASE.index("[[outcome]]") : CASE.index("[[verification]]")]
    entered(ledger, more(changed(correction, "value = 61", 'value = 60.5\ncorrection = "misread"')))
    (found,) = standings(Book.of(items(ledger)), AFTER)
    assert found.telling is None or found.telling.evidence.level is Level.CLAIMED
    verdict_again = CASE[CASE.index("[[verification]]") : CASE.index("[[attribution]]")]
    entered(ledger, more(changed(verdict_again, 'id = "audit"', 'id = "audit-2"')))
    (found,) = standings(Book.of(items(ledger)), BEFORE)
    assert found.telling is not None
    assert found.telling.evidence.level is Level.AUDITED
