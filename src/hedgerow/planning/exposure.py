"""How exposed an actor is to a power: what each swing costs, who carries it, what the answer rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from hedgerow.dims import ACTOR, SECTOR
from hedgerow.indicators.dependence import Dependence, dependence
from hedgerow.indicators.power import coercive_power
from hedgerow.planning.effects import Effect, Progress, SolverRecord, effect, solve_all
from hedgerow.planning.hypotheses import Hypothesis, alternatives, central, theta_4, zero_deficits
from hedgerow.planning.question import Question
from hedgerow.planning.swings import Swing, headline, swings, tariff_on
from hedgerow.trade.economy import Economy
from hedgerow.trade.equilibrium import Equilibrium
from hedgerow.trade.policy import Policy, TariffChange
from hedgerow.trade.welfare import base_value_added, equivalent_variation_parts
from hedgerow.world.parties import Party
from hedgerow.world.world import Sector, World


@dataclass(frozen=True)
class SwingResult:
    """One swing, for the actor and for the power, under the published elasticities and under theta = 4."""

    swing: Swing
    actor: Effect
    actor_theta4: Effect
    actor_zero_deficits: Effect
    """Against the world in which every deficit has been closed."""
    power: Effect
    power_theta4: Effect


@dataclass(frozen=True)
class SectorResult:
    """One goods sector's part in the headline loss, or a services sector's change. Money in MUSD/yr."""

    sector: Sector
    exports_to_power: float
    share_of_output_sold: float
    """Of the sector's output, sold to the power."""
    alone: Effect | None
    """The power taxes this sector only; None for services, which bear no tariff."""
    value_added_change: float
    """Real value added under the headline swing, deflated by the actor's consumer prices."""
    value_added_base: float


@dataclass(frozen=True)
class Exposure:
    """The first half of a brief."""

    forward: Dependence
    """Of the actor on the power."""
    backward: Dependence
    """Of the power on the actor."""
    coercion: float
    """Coercive power of the power over the actor, as a fraction of the actor's income."""
    counter_coercion: float
    """Coercive power of the actor over the power, as a fraction of the power's income."""
    swings: tuple[SwingResult, ...]
    headline: SwingResult
    sectors: tuple[SectorResult, ...]
    everyone: Mapping[str, tuple[Effect, Effect]]
    """By ISO-3 code: the same tariff on that economy alone; published elasticities and theta = 4."""
    alternatives: tuple[tuple[Hypothesis, Effect], ...]
    """The headline under every hypothesis, the central one first."""
    record: SolverRecord

    @property
    def range(self) -> tuple[float, float]:
        """Worst and best share of income under the headline swing, over all hypotheses."""
        shares = [effect.share for _, effect in self.alternatives]
        return min(shares), max(shares)


def exposure(question: Question, *, detail: World | None = None, progress: Progress | None = None) -> Exposure:
    """Solve every swing of a brief.

    Args:
        question: who is exposed to whom.
        detail: the same world with finer sectors, for the sensitivity to them.
        progress: called with the number of solves done since the last call.

    Raises:
        SolveError: a swing has no answer; no number is returned.
    """
    world, persons = question.world, question.world["population"]
    asked = policies(question)
    hypotheses = (central(world), theta_4(world))
    closed = zero_deficits(world)
    only_swings = {key: policy for key, policy in asked.items() if key[0] == "swing"}
    answers = [solve_all(hypothesis, asked, progress) for hypothesis in hypotheses]
    answers.append(solve_all(closed, only_swings, progress))
    main, other, without = (solved.equilibria for solved in answers)
    record = answers[0].record + answers[1].record + answers[2].record

    def both(key: tuple[str, str], party: Party) -> tuple[Effect, Effect]:
        return effect(main[key], party, persons), effect(other[key], party, persons)

    results = tuple(
        SwingResult(
            s,
            *both(("swing", s.id), question.actor),
            effect(without[("swing", s.id)], question.actor, persons),
            *both(("swing", s.id), question.power),
        )
        for s in swings(question)
    )
    first = next(r for r in results if r.swing.id == headline(question).id)
    varied = [
        (hypotheses[0], first.actor),
        (hypotheses[1], first.actor_theta4),
        (closed, first.actor_zero_deficits),
    ]
    for hypothesis in alternatives(world, detail):
        solved = solve_all(hypothesis, {"headline": _headline_in(question, hypothesis)}, progress)
        record += solved.record
        varied.append((hypothesis, effect(solved.equilibria["headline"], question.actor, persons)))
    flow, income = world["trade_flow"], world["value_added"]
    return Exposure(
        forward=dependence(flow, income, of=question.actor.members, on=question.power.members),
        backward=dependence(flow, income, of=question.power.members, on=question.actor.members),
        coercion=coercion(hypotheses[0].economy, by=question.power, over=question.actor),
        counter_coercion=coercion(hypotheses[0].economy, by=question.actor, over=question.power),
        swings=results,
        headline=first,
        sectors=_sectors(question, main[("swing", first.swing.id)], main),
        everyone={p.code: both(("alone", p.code), p) for p in others(question)},
        alternatives=tuple(varied),
        record=record,
    )


