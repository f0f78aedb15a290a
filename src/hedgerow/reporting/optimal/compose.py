"""Put an optimal policy together into an :class:`OptimalReport`."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from hedgerow.data.registry import cited
from hedgerow.planning.optimal_policy import Best, Courting, Persuasion, Setting, War, effects_on_all
from hedgerow.reporting.brief import SolverNote, SourceNote, Table, WorldNote
from hedgerow.reporting.charts_text import written
from hedgerow.reporting.optimal.report import Kind, OptimalReport
from hedgerow.reporting.optimal.tables import choice_table, effects_table, odds_table, players_table, rates_table
from hedgerow.reporting.prose import in_prose, sentence_case
from hedgerow.trade.equilibrium import Equilibrium
from hedgerow.trade.optimal.indifference import Means, Verdict
from hedgerow.trade.optimal.nash import Outcome
from hedgerow.trade.optimal.optimum import FIRST_ORDER, Edge, Optimum
from hedgerow.trade.policy import DeficitRule

NOTHING = 5e-6
"""A smaller change of income, as a fraction, is not worth a name."""
NAMED = 3

_ALONE = "Nobody answers in kind. Answers would cost the setter part of its gain or more; --nash lets others choose."
_MODEL = (
    "Modelled, long run: governments that want only their people's real income, revenue spent at home, labour always "
    "employed and free to change sectors. Real governments also weigh workers, donors, allies and law."
)
_FIXED = (
    "Deficits are fixed shares of world value added, so a tariff also makes the transfer dearer for those who pay it; "
    "with a large deficit the best tariff can be as high as anyone allows."
)
_NO = {
    Outcome.CYCLE: "the tariffs came back to where they had been while somebody still moved",
    Outcome.LOCAL: "nobody gains by a small move, but somebody would by a large one",
    Outcome.UNSETTLED: "somebody still moved in the last round",
}


class _Told(NamedTuple):
    kind: Kind
    title: str
    lines: tuple[str, ...]
    warnings: tuple[str, ...]
    tables: tuple[Table, ...]
    solved: tuple[Equilibrium, ...]
    solves: int
    answered: bool = True


def compose_optimal(found: Best | War | Persuasion | Courting, *, command: str, version: str) -> OptimalReport:
    """The report of an optimal policy.

    Args:
        found: everything computed.
        command: the command line that makes it again.
        version: of the program.
    """
    told = _told(found, command)
    world, deficits = found.setting.world, found.setting.deficits
    return OptimalReport(
        version=version,
        command=command,
        kind=told.kind,
        title=told.title,
        world=WorldNote(id=world.id, title=world.title, year=world.year, sha256=world.checksum),
        deficits=deficits.value,
        solver=SolverNote(
            solves=told.solves,
            worst_residual=max(one.residual for one in told.solved),
            most_iterations=max(one.iterations for one in told.solved),
        ),
        answered=told.answered,
        bottom_line=tuple(sentence_case(line) for line in told.lines),
        warnings=(*told.warnings, *((_FIXED,) if deficits is DeficitRule.FIXED else ()), _MODEL),
        tables=told.tables,
        sources=tuple(
            SourceNote(id=s.id, citation=s.citation, licence=s.licence, url=s.url) for s in cited(world.source_ids)
        ),
    )


def _told(found: Best | War | Persuasion | Courting, command: str) -> _Told:
    match found:
        case Best():
            return _best(found, command)
        case War():
            return _war(found, command)
        case Persuasion():
            return _persuasion(found, command)
        case Courting():
            return _courting(found, command)


def _best(found: Best, command: str) -> _Told:
    optimum, setter = found.optimum, in_prose(found.setter.name)
    on = " and ".join(in_prose(other.name) for other in found.on) or "everyone"
    change = f"{_pct(abs(np.expm1(optimum.gain)))} {'higher' if optimum.gain >= 0 else 'lower'}"
    summits = "one summit" if optimum.summits == 1 else f"{optimum.summits} summits, of which this is the highest"
    return _Told(
        kind=Kind.BEST,
        title=f"The best tariffs of {setter} on {on}",
        lines=(
            f"the tariff that serves {setter} best is {_spread(optimum.rates, optimum)} on goods from {on}; if nobody "
            f"answered, its real income would be {change} than with the tariffs in force.",
            _others(found.setting, optimum.equilibrium, found.setter.code),
            f"the search met {summits}; slope left {optimum.first_order:.0e} (limit {FIRST_ORDER:g}); "
            + _bounds(optimum),
        ),
        warnings=(_ALONE,),
        tables=(
            rates_table(found.setting, [(found.setter, optimum, optimum.rates)], command),
            effects_table(found.setting, optimum.equilibrium, command),
        ),
        solved=(optimum.equilibrium, optimum.before),
        solves=optimum.solves,
    )


def _war(found: War, command: str) -> _Told:
    nash, point = found.nash, found.nash.point
    names = ", ".join(in_prose(player.name) for player in found.players)
    title = f"A tariff war: {names}"
    solves = nash.solves + sum(one.solves for one in found.alone)
    if point is None:
        line = f"no equilibrium in tariffs was found in {len(nash.moves)} rounds: {_NO[nash.outcome]}."
        note = (
            f"the last round's largest move was {max(nash.moves[-1]):.1e}; tariffs that did not settle are not shown."
        )
        solved = tuple(one.equilibrium for one in found.alone)
        return _Told(Kind.WAR, title, (line, note), (), (), solved, solves, answered=False)
    parts = zip(found.players, point.rates, point.responses, point.gains, found.alone, strict=True)
    return _Told(
        kind=Kind.WAR,
        title=title,
        lines=(
            *(
                f"{in_prose(player.name)} would set {_spread(rates, response)} and "
                f"{'gain' if gain > 0 else 'lose'} {_pct(abs(np.expm1(gain)))} of real income; if it alone moved it "
                f"would gain {_pct(np.expm1(alone.gain))}."
                for player, rates, response, gain, alone in parts
            ),
            _others(found.setting, point.equilibrium, *(player.code for player in found.players)),
            f"settled in {len(nash.moves)} rounds; by moving alone nobody would still gain more than "
            f"{100 * max(point.deviations):.0e}% of income.",
        ),
        warnings=("Those who are not named keep the tariffs in force.",),
        tables=(
            players_table(found, command),
            rates_table(found.setting, list(zip(found.players, point.responses, point.rates, strict=True)), command),
            effects_table(found.setting, point.equilibrium, command),
        ),
        solved=(point.equilibrium, *(one.equilibrium for one in found.alone)),
        solves=solves,
    )


def _persuasion(asked: Persuasion, command: str) -> _Told:
    found, ally, power = asked.found, in_prose(asked.ally.name), in_prose(asked.power.name)
    third, ask = in_prose(asked.toward.name), asked.ask
    measure = (
        f"end all trade with {third}" if ask.measure is None else f"add {_points(ask.measure)} to its tariff on {third}"
    )
    threat = ask.means is Means.THREAT
    pull = f"a threat of {{}} on goods from {ally}" if threat else f"a cut of {{}} in the tariff on goods from {ally}"
    if found.verdict is Verdict.WILLING:
        line = f"{ally} would {measure} without being asked: it would gain {_pct(-np.expm1(-found.price))} by it."
    elif found.rate is None:
        reach = _points(found.highest) if found.highest else "nothing, for no tariff is in force"
        line = (
            f"no: {pull.format(reach)}, the most that {power} can do here, leaves {ally} better off by not joining "
            f"(joining is worth {_pct(np.expm1(found.most))} at best)."
        )
    else:
        line = (
            f"{pull.format(_points(found.rate))} makes {ally} indifferent whether to {measure}; without it, joining "
            f"would cost {ally} {_pct(-np.expm1(-found.price))} of real income."
        )
    many = ("The gain from joining changes sign more than once: a higher rate may persuade less.",)
    return _Told(
        kind=Kind.PERSUASION,
        title=f"What it takes for {ally} to {measure}",
        lines=(line,),
        warnings=(
            "Consent is priced by income alone: no loyalty, no fear, no law. The threat is taken to be believed.",
            f"Neither {third} nor {ally} answers in kind.",
            *(many if found.crossings > 1 else ()),
        ),
        tables=(choice_table(asked, command),),
        solved=(found.joins, found.stays),
        solves=found.solves,
        answered=found.verdict is not Verdict.NEVER,
    )


def _courting(courted: Courting, command: str) -> _Told:
    found, setter = courted.found, in_prose(courted.setter.name)
    bound = " It stands on a bound of the range." if found.on_a_bound else ""
    return _Told(
        kind=Kind.COURTING,
        title=f"The tariff with which {setter} courts allies",
        lines=(
            f"with alignment worth {_pct(found.motive.weight)} of its income, {setter} would set {_pct(found.rate)} on "
            f"the goods of all who are not aligned, instead of {_pct(found.plain_rate)} for income alone.{bound}",
            f"it gives up {_pct(np.expm1(found.cost), 4)} of real income for better odds.",
            _others(courted.setting, found.equilibrium, courted.setter.code),
        ),
        warnings=(
            "Assumed: the weight of alignment, the spread of the odds, the ally's rate and the form of the odds. After "
            "Becko, Grossman and Helpman (2025) and Alekseev and Lin (2025), of which only abstracts were seen.",
            _ALONE,
        ),
        tables=(odds_table(courted, command), effects_table(courted.setting, found.equilibrium, command)),
        solved=(found.equilibrium,),
        solves=found.solves,
    )


def _others(setting: Setting, equilibrium: Equilibrium, *setters: str) -> str:
    """Who else loses and gains most."""
    rest = [(one, change) for one, change in effects_on_all(setting.world, equilibrium) if one.code not in setters]
    losers = [pair for pair in reversed(rest) if pair[1].share < -NOTHING]
    named = "; ".join(f"{in_prose(one.name)} {written(100 * change.share, 2)}%" for one, change in losers[:NAMED])
    income = equilibrium.economy.income
    world = 100 * float((income * (equilibrium.welfare_hat - 1)).sum() / income.sum())
    most = f", most of all {named}" if named else ""
    return f"{len(losers)} of {len(rest)} others lose{most}; the world as a whole: {written(world, 3)}% of its income."


def _bounds(optimum: Optimum) -> str:
    held = [edge for edge in optimum.edges if edge is not Edge.INSIDE]
    if not held:
        return "no bound binds."
    high = sum(edge is Edge.HIGHEST for edge in held)
    return (
        f"{len(held)} of {len(optimum.edges)} rates stand on a bound ({high} on the highest, "
        f"{_pct(optimum.instrument.highest)}): there the range decides, not the setter."
    )


def _spread(rates: np.ndarray, optimum: Optimum) -> str:
    """One rate, or the average by imports with the range."""
    if len(rates) == 1:
        return _pct(float(rates[0]))
    mean = float(np.average(rates, weights=[block.imports for block in optimum.blocks]))
    return f"{_pct(mean)} on average ({_pct(float(rates.min()))} to {_pct(float(rates.max()))})"


def _points(rate: float) -> str:
    """A change of a tariff."""
    return f"{written(100 * rate, 1)} points"


def _pct(fraction: float, digits: int | None = None) -> str:
    """Per cent: rates with one decimal, small changes with three."""
    if digits is None:
        digits = 3 if abs(fraction) < 0.01 else 1
    return f"{written(100 * fraction, digits)}%"
