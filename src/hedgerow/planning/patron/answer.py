"""Does allied hedging serve the power? Its payoff by strategy and state, over all ranges, and where the sign turns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hedgerow.compute import Work
from hedgerow.errors import RequestError
from hedgerow.planning.atlas.answer import Corner, atlas
from hedgerow.planning.effects import Progress, SolverRecord
from hedgerow.planning.lottery import Lottery, lottery, tail_loss
from hedgerow.planning.means import Means, means_of
from hedgerow.planning.patron.factors import FACTORS, Factor, Point, cube
from hedgerow.planning.patron.hedging import ALL, NONE, SUBSTITUTION, WITH_RIVALS, Leg, Trade, states_of
from hedgerow.planning.patron.payoff import promise_of, terms
from hedgerow.planning.portfolio.regimes import Outlook
from hedgerow.planning.question import Question, ask
from hedgerow.trade.economy import Array
from hedgerow.world.parties import party, trade_parties
from hedgerow.world.world import World

__all__ = ["Flip", "Patron", "Vulnerability", "first_order", "patron", "question_of", "totals"]

DRAWS = 64
LEAST_DRAWS = 16
"""Fewer cannot tell fifteen assumptions apart."""
ENDS = (0.0, 0.5, 1.0)


@dataclass(frozen=True)
class Flip:
    """One assumption moved alone: what hedging by all allies is then worth to the power."""

    factor: Factor
    low: float
    """Gain at the low end, share of income, mean over strategies by their chances."""
    central: float
    high: float
    turns_at: float | None
    """Value inside the range at which the sign turns, straight between the values solved; None where it does not."""
    share: float
    """Of the variance over all draws that it explains alone."""

    @property
    def flips(self) -> bool:
        """The sign at one end differs from the central one."""
        return self.turns_at is not None


@dataclass(frozen=True)
class Vulnerability:
    """All allies together under the power's lottery."""

    state: str
    tail: float
    """Loss in the worst tenth against calm with the same agreements."""
    premium: float
    """Income given up in calm, before the cost of agreements; negative where it pays."""


@dataclass(frozen=True, eq=False)
class Patron:
    """The power's payoff. S states, R strategies, D draws; shares of its income."""

    question: Question
    outlook: Outlook
    lottery: Lottery
    trade: Trade
    means: Means | None
    payoff: Array
    """[S, R, term] at the centre."""
    allies: Array
    """[S, R] log real income of all allies together, at the centre."""
    drawn: Array
    """[D, 2, R] payoff when nobody and when all allies hedge."""
    flips: tuple[Flip, ...]
    left: float
    """Share of the variance that no assumption explains alone."""
    vulnerability: tuple[Vulnerability, ...]
    own: Corner | None
    """The power's own hedging against its largest rival; None for a bloc, or where it has no rival."""
    seed: int
    record: SolverRecord

    def gain(self, state: str) -> Array:
        """[R, term] what a state changes in the power's payoff at the centre."""
        ids = [one.id for one in self.trade.states]
        return np.asarray(self.payoff[ids.index(state)] - self.payoff[ids.index(NONE)])

    @property
    def drawn_gain(self) -> Array:
        """[D, R] gain when all allies hedge."""
        return np.asarray(self.drawn[:, 1] - self.drawn[:, 0])

    @property
    def positive(self) -> Array:
        """[R] share of draws in which hedging by all allies serves the power."""
        return np.asarray((self.drawn_gain > 0).mean(axis=0))

    @property
    def first(self) -> Array:
        """[2, R] share of draws in which a strategy has the highest payoff: nobody hedges, all allies hedge."""
        best = self.drawn.argmax(axis=2)
        return np.array([[(best[:, s] == r).mean() for r in range(self.drawn.shape[2])] for s in range(2)])


def question_of(world: World, power: str) -> Question:
    """The question of a power by name; its actor, the first economy outside, plays no part.

    Raises:
        UnknownNameError: a name that fits nobody; RequestError: a power that sets no tariff of its own.
    """
    strong = party(world, power, field="power")
    other = next(one.iso3 for one in world.actors if one.named and one.iso3 not in strong.members)
    return ask(world, other, power)


