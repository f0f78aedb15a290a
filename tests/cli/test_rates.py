"""Rates as people write them."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hedgerow.errors import RateError
from hedgerow.trade.rates import parse_rate

WRITTEN = st.one_of(
    st.text(alphabet="0123456789.%eE+-_ ", max_size=6),
    st.floats(allow_subnormal=False).map(str),
    st.floats(-1, 2000, allow_subnormal=False).map("{}%".format),
    st.sampled_from(["inf", "-inf", "nan", "inf%", "nan%", "", "%", "1%%", "25 percent", "1e999", "0", "0%", "-0.1"]),
)


@given(written=WRITTEN)
def test_whatever_is_accepted_is_above_zero_and_at_most_tenfold(written: str) -> None:
    try:
        rate = parse_rate(written, field="--tariff")
    except RateError as refusal:
        assert str(refusal).startswith("--tariff: ")
        assert repr(written) in str(refusal)
        assert refusal.exit_code == 2
    else:
        assert 0 < rate <= 10


@given(percent=st.integers(1, 99))
def test_a_percentage_and_its_fraction_are_the_same_rate(percent: int) -> None:
    assert parse_rate(f"{percent}%", field="x") == parse_rate(f"0.{percent:02d}", field="x") == percent / 100
    assert parse_rate(f" {percent} % ", field="x") == percent / 100


@given(rate=st.floats(1e-6, 10))
def test_a_percentage_up_to_a_thousand_is_read(rate: float) -> None:
    assert parse_rate(f"{100 * rate:.12g}%", field="x") == pytest.approx(rate, rel=1e-10)


@pytest.mark.parametrize("written", ["1001%", "1e9%", "0", "0%", "-5%", "-0.1", "nan", "inf", "inf%", "", "%", "x%"])
def test_nothing_that_is_no_rate_is_accepted(written: str) -> None:
    with pytest.raises(RateError):
        parse_rate(written, field="x")


def remedies(written: str) -> list[str]:
    """What the refusal of a bare number tells to write instead."""
    with pytest.raises(RateError) as refusal:
        parse_rate(written, field="--tariff")
    found = re.search(r"ambiguous; write (\S+)(?: or (\S+))?$", str(refusal.value))
    assert found is not None, str(refusal.value)
    return [remedy for remedy in found.groups() if remedy]


@given(number=st.integers(100, 9999))
@example(number=100)
def test_a_bare_number_from_1_is_refused_with_remedies_that_work(number: int) -> None:
    """25 may mean 25 % or 2500 %: what the message says instead is accepted, and both ways of it mean the same."""
    written = f"{number / 100:g}"
    rates = [parse_rate(remedy, field="x") for remedy in remedies(written)]
    assert rates == pytest.approx([number / 1e4] * len(rates), rel=1e-12)
    assert remedies(written)[0] == f"{written}%"


@pytest.mark.parametrize("written", ["100", "250", "1000", "12.3456789"])
def test_remedies_work_for_large_and_long_numbers_too(written: str) -> None:
    for remedy in remedies(written):
        assert parse_rate(remedy, field="x") == pytest.approx(float(written) / 100, rel=1e-12)


def test_a_percentage_too_small_for_a_number_is_no_rate() -> None:
    with pytest.raises(RateError):
        parse_rate("5e-324%", field="x")
