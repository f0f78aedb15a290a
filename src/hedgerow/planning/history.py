"""The swings that happened: what each spell of the American schedule of 2025 and 2026 would cost, if it lasted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hedgerow.errors import SolveError
from hedgerow.planning.effects import Effect, Progress, SolverRecord, effect, solve_all
from hedgerow.planning.hypotheses import Hypothesis, central
from hedgerow.planning.question import Question
from hedgerow.scenarios.us_policies import (
    SectorRates,
    has_sectors,
    means_by_partner,
    policy_by_sector,
    policy_of_rates,
    sector_spell,
    sectors_of,
)
from hedgerow.scenarios.us_schedule import (
    USA,
    Reach,
    Spell,
    day_weighted_rates,
    days_counted,
    partner_of,
    rate_of,
    rates_in,
    us_spells,
)
from hedgerow.trade.equilibrium import Equilibrium
from hedgerow.trade.horizon import at_horizon, distance_from_another_start
from hedgerow.trade.policy import Policy

SAME_ANSWER = 1e-6
"""Two starts whose log wages and costs differ by more have found different equilibria."""

ALONE, WHOLE = "alone", "whole"
"""The actor's own rate on the actor only; everyone's rates on everyone."""

Key = tuple[str, str]
"""Scope, and the first day of a spell, a year or a variant."""


@dataclass(frozen=True)
class Pair:
    """One policy, for the actor and for the power."""

    actor: Effect
    power: Effect


@dataclass(frozen=True)
class Horizons:
    """One policy with long-run and with first-year elasticities."""

    long_run: Pair
    first_year: Pair | None
    """None where no single answer was found."""
    why_none: str = ""
    """The reason where ``first_year`` is None."""


@dataclass(frozen=True)
class SpellEffect:
    """What the rates of a spell do when they stay."""

    spell: Spell
    rate: float | None
    """Added on the actor; None where the tracker does not name it."""
    alone: Horizons | None
    """The same rate on the actor alone; None where there is no rate."""
    whole: Horizons


@dataclass(frozen=True)
class YearEffect:
    """What the rates of an average day of a year do when they stay."""

    year: int
    days: int
    """Days of the year that the average is over."""
    rate: float | None
    alone: Horizons | None
    whole: Horizons


@dataclass(frozen=True)
class SectorEffect:
    """The schedule of 7 August 2025 three times, in the long run: what one rate for all goods hides."""

    scope: str
    """``alone`` or ``whole``."""
    by_sector: Pair
    same_mean: Pair
    """Every partner's mean of its rates by sector, on all goods alike: the pattern alone makes the difference."""
    uniform: Pair
    """The rates of the dated table."""


@dataclass(frozen=True)
class History:
    """The dated part of a brief about the United States."""

    spells: tuple[Spell, ...]
    """All of them, short ones included."""
    rates: tuple[float | None, ...]
    """Of the actor, in the order of ``spells``."""
    effects: tuple[SpellEffect, ...]
    """Spells of more than thirty days, and the last one, whose end is not known."""
    years: tuple[YearEffect, ...]
    reach: Reach
    """Whom the schedule reaches in this world; the rates are those of the last spell."""
    sector_rates: SectorRates | None
    """Of the actor; None where the tracker does not name it or the world has other sectors."""
    sectors: tuple[SectorEffect, ...]
    """Empty where the world has other sectors."""
    record: SolverRecord


def why_no_history(question: Question) -> str | None:
    """One sentence for the reader where there is no history; None where there is one."""
    if question.power.members == (USA,):
        return None
    return (
        f"For {question.power.name} no dated schedule of tariffs is at hand, as there is for the United States in 2025 "
        "and 2026: only swings that nobody observed are shown, 10 %, the tariff asked about and a cut-off of all trade."
    )


def computed(spells: tuple[Spell, ...]) -> tuple[Spell, ...]:
    """Spells whose effect is computed: not short, and in force or announced without an end."""
    return tuple(spell for spell in spells if not spell.short)


def swings_that_happened(question: Question, progress: Progress | None = None) -> History | None:
    """The actor and the power under every spell of more than thirty days; tariffs are never answered in kind.

    Args:
        question: its actor may be an economy or a bloc of the world.
        progress: called with the number of solves done since the last call.

    Returns:
        None for a power other than the United States; see :func:`why_no_history`.

    Raises:
        SolveError: a spell has no long-run answer; no number is returned.
    """
    if why_no_history(question) is not None:
        return None
    code, spells = question.actor.code, us_spells()
    dated, variants = dated_policies(question), _sector_policies(question)
    found = _solved(question, dated, variants, progress)
    return History(
        spells=spells,
        rates=tuple(rate_of(spell, code) for spell in spells),
        effects=tuple(
            SpellEffect(spell, rate_of(spell, code), found.alone(str(spell.start)), found.of((WHOLE, str(spell.start))))
            for spell in computed(spells)
        ),
        years=tuple(
            YearEffect(
                year,
                days_counted(spells)[year],
                rates.get(partner_of(code)),
                found.alone(str(year)),
                found.of((WHOLE, str(year))),
            )
            for year, rates in day_weighted_rates(spells).items()
        ),
        reach=rates_in(question.world, spells[-1].rates),
        sector_rates=sectors_of(code) if variants else None,
        sectors=tuple(
            SectorEffect(
                scope,
                by_sector=found.pair((scope, _BY_SECTOR)),
                same_mean=found.pair((scope, _SAME_MEAN)),
                uniform=found.pair((scope, str(sector_spell().start))),
            )
            for scope in (ALONE, WHOLE)
            if (scope, _BY_SECTOR) in variants
        ),
        record=found.record,
    )


