"""The modelled numbers of a brief at one draw, by the table, the row and the column that report them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from operator import attrgetter
from typing import Any

import numpy as np

from hedgerow.errors import SolveError
from hedgerow.planning import deals, exposure, history, partnerships
from hedgerow.planning.candidates import candidates
from hedgerow.planning.hypotheses import Hypothesis, central
from hedgerow.planning.question import Question
from hedgerow.planning.swings import CUT_OFF, headline, swings
from hedgerow.planning.uncertainty.draws import Case, drawn, drawn_effect
from hedgerow.scenarios.agreements import TradeEffect
from hedgerow.trade.cascade import model_of
from hedgerow.trade.chunk import point_of
from hedgerow.trade.economy import Array
from hedgerow.trade.equilibrium import Equilibrium, solve_many, without_deficits
from hedgerow.trade.policy import DeficitRule, Policy
from hedgerow.trade.welfare import base_value_added, equivalent_variation_parts
from hedgerow.world.deals import deals as known_deals
from hedgerow.world.parties import Party

Number = tuple[str, tuple[str, ...], str]
"""Table, the cells that name the row, and column, as the brief has them."""
Numbers = dict[Number, float]

TOLERANCE = 1e-8
"""Of the solves behind bands; the numbers themselves are solved to 1e-10."""
TOGETHER = "All agreements together"
DRAWN = "drawn"


@dataclass(frozen=True)
class Drawn:
    """What one draw gives."""

    numbers: Numbers
    solves: int
    failed: int
    """Counterfactuals without an answer; the numbers that need them are NaN."""


@dataclass(frozen=True)
class Outcomes:
    """Equilibria of many policies at one draw; where there was none, every number is NaN."""

    question: Question
    solved: Mapping[Hashable, Equilibrium]

    @cached_property
    def gains(self) -> dict[Hashable, Array]:
        """Equivalent variations of all actors by policy, shares of world value added. [N]"""
        return {key: (found.welfare_hat - 1) * found.economy.income for key, found in self.solved.items()}

    @cached_property
    def people(self) -> Array:
        """[N] persons."""
        return np.asarray(self.question.world["population"].values)

    def change(self, key: Hashable, party: Party) -> tuple[float, float, float]:
        """Change of a party's real income: % of income, bn USD/yr and USD a person."""
        if key not in self.solved:
            return np.nan, np.nan, np.nan
        economy = self.solved[key].economy
        at = [economy.actors.index(code) for code in party.members]
        gain = float(self.gains[key][at].sum())
        musd = gain * economy.world_value_added
        return 100 * gain / float(economy.income[at].sum()), musd / 1e3, 1e6 * musd / float(self.people[at].sum())

    def shares(self, part: str, party: Party) -> dict[tuple[str, ...], float]:
        """Change in % of income by the key of each policy of one part of the brief."""
        keys = [key for key in self.solved if isinstance(key, tuple) and key[0] == part]
        return {key[1]: self.change(key, party)[0] for key in keys}


def numbers_at(case: Case, point: Array) -> Drawn:
    """Every number at one draw, in the units of the brief's tables; NaN where there is none."""
    hypothesis, question = drawn(case, point), case.question
    effect = partial(drawn_effect, case, point)
    policies = _policies(case, hypothesis, effect)
    found = Outcomes(question, solved(hypothesis, policies, _centre(case)))
    parts = (_swings, _map, _sectors, _partners, _deals, _spells)
    numbers = {number: value for part in parts for number, value in part(found).items()}
    numbers |= _dependence(found, hypothesis)
    return Drawn(numbers, len(policies), len(policies) - len(found.solved))


def solved(
    hypothesis: Hypothesis, policies: Mapping[Hashable, Policy], centre: Mapping[Hashable, Array] | None = None
) -> dict[Hashable, Equilibrium]:
    """Equilibria of the policies that have one: together, and each for itself where that fails.

    Args:
        hypothesis: the economy and the rule for deficits.
        policies: what is solved.
        centre: by policy how far the solver's unknowns move at the central answer: where to start.
    """
    under = {key: hypothesis.under(policy) for key, policy in policies.items()}
    starts = None
    if centre is not None:
        closed = hypothesis.deficits is DeficitRule.ZERO
        base = model_of(without_deficits(hypothesis.economy) if closed else hypothesis.economy).start[0]
        starts = np.array([base + centre[key] for key in under])
    try:
        answers = solve_many(hypothesis.economy, list(under.values()), tolerance=TOLERANCE, starts=starts)
        return dict(zip(under, answers, strict=True))
    except SolveError:
        pass
    found: dict[Hashable, Equilibrium] = {}
    for key, policy in under.items():
        try:
            found[key] = solve_many(hypothesis.economy, [policy], tolerance=TOLERANCE)[0]
        except SolveError:
            continue  # counted by the caller as a number that is missing
    return found


@lru_cache(maxsize=2)
def _centre(case: Case) -> dict[Hashable, Array]:
    """How far the solver's unknowns move under each policy at the central assumptions."""
    hypothesis = central(case.question.world)
    found = solved(hypothesis, _policies(case, hypothesis, attrgetter("central")))
    base = model_of(hypothesis.economy).start[0]
    still = np.zeros_like(base)
    return {
        key: point_of(found[key]) - base if key in found else still
        for key in _policies(case, hypothesis, attrgetter("central"))
    }


