"""Every bundle under one reading of the world: utilities on all courses, and the columns that rank it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from hedgerow.planning.partnerships import Range
from hedgerow.planning.portfolio.bundles import Effects, Punishment, Terms, log_income_of, terms
from hedgerow.planning.portfolio.courses import Course, courses, discount_weights
from hedgerow.planning.portfolio.limits import Rows
from hedgerow.planning.portfolio.nodes import Nodes
from hedgerow.planning.portfolio.options import Option
from hedgerow.planning.portfolio.outside import NodeValues, cross_of, gain_of
from hedgerow.planning.portfolio.participation import consent_of, signed_part
from hedgerow.planning.portfolio.process import Paths
from hedgerow.planning.portfolio.risk import (
    Mask,
    bundle_matrix,
    conditional_value_at_risk,
    deviation,
    non_dominated,
)
from hedgerow.planning.portfolio.value import certainty_equivalent, hedging_value, premium, shapley
from hedgerow.planning.question import Question
from hedgerow.trade.economy import Economy
from hedgerow.world.parties import Party

__all__ = [
    "ATTITUDES",
    "Attitude",
    "Horizon",
    "Ranking",
    "Reading",
    "Setting",
    "course_of",
    "effects_of",
    "rank",
    "read",
    "terms_of",
]

Array = npt.NDArray[np.float64]

TAIL = 0.9
"""The worst tenth of courses is the tail. Assumed."""
RELATIVE_AVERSION = 2.0
"""Of the certainty equivalents (CRRA). Assumed."""


@dataclass(frozen=True)
class Attitude:
    """How much the tail counts beside the mean."""

    id: str
    label: str
    aversion: float


ATTITUDES = (
    Attitude("neutral", "cares about the mean only", 0.0),
    Attitude("cautious", "weighs the tail as much as the mean", 1.0),
    Attitude("anxious", "weighs the tail four times as much", 4.0),
)
"""Assumed: lambda in E[u - k] - lambda CVaR(L)."""


@dataclass(frozen=True)
class Horizon:
    """How far ahead, and how much later years count."""

    years: int = 15
    discount: float = 0.96
    ages: int = 11

    @property
    def weights(self) -> Array:
        """[years] summing to 1."""
        return discount_weights(self.years, self.discount)


@dataclass(frozen=True)
class Reading:
    """Values inside the declared ranges: 0 is the low end, 0.5 the centre, 1 the high end."""

    cost: float = 0.5
    punishment: float = 0.5
    effect: float = 0.5


@dataclass(frozen=True, eq=False)
class Setting:
    """What turns values of nodes into utilities."""

    horizon: Horizon
    weight: Array
    """[P] of the paths, without the calm one."""
    exclusivity: Array
    """[R] how far each regime demands that a country has no other partner, 0 to 1."""
    reading: Reading = Reading()
    bundles: Mask | None = None
    """[B, K] to rank; None for every one."""
    rows: Rows | None = None
    """What a bundle may hold; None for anything."""


def course_of(paths: Paths, calm: int, ages: int) -> Course:
    """The nodes of all paths, and of the calm path as the last row."""
    years = paths.regime.shape[1]
    quiet = np.full((1, years), calm)
    return courses(Paths(np.concatenate([paths.regime, quiet]), np.append(paths.weight, 0.0)), ages=ages)


@dataclass(frozen=True, eq=False)
class Ranking:
    """B bundles of K options on P courses. Log units: 0.01 is about 1 % of real income in every year."""

    options: tuple[Option, ...]
    bundles: Mask
    """[B, K], the empty one first."""
    utility: Array
    """[P, B] before the bundle's own cost."""
    calm: Array
    """[B] the same on the calm path."""
    weight: Array
    """[P]"""
    cost: Array
    """[B]"""
    refused: Mask | None = None
    """[B, K] True where a partner would lose and not sign; None where nobody has to."""
    allowed: Mask | None = None
    """[B] True where a bundle keeps the limits of the request; None without any."""

    @cached_property
    def feasible(self) -> Mask:
        """[B] True where every partner signs and every limit is kept."""
        signed = ~self._refused.any(axis=1)
        return np.asarray(signed if self.allowed is None else signed & self.allowed)

    @property
    def _refused(self) -> Mask:
        return np.zeros_like(self.bundles) if self.refused is None else self.refused

    @property
    def complete(self) -> bool:
        """Whether every bundle of the options is here."""
        return len(self.bundles) == 1 << len(self.options)

    @property
    def evaluations(self) -> int:
        """Bundles times courses, the calm one counted."""
        return self.utility.size + self.calm.size

    def at_cost(self, place: float) -> Ranking:
        """The same bundles at another place in the ranges of their costs."""
        found = replace(self, cost=self.bundles @ read([option.cost for option in self.options], place))
        for name in ("loss", "tail", "expected_loss", "hedging_value", "residual_risk"):  # costs play no part in them
            vars(found)[name] = getattr(self, name)
        return found

    @cached_property
    def loss(self) -> Array:
        """[P, B] against the calm path with the same bundle."""
        return deviation(self.utility, self.calm)

    @cached_property
    def mean(self) -> Array:
        """[B] expected utility net of cost."""
        return np.asarray(self.weight @ self.utility - self.cost)

    @cached_property
    def tail(self) -> Array:
        """[B] mean loss in the worst tenth of courses."""
        return conditional_value_at_risk(self.loss, self.weight, TAIL)

    @cached_property
    def expected_loss(self) -> Array:
        """[B] mean loss over all courses."""
        return np.asarray(self.weight @ self.loss)

    @cached_property
    def calm_gain(self) -> Array:
        """[B] on the calm path, before cost."""
        return np.asarray(self.calm - self.calm[0])

    @cached_property
    def premium(self) -> Array:
        """[B] what it costs if the storm never comes; negative where it pays even then."""
        return premium(float(self.calm[0]), self.calm, self.cost)

    @cached_property
    def hedging_value(self) -> Array:
        """[B] fraction of income that the insurance alone is worth."""
        return hedging_value(self.loss[:, 0], self.loss, self.weight, RELATIVE_AVERSION)

    @cached_property
    def certainty_equivalent(self) -> Array:
        """[B] gain in sure log income over no option, growth, insurance and cost together."""
        sure = certainty_equivalent(self.utility - self.cost, self.weight, RELATIVE_AVERSION)
        return np.asarray(sure - sure[0])

    @cached_property
    def frontier(self) -> Mask:
        """[B] True where no other bundle that all partners sign has a higher mean and a smaller tail."""
        kept = np.zeros(len(self.bundles), dtype=bool)
        kept[self.feasible] = non_dominated(self.mean[self.feasible], self.tail[self.feasible])
        return kept

    def objective(self, attitude: Attitude) -> Array:
        """[B] E[u - k] - lambda CVaR(L)."""
        return np.asarray(self.mean - attitude.aversion * self.tail)

    def best(self, attitude: Attitude) -> int:
        """Place of the bundle that this attitude takes, of those that all partners sign; the smallest among equals."""
        worth = np.where(self.feasible, self.objective(attitude), -np.inf)
        return int(np.flatnonzero(worth >= worth.max() - 1e-12)[0])

    def marginal_values(self) -> tuple[Array, Array]:
        """[K] Shapley values of options: for calm gain net of cost, and for the tail loss avoided.

        A set of options is worth the part of it that partners sign.
        """
        signed = signed_part(self.bundles, self._refused)
        net = self.calm_gain - self.cost
        return shapley(net[signed], self.bundles), shapley(-self.tail[signed], self.bundles)

    @cached_property
    def residual_risk(self) -> float:
        """Tail loss that no bundle which partners sign removes, as a fraction of the tail loss without any."""
        return float(self.tail[self.feasible].min() / self.tail[0]) if self.tail[0] > 0 else 0.0


