"""``hedgerow indicators``."""

from __future__ import annotations

import json as json_text
import shlex
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from hedgerow.cli.console import console

if TYPE_CHECKING:
    from hedgerow.reporting.indicators.compose import Asked


@Parameter(name="*")
@dataclass(frozen=True)
class Cut:
    """Which values."""

    actor: str | None = None
    """The country: ISO-3 code or name; all of them by default."""
    power: str | None = None
    """The power that ties are measured toward: ISO-3 code, name or bloc such as EU; USA by default."""
    year: int | None = None
    """The year; without an actor the latest by default."""
    own: Path | None = None
    """Folder of your own files: yearly BACI as further years, SIPRI's trade register, NATO's table 8a."""


@Parameter(name="*")
@dataclass(frozen=True)
class Files:
    """Where to write instead of printing."""

    csv: Path | None = None
    """Write the values as CSV; without an indicator the whole panel, actor by year by indicator."""
    parquet: Path | None = None
    """The same as Parquet."""


ALL = Cut()
NO_FILES = Files()


def indicators(
    name: str | None = None,
    /,
    *,
    cut: Cut = ALL,
    files: Files = NO_FILES,
    json: Annotated[bool, Parameter(negative=())] = False,
) -> None:
    """Measures of dependence, concentration and hedging, each with its source, range and page.

    Parameters
    ----------
    name
        An indicator; without one, the list of them.
    json
        Print JSON instead of text.
    """
    from hedgerow.reporting.indicators.compose import asked

    what = asked(actor=cut.actor, power=cut.power, year=cut.year, own=cut.own)
    if files != NO_FILES:
        _write(name, what, files)
    elif name is None:
        _list(what, json=json)
    else:
        _print(name, cut, what, json=json)


def _list(what: Asked, *, json: bool) -> None:
    from hedgerow.errors import RequestError
    from hedgerow.indicators.catalogue import INDICATORS
    from hedgerow.reporting.indicators.compose import Asked
    from hedgerow.reporting.indicators.measured import declared
    from hedgerow.reporting.indicators.terminal import print_catalogue

    if what != Asked():
        raise RequestError("indicator: name one of `hedgerow indicators`, or write all of them with --csv FILE")
    found = [declared(one) for one in INDICATORS]
    if json:
        rows = [one.model_dump(mode="json") for one in found]
        sys.stdout.write(json_text.dumps(rows, indent=1, ensure_ascii=False) + "\n")
    else:
        print_catalogue(found, console())


def _print(name: str, cut: Cut, what: Asked, *, json: bool) -> None:
    from hedgerow.reporting.indicators.compose import measure
    from hedgerow.reporting.indicators.terminal import print_measured

    found = measure(name, what, command=_command_line(name, cut), version=version("hedgerow"))
    if json:
        sys.stdout.write(found.model_dump_json(indent=1) + "\n")
    else:
        print_measured(found, console())


def _write(name: str | None, what: Asked, files: Files) -> None:
    from hedgerow.cli.progress import bar
    from hedgerow.indicators.catalogue import INDICATORS
    from hedgerow.reporting.indicators.compose import table
    from hedgerow.reporting.tidy_file import require_writable, write_table

    targets = {"--csv": files.csv, "--parquet": files.parquet}
    for flag, path in targets.items():
        if path is not None:
            require_writable(path, field=flag)
    with bar("Measuring", len(INDICATORS)) as progress:
        frame = table(name, what, progress=progress)
    for flag, path in targets.items():
        if path is not None:
            write_table(frame, path, parquet=flag == "--parquet", field=flag)
            console().print(f"Written: {path}, {len(frame)} values", highlight=False, soft_wrap=True)


def _command_line(name: str, cut: Cut) -> str:
    """The command that makes this answer again."""
    words = ["hedgerow", "indicators", name]
    for flag, value in (("--actor", cut.actor), ("--power", cut.power), ("--year", cut.year), ("--own", cut.own)):
        if value is not None:
            words += [flag, str(value)]
    return shlex.join(words)
