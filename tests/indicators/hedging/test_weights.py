"""Weights as a person writes them."""

from __future__ import annotations

import pytest

from hedgerow.errors import RequestError
from hedgerow.indicators.hedging.composite import parse_weights


def test_weights_add_up_to_one_and_the_unnamed_count_one() -> None:
    assert parse_weights("", field="--weights") == (0.25,) * 4
    assert parse_weights("broadening=2", field="--weights") == (0.2, 0.4, 0.2, 0.2)
    assert parse_weights("Blunting = 0, broadening=0,boosting=0,binding=3", field="--weights") == (0, 0, 0, 1)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("blunt=1", "'blunt' is no element"),
        ("blunting", "blunting= is no weight"),
        ("blunting=-1", "is no weight"),
        ("blunting=inf", "is no weight"),
        ("blunting=1,blunting=2", "weighed twice"),
        ("blunting=0,broadening=0,boosting=0,binding=0", "all weights are 0"),
    ],
)
def test_other_weights_are_refused_with_a_remedy(written: str, said: str) -> None:
    with pytest.raises(RequestError, match=said) as caught:
        parse_weights(written, field="--weights")
    assert str(caught.value).startswith("--weights: ")
    assert "\n" not in str(caught.value)
