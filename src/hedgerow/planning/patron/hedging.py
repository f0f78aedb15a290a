"""Who hedges, and what that changes in trade: the power's income and its leverage under every strategy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

import numpy as np

from hedgerow.errors import RequestError
from hedgerow.planning.effects import Progress, SolverRecord
from hedgerow.planning.exposure import coercion
from hedgerow.planning.hypotheses import central, theta_4
from hedgerow.planning.links import Link, link, policy_of
from hedgerow.planning.patron.factors import Point
from hedgerow.planning.portfolio.bundles import log_income_of
from hedgerow.planning.portfolio.regimes import VECTOR, Outlook, Retaliation, policies, scaled
from hedgerow.planning.question import Question
from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.equilibrium import solve_many
from hedgerow.trade.policy import Policy, TariffChange
from hedgerow.world.parties import Party, trade_parties
from hedgerow.world.world import World

__all__ = ["ALL", "NONE", "SUBSTITUTION", "WITH_RIVALS", "Leg", "State", "Trade", "allies_of", "states_of"]

NONE, ALL, WITH_RIVALS, SUBSTITUTION = "none", "all", "all-with-rivals", "substitution"
TURNED_AWAY = 0.10
"""Points that allies add on the power's goods where they replace it. Assumed."""


@dataclass(frozen=True)
class State:
    """Who hedges, with whom."""

    id: str
    label: str
    hedgers: tuple[Party, ...]
    links: tuple[Link, ...]
    turned_away: bool = False
    """Whether hedgers also tax the power's goods."""

    @property
    def members(self) -> tuple[str, ...]:
        """Codes of those who hedge."""
        return tuple(code for one in self.hedgers for code in one.members)


def allies_of(world: World, power: Party, ally: Sequence[str]) -> tuple[Party, ...]:
    """Parties that are allies of the power with all their members.

    Raises:
        RequestError: there is none in this world.
    """
    found = tuple(one for one in trade_parties(world) if one != power and set(one.members) <= set(ally))
    if not found:
        raise RequestError(f"power: {power.name} has no ally in world {world.id}; ask about one that has, such as USA")
    return found


def states_of(world: World, power: Party, outlook: Outlook) -> tuple[State, ...]:
    """Nobody hedges; all allies do, without and with the power's rivals, or in place of the power; each ally by itself.

    A hedger makes or deepens an agreement with every party but the power and, unless said, the power's rivals.
    """
    allies, rivals = allies_of(world, power, outlook.sides.ally), set(outlook.sides.rival)
    every = [one for one in trade_parties(world) if one != power]
    open_ = [one for one in every if not rivals & set(one.members)]
    without, with_ = _links(world, allies, open_), _links(world, allies, every)
    return (
        State(NONE, "Nobody hedges", (), ()),
        State(ALL, "All allies hedge", allies, without),
        State(WITH_RIVALS, "All allies hedge, with rivals too", allies, with_),
        State(SUBSTITUTION, "All allies replace the power", allies, without, turned_away=True),
        *(State(one.code, one.name, (one,), _links(world, (one,), open_)) for one in allies),
    )


def _links(world: World, hedgers: Sequence[Party], partners: Sequence[Party]) -> tuple[Link, ...]:
    pairs = list(combinations(hedgers, 2)) + [(a, b) for a in hedgers for b in partners if b not in hedgers]
    return tuple(link(world, one, other) for one, other in pairs if other in partners)


@dataclass(frozen=True, eq=False)
class Leg:
    """What trade says at one point, S states and R strategies."""

    income: Array
    """[S, R] log real income of the power."""
    leverage: Array
    """[S, R] share of all others' income that it could take by withholding its goods."""
    hedgers: Array
    """[S, R] log real income of all allies together."""


@dataclass(eq=False)
class Trade:
    """Equilibria of states and strategies, each point solved once."""

    question: Question
    outlook: Outlook
    states: tuple[State, ...]
    progress: Progress | None = None
    record: SolverRecord = field(default=SolverRecord(0, 0.0, 0))
    _found: dict[tuple[tuple[str, ...], tuple[float, ...]], Leg] = field(default_factory=dict, repr=False)

    def at(self, point: Point, ids: Sequence[str]) -> Leg:
        """Some states at a point.

        Raises:
            SolveError: one of them has no equilibrium.
        """
        key = tuple(ids), point.of_trade
        if key not in self._found:
            self._found[key] = self._solve(point, [s for s in self.states if s.id in ids])
        return self._found[key]

    def _solve(self, point: Point, states: Sequence[State]) -> Leg:
        world, power = self.question.world, self.question.power
        economy = (theta_4 if point.place("elasticity") >= 0.5 else central)(world).economy
        regimes = self._regimes(point)
        made = [self._hedged(economy, state, point) for state in states]
        answers = solve_many(economy, [one + regime for one in made for regime in regimes])
        self.record += SolverRecord(
            len(answers), max(one.residual for one in answers), max(one.iterations for one in answers)
        )
        if self.progress is not None:
            self.progress(len(answers))
        rest = Party("others", "all others", tuple(code for code in world.codes if code not in power.members))
        reach = [coercion(replace(economy, trade_share=one.shares), by=power, over=rest) for one in answers]
        shape = len(states), len(regimes)
        log = np.log([one.welfare_hat for one in answers])
        allied = tuple(code for state in self.states if state.id == ALL for code in state.members)
        return Leg(
            _of(economy, power.members, log).reshape(shape),
            np.array(reach).reshape(shape),
            _of(economy, allied, log).reshape(shape),
        )

    def _regimes(self, point: Point) -> tuple[Policy, ...]:
        factors = np.ones((len(self.outlook.regimes), len(VECTOR)))
        factors[:, :3] = [point.value(name) for name in ("ally", "rival", "other")]
        answer = Retaliation.EVERYONE if point.place("answer") >= 0.5 else Retaliation.NONE
        return policies(scaled(self.outlook, factors), self.question, retaliation=answer)

    def _hedged(self, economy: Economy, state: State, point: Point) -> Policy:
        found = policy_of(economy, state.links, point.place("agreements"))
        if not state.turned_away:
            return found
        power, goods = self.question.power.members, self.question.world.goods
        return found + TariffChange(exporters=power, importers=state.members, sectors=goods, add=TURNED_AWAY)


def _of(economy: Economy, members: Sequence[str], log: Array) -> Array:
    at = [economy.actors.index(code) for code in members]
    return log_income_of(log[:, at], economy.income[at])
