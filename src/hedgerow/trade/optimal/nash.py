"""Tariffs when everybody answers: each sets the best ones against the others', in turn, until nobody moves.

Nash equilibrium in tariffs as in Johnson (1953), who shows that one of two countries may win. Best responses in turn
need not settle; whether they did is part of the answer, and tariffs that did not settle are not shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from hedgerow.errors import RequestError
from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.optimal.instrument import Block, Instrument, blocks, tariffs
from hedgerow.trade.optimal.objective import Objective, Ticker, log_income
from hedgerow.trade.optimal.optimum import Optimum
from hedgerow.trade.optimal.response import optimal_tariffs
from hedgerow.trade.policy import Policy
from hedgerow.trade.result import Equilibrium

__all__ = ["Iteration", "Nash", "NashPoint", "Outcome", "nash_tariffs"]

CERTAIN = 1e-8
"""Largest gain, ln real income, that a player may still have from moving alone."""
PERIODS = range(2, 7)
"""Lengths of cycles looked for, in rounds."""


class Outcome(StrEnum):
    """How the rounds ended."""

    EQUILIBRIUM = "equilibrium"
    """Nobody gains by moving alone."""
    CYCLE = "cycle"
    """The same tariffs came back while somebody still moved."""
    LOCAL = "local"
    """Nobody moves a little, but somebody would jump."""
    UNSETTLED = "unsettled"
    """Out of rounds."""


@dataclass(frozen=True)
class Iteration:
    """How the rounds are played."""

    tolerance: float = 1e-5
    """Largest move in a last round, in ln(1 + t)."""
    rounds: int = 60
    damping: float = 1.0
    """Share of the way to the best response that a player goes; less than one may end a cycle."""

    def __post_init__(self) -> None:
        if not (0 < self.tolerance < 1 and self.rounds >= 1 and 0 < self.damping <= 1):
            raise RequestError(
                f"iteration: tolerance {self.tolerance:g}, {self.rounds} rounds, damping {self.damping:g} do not go; "
                "a tolerance lies between 0 and 1, damping above 0 and at most 1"
            )


@dataclass(frozen=True, eq=False)
class NashPoint:
    """A Nash equilibrium in tariffs; tuples are by player."""

    blocks: tuple[tuple[Block, ...], ...]
    rates: tuple[Array, ...]
    equilibrium: Equilibrium
    before: Equilibrium
    """With all tariffs in force."""
    gains: tuple[float, ...]
    """ln real income, less that with the tariffs in force."""
    deviations: tuple[float, ...]
    """What each would still gain by moving alone, ln real income; the certificate."""
    responses: tuple[Optimum, ...]
    """Each one's best response, with slopes and bounds."""


@dataclass(frozen=True, eq=False)
class Nash:
    """How the rounds went, and the equilibrium if there is one."""

    players: tuple[Instrument, ...]
    outcome: Outcome
    moves: tuple[tuple[float, ...], ...]
    """[round][player] largest change of ln(1 + t)."""
    period: int
    """Rounds after which tariffs came back; 0 unless they cycle."""
    point: NashPoint | None
    """None unless it is an equilibrium."""
    solves: int


def nash_tariffs(
    economy: Economy,
    players: Sequence[Instrument],
    *,
    background: Policy | None = None,
    iteration: Iteration | None = None,
    progress: Ticker | None = None,
) -> Nash:
    """Tariffs that are best responses to each other. Players move in turn (Gauss-Seidel), from the tariffs in force.

    Args:
        economy: the base.
        players: what each may choose.
        background: what nobody chooses, and the rule for deficits (fixed or zero).
        iteration: how the rounds are played.
        progress: told about every solve.

    Raises:
        RequestError: a player twice, or an instrument under which nothing is traded.
        SolveError: a best response was not found.
    """
    _refuse_doubles(players)
    game = _Game(economy, tuple(players), background or Policy(), iteration or Iteration(), progress)
    outcome, period = game.play()
    point = game.certified() if outcome is Outcome.EQUILIBRIUM else None
    if point is not None and max(point.deviations) > CERTAIN:
        outcome, point = Outcome.LOCAL, None
    return Nash(game.players, outcome, tuple(game.moves), period, point, game.solves)


