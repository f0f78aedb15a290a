"""The equations by hand and by law; what cannot be tested has no number."""

from __future__ import annotations

import itertools
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.ledger import equations as eq
from hedgerow.ledger.book import Book
from hedgerow.ledger.equations import Bounds
from hedgerow.ledger.index import items
from hedgerow.ledger.scores import PartnershipScore, scores
from tests.house.repository import ROOT
from tests.ledger.cases import CASE, changed, entered, more

TODAY = date(2026, 1, 1)
NUMBERS = st.floats(-1e6, 1e6)


@st.composite
def bounds(draw: st.DrawFn, low: float = -1e3, high: float = 1e3) -> Bounds:
    ends = sorted(draw(st.lists(st.floats(low, high), min_size=3, max_size=3)))
    return Bounds(ends[1], ends[0], ends[2])


def score_of(ledger: Path, text: str, on: date = TODAY) -> PartnershipScore:
    entered(ledger, text)
    (found,) = scores(Book.of(items(ledger)), on)
    return found


@given(NUMBERS, NUMBERS, NUMBERS, st.floats(0.01, 100), NUMBERS)
def test_units_and_direction_change_no_achievement(
    y1: float, y0: float, goal: float, scale: float, shift: float
) -> None:
    if abs(goal - y0) < 1e-2:
        return
    found = eq.achievement(y1, y0, goal)
    assert 0 <= found <= eq.HIGHEST
    for factor in (scale, -scale):
        other = eq.achievement(factor * y1 + shift, factor * y0 + shift, factor * goal + shift)
        assert other == pytest.approx(found, abs=1e-4)


def test_achievement_at_its_ends() -> None:
    assert eq.achievement(40, 40, 90) == 0
    assert eq.achievement(90, 40, 90) == 1
    assert eq.achievement(30, 40, 90) == 0
    assert eq.achievement(1000, 40, 90) == eq.HIGHEST


@given(bounds(), bounds(), bounds(0, 1), st.sampled_from([0.0, 0.5, 0.8, 1.0]), NUMBERS, NUMBERS)
def test_bounds_hold_every_case_between_them(
    y1: Bounds, without: Bounds, share: Bounds, v: float, y0: float, goal: float
) -> None:
    """The slow and obvious way: every corner and the middle, each a case without bounds."""
    if abs(goal - y0) < 1e-2:
        return
    added = eq.additionality(y1, without, y0, goal)
    told = eq.contribution(v, share, added)
    for a, b, c in itertools.product(y1, without, share):
        exact = v * c * (a - b) / (goal - y0)
        assert told.low - 1e-6 <= exact <= told.high + 1e-6
    assert told.low <= told.value <= told.high


@given(bounds(), bounds(0, 1))
def test_a_claim_adds_nothing_and_proof_never_takes_sign_away(added: Bounds, share: Bounds) -> None:
    assert eq.contribution(0.0, share, added) == pytest.approx((0.0, 0.0, 0.0))
    weak, strong = (eq.contribution(v, share, added).value for v in (0.5, 1.0))
    assert strong == pytest.approx(2 * weak)


@given(st.lists(st.tuples(st.floats(0.1, 10), bounds()), min_size=1, max_size=5), st.floats(0.1, 10))
def test_weights_count_by_their_ratio(goals: list[tuple[float, Bounds]], scale: float) -> None:
    weights, told = [w for w, _ in goals], [c for _, c in goals]
    found = eq.score(weights, told)
    assert eq.score([scale * w for w in weights], told) == pytest.approx(found)
    assert min(c.value for c in told) - 1e-9 <= found.value <= max(c.value for c in told) + 1e-9


@given(st.lists(st.floats(0, 1), min_size=1, max_size=4))
def test_what_nobody_assessed_changes_no_index(answers: list[float]) -> None:
    assert eq.procedural_index([*answers, None]) == eq.procedural_index(answers)
    assert eq.procedural_index([None, None]) is None