def patron(
    question: Question, outlook: Outlook, *, draws: int = DRAWS, seed: int, progress: Progress | None = None
) -> Patron:
    """The power's payoff by who hedges and by its own strategy.

    Args:
        question: gives the power and the world; the actor is not asked.
        outlook: strategies of the power.
        draws: of the Latin hypercube over all ranges.
        seed: of the hypercube.
        progress: called with the number of solves done since the last call.

    Raises:
        RequestError: a power without allies, or too few draws.
        SolveError: a counterfactual has no answer; no number is returned.
    """
    if draws < LEAST_DRAWS:
        raise RequestError(
            f"--draws: {draws} draws cannot tell {len(FACTORS)} assumptions apart; ask for {LEAST_DRAWS} or more"
        )
    means = means_of(question.power)
    trade = Trade(question, outlook, states_of(question.world, question.power, outlook), progress)
    seen = lottery(question, outlook, outlook.chains[0])
    centre, ids = Point.centre(), [state.id for state in trade.states]
    leg = trade.at(centre, ids)
    points = cube(draws, seed=seed)
    drawn = np.array([totals(trade, means, one) for one in points])
    shares, left = first_order(np.array([one.places for one in points]), (drawn[:, 1] - drawn[:, 0]) @ seen.weight)
    flips = tuple(
        _flip(trade, means, seen.weight, factor, share) for factor, share in zip(FACTORS, shares, strict=True)
    )
    own = _own(question, outlook)
    return Patron(
        question=question,
        outlook=outlook,
        lottery=seen,
        trade=trade,
        means=means,
        payoff=_terms(trade, means, centre, ids, leg),
        allies=leg.hedgers,
        drawn=drawn,
        flips=flips,
        left=left,
        vulnerability=_vulnerability(leg, ids, seen),
        own=own,
        seed=seed,
        record=trade.record,
    )


def _own(question: Question, outlook: Outlook) -> Corner | None:
    """The power as a country that hedges against its largest rival."""
    world, power, rivals = question.world, question.power, set(outlook.sides.rival)
    found = [one for one in trade_parties(world) if rivals & set(one.members)]
    if not found or len(power.members) > 1:
        return None
    income = world["value_added"]
    largest = max(found, key=lambda one: float(income.sel(actor=list(one.members)).sum()))
    return atlas([Question(world, power, largest)], work=Work()).corners[0]


def first_order(places: Array, values: Array) -> tuple[Array, float]:
    """Shares of variance of a linear fit: squared standardised coefficients, scaled to its R squared. [factor], rest

    In a Latin hypercube coordinates are nearly uncorrelated, so that the squares add up to R squared but for sampling
    error. Zero where nothing varies.

    Args:
        places: [draw, factor]
        values: [draw]
    """
    spread = values.var()
    if spread <= np.finfo(float).eps * max(1.0, float(np.abs(values).max()) ** 2):
        return np.zeros(places.shape[1]), 0.0
    moved = places - places.mean(axis=0)
    slope, *_ = np.linalg.lstsq(moved, values - values.mean(), rcond=None)
    parts = slope**2 * moved.var(axis=0)
    explained = float((moved @ slope).var() / spread)
    return np.asarray(parts / parts.sum() * explained), 1 - explained


def _terms(trade: Trade, means: Means | None, point: Point, ids: Sequence[str], leg: Leg) -> Array:
    """[S, R, term]"""
    states = [state for state in trade.states if state.id in ids]
    return np.array(
        [
            [
                terms(
                    means,
                    promise_of(regime, point),
                    state.members,
                    trade=(float(leg.income[s, r]), float(leg.leverage[s, r])),
                    point=point,
                )
                for r, regime in enumerate(trade.outlook.regimes)
            ]
            for s, state in enumerate(states)
        ]
    )


def totals(trade: Trade, means: Means | None, point: Point) -> Array:
    """[2, R] payoff when nobody and when all allies hedge; terms that are not at hand are left out of both."""
    ids = [NONE, ALL]
    return np.asarray(np.nansum(_terms(trade, means, point, ids, trade.at(point, ids)), axis=-1))


def _flip(trade: Trade, means: Means | None, weight: Array, factor: Factor, share: float) -> Flip:
    """One assumption at both ends of its range, everything else central."""
    centre = Point.centre()

    def gain(point: Point) -> float:
        none, every = totals(trade, means, point)
        return float((every - none) @ weight)

    low, mid, high = gain(centre.with_(factor.id, 0.0)), gain(centre), gain(centre.with_(factor.id, 1.0))
    turn = None
    for (a, at), (b, to) in (((mid, factor.central), (low, factor.low)), ((mid, factor.central), (high, factor.high))):
        if turn is None and a * b < 0:
            turn = at + (to - at) * a / (a - b)
    return Flip(factor, low, mid, high, turn, float(share))


def _vulnerability(leg: Leg, ids: Sequence[str], seen: Lottery) -> tuple[Vulnerability, ...]:
    """Allies' loss in the worst tenth and what they give up in calm: nothing, beside the power, in its place."""
    bare = leg.hedgers[ids.index(NONE)]
    found = []
    for state in (NONE, ALL, WITH_RIVALS, SUBSTITUTION):
        income = leg.hedgers[ids.index(state)]
        tail = float(tail_loss(income[:, None], seen.weight, seen.calm)[0])
        found.append(Vulnerability(state, tail, float(bare[seen.calm] - income[seen.calm])))
    return tuple(found)
