"""The ledger that ships is whole, and the cases make it again byte for byte."""

from __future__ import annotations

from hedgerow.ledger.checks import check
from hedgerow.ledger.journal import shipped_ledger
from tools.build_ledger import entries

HINT = "run python -m tools.build_ledger"


def test_the_cases_make_it_again() -> None:
    ledger = shipped_ledger()
    found = {path.relative_to(ledger).as_posix(): path.read_bytes() for path in ledger.rglob("*") if path.is_file()}
    made = {entry.file: entry.content for entry in entries()}
    assert found.keys() == made.keys(), HINT
    assert [name for name in made if found[name] != made[name]] == [], HINT


def test_nothing_is_wrong_with_it() -> None:
    assert check(shipped_ledger()) == []
