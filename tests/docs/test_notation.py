"""The notation and the code name the same things."""

from __future__ import annotations

import dataclasses
import re

import pytest

from hedgerow.provenance import Status
from hedgerow.trade.economy import Economy
from tests.house.repository import ROOT

NOTATION = (ROOT / "docs" / "notation.md").read_text(encoding="utf-8")
ROWS = set(re.findall(r"^\| `(\w+)` \|", NOTATION, flags=re.MULTILINE))
LABELS = {"actors", "sectors", "goods", "world_value_added"}


def test_every_array_of_an_economy_has_a_symbol() -> None:
    assert {field.name for field in dataclasses.fields(Economy)} - LABELS <= ROWS


@pytest.mark.parametrize("status", Status)
def test_every_kind_of_number_is_explained_in_the_words_of_the_code(status: Status) -> None:
    assert status.value in ROWS


def test_conventions_are_numbered_without_gaps() -> None:
    numbers = [int(n) for n in re.findall(r"^(\d+)\. \*\*", NOTATION, flags=re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 10
