"""What is asked about a country and a power, by every verb that asks it."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cyclopts import Parameter

if TYPE_CHECKING:
    from hedgerow.planning.question import Question
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


def question_of(actor: str, asked: Asked) -> tuple[Question, World | None]:
    """The question, checked, and the same world in finer sectors where there is one."""
    from hedgerow.planning.question import ask
    from hedgerow.trade.rates import parse_rate
    from hedgerow.world.io import DEFAULT_WORLD, detail_of, load

    tariff = parse_rate(asked.tariff, field="--tariff")
    world = load(asked.world or DEFAULT_WORLD)
    return ask(world, actor, asked.power, tariff=tariff, retaliation=asked.retaliate), detail_of(world.id)


def command_line(verb: str, question: Question, asked: Asked) -> str:
    """The command that asks this question again, with every choice spelt out."""
    words = ["hedgerow", verb, question.actor.code, "--power", question.power.code, "--tariff", asked.tariff]
    words += ["--retaliate"] if asked.retaliate else []
    words += ["--world", asked.world or question.world.id]
    return shlex.join(words)