def test_by_hand(ledger: Path) -> None:
    """The example of docs/ledger/scores.md: 1,095 of 3,652 days, and the outcome without bounds."""
    found = score_of(ledger, changed(CASE, "low = 60\nhigh = 62\n", ""))
    (goal,) = found.goals
    added = [(61 - (40 + rise * 1095 / 3652)) / 50 for rise in (12, 16, 8)]
    assert goal.achievement == pytest.approx(0.42)
    assert goal.additionality == pytest.approx(added)
    assert found.score == pytest.approx([0.5 * share * one for share, one in zip((0.6, 0.5, 0.7), added, strict=True)])
    page = (ROOT / "docs/ledger/scores.md").read_text(encoding="utf-8").split("## An example by hand")[1]
    for number in (*(found.score or ()), *added):
        assert f"{number:.3f}" in page


def test_the_bounds_of_an_outcome_widen_the_score(ledger: Path, tmp_path: Path) -> None:
    exact = score_of(tmp_path / "exact", changed(CASE, "low = 60\nhigh = 62\n", "")).score
    found = score_of(ledger, CASE).score
    assert found is not None
    assert exact is not None
    assert found.low < exact.low < found.value == exact.value < exact.high < found.high


@pytest.mark.parametrize(
    ("old", "new", "lacking"),
    [
        (
            'counterfactual = { value = 52, low = 48, high = 56, date = 2030-12-31, method = "trend" }\n',
            "",
            "counterfactual",
        ),
        ("high = 56, date = 2030-12-31", "high = 56, date = 2023-12-30", "up to the day of the outcome"),
        (CASE[CASE.index("[[attribution]]") :], "", "the partnership's share"),
        ("target = 90\n", "", "a baseline and a target"),
        ("target = 90\n", "target = 40\n", "a baseline and a target that differ"),
    ],
)
def test_what_cannot_be_tested_has_no_number(old: str, new: str, lacking: str, ledger: Path) -> None:
    found = score_of(ledger, changed(CASE, old, new))
    assert found.score is None
    assert found.tested == 0
    assert lacking in found.goals[0].lacking


def test_nothing_is_tested_before_there_is_an_outcome(ledger: Path) -> None:
    found = score_of(ledger, CASE, date(2022, 1, 1))
    assert found.score is None
    assert found.goals[0].lacking == "an outcome"


def test_a_self_report_scores_zero(ledger: Path) -> None:
    verdict = CASE[CASE.index("[[verification]]") : CASE.index("[[attribution]]")]
    found = score_of(ledger, changed(CASE, verdict, ""))
    assert found.score == Bounds(0, 0, 0)


def test_a_new_claim_takes_nothing_from_an_old_proof(ledger: Path) -> None:
    before = score_of(ledger, CASE)
    claim = CASE[CASE.index("[[outcome]]") : CASE.index("[[verification]]")]
    claim = changed(
        changed(claim, 'id = "access-2023"', 'id = "access-2024"'), "date = 2023-12-31", "date = 2024-06-30"
    )
    entered(ledger, more(changed(claim, "value = 61", "value = 61.5")))
    (after,) = scores(Book.of(items(ledger)), TODAY)
    assert after.score == before.score
    assert after.goals[0].standing.telling != before.goals[0].standing.telling, "the status goes by the latest report"


CRITERIA = {
    'scope = "four counties"\n': "specific",
    'responsible = ["CAN"]\n': "assignable",
    "deadline = 2030-12-31\n": "time_related",
    'goal = "access"\nby = "pumps"': "realistic",
    "target = 90\n": "measurable",
}


@pytest.mark.parametrize("gone", CRITERIA)
def test_each_criterion_hangs_on_its_own_field(gone: str, ledger: Path) -> None:
    found = score_of(ledger, changed(CASE, gone, 'by = "pumps"' if "pumps" in gone else ""))
    smart = found.goals[0].smart
    missed = [name for name in vars(smart) if not getattr(smart, name)]
    assert missed == [CRITERIA[gone]]
    assert found.completeness == pytest.approx(0.8)


def test_procedure_changes_no_score(ledger: Path, tmp_path: Path) -> None:
    bare = score_of(ledger, CASE)
    aspects = "procedure = { participation = 1, transparency = 0.5, source = { title = 's' } }\n"
    told = score_of(tmp_path / "other", changed(CASE, "since = 2020-06-01\n", f"since = 2020-06-01\n{aspects}"))
    assert (bare.procedural, told.procedural) == (None, 0.75)
    assert told.score == bare.score
    assert told.completeness == bare.completeness
