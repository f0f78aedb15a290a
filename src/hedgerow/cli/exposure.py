"""``hedgerow exposure``."""

from __future__ import annotations

import sys
from importlib.metadata import version
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from hedgerow.cli.asked import Asked, command_line, question_of
from hedgerow.cli.console import console

if TYPE_CHECKING:
    from hedgerow.planning.question import Question
    from hedgerow.reporting.exposure_report import ExposureReport
    from hedgerow.world.world import World


def exposure(actor: str, /, *, asked: Asked, json: Annotated[bool, Parameter(negative=())] = False) -> None:
    """How exposed a country is to a power, and whose policies else matter for it; no partners, nothing written.

    Parameters
    ----------
    actor
        The country: ISO-3 code or name.
    json
        Print JSON instead of text.
    """
    question, detail = question_of(actor, asked)
    found = _answer(question, detail, command_line("exposure", question, asked))
    if json:
        sys.stdout.write(found.model_dump_json(indent=1) + "\n")
        return
    from hedgerow.reporting.terminal import print_brief

    print_brief(found, console())


def _answer(question: Question, detail: World | None, command: str) -> ExposureReport:
    from hedgerow.cli.progress import bar
    from hedgerow.planning.answer import count_of_exposed, exposed
    from hedgerow.reporting.compose import compose_exposure

    with bar("Solving counterfactuals", count_of_exposed(question, detail=detail)) as progress:
        found = exposed(question, detail=detail, progress=progress)
    return compose_exposure(found, command=command, version=version("hedgerow"))
