"""``hedgerow solve``."""

from __future__ import annotations

import json as json_text
import shlex
import sys
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from hedgerow.cli.console import console

if TYPE_CHECKING:
    from hedgerow.scenarios.results import Results


@Parameter(name="*")
@dataclass(frozen=True)
class Under:
    """What the scenario is solved under."""

    world: str | None = None
    """The world to compute in; `hedgerow world list` shows them."""
    set: Annotated[tuple[str, ...], Parameter(negative=())] = ()
    """A parameter of the scenario, as X=CAN; may be given more than once."""
    on: Annotated[str | None, Parameter(negative=())] = None
    """The day on which memberships and date ranges are read, as 2026-01-31; the scenario's own date by default."""


UNDER = Under()


def solve(
    scenario: str | None = None,
    /,
    *,
    under: Under = UNDER,
    out: Path | None = None,
    listed: Annotated[bool, Parameter(name="--list", negative=())] = False,
    json: Annotated[bool, Parameter(negative=())] = False,
) -> None:
    """What a scenario of trade policy does to everyone.

    Parameters
    ----------
    scenario
        A name of the library, or your own file, which ends in .toml.
    out
        Folder to write: a page, every table as CSV and Parquet, and a manifest. An earlier one there is replaced.
    listed
        Show the library instead: every scenario with its date, standing and source.
    json
        Print JSON instead of text.
    """
    from hedgerow.errors import RequestError

    if listed:
        _list(json=json)
        return
    if scenario is None:
        raise RequestError("scenario: name one of `hedgerow solve --list`, or a file of your own that ends in .toml")
    _solve(scenario, under, out, json=json)


def _solve(reference: str, under: Under, out: Path | None, *, json: bool) -> None:
    from hedgerow.reporting.folder import staged
    from hedgerow.reporting.scenario.compose import compose_scenario
    from hedgerow.reporting.scenario_folder import write_scenario

    with nullcontext() if out is None else staged(out) as folder:
        found = _results(reference, under)
        report = compose_scenario(found, command=_command_line(reference, under, found), version=version("hedgerow"))
        if folder is not None:
            write_scenario(report, found, folder)
    if json:
        sys.stdout.write(report.model_dump_json(indent=1) + "\n")
        return
    from hedgerow.reporting.scenario.terminal import print_scenario

    screen = console()
    print_scenario(report, screen)
    if out is not None:
        screen.print(f"\nWritten: {out / 'scenario.html'} and tables beside it", highlight=False, soft_wrap=True)


def _results(reference: str, under: Under) -> Results:
    from hedgerow.scenarios.results import results
    from hedgerow.scenarios.scenario import scenario
    from hedgerow.trade.economy import calibrate
    from hedgerow.world.io import DEFAULT_WORLD, load

    world = load(under.world or DEFAULT_WORLD)
    economy = calibrate(world)
    found = scenario(reference, world, settings=_settings(under.set), on=_day(under.on), economy=economy)
    return results(found, world, economy)


def _settings(words: tuple[str, ...]) -> dict[str, str]:
    from hedgerow.errors import RequestError

    found: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not (name and equals and value):
            raise RequestError(f"--set: {word!r} is no NAME=VALUE; write --set X=CAN")
        if name in found:
            raise RequestError(f"--set: {name} is given twice")
        found[name] = value
    return found


def _day(written: str | None) -> date | None:
    from hedgerow.errors import RequestError

    try:
        return None if written is None else date.fromisoformat(written)
    except ValueError:
        raise RequestError(f"--on: {written!r} is no date; write 2026-01-31") from None


def _command_line(reference: str, under: Under, found: Results) -> str:
    """The command that makes this answer again, with every choice spelt out."""
    words = ["hedgerow", "solve", reference, "--world", under.world or found.world.id]
    for word in under.set:
        words += ["--set", word]
    return shlex.join([*words, *(["--on", under.on] if under.on else [])])


def _list(*, json: bool) -> None:
    from hedgerow.scenarios.scenario import library

    if not json:
        from hedgerow.reporting.scenario.terminal import print_library

        print_library(library(), console())
        return
    rows = [
        {
            "id": one.id,
            "title": one.title,
            "date": one.date.isoformat(),
            "status": one.status.value,
            "source": one.source,
            "parameters": dict(one.parameters),
            "notes": [*one.notes],
        }
        for one in library()
    ]
    sys.stdout.write(json_text.dumps(rows, indent=1, ensure_ascii=False) + "\n")
