"""How numbers are written."""

from __future__ import annotations

import pytest

from hedgerow.reporting.brief import Cell
from hedgerow.reporting.charts_text import plain, written


@pytest.mark.parametrize(
    ("cell", "digits", "text"),
    [
        (-2.113, 2, "−2.11"),
        (1234567.891, 1, "1,234,567.9"),
        (-0.004, 2, "0.00"),
        (-0.0, 0, "0"),
        (-1126.0, 0, "−1,126"),
        (None, 2, "n/a"),
        (True, 0, "yes"),
        (False, 0, "no"),
        ("new", 2, "new"),
    ],
)
def test_written(cell: Cell, digits: int, text: str) -> None:
    assert written(cell, digits) == text


@pytest.mark.parametrize(("number", "text"), [(-0.5, "−0.5"), (2.0, "2"), (0.0, "0"), (0.001, "0.001")])
def test_plain_numbers_have_no_idle_decimals(number: float, text: str) -> None:
    assert plain(number) == text