def count_of_solves(question: Question) -> int:
    """How many counterfactuals :func:`swings_that_happened` solves, as ``progress`` counts them."""
    if why_no_history(question) is not None:
        return 0
    return 2 * len(dated_policies(question)) + len(_sector_policies(question))


_BY_SECTOR, _SAME_MEAN = "by-sector", "same-mean"


@dataclass(frozen=True)
class _Solutions:
    """Equilibria by key under both horizons."""

    question: Question
    long_run: Mapping[Key, Equilibrium]
    first_year: Mapping[Key, Equilibrium]
    why_none: Mapping[Key, str]
    record: SolverRecord

    def pair(self, key: Key, *, first_year: bool = False) -> Pair:
        solved = (self.first_year if first_year else self.long_run)[key]
        people = self.question.world["population"]
        return Pair(effect(solved, self.question.actor, people), effect(solved, self.question.power, people))

    def of(self, key: Key) -> Horizons:
        first = self.pair(key, first_year=True) if key in self.first_year else None
        return Horizons(self.pair(key), first, self.why_none.get(key, ""))

    def alone(self, name: str) -> Horizons | None:
        return self.of((ALONE, name)) if (ALONE, name) in self.long_run else None


def dated_policies(question: Question) -> dict[Key, Policy]:
    """Every spell and every average day, on the actor alone where it has a rate and on all."""
    world, code = question.world, question.actor.code
    spells = us_spells()
    schedules = {str(spell.start): spell.rates for spell in computed(spells)}
    schedules |= {str(year): rates for year, rates in day_weighted_rates(spells).items()}
    found: dict[Key, Policy] = {}
    for name, rates in schedules.items():
        found[(WHOLE, name)] = policy_of_rates(rates, world)
        if partner_of(code) in rates:
            found[(ALONE, name)] = policy_of_rates(rates, world, code)
    return found


def _sector_policies(question: Question) -> dict[Key, Policy]:
    """The variants with sectors; none where the world's sectors are not those of the table."""
    world, code = question.world, question.actor.code
    if not has_sectors(world):
        return {}
    scopes = {WHOLE: None} | ({ALONE: code} if sectors_of(code) is not None else {})
    found: dict[Key, Policy] = {}
    for scope, only in scopes.items():
        found[(scope, _BY_SECTOR)] = policy_by_sector(world, only)
        found[(scope, _SAME_MEAN)] = policy_of_rates(means_by_partner(), world, only)
    return found


def _solved(
    question: Question, dated: Mapping[Key, Policy], variants: Mapping[Key, Policy], progress: Progress | None
) -> _Solutions:
    base = central(question.world)
    solved = solve_all(base, {**dated, **variants}, progress)
    near = Hypothesis("first-year", "Elasticities of the first year", base.world, at_horizon(base.economy, 1))
    first, why, record = _first_year(near, dated, solved.equilibria)
    if progress is not None:
        progress(len(dated))
    return _Solutions(question, solved.equilibria, first, why, solved.record + record)


def _first_year(
    near: Hypothesis, dated: Mapping[Key, Policy], starts: Mapping[Key, Equilibrium]
) -> tuple[dict[Key, Equilibrium], dict[Key, str], SolverRecord]:
    """Answers that a second start, the long-run answer, leads to as well; the reason where there is none."""
    found, why = _one_by_one(near, dated)
    for key, answer in list(found.items()):
        distance = distance_from_another_start(answer, starts[key])
        if distance > SAME_ANSWER:
            del found[key]
            why[key] = (
                f"two starts end {distance:.1e} apart: with elasticities this low there may be several equilibria"
                if distance < float("inf")
                else "an answer was found from one start only; with elasticities this low there may be several"
            )
    record = SolverRecord(
        solves=len(dated),
        worst_residual=max((answer.residual for answer in found.values()), default=0.0),
        most_iterations=max((answer.iterations for answer in found.values()), default=0),
    )
    return found, why, record


def _one_by_one(near: Hypothesis, dated: Mapping[Key, Policy]) -> tuple[dict[Key, Equilibrium], dict[Key, str]]:
    """All in one batch; where that fails each for itself, so that one failure costs one number."""
    try:
        return dict(solve_all(near, dated).equilibria), {}
    except SolveError:
        pass
    found: dict[Key, Equilibrium] = {}
    why: dict[Key, str] = {}
    for key, policy in dated.items():
        try:
            found[key] = solve_all(near, {key: policy}).equilibria[key]
        except SolveError as error:
            why[key] = f"no answer with elasticities of the first year: {error}"
    return found, why
