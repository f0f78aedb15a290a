"""``hedgerow optimal``."""

from __future__ import annotations

import shlex
import sys
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from hedgerow.cli.console import console

if TYPE_CHECKING:
    from hedgerow.planning.effects import Progress
    from hedgerow.planning.optimal_policy import Best, Courting, Persuasion, Setting, War

Names = Annotated[tuple[str, ...], Parameter(negative=(), consume_multiple=True, show_default=False)]


@Parameter(name="*")
@dataclass(frozen=True)
class Within:
    """Where tariffs are chosen, and how freely."""

    by: Literal["uniform", "sector", "partner", "flow"] = "uniform"
    """One rate for all goods, one a sector, one a partner, or one for every partner and sector."""
    highest: str = "300%"
    """The highest rate anyone considers."""
    deficits: Literal["zero", "fixed"] = "zero"
    """Trade deficits are closed first, or stay what they are."""
    world: str | None = None
    """The world to compute in; `hedgerow world list` shows them."""


@Parameter(name="*")
@dataclass(frozen=True)
class Others:
    """Who else has a say. At most one of --nash, --indifferent and --courting."""

    on: Names = ()
    """Whom the tariffs are on; everyone by default."""
    nash: Names = ()
    """Who else chooses its best tariffs: a tariff war."""
    indifferent: str | None = None
    """The ally whose consent has a price: the tariff at which it would as soon join as stay out."""
    courting: Names = ()
    """Whom to win as allies with lower tariffs."""
    weight: str = "1%"
    """What the alignment of all who are courted is worth, as a share of income; assumed."""


@Parameter(name="*")
@dataclass(frozen=True)
class Asked:
    """What is asked of the ally named with --indifferent."""

    toward: str | None = None
    """Against whom."""
    measure: str | None = None
    """Tariff that the ally would add, as 25%; without it, all trade ends."""
    means: Literal["threat", "preference"] = "threat"
    """The power adds to its tariff on the ally if it stays out, or takes off if it joins."""
    in_force: str | None = None
    """Tariff that the power has added on the ally beforehand, as 25%; a preference is cut from what is in force."""


WITHIN, OTHERS, ASKED = Within(), Others(), Asked()


def optimal(
    setter: str,
    /,
    *,
    within: Within = WITHIN,
    others: Others = OTHERS,
    asked: Asked = ASKED,
    json: Annotated[bool, Parameter(negative=())] = False,
) -> None:
    """The tariffs a government would choose, alone, in a war, or to win an ally; exit code 1 where there is no answer.

    Parameters
    ----------
    setter
        The government: ISO-3 code or name of an economy, or a bloc such as EU.
    json
        Print JSON instead of text.
    """
    from hedgerow.reporting.optimal.compose import compose_optimal

    _refuse_mixtures(others, asked)
    report = compose_optimal(
        _found(setter, within, others, asked),
        command=_command_line(setter, within, others, asked),
        version=version("hedgerow"),
    )
    if json:
        sys.stdout.write(report.model_dump_json(indent=1) + "\n")
    else:
        from hedgerow.reporting.optimal.terminal import print_optimal

        print_optimal(report, console())
    if not report.answered:
        sys.exit(1)


def _found(setter: str, within: Within, others: Others, asked: Asked) -> Best | War | Persuasion | Courting:
    from hedgerow.cli.progress import bar
    from hedgerow.planning.optimal_policy import Setting
    from hedgerow.trade.optimal.instrument import Detail
    from hedgerow.trade.policy import DeficitRule
    from hedgerow.trade.rates import parse_rate
    from hedgerow.world.io import DEFAULT_WORLD, load

    highest = parse_rate(within.highest, field="--highest")
    setting = Setting(load(within.world or DEFAULT_WORLD), Detail(within.by), highest, DeficitRule(within.deficits))
    with bar("Solving equilibria", None) as progress:
        return _answer(setting, setter, others, asked, progress)


def _answer(
    setting: Setting, setter: str, others: Others, asked: Asked, progress: Progress
) -> Best | War | Persuasion | Courting:
    from hedgerow.planning import optimal_policy as policy
    from hedgerow.trade.optimal.indifference import Means
    from hedgerow.trade.rates import parse_rate

    if others.nash:
        return policy.tariff_war(setting, (setter, *others.nash), progress=progress)
    if others.courting:
        weight = parse_rate(others.weight, field="--weight")
        return policy.courting(setting, setter, others.courting, weight=weight, progress=progress)
    if others.indifferent is not None and asked.toward is not None:
        ask = policy.Ask(
            ally=others.indifferent,
            toward=asked.toward,
            measure=None if asked.measure is None else parse_rate(asked.measure, field="--measure"),
            means=Means(asked.means),
            in_force=0.0 if asked.in_force is None else parse_rate(asked.in_force, field="--in-force"),
        )
        return policy.persuasion(setting, setter, ask, progress=progress)
    return policy.best_tariffs(setting, setter, others.on, progress=progress)


def _refuse_mixtures(others: Others, asked: Asked) -> None:
    from hedgerow.errors import RequestError

    chosen = {"--nash": others.nash, "--indifferent": others.indifferent, "--courting": others.courting}
    used = [name for name, value in chosen.items() if value]
    if len(used) > 1:
        raise RequestError(f"{used[1]}: cannot stand beside {used[0]}; ask one question at a time")
    if others.on and used:
        raise RequestError(f"--on: cannot stand beside {used[0]}, where tariffs are on everyone; leave it out")
    if others.indifferent is not None and asked.toward is None:
        raise RequestError(f"--toward: is missing; name against whom {others.indifferent} is to act")
    if others.indifferent is None and asked != ASKED:
        raise RequestError("--indifferent: is missing; name the ally that is asked")


def _command_line(setter: str, within: Within, others: Others, asked: Asked) -> str:
    """The command that makes this answer again, with every choice spelt out."""
    from hedgerow.world.io import DEFAULT_WORLD

    words = ["hedgerow", "optimal", setter, "--by", within.by, "--highest", within.highest]
    words += ["--deficits", within.deficits, "--world", within.world or DEFAULT_WORLD]
    for flag, names in (("--on", others.on), ("--nash", others.nash), ("--courting", others.courting)):
        words += [flag, *names] if names else []
    if others.courting:
        words += ["--weight", others.weight]
    if others.indifferent is not None:
        words += ["--indifferent", others.indifferent, "--toward", asked.toward or "", "--means", asked.means]
        words += ["--measure", asked.measure] if asked.measure else []
        words += ["--in-force", asked.in_force] if asked.in_force else []
    return shlex.join(words)
