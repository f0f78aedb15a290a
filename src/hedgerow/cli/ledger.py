"""``hedgerow ledger``: entering, verifying and checking."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

Json = Annotated[bool, Parameter(negative=(), help="Print JSON.")]


def add(file: Path, /, *, ledger: Path, by: str | None = None) -> None:
    """Enter the records of a file, all of them or none: every mistake is told at once.

    Parameters
    ----------
    file
        TOML, one partnership a file; docs/ledger/records.md explains every key.
    ledger
        The folder of your ledger; made if it is new.
    by
        Who enters what does not say so itself.
    """
    from hedgerow.ledger.additions import add
    from hedgerow.ledger.drafts import read_drafts

    written = read_drafts(file, recorded_by=by)
    done = add(ledger, written)
    for entry in done.entries:
        sys.stdout.write(f"{entry.entry.record.type} {entry.entry.record.id}: {ledger / entry.file}\n")
    if done.unchanged:
        sys.stdout.write(f"{done.unchanged} records were there already, word for word\n")


def check(*, ledger: Path | None = None) -> None:
    """Whether a ledger is whole: every problem with file, line and remedy; exit code 1 where there is one.

    Parameters
    ----------
    ledger
        The folder of a ledger of your own; the one that ships when omitted.
    """
    from hedgerow.ledger.checks import check
    from hedgerow.ledger.journal import shipped_ledger

    problems = check(ledger or shipped_ledger())
    for problem in problems:
        sys.stdout.write(f"{problem}\n")
    if any(not problem.harmless for problem in problems):
        sys.exit(1)
