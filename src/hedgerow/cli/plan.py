"""``hedgerow plan``."""

from __future__ import annotations

import shlex
import sys
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from hedgerow.cli.console import console

if TYPE_CHECKING:
    from hedgerow.planning.portfolio.options import Option
    from hedgerow.planning.portfolio.plan import Plan
    from hedgerow.planning.portfolio.regimes import Retaliation
    from hedgerow.planning.portfolio.selection import Selection
    from hedgerow.planning.question import Question
    from hedgerow.reporting.plan.report import PlanReport

SEED = 20261125
Names = Annotated[tuple[str, ...], Parameter(negative=(), consume_multiple=True, show_default=False)]


@Parameter(name="*")
@dataclass(frozen=True)
class Against:
    """What the plan is made against."""

    power: str
    """The power: ISO-3 code or name, or a bloc such as EU."""
    regimes: str = "grand-strategies"
    """What the power may do: grand-strategies, history, or your own file, which ends in .toml."""
    chain: str | None = None
    """How it moves between regimes; the first chain of the regimes by default."""
    retaliate: str = "none"
    """Who answers its tariffs in kind: none, actor or everyone."""
    world: str | None = None
    """The world to compute in; `hedgerow world list` shows them."""


@Parameter(name="*")
@dataclass(frozen=True)
class Within:
    """What a bundle may hold."""

    budget: str | None = None
    """The most that a bundle may cost in a year, a share of income: 0.1%."""
    at_most: int | None = None
    """The most options in a bundle."""
    exclude: Names = ()
    """Options that exclude each other: CHN+IND."""
    after: Names = ()
    """An option that is taken only with another: EU:IND for the EU only with India."""
    require: Names = ()
    """Options of every bundle; their partners are taken to sign."""


@Parameter(name="*")
@dataclass(frozen=True)
class How:
    """How the plan is made."""

    options: Names = ()
    """What may enter a bundle, at most forty: partners, subsidy, stockpile, blunting, binding, boosting,
    leave:CODE. By default the best agreements, subsidy and stockpile."""
    candidates: int = 12
    """How many enter by default; beyond twelve the best bundles are searched for and not all ranked."""
    within: Within = Within()
    horizon: int = 15
    """Years ahead."""
    paths: int = 500
    """Courses drawn."""
    seed: int = SEED
    """Of the draw."""
    quick: Annotated[bool, Parameter(negative=())] = False
    """Leave out how sure the plan is, which takes two thirds of the time."""
    processes: int = 2
    """How many work at once; the digits do not depend on it."""


HOW = How()


def plan(
    actor: str,
    /,
    *,
    against: Against,
    how: How = HOW,
    explain: str | None = None,
    out: Path | None = None,
    json: Annotated[bool, Parameter(negative=())] = False,
) -> None:
    """Which portfolio of partnerships, at what premium, and how sure that is.

    Parameters
    ----------
    actor
        The country: ISO-3 code or name.
    explain
        Show the arithmetic of one option instead.
    out
        Folder to write: a page and every table. An earlier plan there is replaced.
    json
        Print JSON instead of text.
    """
    from hedgerow.reporting.folder import staged, write_brief

    question = _question(actor, against)
    selection = _options(question, how)
    chosen = selection.options
    if explain is not None:
        explain = _explained(explain, chosen)
    with nullcontext() if out is None else staged(out) as folder:
        found = _plan(question, chosen, against, how)
        report = _report(found, selection, _command_line(question, against, how))
        if folder is not None:
            write_brief(report, folder)
    if json:
        sys.stdout.write(report.model_dump_json(indent=1) + "\n")
        return
    _print(report, explain, out)


def quick_plan(question: Question) -> PlanReport:
    """The plan of a brief: everything by default, and how sure it is left out."""
    against, how = Against(power=question.power.code, world=question.world.id), How(quick=True)
    selection = _options(question, how)
    return _report(_plan(question, selection.options, against, how), selection, _command_line(question, against, how))


