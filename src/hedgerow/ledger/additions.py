"""Adding to a ledger: checked as a whole before a byte is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hedgerow.errors import LedgerError
from hedgerow.ledger.book import Book, Item
from hedgerow.ledger.checks import breaches_of_addition
from hedgerow.ledger.drafts import Written
from hedgerow.ledger.entries import Draft, Head, Stored, chained
from hedgerow.ledger.index import items
from hedgerow.ledger.journal import require_own, writing
from hedgerow.ledger.records import Kind
from hedgerow.written.mistakes import raise_all


@dataclass(frozen=True)
class Added:
    """What came of an addition."""

    entries: tuple[Stored, ...]
    unchanged: int
    """Records that the ledger held already, word for word; adding a file twice adds nothing."""


def add(ledger: Path, written: Written) -> Added:
    """Append the records of a file to a ledger, all of them or none; where a writer is stopped, add the file again.

    Raises:
        LedgerError: every mistake in the file, one line each; nothing was written.
        RequestError: the ledger is the shipped one, or cannot be written to.
        DataError: the ledger is damaged.
    """
    require_own(ledger)
    while True:
        held = items(ledger) if ledger.is_dir() else []
        entries = prepared(held, written)
        if not entries:
            break
        with writing(ledger, written.partnership) as chain:
            if chain.head == head_of(held, written.partnership):  # else somebody was faster: look again
                chain.write(entries)
                break
    return Added(tuple(entries), len(written.drafts) - len(entries))


def prepared(held: Sequence[Item], written: Written) -> list[Stored]:
    """The entries that a file adds to a ledger.

    Args:
        held: all entries of the ledger, by partnership and number.
        written: the file.

    Raises:
        LedgerError: every mistake in it.
    """
    current = {
        (kind, item.key[1]): item
        for kind, known in Book.of(held).current.items()
        for item in known.values()
        if item.entry.partnership == written.partnership
    }
    new = [(d, p) for d, p in zip(written.drafts, written.places, strict=True) if not _is_held(d, current)]
    hashes = {key: item.sha256 for key, item in current.items()}
    entries = chained(head_of(held, written.partnership), [draft for draft, _ in new], hashes)
    added = [Item(e.entry, e.sha256, written, place) for e, (_, place) in zip(entries, new, strict=True)]
    raise_all(breaches_of_addition(held, added), error=LedgerError)
    return entries


def head_of(held: Sequence[Item], partnership: str) -> Head:
    """The end of a chain among the entries that were read."""
    end = Head(partnership)
    for item in held:
        if item.entry.partnership == partnership:
            end = Head(partnership, item.entry.number, item.sha256, item.entry.recorded)
    return end


def _is_held(draft: Draft, current: dict[tuple[Kind, str], Item]) -> bool:
    """Whether a record stands there word for word, and is not to be said again for another reason."""
    held = current.get((draft.record.type, draft.record.id))
    if held is None or held.entry.record != draft.record:
        return False
    return draft.correction in {None, held.entry.reason}
