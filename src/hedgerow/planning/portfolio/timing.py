"""When to sign: the options of a plan that are worth signing now, and those that are better left for another regime."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Final

import numpy as np
import numpy.typing as npt

from hedgerow.planning.portfolio.courses import Course
from hedgerow.planning.portfolio.doubt import ENDS, ends, yearly_radius
from hedgerow.planning.portfolio.layout import Request, Solved
from hedgerow.planning.portfolio.options import Option
from hedgerow.planning.portfolio.process import RegimeProcess
from hedgerow.planning.portfolio.ranking import ATTITUDES, Horizon, Ranking, read, terms_of
from hedgerow.planning.portfolio.risk import Mask
from hedgerow.planning.portfolio.waiting import Waiting, used, waiting
from hedgerow.planning.question import Question

__all__ = ["TIMED", "Timing", "timed"]

Array = npt.NDArray[np.float64]

TIMED: Final = 12
"""Options whose timing is looked for: 4,096 sets of what is signed, in every regime."""
FAR: Final = 400
"""Years after which nothing counts: 0.96^400 is a ten-millionth."""


@dataclass(frozen=True, eq=False)
class Timing:
    """Sign now, or wait and see."""

    options: tuple[Option, ...]
    """Those that are timed: the plan's own, then what may be added to them; the best alone first."""
    left_out: tuple[Option, ...]
    """Also compatible with the plan's bundle, but of less worth alone."""
    start: int
    """Position of the regime that rules now."""
    plain: Waiting
    """At central costs and chances."""
    robust: Waiting
    """Every row of the chain at its worst within the central doubt of a year."""
    values: Array
    """[sunk, cost, chain] option value of waiting in the first regime; low, central, high for the first two."""
    changes: npt.NDArray[np.bool_]
    """[sunk, cost, chain] True where something else is to be signed now than in the central case."""

    @property
    def now(self) -> Mask:
        """[K] True for what is signed now."""
        return self._mask(self.plain.signs(self.start))

    def later(self, regime: int) -> Mask:
        """[K] True for what is held, from now or signed later, once a regime rules."""
        return self._mask(self.plain.signs(regime, self.plain.signs(self.start)))

    @property
    def now_in_doubt(self) -> Mask:
        """[K] True for what is signed now by one who doubts the chain."""
        return self._mask(self.robust.signs(self.start))

    def _mask(self, code: int) -> Mask:
        return np.asarray((code >> np.arange(len(self.options))) & 1 == 1)


@dataclass(frozen=True, eq=False)
class _Problem:
    """What stays the same at every cost and chain."""

    flow: Array
    """[R, 2^K] before running costs, by code."""
    options: tuple[Option, ...]
    allowed: Mask
    discount: float

    def solved(self, chain: RegimeProcess, *, sunk: float, place: float, radius: float = 0.0) -> Waiting:
        """The value of waiting where a share of costs is sunk and the rest is saved whenever an option is not used."""
        cost = read([option.cost for option in self.options], place)
        running = (np.arange(2 ** len(cost))[:, None] >> np.arange(len(cost)) & 1) @ ((1 - sunk) * cost)
        return waiting(
            used(self.flow - running),
            sunk * cost,
            chain.matrix,
            discount=self.discount,
            allowed=self.allowed,
            radius=radius,
        )


def timed(
    question: Question, found: Sequence[Solved], ranking: Ranking, chains: Sequence[RegimeProcess], request: Request
) -> Timing:
    """Time the options of the bundle that the cautious take, and others that may be added to it.

    What a regime is worth is read where buyers have adapted to it. Phase-in and delay of an option become a share of
    its full effect that is worth as much for good. A cost spent for good equals a payment at signing of k / (1 - beta).

    Args:
        question: who plans.
        found: nodes of the first chain, first, and of regimes that never end, last.
        ranking: of the first chain.
        chains: over the same regimes.
        request: horizon and limits; what must be in every bundle may be signed whenever it suits.
    """
    held = ranking.bundles[ranking.best(ATTITUDES[1])]
    alone = ranking.objective(ATTITUDES[1])[[_alone(ranking, k) for k in range(len(held))]]
    fits = _allowed(found[0], ranking.options, held | np.eye(len(held), dtype=np.bool_), request)
    order = [int(k) for k in np.lexsort((-alone, ~held)) if fits[k]]
    kept, rest = order[:TIMED], order[TIMED:]
    options = tuple(ranking.options[k] for k in kept)
    sets: Mask = np.zeros((1 << len(kept), len(held)), dtype=np.bool_)
    sets[:, kept] = np.arange(len(sets))[:, None] >> np.arange(len(kept)) & 1 == 1
    problem = _Problem(
        _flow(question, found[-1], ranking.options, sets, request.horizon),
        options,
        _allowed(found[0], ranking.options, sets, request),
        request.horizon.discount,
    )
    sunk, first = ends("waiting", "sunk"), chains[0]
    plain = problem.solved(first, sunk=sunk[1], place=0.5)
    today = plain.signs(first.start)
    shape = len(ENDS), len(ENDS), len(chains)
    values, changes = np.empty(shape), np.empty(shape, dtype=bool)
    for cell in product(*map(range, shape)):
        chain = chains[cell[2]]
        one = problem.solved(chain, sunk=sunk[cell[0]], place=cell[1] / 2)
        values[cell], changes[cell] = one.option_value[chain.start], one.signs(chain.start) != today
    return Timing(
        options=options,
        left_out=tuple(ranking.options[k] for k in rest),
        start=first.start,
        plain=plain,
        robust=problem.solved(first, sunk=sunk[1], place=0.5, radius=yearly_radius()),
        values=values,
        changes=changes,
    )


def _alone(ranking: Ranking, k: int) -> int:
    return int((ranking.bundles == (np.arange(ranking.bundles.shape[1]) == k)).all(axis=1).argmax())


def _flow(question: Question, lasting: Solved, options: Sequence[Option], sets: Mask, horizon: Horizon) -> Array:
    """[R, 2^K] utility a year in every regime that buyers have adapted to, options at what they are worth for good."""
    course, far = lasting.laid.course, replace(horizon, years=FAR)
    spell = np.repeat(course.spell[:-1, :1], FAR, axis=1)
    adapted = Course(course.spells, spell, np.full_like(spell, course.age.max()))
    setting = replace(lasting.laid.setting(lasting.case.outlook, far), horizon=far)
    found = terms_of(question, lasting.economy, options, lasting.nodes, course=adapted, setting=setting)
    return found.utility(sets)


def _allowed(solved: Solved, options: Sequence[Option], sets: Mask, request: Request) -> Mask:
    """[2^K] True where every partner signs and every limit is kept."""
    consent = solved.consent(options, request.horizon)
    free = replace(request.limits, require=())
    rows = free.rows([option.id for option in options], read([option.cost for option in options], 0.5))
    required = np.isin([option.id for option in options], request.limits.require)
    return np.asarray(rows.allow(sets) & ~(consent.refused(sets) & ~required).any(axis=1))
