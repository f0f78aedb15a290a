"""Utility of every bundle on every course, from the values of nodes with none, one and two options."""

from __future__ import annotations

from collections.abc import Sequence
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
    def from_additions(cls, income: Array, options: int) -> Effects:
        """From [B, spell, age] with no option, each of ``options``, and each pair, in that order."""
        pair = np.zeros((options, options, *income.shape[1:]))
        pair[np.triu_indices(options, k=1)] = income[1 + options :]
        return cls(income[0], income[1 : 1 + options], pair)

    def taken(self, spells: Sequence[int]) -> Effects:
        """Some spells, in the order given."""
        places = list(spells)
        return Effects(self.empty[places], self.single[:, places], self.pair[:, :, places])

    def with_more(self, gain: Array, cross: Array | float = 0.0) -> Effects:
        """One more option, last, that adds ``gain`` [spell, age], and ``cross`` [K, spell, age] beside another."""
        count = len(self.single)
        pair = np.zeros((count + 1, count + 1, *self.empty.shape))
        pair[:count, :count] = self.pair
        pair[:count, count] = self.single + gain + cross
        return Effects(self.empty, np.concatenate([self.single, (self.empty + gain)[None]]), pair)


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
