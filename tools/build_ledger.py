"""Make the ledger that ships from ``tools/ledger_cases`` and our own tables: the same files give the same bytes.

Run when a case changes. A case that is told otherwise gets another chain; only the ledgers of people are append-only.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from hedgerow.errors import LedgerError
from hedgerow.ledger.book import Item
from hedgerow.ledger.checks import breaches
from hedgerow.ledger.drafts import read_drafts
from hedgerow.ledger.entries import Head, Stored, chained
from hedgerow.ledger.journal import shipped_ledger
from hedgerow.written.mistakes import Mistake, raise_all
from tools.ledger_from_tables import from_tables

CASES = Path(__file__).parent / "ledger_cases"


def entries() -> list[Stored]:
    """The entries of every case.

    Raises:
        LedgerError: every mistake in the cases, one line each.
    """
    made: list[Stored] = []
    items: list[Item] = []
    wrong: list[Mistake] = []
    by_hand = [read_drafts(path) for path in sorted(CASES.glob("*.toml"))]
    wrong += [
        Mistake(written.file, 1, f"is about {written.partnership!r}; give it that name")
        for written in by_hand
        if written.file != f"{written.partnership}.toml"
    ]
    for written in [*by_hand, *from_tables(CASES)]:
        wrong += [
            Mistake(written.file, written.lines.at(place), "recorded is missing: the day it is recorded under")
            for draft, place in zip(written.drafts, written.places, strict=True)
            if draft.recorded is None
        ]
        chain = chained(Head(written.partnership), written.drafts)
        items += [Item(e.entry, e.sha256, written, place) for e, place in zip(chain, written.places, strict=True)]
        made += chain
    raise_all([*wrong, *breaches(items)], error=LedgerError)
    return made


def main() -> None:
    """Write the files."""
    ledger, made = shipped_ledger(), entries()
    shutil.rmtree(ledger, ignore_errors=True)
    for entry in made:
        path = ledger / entry.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(entry.content)


if __name__ == "__main__":
    main()
