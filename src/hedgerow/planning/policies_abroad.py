"""Whose policies matter: what a little more tariff or growth abroad does to an actor, and how far that carries."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hedgerow.planning.effects import NOISE, Progress, SolverRecord, effect, solve_all
from hedgerow.planning.hypotheses import zero_deficits
from hedgerow.planning.question import Question
from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.equilibrium import without_deficits
from hedgerow.trade.exposures.jacobian import AFFECTED, exposures
from hedgerow.trade.policy import Policy, TariffChange
from hedgerow.world.parties import Party, trade_parties

POINT = 0.01
"""A small change: one point of tariff, or one per cent of productivity."""
LARGE = 0.25
"""A change for which slopes are not good enough; always solved."""
LISTED = 12


@dataclass(frozen=True)
class TariffAbroad:
    """A tariff set abroad, for the actor, as fractions of its real income."""

    point: float
    """First order, for one point."""
    exact: float
    """Solved, for :data:`LARGE`."""

    @property
    def extended(self) -> float:
        """What the slope would say of the large change."""
        return self.point * LARGE / POINT

    @property
    def error(self) -> float | None:
        """How far that is off, as a fraction of the exact change; None where nothing changes."""
        return self.extended / self.exact - 1 if abs(self.exact) > NOISE else None


@dataclass(frozen=True)
class PartyAbroad:
    """An economy, or a bloc with one tariff, whose policies reach the actor."""

    party: Party
    on_actor: TariffAbroad
    """On the actor's goods alone."""
    on_others: TariffAbroad
    """On the goods of everyone but the actor: trade turns elsewhere."""
    growth: float
    """One per cent more productivity in all its sectors, first order; above zero it is a friend."""


@dataclass(frozen=True)
class PoliciesAbroad:
    """Those who matter most, by the largest of the three small changes; the power among them if it belongs there."""

    listed: tuple[PartyAbroad, ...]
    considered: int
    """Parties that the list was chosen from."""
    record: SolverRecord


@dataclass(frozen=True)
class _Slopes:
    party: Party
    on_actor: float
    on_others: float
    growth: float

    @property
    def size(self) -> float:
        return max(abs(self.on_actor), abs(self.on_others), abs(self.growth))


def policies_abroad(question: Question, *, progress: Progress | None = None) -> PoliciesAbroad:
    """Who else's policies move the actor's real income.

    Slopes choose and order the list, because it is about small changes; every large change in it is solved. Deficits
    are closed first, as in Kleinman, Liu and Redding (2024): a deficit fixed in shares of world value added is a debt
    whose burden moves with every price in the world, and that would drown effects as small as these.

    Args:
        question: gives the world and the actor.
        progress: called with the number of solves done since the last call.

    Raises:
        SolveError: a counterfactual has no answer; no number is returned.
    """
    hypothesis = zero_deficits(question.world)
    slopes = _slopes(question, without_deficits(hypothesis.economy))
    chosen = sorted(slopes, key=lambda s: -s.size)[:LISTED]
    solved = solve_all(hypothesis, _policies(question, tuple(s.party for s in chosen)), progress)

    def tariff(slope: float, code: str, on: str) -> TariffAbroad:
        found = effect(solved.equilibria[(code, on)], question.actor, question.world["population"])
        return TariffAbroad(slope, found.share)

    listed = tuple(
        PartyAbroad(
            s.party,
            tariff(s.on_actor, s.party.code, "actor"),
            tariff(s.on_others, s.party.code, "others"),
            s.growth,
        )
        for s in chosen
    )
    return PoliciesAbroad(listed, len(slopes), solved.record)


def count_of_solves(question: Question) -> int:
    """How many counterfactuals :func:`policies_abroad` solves."""
    return 2 * min(LISTED, len(_parties(question)))


def _parties(question: Question) -> tuple[Party, ...]:
    """Everyone who sets a tariff, but the actor's own side."""
    return tuple(p for p in trade_parties(question.world) if not set(p.members) & set(question.signatory.members))


def _policies(question: Question, chosen: tuple[Party, ...]) -> dict[tuple[str, str], Policy]:
    """The large tariff of each, on the actor and on all others."""
    goods, actor = question.world.goods, question.actor.members
    found: dict[tuple[str, str], Policy] = {}
    for party in chosen:
        others = tuple(code for code in question.world.codes if code not in (*party.members, *actor))
        for name, targets in (("actor", actor), ("others", others)):
            part = TariffChange(exporters=targets, importers=party.members, sectors=goods, add=LARGE)
            found[(party.code, name)] = Policy((part,))
    return found


def _slopes(question: Question, economy: Economy) -> list[_Slopes]:
    (code,) = question.actor.members
    slopes = exposures(economy)
    per_point = POINT * economy.goods[:, None, None] * slopes.tariff_slopes(code) / (1 + economy.tariff)
    by_pair: Array = np.asarray(per_point.sum(axis=0))
    growth = POINT * slopes.friends.sel({AFFECTED: code}).values
    own = economy.actors.index(code)
    found = []
    for party in _parties(question):
        at = [economy.actors.index(member) for member in party.members]
        inside = float(by_pair[np.ix_(at, at)].sum())
        on_actor = float(by_pair[at, own].sum())
        on_others = float(by_pair[at].sum()) - inside - on_actor
        found.append(_Slopes(party, on_actor, on_others, float(growth[at].sum())))
    return found
