"""``hedgerow coalition``."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from hedgerow.cli.studies import Shown, deliver

if TYPE_CHECKING:
    from hedgerow.planning.coalition.answer import Setting

Names = Annotated[tuple[str, ...], Parameter(negative=(), consume_multiple=True, show_default=False)]


@Parameter(name="*")
@dataclass(frozen=True)
class Before:
    """Before which power, and what is taken as given."""

    power: str
    """The power: ISO-3 code or name, or a bloc such as EU."""
    given: Names = ()
    """Agreements of members that are taken as made, as CAN-EU: partners' own plans."""
    regimes: str = "grand-strategies"
    """What the power may do: grand-strategies, history, or your own file, which ends in .toml."""
    chain: str | None = None
    """How it moves between regimes; the first chain of the regimes by default."""
    world: str | None = None
    """The world to compute in; `hedgerow world list` shows them."""


SHOWN = Shown()


def coalition(*members: str, before: Before, shown: Shown = SHOWN) -> None:
    """Whether several parties hedge better together, who would leave, and who would join.

    Parameters
    ----------
    members
        From three to ten: ISO-3 codes or names, or blocs such as EU; ten take minutes. By default the
        middle powers as we read the speech in Davos: CAN MEX EU JPN KOR AUS GBR.
    """
    from hedgerow.cli.progress import bar
    from hedgerow.planning.coalition.answer import MIDDLE_POWERS, coalition, setting_of
    from hedgerow.planning.portfolio.outlooks import outlook
    from hedgerow.reporting.studies.compose_coalition import compose_coalition
    from hedgerow.world.io import DEFAULT_WORLD, load

    setting = setting_of(load(before.world or DEFAULT_WORLD), members or MIDDLE_POWERS, before.power, before.given)
    seen = outlook(before.regimes, setting.question).planned_for(before.chain)
    command = _command_line(setting, before)
    with shown.staged() as folder:
        with bar("Solving equilibria", None) as progress:
            found = coalition(setting, seen, progress=progress)
        report = compose_coalition(found, command=command, version=version("hedgerow"))
        shown.write(report, folder)
    deliver(report, shown)


def _command_line(setting: Setting, before: Before) -> str:
    """The command that makes this answer again, with every choice spelt out."""
    words = ["hedgerow", "coalition", *(one.code for one in setting.members), "--power", setting.power.code]
    words += ["--given", *before.given] if before.given else []
    words += ["--regimes", before.regimes, *(["--chain", before.chain] if before.chain else [])]
    return shlex.join([*words, "--world", before.world or setting.world.id])
