"""Tariffs with which a power also wins allies: the non-aligned pay more than the terms of trade alone would justify.

The setter H puts the rate t on the goods of everyone in its instrument and offers each target n the rate of an ally
instead. It chooses t to maximise

    ln W_H(t) + Psi sum_n omega_n L((ln W_n(aligned) - ln W_n(not)) / sigma) + v m_H / (m_H + m_F),

L logistic, W_n(aligned) the real income of n if it alone gets the ally's rate while all others pay t. With Psi = 0
and v = 0 this is the optimal tariff of Bickerdike (1906); with Psi > 0 the tariff on the non-aligned lies above it, as
in Becko, Grossman and Helpman (NBER 34108, 2025). Of that paper and of Alekseev and Lin (2025), whose contest the last
term follows, only the abstracts were seen: the functional forms and every parameter here are ours, hence assumed.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from hedgerow.errors import DidNotConverge, RequestError
from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.optimal.instrument import Detail, Instrument, blocks, tariffs
from hedgerow.trade.optimal.objective import Objective, Ticker, log_income
from hedgerow.trade.optimal.uniform import highest_point
from hedgerow.trade.policy import Policy, TariffChange
from hedgerow.trade.result import Equilibrium

__all__ = ["PRIZE", "Aligned", "Contest", "Motive", "aligning_tariff", "contest_share", "probability"]

PRIZE = 2.5
"""Prize of the contest in incomes of the setter: 2.5 times American GDP is revealed by its policies, say Alekseev and
Lin (2025), abstract only."""
FIRST_ORDER = 1e-3
"""Largest slope at the optimum, per unit of the imports taxed; by differences, so less exact than elsewhere."""
STRIDE = 1e-3
"""Of those differences, in ln(1 + t)."""


@dataclass(frozen=True, kw_only=True)
class Motive:
    """What alignment is worth to the setter. All of it is assumed."""

    weight: float
    """Psi: ln real income that the setter would give up to have all targets aligned for sure."""
    targets: tuple[tuple[str, ...], ...]
    """Whom it courts: members of each target, which decides as one."""
    spread: float = 0.01
    """sigma: difference of ln real income that moves the odds of alignment by a factor of e."""
    rate: float = 0.0
    """Tariff on an ally's goods."""

    def __post_init__(self) -> None:
        if self.weight < 0 or not math.isfinite(self.weight):
            raise RequestError(f"weight: {self.weight} is no weight of alignment; 0 is none, 0.01 is 1 % of income")
        if not (self.spread > 0 and math.isfinite(self.spread)):
            raise RequestError(f"spread: {self.spread} is not a positive number; 0.01 is 1 % of income")
        if not self.targets:
            raise RequestError("targets: nobody is courted; name one economy or more")


@dataclass(frozen=True, kw_only=True)
class Contest:
    """A contest with a rival, decided by resources m = effort times real income. Abstract only; our specification."""

    rival: tuple[str, ...]
    prize: float = PRIZE
    """v, in incomes of the setter."""
    effort: float = 0.03
    """Share of its real income that the setter puts in; fixed."""
    rival_effort: float = 0.03

    def __post_init__(self) -> None:
        if min(self.effort, self.rival_effort) <= 0 or self.prize < 0:
            raise RequestError(
                f"contest: prize {self.prize:g}, efforts {self.effort:g} and {self.rival_effort:g} are impossible; "
                "efforts are shares of income above zero, the prize is zero or more"
            )


@dataclass(frozen=True, eq=False)
class Aligned:
    """The tariff on the non-aligned, with and without the motive."""

    instrument: Instrument
    motive: Motive
    rate: float
    """On everyone in the instrument who is not aligned."""
    plain_rate: float
    """What the setter would choose for its income alone."""
    probabilities: Array
    """[target] of being aligned, at ``rate``."""
    plain_probabilities: Array
    """[target] at ``plain_rate``."""
    cost: float
    """ln real income of the setter given up for it."""
    equilibrium: Equilibrium
    """Everybody pays ``rate``."""
    first_order: float
    on_a_bound: bool
    solves: int


def probability(aligned: float, not_aligned: float, spread: float) -> float:
    """L((ln W_n(aligned) - ln W_n(not)) / sigma), logistic; arguments are ln real incomes."""
    return float(1 / (1 + math.exp(-(aligned - not_aligned) / spread)))


def contest_share(equilibrium: Equilibrium, setter: tuple[str, ...], contest: Contest) -> float:
    """m_H / (m_H + m_F), the setter's part of the prize; m is effort times real income at base prices."""
    own = contest.effort * _real_income(equilibrium, setter)
    return own / (own + contest.rival_effort * _real_income(equilibrium, contest.rival))