def coercion(economy: Economy, *, by: Party, over: Party) -> float:
    """Coercive power of one party over another: the members' losses, weighted by their incomes. A fraction."""
    sources = [economy.actors.index(code) for code in by.members]
    targets = [economy.actors.index(code) for code in over.members]
    losses = [
        coercive_power(
            economy.trade_share[:, n, sources].sum(axis=1),
            final_share=economy.final_share[:, n],
            input_share=economy.input_share[n],
            trade_elasticity=economy.trade_elasticity,
        )
        for n in targets
    ]
    return float(np.average(losses, weights=economy.income[targets]))


def count_of_solves(question: Question, *, detail: World | None = None) -> int:
    """How many counterfactuals :func:`exposure` solves."""
    return 2 * len(policies(question)) + len(swings(question)) + len(alternatives(question.world, detail))


def policies(question: Question) -> dict[tuple[str, str], Policy]:
    """Every policy of the first half, by what it is for."""
    found = {("swing", s.id): s.policy for s in swings(question)}
    for party in others(question):
        found[("alone", party.code)] = tariff_on(question, party.members, question.tariff)
    for sector in question.world.goods:
        part = TariffChange(
            exporters=question.actor.members, importers=question.power.members, sectors=(sector,), add=question.tariff
        )
        found[("sector", sector)] = Policy((part,))
    return found


def _headline_in(question: Question, hypothesis: Hypothesis) -> Policy:
    """The headline swing with the goods sectors of the hypothesis' own world."""
    return headline(replace(question, world=hypothesis.world)).policy


def others(question: Question) -> tuple[Party, ...]:
    """Every named economy that is not the power."""
    return tuple(
        Party(a.iso3, a.name, (a.iso3,))
        for a in question.world.actors
        if a.named and a.iso3 not in question.power.members
    )


def _sectors(
    question: Question, shocked: Equilibrium, solved: Mapping[tuple[str, str], Equilibrium]
) -> tuple[SectorResult, ...]:
    world, actor = question.world, question.actor
    change = equivalent_variation_parts(shocked)["value_added"].sel({ACTOR: list(actor.members)}).sum(ACTOR)
    base = base_value_added(shocked.economy).sel({ACTOR: list(actor.members)}).sum(ACTOR)
    sold = world["trade_flow"].sel(exporter=list(actor.members), importer=list(question.power.members))
    to_power = sold.sum(("exporter", "importer"))
    output = world["gross_output"].sel({ACTOR: list(actor.members)}).sum(ACTOR)
    return tuple(
        SectorResult(
            sector=s,
            exports_to_power=float(to_power.sel({SECTOR: s.id})),
            share_of_output_sold=float(to_power.sel({SECTOR: s.id}) / max(float(output.sel({SECTOR: s.id})), 1e-12)),
            alone=effect(solved[("sector", s.id)], actor, world["population"]) if s.goods else None,
            value_added_change=float(change.sel({SECTOR: s.id})),
            value_added_base=float(base.sel({SECTOR: s.id})),
        )
        for s in world.sectors
    )
