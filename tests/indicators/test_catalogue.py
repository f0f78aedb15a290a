"""What every indicator must do, swept over the catalogue on evidence made at random."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from hedgerow.data.registry import sources
from hedgerow.errors import UnknownNameError
from hedgerow.indicators.catalogue import INDICATORS, indicator
from hedgerow.indicators.declare import Indicator, Per
from hedgerow.indicators.elements import ELEMENT_INDICATORS
from hedgerow.indicators.evidence import GDP, IDEAL_POINTS, TRADE, WORLDS, Evidence
from hedgerow.indicators.panel import PANEL_COLUMNS, measured
from hedgerow.indicators.ties import bloc_members
from hedgerow.provenance import Status
from hedgerow.world.actors import alias_table
from hedgerow.world.memberships import members_on
from tests.indicators.conftest import Values
from tests.indicators.evidences import CODES, POWERS, evidences, permuted, rescaled, with_empty_year

LAWS = settings(max_examples=6, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate])
KEYS = ["actor", "year", "since", "power", "sector", "series"]
EVERY = pytest.mark.parametrize("one", INDICATORS, ids=lambda one: one.id)


def keyed(frame: pd.DataFrame) -> pd.DataFrame:
    """Values by everything that labels them."""
    return frame.set_index(KEYS)[["value", "low", "high"]].astype(float).sort_index()


def require_same(found: pd.DataFrame, expected: pd.DataFrame, tolerance: float = 1e-6) -> None:
    pd.testing.assert_frame_equal(keyed(found), keyed(expected), rtol=tolerance, atol=tolerance, check_index_type=False)


@EVERY
def test_a_declaration_says_everything(one: Indicator) -> None:
    for text in (one.id, one.title, one.family, one.unit, one.formula, one.reading, one.reference, one.uncertainty):
        assert text.strip() == text != ""
    for sentence in (one.reading, one.reference, one.uncertainty, *filter(None, [one.caution])):
        assert sentence.endswith(".")
    assert one.low < one.high
    assert one.inputs
    if one.labels:
        assert (one.low, one.high) == (0, len(one.labels) - 1)


def test_ids_are_unique_and_thirty_or_more() -> None:
    ids = [one.id for one in INDICATORS]
    assert len(set(ids)) == len(ids) >= 30


@pytest.mark.parametrize(("written", "said"), [("trade-concentraton", "trade-concentration"), ("zzz", "lists them")])
def test_an_unknown_indicator_is_refused_with_a_suggestion(written: str, said: str) -> None:
    with pytest.raises(UnknownNameError, match=said):
        indicator(written)


def require_range(one: Indicator, frame: pd.DataFrame) -> None:
    """Values inside the declared range, each inside its own."""
    numbers, slack = frame[["value", "low", "high"]].astype(float), 1e-9
    assert list(frame.columns) == list(PANEL_COLUMNS)
    assert (numbers.isna() | ((numbers >= one.low - slack) & (numbers <= one.high + slack))).all().all()
    assert numbers["value"].notna().all()
    assert not (numbers["low"] > numbers["value"] + slack).any()
    assert not (numbers["high"] < numbers["value"] - slack).any()
    assert not one.labels or set(numbers["value"]) <= set(range(len(one.labels)))


@LAWS
@given(evidences())
def test_values_lie_in_the_declared_range_and_inside_their_own(evidence: Evidence) -> None:
    for one in INDICATORS:
        require_range(one, measured(one, evidence))


def test_the_random_evidence_gives_every_indicator_something_to_measure() -> None:
    """The laws say something: over a few draws no indicator stays empty."""
    drawn = {TRADE, WORLDS, GDP, IDEAL_POINTS}
    silent = {one.id for one in INDICATORS if set(one.inputs) <= drawn or one in ELEMENT_INDICATORS}

    @LAWS
    @given(evidences())
    def draw(evidence: Evidence) -> None:
        nonlocal silent
        silent -= {one.id for one in INDICATORS if one.id in silent and len(measured(one, evidence))}

    draw()
    assert not silent


@LAWS
@given(evidences(), st.sampled_from([1e-3, 0.5, 1e3]))
def test_the_unit_of_money_does_not_matter(evidence: Evidence, factor: float) -> None:
    again = rescaled(evidence, factor)
    for one in INDICATORS:
        require_same(measured(one, again), measured(one, evidence))


@LAWS
@given(evidences(), st.permutations(range(len(CODES))))
def test_the_order_of_actors_does_not_matter(evidence: Evidence, order: list[int]) -> None:
    again = permuted(evidence, order)
    for one in INDICATORS:
        require_same(measured(one, again), measured(one, evidence))


@LAWS
@given(evidences())
def test_an_empty_year_changes_nothing(evidence: Evidence) -> None:
    again = with_empty_year(evidence)
    for one in INDICATORS:
        expected = measured(one, evidence)
        require_same(measured(one, again), expected, tolerance=0)


@EVERY
def test_labels_fit_what_a_value_belongs_to(one: Indicator, values_of: Values) -> None:
    frame = values_of(one.id)
    filled = {
        Per.ACTOR: (True, False, False),
        Per.TOWARD: (True, True, False),
        Per.SECTOR_TOWARD: (True, True, True),
        Per.POWER: (False, True, False),
        Per.SYSTEM: (False, False, False),
    }[one.per]
    for column, wanted in zip(("actor", "power", "sector"), filled, strict=True):
        assert ((frame[column] != "") == wanted).all(), column
    assert not frame.duplicated(KEYS).any()
    assert "ROW" not in set(frame["actor"])
    assert set(frame["status"]) <= {status.value for status in Status}
    assert {name for cell in set(frame["source"]) for name in cell.split()} <= set(sources())


@EVERY
def test_nobody_is_measured_toward_itself(one: Indicator, values_of: Values) -> None:
    frame = values_of(one.id)
    for (power, year), held in frame[frame["power"] != ""].groupby(["power", "year"])["actor"]:
        assert not set(held) & set(bloc_members(str(power), int(str(year))))


@EVERY
def test_evidence_that_is_not_at_hand_gives_no_value(one: Indicator) -> None:
    assert measured(one, Evidence({}, POWERS)).empty


def test_an_indicator_sees_only_what_it_declares(shipped: Evidence) -> None:
    narrow = shipped.only((WORLDS,))
    with pytest.raises(UnknownNameError, match="trade"):
        narrow.get("trade")


def test_canada_and_mexico_are_the_most_concentrated_of_the_g20(values_of: Values) -> None:
    """Goods trade of 2023, by exports and by all trade."""
    g20 = [*members_on(date(2023, 12, 31), "G20")]
    g20 = [code for code in g20 if code in alias_table().names]
    for name in ("exports-concentration", "trade-concentration"):
        frame = values_of(name)
        scores = frame[frame["series"] == "baci-2023"].set_index("actor")["value"].astype(float)
        ranked = scores.reindex(g20)
        assert ranked.notna().all()
        assert set(ranked.nlargest(2).index) == {"CAN", "MEX"}
        assert np.diff(sorted(ranked))[-2] > 0.1, "by a wide margin"
