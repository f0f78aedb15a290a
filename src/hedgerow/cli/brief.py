"""``hedgerow brief``."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from hedgerow.cli.asked import Asked, command_line, question_of
from hedgerow.cli.console import console

if TYPE_CHECKING:
    from hedgerow.planning.question import Question
    from hedgerow.planning.uncertainty.answer import Uncertainty
    from hedgerow.reporting.brief import Brief
    from hedgerow.world.world import World


@Parameter(name="*")
@dataclass(frozen=True)
class Drawing:
    """How the bands are drawn."""

    draws: Annotated[int, Parameter(negative=())] = 16
    """Draws of what is uncertain behind the bands, 8 or more; 0 gives point estimates only."""
    seed: int = 1
    """Of the draws: same seed, same digits."""
    resume: Path | None = None
    """Folder where finished draws are kept: the same command goes on where it was stopped."""

    def check(self) -> None:
        """Raise :class:`RequestError` for what gives no band."""
        from hedgerow.errors import RequestError
        from hedgerow.planning.uncertainty.bands import LEAST_DRAWS

        if self.draws != 0 and self.draws < LEAST_DRAWS:
            raise RequestError(f"--draws: {self.draws} draws give no band; ask for {LEAST_DRAWS} or more, or for 0")
        if self.seed < 0:
            raise RequestError(f"--seed: {self.seed} is negative; give a whole number from 0")


def brief(
    actor: str,
    /,
    *,
    asked: Asked,
    drawing: Drawing | None = None,
    out: Path | None = None,
    json: Annotated[bool, Parameter(negative=())] = False,
    plan: Annotated[bool, Parameter(negative=())] = False,
) -> None:
    """Write the brief of a country: exposure to a power and the partnerships that would cut it.

    Parameters
    ----------
    actor
        The country: ISO-3 code or name.
    out
        Folder to write; brief-ACTOR-POWER by default. An earlier brief there is replaced.
    json
        Print the brief as JSON instead of text; a folder is then written only if --out is given.
    plan
        Make a quick plan for the brief, in a minute or two, instead of showing the stored one, if any.
    """
    from hedgerow.reporting.folder import staged, write_brief

    drawing = drawing or Drawing()
    drawing.check()
    question, detail = question_of(actor, asked)
    command = command_line("brief", question, asked) + f" --draws {drawing.draws} --seed {drawing.seed}"
    command += " --plan" if plan else ""
    target = out or (None if json else Path(f"brief-{question.actor.code}-{question.power.code}"))
    with nullcontext() if target is None else staged(target) as folder:
        found = _answer(question, detail, command, drawing, plan=plan)
        if folder is not None:
            write_brief(found, folder)
    _print(found, target, json=json)


def _answer(question: Question, detail: World | None, command: str, drawing: Drawing, *, plan: bool) -> Brief:
    from hedgerow.cli.plan import quick_plan
    from hedgerow.cli.progress import bar
    from hedgerow.planning.answer import answer, count_of_solves
    from hedgerow.reporting.compose import compose

    with bar("Solving counterfactuals", count_of_solves(question, detail=detail)) as progress:
        found = answer(question, detail=detail, progress=progress)
    if drawing.draws:
        found = replace(found, uncertainty=_uncertainty(question, drawing))
    planned = quick_plan(question) if plan else None
    return compose(found, command=command, version=version("hedgerow"), plan=planned)


def _uncertainty(question: Question, drawing: Drawing) -> Uncertainty:
    from hedgerow.cli.progress import bar
    from hedgerow.compute import Work, cores
    from hedgerow.planning.uncertainty.answer import count_of_tasks, uncertainty

    with bar("Drawing what is uncertain", count_of_tasks(drawing.draws)) as progress:
        work = Work(cores(), drawing.resume, progress)
        return uncertainty(question, draws=drawing.draws, seed=drawing.seed, work=work)


def _print(found: Brief, target: Path | None, *, json: bool) -> None:
    if json:
        sys.stdout.write(found.model_dump_json(indent=1) + "\n")
        return
    from hedgerow.reporting.terminal import print_brief

    screen = console()
    print_brief(found, screen)
    if target is not None:
        screen.print(f"\nWritten: {target / 'brief.html'} and tables beside it", highlight=False, soft_wrap=True)
