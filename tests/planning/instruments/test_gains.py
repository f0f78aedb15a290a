"""Worth of the three instruments in a year: signs, limits, and sums over what may happen."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.planning.instruments.gains import attacked, blunted, boosted, bound, spared
from hedgerow.planning.instruments.parameters import Instrument, candidates, parameters_of, years_of

shares = st.floats(0, 1)
logs = st.floats(-0.3, 0.3)


def one(value: float) -> np.ndarray:
    return np.array([value])


@given(shares, shares, st.floats(0, 0.9))
def test_arms_are_worth_what_the_power_leaves_open(reliability: float, hazard: float, harm: float) -> None:
    """Against the sum over its coming or not, and an attack or none."""
    expected = sum(
        chance * attack * np.log(1 - harm)
        for chance, comes in ((reliability, True), (1 - reliability, False))
        for attack, there in ((hazard, True), (1 - hazard, False))
        if there and not comes
    )
    assert blunted(one(reliability), expected=attacked(hazard, harm))[0] == pytest.approx(-expected, abs=1e-12)
    assert blunted(one(1.0), expected=attacked(hazard, harm))[0] == 0


@given(logs, logs, shares, shares)
def test_nothing_is_undone_in_calm_and_never_more_than_the_harm(
    calm: float, income: float, reliability: float, share: float
) -> None:
    harm = max(0.0, calm - income)
    bound_, boosted_ = (
        bound(one(calm), one(income), one(reliability), share=share),
        boosted(one(calm), one(income), chance=share),
    )
    for found in (bound_, boosted_):
        assert 0 <= found[0] <= harm + 1e-15
    assert bound(one(calm), one(calm), one(reliability), share=share)[0] == 0
    assert bound_[0] == pytest.approx(reliability * boosted_[0])


@given(shares, shares, shares, st.floats(-0.2, 0))
def test_binding_never_spares_more_than_the_punishment(
    share: float, reliability: float, chance: float, harm: float
) -> None:
    found = spared(one(harm), one(reliability), share=share, chance=chance)[0]
    assert 0 <= found <= -chance * harm + 1e-15


def test_every_assumption_has_a_range_and_a_reason() -> None:
    for instrument in Instrument:
        for parameter in parameters_of(instrument):
            assert parameter.range.low < parameter.range.central < parameter.range.high
            assert parameter.why
            assert parameter.unit
        first, years = years_of(instrument)
        assert first >= 0
        assert years >= 1


def test_what_is_not_priced_says_why() -> None:
    found = {one.id: one for one in candidates()}
    assert {"SAFE", "AUKUS", "QUAD", "CHN-JPN-KOR"} <= set(found)
    assert all(one.why and one.source for one in found.values())