def aligning_tariff(
    economy: Economy,
    instrument: Instrument,
    motive: Motive,
    *,
    contest: Contest | None = None,
    background: Policy | None = None,
    progress: Ticker | None = None,
) -> Aligned:
    """The uniform tariff on the non-aligned that serves income and alignment together.

    Args:
        economy: the base.
        instrument: uniform; whom the tariff is on and its bounds.
        motive: what alignment is worth.
        contest: the term of Alekseev and Lin; none when omitted.
        background: what everybody else does, and the rule for deficits.
        progress: told about every solve.

    Raises:
        RequestError: the instrument has more detail than one rate, or a target is not taxed by it.
        SolveError: an equilibrium on the way, or the optimum, was not found.
    """
    setting = _Courtship(economy, instrument, motive, contest, Objective(
        economy, instrument.setter, background=background, progress=progress
    ))  # fmt: skip
    low, high = instrument.lowest, instrument.highest
    plain = highest_point(lambda rate: setting.income(setting.taxed(rate)), low, high).rate
    rate = highest_point(setting.height, low, high).rate if motive.weight or contest else plain
    inside = min(rate - low, high - rate) > STRIDE
    slope = _slope(setting.height, rate) / setting.imports if inside else 0.0
    if abs(slope) > FIRST_ORDER:
        raise DidNotConverge(
            f"aligning tariff of {', '.join(instrument.setter[:3])}: slope {slope:.1e} left (limit {FIRST_ORDER:g}); "
            "try narrower bounds"
        )
    best, other = setting.taxed(rate), setting.taxed(plain)
    return Aligned(
        instrument=instrument,
        motive=motive,
        rate=rate,
        plain_rate=plain,
        probabilities=setting.probabilities(rate, best),
        plain_probabilities=setting.probabilities(plain, other),
        cost=setting.income(other) - setting.income(best),
        equilibrium=best,
        first_order=abs(slope),
        on_a_bound=not inside,
        solves=setting.objective.solves,
    )


class _Courtship:
    """The setter's whole objective."""

    def __init__(
        self,
        economy: Economy,
        instrument: Instrument,
        motive: Motive,
        contest: Contest | None,
        objective: Objective,
    ) -> None:
        if instrument.detail is not Detail.UNIFORM:
            raise RequestError(f"detail: alignment is priced with one rate, not by {instrument.detail.value}")
        self.instrument, self.motive, self.contest, self.objective = instrument, motive, contest, objective
        (self.block,) = blocks(economy, instrument)
        self.imports = self.block.imports
        for target in motive.targets:
            if stray := [code for code in target if code not in self.block.exporters]:
                raise RequestError(f"targets: the tariff is not on {stray[0]}; court those who pay it")
        income = dict(zip(economy.actors, economy.income.tolist(), strict=True))
        size = np.array([sum(income[code] for code in target) for target in motive.targets])
        self.importance = size / size.sum()

    def taxed(self, rate: float) -> Equilibrium:
        """Everybody pays."""
        return self.objective.at(self._policy(rate))

    def income(self, equilibrium: Equilibrium) -> float:
        """ln W_H."""
        return self.objective.value(equilibrium)

    def probabilities(self, rate: float, taxed: Equilibrium) -> Array:
        """[target] of being aligned where the others pay ``rate``."""
        favoured = self.objective.all_at([self._policy(rate) + self._favour(who) for who in self.motive.targets])
        self.objective.at(self._policy(rate))
        return np.array(
            [
                probability(log_income(one, who), log_income(taxed, who), self.motive.spread)
                for one, who in zip(favoured, self.motive.targets, strict=True)
            ]
        )

    def height(self, rate: float) -> float:
        """The whole objective."""
        taxed = self.taxed(rate)
        total = self.income(taxed)
        if self.motive.weight:
            total += self.motive.weight * float(self.importance @ self.probabilities(rate, taxed))
        if self.contest:
            total += self.contest.prize * contest_share(taxed, self.instrument.setter, self.contest)
        return total

    def _policy(self, rate: float) -> Policy:
        return tariffs(self.instrument.setter, (self.block,), np.array([rate]))

    def _favour(self, target: tuple[str, ...]) -> TariffChange:
        return TariffChange(
            exporters=target, importers=self.instrument.setter, sectors=self.block.sectors, set_to=self.motive.rate
        )


def _slope(height: Callable[[float], float], rate: float) -> float:
    """Central difference in ln(1 + t)."""
    up, down = np.expm1(np.log1p(rate) + STRIDE), np.expm1(np.log1p(rate) - STRIDE)
    return (height(float(up)) - height(float(down))) / (2 * STRIDE)


def _real_income(equilibrium: Equilibrium, members: tuple[str, ...]) -> float:
    at = [equilibrium.economy.actors.index(code) for code in members]
    return float((equilibrium.economy.income[at] * equilibrium.welfare_hat[at]).sum())
