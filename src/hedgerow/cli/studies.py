"""What the verbs around plans share: where an answer goes."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from hedgerow.cli.console import console

if TYPE_CHECKING:
    from hedgerow.reporting.studies.study import Study


@Parameter(name="*")
@dataclass(frozen=True)
class Shown:
    """Where the answer goes."""

    out: Path | None = None
    """Folder to write: a page and every table. An earlier answer there is replaced."""
    json: Annotated[bool, Parameter(negative=())] = False
    """Print JSON instead of text."""

    def staged(self) -> AbstractContextManager[Path | None]:
        """The folder to write to, found out to be writable before long work starts."""
        from hedgerow.reporting.folder import staged

        return nullcontext() if self.out is None else staged(self.out)

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
