"""``hedgerow atlas``."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from importlib.metadata import version

from cyclopts import Parameter

from hedgerow.cli.studies import Shown, deliver


@Parameter(name="*")
@dataclass(frozen=True)
class Over:
    """Against whom, and where."""

    power: str
    """The power: ISO-3 code or name, or a bloc such as EU."""
    world: str | None = None
    """The world to compute in; `hedgerow world list` shows them."""
    processes: int = 2
    """How many work at once; the digits do not depend on it."""


SHOWN = Shown()


def atlas(actor: str | None = None, /, *, over: Over, shown: Shown = SHOWN) -> None:
    """In which corners of chance, severity and cost hedging pays: for one country, or for all.

    Parameters
    ----------
    actor
        The country: ISO-3 code or name. Every country when left out, which takes a minute.
    """
    from hedgerow.cli.progress import bar
    from hedgerow.compute import Work, cache_folder
    from hedgerow.planning.atlas.answer import atlas, count_of_solves, questions_of
    from hedgerow.planning.question import ask
    from hedgerow.reporting.studies.compose_atlas import compose_atlas
    from hedgerow.world.io import DEFAULT_WORLD, load

    world = load(over.world or DEFAULT_WORLD)
    questions = questions_of(world, over.power) if actor is None else (ask(world, actor, over.power),)
    words = ["hedgerow", "atlas", *([questions[0].actor.code] if actor else []), "--power", questions[0].power.code]
    command = shlex.join([*words, "--world", over.world or world.id])
    with shown.staged() as folder:
        with bar("Solving equilibria", count_of_solves(questions)) as progress:
            processes = over.processes if actor is None else 1  # a single country is done before workers have started
            found = atlas(questions, work=Work(processes, cache_folder() / "atlas", progress))
        report = compose_atlas(found, command=command, version=version("hedgerow"))
        shown.write(report, folder)
    deliver(report, shown)