class _Game:
    """The state of the rounds."""

    def __init__(
        self,
        economy: Economy,
        players: tuple[Instrument, ...],
        background: Policy,
        iteration: Iteration,
        progress: Ticker | None,
    ) -> None:
        self.economy, self.players, self.background = economy, players, background
        self.iteration, self.progress = iteration, progress
        self.blocks = tuple(blocks(economy, player) for player in players)
        self.rates: list[Array | None] = [None] * len(players)
        self.moves: list[tuple[float, ...]] = []
        self.solves = 0

    def play(self) -> tuple[Outcome, int]:
        """Rounds until nobody moves, tariffs come back, or the rounds are used up; and the length of the cycle."""
        seen: list[Array] = []
        for _ in range(self.iteration.rounds):
            self.moves.append(tuple(self._move(k) for k in range(len(self.players))))
            if max(self.moves[-1]) <= self.iteration.tolerance:
                return Outcome.EQUILIBRIUM, 0
            seen.append(np.concatenate([rates for rates in self.rates if rates is not None]))
            if period := _period(seen, self.iteration.tolerance):
                return Outcome.CYCLE, period
        return Outcome.UNSETTLED, 0

    def certified(self) -> NashPoint:
        """The point reached, and what each player would gain by leaving it, wherever to."""
        objective = Objective(self.economy, self.players[0].setter, background=self.background, progress=self.progress)
        before, after = objective.all_at([Policy(), self._policies(range(len(self.players)))])
        responses = tuple(self._response(k, start=None) for k in range(len(self.players)))
        self.solves += objective.solves
        values = [log_income(after, player.setter) for player in self.players]
        return NashPoint(
            blocks=self.blocks,
            rates=tuple(rates for rates in self.rates if rates is not None),
            equilibrium=after,
            before=before,
            gains=tuple(
                value - log_income(before, player.setter) for value, player in zip(values, self.players, strict=True)
            ),
            deviations=tuple(
                max(0.0, log_income(response.equilibrium, response.instrument.setter) - value)
                for value, response in zip(values, responses, strict=True)
            ),
            responses=responses,
        )

    def _move(self, k: int) -> float:
        old = self.rates[k]
        best = self._response(k, start=old).rates
        if old is None:
            self.rates[k] = best
            return float("inf")
        step = self.iteration.damping * (np.log1p(best) - np.log1p(old))
        self.rates[k] = np.expm1(np.log1p(old) + step) if self.iteration.damping < 1 else best
        return float(np.abs(np.log1p(best) - np.log1p(old)).max())

    def _response(self, k: int, start: Array | None) -> Optimum:
        others = self._policies(other for other in range(len(self.players)) if other != k)
        found = optimal_tariffs(
            self.economy, self.players[k], background=self.background + others, start=start, progress=self.progress
        )
        self.solves += found.solves
        return found

    def _policies(self, which: Iterable[int]) -> Policy:
        whole = Policy()
        for k in which:
            rates = self.rates[k]
            if rates is not None:
                whole = whole + tariffs(self.players[k].setter, self.blocks[k], rates)
        return whole


def _refuse_doubles(players: Sequence[Instrument]) -> None:
    if not players:
        raise RequestError("players: nobody plays; name one setter or more")
    setters = [code for player in players for code in player.setter]
    twice = sorted({code for code in setters if setters.count(code) > 1})
    if twice:
        raise RequestError(f"players: {twice[0]} sets tariffs for two players; name each economy once")


def _period(seen: Sequence[Array], tolerance: float) -> int:
    """After how many rounds the last tariffs came back; 0 if they did not."""
    last = np.log1p(seen[-1])
    for period in PERIODS:
        if period < len(seen) and np.abs(np.log1p(seen[-1 - period]) - last).max() <= tolerance:
            return period
    return 0