def _question(actor: str, against: Against) -> Question:
    from hedgerow.planning.question import ask
    from hedgerow.world.io import DEFAULT_WORLD, load

    return ask(load(against.world or DEFAULT_WORLD), actor, against.power)


def _options(question: Question, how: How) -> Selection:
    from hedgerow.errors import RequestError
    from hedgerow.planning.hypotheses import central
    from hedgerow.planning.portfolio.selection import LARGEST, Selection, named, selected

    if how.options:
        return Selection(named(question, how.options))
    if not 3 <= how.candidates <= LARGEST:
        raise RequestError(f"--candidates: {how.candidates} is not between 3 and {LARGEST}")
    return selected(question, central(question.world), most=how.candidates)


def _explained(written: str, chosen: tuple[Option, ...]) -> str:
    from hedgerow.errors import UnknownNameError

    ids = {option.id.casefold(): option.id for option in chosen}
    if written.casefold() not in ids:
        raise UnknownNameError(f"--explain: {written!r} is none of the options of this plan: {', '.join(ids.values())}")
    return ids[written.casefold()]


def _plan(question: Question, chosen: tuple[Option, ...], against: Against, how: How) -> Plan:

    from hedgerow.cli.progress import bar
    from hedgerow.compute import Work
    from hedgerow.planning.portfolio.layout import Request
    from hedgerow.planning.portfolio.limits_written import Written, limits_of
    from hedgerow.planning.portfolio.outlooks import outlook
    from hedgerow.planning.portfolio.plan import count_of_solves, plan
    from hedgerow.planning.portfolio.ranking import Horizon

    seen = outlook(against.regimes, question).planned_for(against.chain)
    request = Request(
        horizon=Horizon(years=how.horizon),
        paths=how.paths,
        seed=how.seed,
        retaliation=_retaliation(against.retaliate),
        sure=not how.quick,
        limits=limits_of(question, chosen, Written(**asdict(how.within))),
    )
    with bar("Solving years", count_of_solves(question, seen, chosen, request)) as progress:
        work = Work(processes=how.processes, cache=_cache(), progress=progress)
        return plan(question, seen, chosen, request=request, work=work)


def _retaliation(written: str) -> Retaliation:
    from hedgerow.errors import RequestError
    from hedgerow.planning.portfolio.regimes import Retaliation

    try:
        return Retaliation(written)
    except ValueError:
        raise RequestError(f"--retaliate: {written!r} is none of {', '.join(Retaliation)}") from None


def _cache() -> Path:
    """Where solved nodes are kept between runs; an interrupted plan goes on from there."""
    from hedgerow.compute import cache_folder

    return cache_folder() / "nodes"


def _report(found: Plan, selection: Selection, command: str) -> PlanReport:
    from hedgerow.reporting.plan.compose import compose_plan

    return compose_plan(found, passed_over=selection, command=command, version=version("hedgerow"))


def _command_line(question: Question, against: Against, how: How) -> str:
    """The command that makes this plan again, with every choice spelt out."""
    words = ["hedgerow", "plan", question.actor.code, "--power", question.power.code, "--regimes", against.regimes]
    words += ["--chain", against.chain] if against.chain else []
    words += ["--retaliate", against.retaliate, "--world", against.world or question.world.id]
    words += ["--horizon", str(how.horizon), "--paths", str(how.paths), "--seed", str(how.seed)]
    words += ["--options", *how.options] if how.options else ["--candidates", str(how.candidates)]
    for name, value in asdict(how.within).items():
        given = value if isinstance(value, tuple) else [] if value is None else [str(value)]
        words += [f"--{name.replace('_', '-')}", *given] if given else []
    return shlex.join([*words, *(["--quick"] if how.quick else [])])


def _print(report: PlanReport, explain: str | None, out: Path | None) -> None:
    from hedgerow.reporting.plan.terminal import print_option, print_plan

    screen = console(170)
    if explain is None:
        print_plan(report, screen)
    else:
        print_option(report, explain, screen)
    if out is not None:
        screen.print(f"\nWritten: {out / 'plan.html'} and tables beside it", highlight=False, soft_wrap=True)
