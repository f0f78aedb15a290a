"""What the verbs around plans share: the outlook, and where an answer goes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from hedgerow.cli.console import console

if TYPE_CHECKING:
    from hedgerow.planning.portfolio.regimes import Outlook
    from hedgerow.planning.question import Question
    from hedgerow.reporting.studies.study import Study


@Parameter(name="*")
@dataclass(frozen=True)
class Shown:
    """Where the answer goes."""

    out: Path | None = None
    """Folder to write: a page and every table. An earlier answer there is replaced."""
    json: Annotated[bool, Parameter(negative=())] = False
    """Print JSON instead of text."""

    @contextmanager
    def staged(self) -> Iterator[Path | None]:
        """The folder to write to, found out to be writable before long work starts."""
        if self.out is None:
            yield None
            return
        from hedgerow.reporting.folder import staged

        with staged(self.out) as folder:
            yield folder

    def write(self, report: Study, folder: Path | None) -> None:
        """Write the report where a folder was asked for."""
        if folder is not None:
            from hedgerow.reporting.folder import write_brief

            write_brief(report, folder)


def deliver(report: Study, shown: Shown) -> None:
    """Print the report as text or JSON."""
    if shown.json:
        sys.stdout.write(report.model_dump_json(indent=1) + "\n")
        return
    from hedgerow.reporting.studies.terminal import print_study

    screen = console(170)
    print_study(report, screen)
    if shown.out is not None:
        page = shown.out / f"{report.verb.value}.html"
        screen.print(f"\nWritten: {page} and tables beside it", highlight=False, soft_wrap=True)


def seen_outlook(regimes: str, chain: str | None, question: Question) -> Outlook:
    """The outlook with the chain that was asked for first."""
    from hedgerow.planning.portfolio.outlooks import outlook

    seen = outlook(regimes, question)
    if chain is None:
        return seen
    first = seen.chain(chain)
    return replace(seen, chains=(first, *(one for one in seen.chains if one is not first)))
