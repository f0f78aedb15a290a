"""``hedgerow brief``."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from hedgerow.cli.asked import Asked, command_line, question_of

if TYPE_CHECKING:
    from hedgerow.planning.question import Question
    from hedgerow.reporting.brief import Brief
    from hedgerow.world.world import World


def brief(
    actor: str,
    /,
    *,
    asked: Asked,
    out: Path | None = None,
    json: Annotated[bool, Parameter(negative=())] = False,
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
    """
    from hedgerow.reporting.folder import staged, write_brief

    question, detail = question_of(actor, asked)
    command = command_line("brief", question, asked)
    target = out or (None if json else Path(f"brief-{question.actor.code}-{question.power.code}"))
    with nullcontext() if target is None else staged(target) as folder:
        found = _answer(question, detail, command)
        if folder is not None:
            write_brief(found, folder)
    _print(found, target, json=json)


def _answer(question: Question, detail: World | None, command: str) -> Brief:
    from hedgerow.cli.progress import bar
    from hedgerow.planning.answer import answer, count_of_solves
    from hedgerow.reporting.compose import compose

    with bar("Solving counterfactuals", count_of_solves(question, detail=detail)) as progress:
        found = answer(question, detail=detail, progress=progress)
    return compose(found, command=command, version=version("hedgerow"))


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
