"""The deals of the day: what each does for its parties, in calm weather and in the power's storm."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations
from operator import attrgetter

from hedgerow.planning.effects import Progress, SolverRecord, effect, solve_all
from hedgerow.planning.hypotheses import central
from hedgerow.planning.question import Question
from hedgerow.planning.swings import tariff_on
from hedgerow.scenarios.agreements import DEEPER_AGREEMENT, NEW_AGREEMENT, TradeEffect, nontariff_part, tariffs_to_zero
from hedgerow.trade.economy import Economy
from hedgerow.trade.equilibrium import Equilibrium
from hedgerow.trade.policy import Policy
from hedgerow.world.deals import Deal, DealScope, deals
from hedgerow.world.parties import Party, trade_parties
from hedgerow.world.partnerships import in_force_with
from hedgerow.world.world import World

Key = tuple[str, str]
"""Deal id and what is solved: ``tariffs``, ``calm`` or ``storm``."""

_NOT_COMPUTED = {
    DealScope.PRODUCTS: "it changes a few products, and no trade by product is at hand: not testable with the data",
    DealScope.RULES: "it changes rules and checks, not tariffs, and no measure of what they cost is at hand",
}
"""Why a deal that frees less than all goods has no numbers."""

NONE = ("", "storm")
"""The storm without any deal."""


@dataclass(frozen=True)
class DealResult:
    """One deal for one of its parties, as fractions of the party's income. None where it cannot be computed."""

    deal: Deal
    party: Party
    calm_tariff: float | None
    calm_nontariff: float | None
    """Assumed."""
    loss_avoided: float | None
    """Of the power's tariff on everyone, growth taken out."""
    why_none: str = ""


def signatories(world: World, deal: Deal) -> tuple[Party, ...]:
    """The parties of a deal that have accounts in this world, blocs once."""
    return tuple(p for p in trade_parties(world) if set(p.members) & set(deal.members))


def why_not_computed(world: World, deal: Deal) -> str:
    """Why a deal has no numbers here; empty where it has."""
    if len(signatories(world, deal)) < 2:
        return "fewer than two of its parties have accounts in this world"
    return _NOT_COMPUTED.get(deal.scope, "")


def deal_results(
    question: Question, *, progress: Progress | None = None
) -> tuple[tuple[DealResult, ...], SolverRecord]:
    """Every deal of the list for each of its parties.

    A deal is taken as a full agreement on goods: tariffs to zero both ways between its sides, and the assumed
    non-tariff part, smaller where an agreement is in force. The storm is the power's tariff on everyone: what it
    taxes is taxed for every party alike.

    Args:
        question: gives the world, the power and its tariff.
        progress: called with the number of solves done since the last call.

    Raises:
        SolveError: a counterfactual has no answer; no number is returned.
    """
    hypothesis = central(question.world)
    solved = solve_all(hypothesis, policies(question, hypothesis.economy), progress)
    results = [
        _result(question, deal, party, solved.equilibria)
        for deal in deals().values()
        for party in signatories(question.world, deal)
    ]
    return tuple(results), solved.record


def count_of_solves(question: Question) -> int:
    """How many counterfactuals :func:`deal_results` solves."""
    return 1 + 3 * sum(not why_not_computed(question.world, deal) for deal in deals().values())


def policies(
    question: Question, economy: Economy, read: Callable[[TradeEffect], float] = attrgetter("central")
) -> dict[Key, Policy]:
    """The storm without any deal, and every computed deal in calm and in storm; ``read`` picks the assumed effect."""
    others = tuple(code for code in question.world.codes if code not in question.power.members)
    storm = tariff_on(question, others, question.tariff)
    found: dict[Key, Policy] = {NONE: storm}
    for deal in deals().values():
        if why_not_computed(question.world, deal):
            continue
        free, rest = _deal(question.world, deal, economy, read)
        found[(deal.id, "tariffs")] = free
        found[(deal.id, "calm")] = free + rest
        found[(deal.id, "storm")] = free + rest + storm
    return found


def _deal(world: World, deal: Deal, economy: Economy, read: Callable[[TradeEffect], float]) -> tuple[Policy, Policy]:
    """The tariff part and the non-tariff part between every two sides."""
    free, rest = Policy(), Policy()
    for one, other in combinations(signatories(world, deal), 2):
        tied = in_force_with(world.partnerships, one.members, other.members)
        reach = DEEPER_AGREEMENT if tied else NEW_AGREEMENT
        free += tariffs_to_zero(one, other, goods=world.goods)
        rest += nontariff_part(one, other, effect=read(reach), economy=economy)
    return free, rest


def _result(question: Question, deal: Deal, party: Party, solved: Mapping[Key, Equilibrium]) -> DealResult:
    reason = why_not_computed(question.world, deal)
    if reason:
        return DealResult(deal, party, None, None, None, reason)
    persons = question.world["population"]
    shares = {key: effect(solved[key], party, persons).share for key in solved if key[0] in (deal.id, NONE[0])}
    return DealResult(deal, party, *parts_of_deal(shares, deal))


def parts_of_deal(shares: Mapping[Key, float], deal: Deal) -> tuple[float, float, float]:
    """Calm gain through tariffs, calm gain of the rest and loss avoided of one party, see :class:`DealResult`."""
    free, calm = shares[(deal.id, "tariffs")], shares[(deal.id, "calm")]
    return free, calm - free, shares[(deal.id, "storm")] - shares[NONE] - calm