def rank(
    question: Question, economy: Economy, options: Sequence[Option], nodes: Nodes, *, course: Course, setting: Setting
) -> Ranking:
    """Bundles of the options.

    Args:
        question: who plans.
        economy: that the nodes were solved in.
        options: in the order of the nodes' additions, a stockpile last; the power's answer is the last addition.
        nodes: values of the course's spells, in their order.
        course: all paths, the calm one last.
        setting: weights, horizon, limits, and what is read from ranges.

    Raises:
        RequestError: no bundle that partners sign keeps the limits.
    """
    effects = terms_of(question, economy, options, nodes, course=course, setting=setting)
    bundles, rows = setting.bundles, setting.rows
    if bundles is None:
        bundles = bundle_matrix(len(options))
    utility = effects.utility(bundles)
    consent = consent_of(
        economy, options, nodes, course=course, path_weight=setting.weight, weights=setting.horizon.weights
    )
    refused = consent.refused(bundles)
    found = Ranking(
        options=tuple(options),
        bundles=bundles,
        utility=utility[:-1],
        calm=utility[-1],
        weight=setting.weight,
        cost=bundles @ read([o.cost for o in options], setting.reading.cost),
        refused=refused if rows is None else refused & ~rows.required,
        allowed=None if rows is None else rows.allow(bundles),
    )
    if rows is not None and not found.feasible.any():
        raise rows.infeasible()
    return found


def terms_of(
    question: Question, economy: Economy, options: Sequence[Option], nodes: Nodes, *, course: Course, setting: Setting
) -> Terms:
    """What options do on all courses, the calm one last; arguments as of :func:`rank`."""
    effects, harm = effects_of(question.actor, economy, options, nodes, setting.reading)
    asked = setting.exclusivity[[now for _, now in course.spells], None]
    return terms(
        effects,
        course,
        shares=np.array([option.share(setting.horizon.years) for option in options]),
        weights=setting.horizon.weights,
        punishment=Punishment(harm * asked, read([o.punishment for o in options], setting.reading.punishment)),
    )


def effects_of(
    party: Party, economy: Economy, options: Sequence[Option], nodes: Nodes, reading: Reading
) -> tuple[Effects, Array]:
    """Values of nodes with no, one and two options for a party, and what the power's answer does to it. [spell, age]"""
    at = [economy.actors.index(code) for code in party.members]
    income = log_income_of(nodes.log_income[..., at], economy.income[at]).swapaxes(0, 1)  # [B, spell, age]
    solved = sum(option.solved for option in options)
    effects, harm = Effects.from_additions(income[:-1], solved), income[-1] - income[0]
    values = NodeValues(
        income=income[0],
        wedge=nodes.unadapted[..., at] @ (economy.income[at] / economy.income[at].sum()),
        harm=harm,
        spells=nodes.spells,
    )
    for place, option in enumerate(options[solved:], start=solved):
        gain = gain_of(option, values, option.effect.at(reading.effect))
        chances = read([other.punishment for other in options[:place]], reading.punishment)
        cross = [
            cross_of(option, other, values, chance=float(chance), place=reading.effect)
            for other, chance in zip(options[:place], chances, strict=True)
        ]
        effects = effects.with_more(gain, np.array(cross) if cross else 0.0)
    return effects, harm


def read(ranges: Sequence[Range], place: float) -> Array:
    """Values inside ranges: 0 the low end, 0.5 the centre, 1 the high end, straight in between."""
    return np.array([one.at(place) for one in ranges])
