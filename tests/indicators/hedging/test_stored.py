"""The standings that ship are those of the code and of the evidence that ships."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from hedgerow.indicators.element import POWERS
from hedgerow.indicators.evidence import Evidence
from hedgerow.indicators.hedging.composite import ORDER
from hedgerow.indicators.hedging.gather import Gathered, gather, standings_of
from hedgerow.indicators.hedging.standing import Setting
from hedgerow.indicators.hedging.stored import DIGITS, last_year, packed, stored
from hedgerow.indicators.hedging.tidy import COLUMNS


@pytest.fixture(name="gathered", scope="module")
def gathered_once(shipped: Evidence) -> Gathered:
    return gather(shipped)


def test_the_last_year_computes_to_what_ships(gathered: Gathered) -> None:
    last = last_year()
    year = int(last["year"].iloc[0])
    assert year == gathered.years[-1], "run python tools/build_hedging.py"
    again = standings_of(gathered, [year], setting=Setting(sensitivity=False)).fillna({"course": ""})
    assert list(again["actor"]) == list(last["actor"])
    for name in COLUMNS:
        if again[name].dtype.kind == "f":
            np.testing.assert_allclose(last[name], again[name], atol=10**-DIGITS, rtol=0, err_msg=name)
        else:
            assert list(last[name]) == list(again[name]), name


def test_packing_is_the_same_every_time() -> None:
    frame = stored().head(20)
    assert packed(frame) == packed(frame)


def test_scores_are_inside_their_scale_and_their_range() -> None:
    frame = stored()
    whole = frame[frame["score"].notna()]
    assert (whole["assured"] <= whole["score"] + 1e-3).all()
    assert (whole["score"] <= whole["possible"] + 1e-3).all()
    for element in ORDER:
        scores = frame[element.value].dropna()
        assert scores.between(0, 1).all()
        assert (frame.loc[scores.index, f"{element.value}_coverage"] >= 0.5).all()
    assert not set(frame["actor"]) & set(POWERS)
    shares = frame["course_share"].dropna()
    assert shares.between(0, 1).all()


def test_complete_states_have_no_gap_between_assured_and_possible() -> None:
    complete = stored()
    complete = complete[complete["coverage"] == 1]
    pd.testing.assert_series_equal(complete["assured"], complete["possible"], check_names=False, atol=1e-3)