def _policies(case: Case, hypothesis: Hypothesis, effect: Callable[[TradeEffect], float]) -> dict[Hashable, Policy]:
    question, economy = case.question, hypothesis.economy
    parts: dict[str, Mapping[Any, Policy]] = {
        **_fixed_policies(case),
        "partners": partnerships.policies(question, economy, {DRAWN: effect}),
        "deals": deals.policies(question, economy, effect),
    }
    return {(part, key): policy for part, policies in parts.items() for key, policy in policies.items()}


@lru_cache(maxsize=2)
def _fixed_policies(case: Case) -> dict[str, Mapping[Any, Policy]]:
    """What is the same at every draw."""
    question = case.question
    past = {} if history.why_no_history(question) else history.dated_policies(question)
    return {"exposure": exposure.policies(question), "history": past}


def _swings(found: Outcomes) -> Numbers:
    numbers: Numbers = {}
    for swing in swings(found.question):
        for who, party in (("own", found.question.actor), ("power", found.question.power)):
            change = found.change(("exposure", ("swing", swing.id)), party)
            for unit, value in zip(("pct", "bn", "per_person"), change, strict=True):
                numbers[("swings", (swing.label,), f"{who}_{unit}")] = value
    return numbers


def _map(found: Outcomes) -> Numbers:
    numbers: Numbers = {}
    for party in exposure.others(found.question):
        change = found.change(("exposure", ("alone", party.code)), party)
        for column, value in zip(("loss", "loss_bn", "loss_per_person"), change, strict=True):
            numbers[("exposure-map", (party.code,), column)] = value
    return numbers


def _sectors(found: Outcomes) -> Numbers:
    question = found.question
    key = ("exposure", ("swing", headline(question).id))
    whole, shocked = found.change(key, question.actor)[0], found.solved.get(key)
    numbers: Numbers = {}
    if shocked is not None:
        parts = equivalent_variation_parts(shocked)["value_added"], base_value_added(shocked.economy)
        value_added = [made.sel(actor=list(question.actor.members)).sum("actor") for made in parts]
    for sector in question.world.sectors:
        row = (sector.title,)
        if sector.goods:
            alone = found.change(("exposure", ("sector", sector.id)), question.actor)[0]
            numbers[("sectors", row, "alone_pct")] = alone
            numbers[("sectors", row, "alone_share_pct")] = 100 * alone / whole if whole < 0 else np.nan
        if shocked is not None:
            change, base = (float(made.sel(sector=sector.id)) for made in value_added)
            numbers[("sectors", row, "value_added_pct")] = 100 * change / base if base else np.nan
            numbers[("sectors", row, "value_added_bn")] = change / 1e3
    return numbers


def _partners(found: Outcomes) -> Numbers:
    question = found.question
    shares = found.shares("partners", question.actor)
    parties = candidates(question)
    rows = [("partners", (c.party.code,), c.party.code) for c in parties]
    numbers: Numbers = {}
    for table, row, key in [*rows, ("together", (TOGETHER,), partnerships.ALL)]:
        tariff, rest, avoided = partnerships.parts_of_worth(_Missing(shares), key, DRAWN)
        loss = -_Missing(shares)[partnerships.NONE]
        numbers[(table, row, "calm_tariff_pct")] = tariff
        numbers[(table, row, "calm_nontariff_pct")] = rest
        numbers[(table, row, "avoided_pct")] = avoided
        numbers[(table, row, "avoided_share_pct")] = 100 * avoided / loss if loss > 0 else np.nan
    for c in parties:
        gain = found.change(("partners", (c.party.code, DRAWN, "calm")), c.party)[0]
        numbers[("partners", (c.party.code,), "partner_pct")] = gain
    return numbers


def _deals(found: Outcomes) -> Numbers:
    world = found.question.world
    numbers: Numbers = {}
    shares: dict[str, _Missing] = {}
    for deal in known_deals().values():
        if deals.why_not_computed(world, deal):
            continue
        for party in deals.signatories(world, deal):
            if party.code not in shares:
                shares[party.code] = _Missing(found.shares("deals", party))
            parts = deals.parts_of_deal(shares[party.code], deal)
            for column, value in zip(("calm_tariff_pct", "calm_nontariff_pct", "avoided_pct"), parts, strict=True):
                numbers[("deals", (deal.title, party.name), column)] = value
    return numbers


def _spells(found: Outcomes) -> Numbers:
    """Long run only: elasticities of the first year are another question."""
    question = found.question
    numbers: Numbers = {}
    if history.why_no_history(question) is not None:
        return {}
    for scope, start in history.dated_policies(question):
        if "-" not in start:
            continue  # a mean of a year stands in a note, not in a row
        key = ("history", (scope, start))
        numbers[("spells", (start,), f"{scope}_pct")] = found.change(key, question.actor)[0]
        if scope == history.WHOLE:
            numbers[("spells", (start,), "power_whole_pct")] = found.change(key, question.power)[0]
    return numbers


def _dependence(found: Outcomes, hypothesis: Hypothesis) -> Numbers:
    actor, power = found.question.actor, found.question.power
    numbers: Numbers = {}
    for one, other in ((actor, power), (power, actor)):
        row = (f"{one.name} on {other.name}",)
        coercive = exposure.coercion(hypothesis.economy, by=other, over=one)
        numbers[("dependence", row, "coercion_pct")] = 100 * coercive
        numbers[("dependence", row, "cut_off_pct")] = -found.change(("exposure", ("swing", CUT_OFF)), one)[0]
    return numbers


class _Missing(dict[Any, float]):
    """Shares by key; NaN where there is none."""

    def __missing__(self, key: tuple[str, ...]) -> float:
        return np.nan
