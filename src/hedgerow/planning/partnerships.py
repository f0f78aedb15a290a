"""What a partnership is worth in calm weather, and what it saves in a storm: two columns, never added."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add, attrgetter

import numpy as np

from hedgerow.planning.candidates import Candidate, candidates
from hedgerow.planning.effects import NOISE, Progress, SolverRecord, effect, solve_all
from hedgerow.planning.hypotheses import central, theta_4
from hedgerow.planning.question import Question
from hedgerow.planning.swings import headline
from hedgerow.scenarios.agreements import TradeEffect, nontariff_part, tariffs_to_zero
from hedgerow.trade.economy import Economy
from hedgerow.trade.equilibrium import Equilibrium
from hedgerow.trade.policy import Policy

ALL = "all"
"""Key of the agreement with every candidate at once."""

NONE = ("none", "storm")
"""Key of the storm without any deal."""

Key = tuple[str, ...]
Levels = Mapping[str, Callable[[TradeEffect], float]]
"""Names of the effects that are tried, and how each is read off a range."""

LEVELS: Levels = {name: attrgetter(name) for name in ("low", "central", "high")}


@dataclass(frozen=True)
class Range:
    """A value at the low, central and high end of an assumption."""

    low: float
    central: float
    high: float

    def at(self, place: float) -> float:
        """The value at a place: 0 the low end, 0.5 the centre, 1 the high end, straight in between."""
        return float(np.interp(place, (0.0, 0.5, 1.0), (self.low, self.central, self.high)))


@dataclass(frozen=True)
class Worth:
    """What agreements are worth to the actor, as fractions of its base income.

    With W(s, d) the actor's real income under swing s and deals d, and 0 for none:

    * ``calm_tariff`` = W(0, tariffs to zero) - W(0, 0);
    * ``calm_nontariff`` = W(0, d) - W(0, tariffs to zero), assumed;
    * ``loss_avoided`` = [W(s, d) - W(s, 0)] - [W(0, d) - W(0, 0)], of any sign. Growth that comes storm or no storm
      cancels out of it.
    """

    calm_tariff: float
    calm_nontariff: Range
    loss_avoided: Range


@dataclass(frozen=True)
class PartnerResult:
    """One candidate's deal."""

    candidate: Candidate
    worth: Worth
    worth_theta4: Worth
    partner_gain: float
    """The partner's own change in calm weather, as a fraction; negative marks a partner who would lose."""


@dataclass(frozen=True)
class Partnerships:
    """The second half of a brief."""

    partners: tuple[PartnerResult, ...]
    """Most loss avoided first."""
    together: Worth
    """All deals at once."""
    together_theta4: Worth
    loss: float
    """The headline loss without any deal, as a positive fraction; negative where the swing is a gain."""
    loss_theta4: float
    record: SolverRecord

    def share_of_loss(self, avoided: float) -> float | None:
        """A loss avoided as a fraction of the whole loss; None where the swing costs nothing."""
        return avoided / self.loss if self.loss > NOISE else None


def partnerships(question: Question, *, progress: Progress | None = None) -> Partnerships:
    """Price every candidate's deal, and all of them together.

    Args:
        question: who looks for partners against which swing.
        progress: called with the number of solves done since the last call.

    Raises:
        SolveError: a counterfactual has no answer; no number is returned.
    """
    main, other = central(question.world), theta_4(question.world)
    solved = solve_all(main, policies(question, main.economy), progress)
    solved4 = solve_all(other, policies(question, other.economy), progress)
    people = question.world["population"]

    def worth(answers: Mapping[Key, Equilibrium], key: str) -> Worth:
        shares = {k: effect(answers[k], question.actor, people).share for k in answers if k[0] in (key, NONE[0])}
        parts = {level: parts_of_worth(shares, key, level) for level in LEVELS}
        return Worth(
            calm_tariff=parts["central"][0],
            calm_nontariff=Range(**{level: part[1] for level, part in parts.items()}),
            loss_avoided=Range(**{level: part[2] for level, part in parts.items()}),
        )

    found = [
        PartnerResult(
            candidate=c,
            worth=worth(solved.equilibria, c.party.code),
            worth_theta4=worth(solved4.equilibria, c.party.code),
            partner_gain=effect(solved.equilibria[(c.party.code, "central", "calm")], c.party, people).share,
        )
        for c in candidates(question)
    ]
    return Partnerships(
        partners=tuple(sorted(found, key=lambda r: -r.worth.loss_avoided.central)),
        together=worth(solved.equilibria, ALL),
        together_theta4=worth(solved4.equilibria, ALL),
        loss=-effect(solved.equilibria[NONE], question.actor, people).share,
        loss_theta4=-effect(solved4.equilibria[NONE], question.actor, people).share,
        record=solved.record + solved4.record,
    )


def count_of_solves(question: Question) -> int:
    """How many counterfactuals :func:`partnerships` solves."""
    deals = len(candidates(question)) + 1
    return 2 * (1 + deals * (1 + 2 * len(LEVELS)))


def parts_of_worth(shares: Mapping[Key, float], key: str, level: str) -> tuple[float, float, float]:
    """Calm gain through tariffs, calm gain of the rest and loss avoided of one deal, see :class:`Worth`."""
    free, calm = shares[(key, "tariffs", "calm")], shares[(key, level, "calm")]
    return free, calm - free, shares[(key, level, "storm")] - shares[NONE] - calm


def policies(question: Question, economy: Economy, levels: Levels = LEVELS) -> dict[Key, Policy]:
    """Every policy of the second half: no deal, and each deal in calm and in storm, at every level."""
    storm, side = headline(question).policy, question.signatory
    found: dict[Key, Policy] = {NONE: storm}
    partners = candidates(question)
    groups: list[tuple[str, tuple[Candidate, ...]]] = [(c.party.code, (c,)) for c in partners]
    for key, group in [*groups, (ALL, partners)]:
        free = _joined(tariffs_to_zero(side, c.party, goods=question.world.goods) for c in group)
        found[(key, "tariffs", "calm")] = free
        for level, read in levels.items():
            rest = _joined(nontariff_part(side, c.party, effect=read(c.trade_effect), economy=economy) for c in group)
            found[(key, level, "calm")] = free + rest
            found[(key, level, "storm")] = free + rest + storm
    return found


def _joined(policies: Iterable[Policy]) -> Policy:
    return reduce(add, policies, Policy())
