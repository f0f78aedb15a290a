"""Utility of every bundle on every course, from the values of nodes with none, one and two options."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hedgerow.planning.portfolio.courses import Course, phased_utility
from hedgerow.planning.portfolio.risk import Mask, surrogate

__all__ = ["Effects", "Punishment", "log_income_of", "utilities"]

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Effects:
    """Values of nodes for one party, K options."""

    empty: Array
    """[spell, age] log real income without any option."""
    single: Array
    """[K, spell, age] with one."""
    pair: Array
    """[K, K, spell, age] with two; only k < l is read."""

    @classmethod
    def from_additions(cls, log_income: Array, members: tuple[tuple[int, ...], ...]) -> Effects:
        """From [spell, B, age] in the order of ``members``: none, one, two options."""
        count = sum(len(held) == 1 for held in members)
        by_addition = log_income.swapaxes(0, 1)
        pair = np.zeros((count, count, *by_addition.shape[1:]))
        for place, held in enumerate(members):
            if len(held) == 2:
                pair[held] = by_addition[place]
        return cls(by_addition[0], by_addition[1 : 1 + count], pair)


@dataclass(frozen=True, eq=False)
class Punishment:
    """What the power may do to a country that looks elsewhere."""

    value: Array
    """[spell, age] change of log income under its extra tariff, times the regime's demand for exclusivity."""
    chance: Array
    """[K] probability, in a year of full exclusivity, that an option is answered so."""

    def of(self, bundles: Mask) -> Array:
        """[B] probability that a bundle is answered: one unfriendly option is enough."""
        return np.asarray(1 - np.prod(1 - self.chance * bundles, axis=1))


def log_income_of(log_income: Array, income: Array) -> Array:
    """Log real income of several economies together: equivalent variations add up. [...]

    Args:
        log_income: [..., members]
        income: [members] base income.
    """
    return np.asarray(np.log(np.exp(log_income) @ (income / income.sum())))


def utilities(
    effects: Effects,
    course: Course,
    bundles: Mask,
    *,
    shares: Array,
    weights: Array,
    punishment: Punishment | None = None,
) -> Array:
    """Discounted mean log income of bundles on paths, before their own cost. [P, B]

    Args:
        effects: values of nodes.
        course: which node each path is in, by year.
        bundles: [B, K]
        shares: [K, years] how far each option has been phased in.
        weights: [years] discount weights.
        punishment: None for a power that does not answer.
    """
    years = len(weights)
    empty = phased_utility(effects.empty, course, np.ones(years), weights)
    main = np.array(
        [
            phased_utility(one - effects.empty, course, share, weights)
            for one, share in zip(effects.single, shares, strict=True)
        ]
    ).reshape(len(shares), len(empty))
    single = empty + main
    pair = np.zeros((len(shares), *single.shape))
    for k, m in zip(*np.triu_indices(len(shares), k=1), strict=True):
        cross = effects.pair[k, m] - effects.single[k] - effects.single[m] + effects.empty
        pair[k, m] = single[k] + main[m] + phased_utility(cross, course, shares[k] * shares[m], weights)
    found = surrogate(empty, single, pair, bundles).T
    if punishment is None:
        return found
    harm = phased_utility(punishment.value, course, np.ones(years), weights)
    return np.asarray(found + harm[:, None] * punishment.of(bundles))
