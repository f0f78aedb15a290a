"""Utility of every bundle on every course, from the values of nodes with none, one and two options."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hedgerow.planning.portfolio.courses import Course, phased_utility
from hedgerow.planning.portfolio.risk import Mask, surrogate

__all__ = ["Effects", "Punishment", "Terms", "log_income_of", "terms", "utilities"]

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
    """[K] probability, in a year of full exclusivity, that an option is answered so; a bundle is answered once."""


@dataclass(frozen=True, eq=False)
class Terms:
    """What K options do to discounted mean log income on P paths, to second order and before their own cost."""

    empty: Array
    """[P] without any option."""
    single: Array
    """[K, P] with one."""
    pair: Array
    """[K, K, P] with two; only k < l is read."""
    harm: Array
    """[P] what being punished in every year would add."""
    chance: Array
    """[K] that an option is answered, see :class:`Punishment`."""

    def utility(self, bundles: Mask) -> Array:
        """[P, B] u_0 + sum_k m_k x_k + sum_{k<l} I_kl x_k x_l + h (1 - prod_k (1 - p_k x_k))."""
        found = surrogate(self.empty, self.single, self.pair, bundles).T
        return np.asarray(found + self.harm[:, None] * (1 - np.prod(1 - self.chance * bundles, axis=1)))


def terms(
    effects: Effects, course: Course, *, shares: Array, weights: Array, punishment: Punishment | None = None
) -> Terms:
    """Values of nodes added up along paths.

    Args:
        effects: values of nodes.
        course: which node each path is in, by year.
        shares: [K, years] how far each option has been phased in.
        weights: [years] discount weights.
        punishment: None for a power that does not answer.
    """
    full, count = np.ones(len(weights)), len(shares)
    empty = phased_utility(effects.empty, course, full, weights)
    main = np.array(
        [
            phased_utility(one - effects.empty, course, share, weights)
            for one, share in zip(effects.single, shares, strict=True)
        ]
    ).reshape(count, len(empty))
    single = empty + main
    pair = np.zeros((count, *single.shape))
    for k, m in zip(*np.triu_indices(count, k=1), strict=True):
        cross = effects.pair[k, m] - effects.single[k] - effects.single[m] + effects.empty
        pair[k, m] = single[k] + main[m] + phased_utility(cross, course, shares[k] * shares[m], weights)
    if punishment is None:
        return Terms(empty, single, pair, np.zeros_like(empty), np.zeros(count))
    harm = phased_utility(punishment.value, course, full, weights)
    return Terms(empty, single, pair, harm, punishment.chance)


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
    """Discounted mean log income of bundles on paths, before their own cost: :func:`terms` at each bundle. [P, B]"""
    return terms(effects, course, shares=shares, weights=weights, punishment=punishment).utility(bundles)
