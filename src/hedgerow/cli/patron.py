"""``hedgerow patron``."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from cyclopts import Parameter

from hedgerow.cli.studies import Shown, deliver

if TYPE_CHECKING:
    from hedgerow.planning.question import Question

SEED = 20261125


@Parameter(name="*")
@dataclass(frozen=True)
class Under:
    """Which strategies, and how many draws."""

    regimes: str = "grand-strategies"
    """What the power may do: grand-strategies, or your own file, which ends in .toml."""
    chain: str | None = None
    """How likely each is; the first chain of the regimes by default."""
    draws: int = 64
    """Of every assumption at once, 16 or more."""
    seed: int = SEED
    """Of the draws."""
    world: str | None = None
    """The world to compute in; `hedgerow world list` shows them."""


UNDER, SHOWN = Under(), Shown()


def patron(power: str, /, *, under: Under = UNDER, shown: Shown = SHOWN) -> None:
    """Whether hedging by its allies serves a power, by its strategy, and on which assumption that turns.

    Parameters
    ----------
    power
        The power: ISO-3 code or name, or a bloc such as EU.
    """
    from hedgerow.cli.progress import bar
    from hedgerow.planning.patron.answer import patron, question_of
    from hedgerow.planning.portfolio.outlooks import outlook
    from hedgerow.reporting.studies.compose_patron import compose_patron
    from hedgerow.world.io import DEFAULT_WORLD, load

    question = question_of(load(under.world or DEFAULT_WORLD), power)
    seen = outlook(under.regimes, question).planned_for(under.chain)
    with shown.staged() as folder:
        with bar("Solving equilibria", None) as progress:
            found = patron(question, seen, draws=under.draws, seed=under.seed, progress=progress)
        report = compose_patron(found, command=_command_line(question, under), version=version("hedgerow"))
        shown.write(report, folder)
    deliver(report, shown)


def _command_line(question: Question, under: Under) -> str:
    """The command that makes this answer again, with every choice spelt out."""
    words = ["hedgerow", "patron", question.power.code, "--regimes", under.regimes]
    words += ["--chain", under.chain] if under.chain else []
    words += ["--draws", str(under.draws), "--seed", str(under.seed)]
    return shlex.join([*words, "--world", under.world or question.world.id])
