"""``hedgerow brief``."""

from __future__ import annotations

import os
import shlex
import sys
from contextlib import nullcontext
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

if TYPE_CHECKING:
    from hedgerow.planning.question import Question
    from hedgerow.planning.uncertainty.answer import Uncertainty
    from hedgerow.reporting.brief import Brief
    from hedgerow.world.world import World


@Parameter(name="*")
@dataclass(frozen=True)
class Asked:
    """What is asked of the power."""

    power: str
    """The power: ISO-3 code or name, or a bloc such as EU."""
    tariff: str = "25%"
    """The swing: points the power adds to its tariff on goods, as 25% or 0.25."""
    retaliate: bool = False
    """The country answers every tariff in kind."""
    world: str | None = None
    """The world to compute in; `hedgerow world list` shows them."""
    draws: Annotated[int, Parameter(negative=())] = 32
    """Draws of what is uncertain behind the bands, 8 or more; 0 gives point estimates only."""
    seed: int = 1
    """Of the draws: same seed, same digits."""


def brief(
    actor: str,
    /,
    *,
    asked: Asked,
    out: Path | None = None,
    resume: Path | None = None,
    json: Annotated[bool, Parameter(negative=())] = False,
) -> None:
    """Write the brief of a country: exposure to a power and the partnerships that would cut it.

    Parameters
    ----------
    actor
        The country: ISO-3 code or name.
    out
        Folder to write; brief-ACTOR-POWER by default. An earlier brief there is replaced.
    resume
        Folder where finished draws are kept: the same command goes on where it was stopped.
    json
        Print the brief as JSON instead of text; a folder is then written only if --out is given.
    """
    from hedgerow.reporting.folder import staged, write_brief

    question, detail = _question(actor, asked)
    command = _command_line(question, asked)
    target = out or (None if json else Path(f"brief-{question.actor.code}-{question.power.code}"))
    with nullcontext() if target is None else staged(target) as folder:
        found = _answer(question, detail, command, Drawing(asked.draws, asked.seed, resume))
        if folder is not None:
            write_brief(found, folder)
    _print(found, target, json=json)


def _question(actor: str, asked: Asked) -> tuple[Question, World | None]:
    from hedgerow.planning.question import ask
    from hedgerow.trade.rates import parse_rate
    from hedgerow.world.io import DEFAULT_WORLD, detail_of, load

    _check_draws(asked.draws, asked.seed)
    tariff = parse_rate(asked.tariff, field="--tariff")
    world = load(asked.world or DEFAULT_WORLD)
    return ask(world, actor, asked.power, tariff=tariff, retaliation=asked.retaliate), detail_of(world.id)


@dataclass(frozen=True)
class Drawing:
    """How the bands are drawn."""

    draws: int
    seed: int
    resume: Path | None


def _check_draws(draws: int, seed: int) -> None:
    from hedgerow.errors import RequestError
    from hedgerow.planning.uncertainty.bands import LEAST_DRAWS

    if draws != 0 and draws < LEAST_DRAWS:
        raise RequestError(f"--draws: {draws} draws give no band; ask for {LEAST_DRAWS} or more, or for 0")
    if seed < 0:
        raise RequestError(f"--seed: {seed} is negative; give a whole number from 0")


def _answer(question: Question, detail: World | None, command: str, drawing: Drawing) -> Brief:
    from hedgerow.cli.progress import bar
    from hedgerow.planning.answer import answer, count_of_solves
    from hedgerow.reporting.compose import compose

    with bar("Solving counterfactuals", count_of_solves(question, detail=detail)) as progress:
        found = answer(question, detail=detail, progress=progress)
    if drawing.draws:
        found = replace(found, uncertainty=_uncertainty(question, drawing))
    return compose(found, command=command, version=version("hedgerow"))


def _uncertainty(question: Question, drawing: Drawing) -> Uncertainty:
    from hedgerow.cli.progress import bar
    from hedgerow.planning.uncertainty.answer import count_of_tasks, uncertainty
    from hedgerow.planning.uncertainty.bands import Work

    with bar("Drawing what is uncertain", count_of_tasks(drawing.draws)) as progress:
        work = Work(len(os.sched_getaffinity(0)), drawing.resume, progress)
        return uncertainty(question, draws=drawing.draws, seed=drawing.seed, work=work)


def _command_line(question: Question, asked: Asked) -> str:
    """The command that makes this brief again, with every choice spelt out."""
    words = ["hedgerow", "brief", question.actor.code, "--power", question.power.code, "--tariff", asked.tariff]
    words += ["--retaliate"] if asked.retaliate else []
    words += ["--world", asked.world or question.world.id]
    words += ["--draws", str(asked.draws), "--seed", str(asked.seed)]
    return shlex.join(words)


def _print(found: Brief, target: Path | None, *, json: bool) -> None:
    if json:
        sys.stdout.write(found.model_dump_json(indent=1) + "\n")
        return
    from rich.console import Console

    from hedgerow.reporting.terminal import print_brief

    console = Console()
    if not console.is_terminal:
        console = Console(width=150)  # a pipe has no width: keep rows whole
    print_brief(found, console)
    if target is not None:
        console.print(f"\nWritten: {target / 'brief.html'} and tables beside it", highlight=False, soft_wrap=True)
