"""All that is wrong with a ledger, or would be after an addition: every problem with file, line and remedy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from hedgerow.ledger.book import Book, Item
from hedgerow.ledger.chains import Problem, read_ledger
from hedgerow.ledger.rules import RULES
from hedgerow.written.mistakes import written


def check(ledger: Path) -> list[Problem]:
    """Every problem of a ledger, read from its files, in the order of files and lines.

    Raises:
        RequestError: there is no such folder.
    """
    folders = read_ledger(ledger)
    found = [problem for folder in folders for problem in folder.problems]
    items = [Item.of(entry) for folder in folders for entry in folder.entries]
    return sorted({*found, *breaches(items)})


def breaches(items: Iterable[Item]) -> set[Problem]:
    """What the records of a ledger break, rule by rule."""
    book = Book.of(items)
    return {
        Problem(
            breach.item.page.file,
            breach.item.page.lines.at((*breach.item.place, *breach.at)),
            f"{written((*breach.item.place, *breach.at))}: {breach.message}",
            rule.__name__,
        )
        for rule in RULES
        for breach in rule(book)
    }


def breaches_of_addition(held: Sequence[Item], added: Sequence[Item]) -> set[Problem]:
    """What an addition would break that is whole without it."""
    return breaches([*held, *added]) - breaches(held)
