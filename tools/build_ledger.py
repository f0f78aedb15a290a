"""Make the ledger that ships from the cases in ``tools/ledger_cases``: the same files give the same bytes.

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

CASES = Path(__file__).parent / "ledger_cases"


def entries() -> list[Stored]:
    """The entries of every case.

    Raises:
        LedgerError: every mistake in the cases, one line each.
    """
    made: list[Stored] = []
    items: list[Item] = []
    wrong: list[Mistake] = []
    for path in sorted(CASES.glob("*.toml")):
        written = read_drafts(path)
        if path.stem != written.partnership:
            wrong.append(Mistake(path.name, 1, f"is about {written.partnership!r}; give it that name"))
        wrong += [
            Mistake(path.name, written.lines.at(place), "recorded is missing: the day it is recorded under")
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
    ledger = shipped_ledger()
    shutil.rmtree(ledger, ignore_errors=True)
    for entry in entries():
        path = ledger / entry.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(entry.content)


if __name__ == "__main__":
    main()
