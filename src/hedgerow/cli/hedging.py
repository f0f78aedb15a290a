"""``hedgerow hedging``."""

from __future__ import annotations

import shlex
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from hedgerow.cli.console import console

if TYPE_CHECKING:
    from hedgerow.indicators.hedging.standing import Setting


@Parameter(name="*")
@dataclass(frozen=True)
class Drawn:
    """What may be weighed and drawn otherwise."""

    year: int | None = None
    """The year; the latest by default."""
    weights: str | None = None
    """Weights of the elements, as blunting=1,broadening=2; those not named count 1."""
    draws: int = 2000
    """Draws over normalisation, weights, aggregation, gaps and one indicator less."""
    seed: int = 1
    """Seed of the draws; the same seed gives the same digits."""
    processes: int = 1
    """Years are shared out among this many."""
    own: Path | None = None
    """Folder of your own files: SIPRI's trade register for arms, yearly BACI as further years."""


DRAWN = Drawn()


def hedging(
    actor: str | None = None,
    /,
    *,
    drawn: Drawn = DRAWN,
    csv: Path | None = None,
    json: Annotated[bool, Parameter(negative=())] = False,
) -> None:
    """How states hedge between the United States and China: blunting, broadening, boosting, binding.

    Parameters
    ----------
    actor
        The state: ISO-3 code or name; without one, all states of the year.
    csv
        Write the rows as CSV instead of printing: the years of the state, or all states of the year.
    json
        Print JSON instead of text.
    """
    from hedgerow.cli.progress import bar
    from hedgerow.reporting.hedging.compose import STEPS, asked, compose_hedging
    from hedgerow.reporting.tidy_file import require_writable, write_table

    processes = _at_least_one(drawn.processes, "--processes")
    what = asked(actor, drawn.year, setting=_setting(drawn), processes=processes, own=drawn.own)
    if csv is not None:
        require_writable(csv, field="--csv")
    command = _command_line(what.actor, drawn)
    with bar("Measuring", STEPS) as progress:
        found = compose_hedging(what, command=command, version=version("hedgerow"), progress=progress)
    if csv is not None:
        write_table(found.rows, csv, parquet=False, field="--csv")
        sys.stdout.write(f"Written: {csv}, {len(found.rows)} rows\n")
    elif json:
        sys.stdout.write(found.report.model_dump_json(indent=1) + "\n")
    else:
        from hedgerow.reporting.hedging.terminal import print_hedging

        print_hedging(found.report, console(170))


def _setting(drawn: Drawn) -> Setting:
    from hedgerow.errors import RequestError
    from hedgerow.indicators.hedging.composite import parse_weights
    from hedgerow.indicators.hedging.standing import FEWEST_DRAWS, Setting

    if drawn.draws < FEWEST_DRAWS:
        raise RequestError(f"--draws: {drawn.draws} say nothing of an interval; take {FEWEST_DRAWS} or more")
    if drawn.seed < 0:
        raise RequestError(f"--seed: {drawn.seed} is below 0; take a whole number from 0 on")
    return Setting(parse_weights(drawn.weights or "", field="--weights"), drawn.draws, drawn.seed)


def _at_least_one(number: int, field: str) -> int:
    from hedgerow.errors import RequestError

    if number < 1:
        raise RequestError(f"{field}: {number} is less than 1; take 1 or more")
    return number


def _command_line(actor: str | None, drawn: Drawn) -> str:
    """The command that makes this answer again."""
    words = ["hedgerow", "hedging", *([actor] if actor else [])]
    words += ["--year", str(drawn.year)] if drawn.year is not None else []
    words += ["--weights", drawn.weights] if drawn.weights else []
    words += ["--own", str(drawn.own)] if drawn.own is not None else []
    return shlex.join([*words, "--draws", str(drawn.draws), "--seed", str(drawn.seed)])
