"""Who signs: a partner joins an agreement only if its own real income is no lower with it than without it.

What a partner gains follows from the same nodes as the actor's utility, to second order: with the rest of bundle x
taken as given, option k brings its partner m_k + sum_l I_kl x_l, which is exact for bundles of two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hedgerow.planning.portfolio.bundles import log_income_of
from hedgerow.planning.portfolio.courses import Course, phased_utility
from hedgerow.planning.portfolio.nodes import Nodes
from hedgerow.planning.portfolio.options import Option, OptionKind
from hedgerow.planning.portfolio.risk import Mask
from hedgerow.trade.economy import Economy

__all__ = ["ROUNDING", "Consent", "consent_of", "signed_part"]

Array = npt.NDArray[np.float64]

ROUNDING = 1e-8
"""Log points; a smaller loss may be what the solver left over."""


@dataclass(frozen=True, eq=False)
class Consent:
    """What K options bring to the partners with whom they are made. Log units, discounted mean over the horizon."""

    asked: Mask
    """[K] True where a partner has to sign; nobody is asked before an agreement is left."""
    alone: Array
    """[K, 2] by itself: on the calm path, and on the mean of all courses. Zero without a partner."""
    cross: Array
    """[K, K, 2] how much more option k brings its own partner where option l is in force too."""

    def gain(self, bundles: Mask) -> Array:
        """[B, K] the smaller of both gains that k brings its partner, the rest of the bundle given."""
        both = self.alone + np.tensordot(bundles.astype(float), self.cross, axes=(1, 1))
        return np.asarray(both.min(axis=2))

    def refused(self, bundles: Mask) -> Mask:
        """[B, K] True where a bundle holds an option that its partner would lose by."""
        return np.asarray(bundles & self.asked & (self.gain(bundles) < -ROUNDING))


def consent_of(
    economy: Economy, options: Sequence[Option], nodes: Nodes, *, course: Course, path_weight: Array, weights: Array
) -> Consent:
    """What every option brings its partner.

    The power's answer, which falls on the actor, and costs of the partner's own are left out.

    Args:
        economy: in which the nodes were solved.
        options: in the order of the nodes' additions, a stockpile last.
        nodes: of the course's spells, in their order.
        course: all paths, the calm one last.
        path_weight: [P] of the paths without the calm one.
        weights: [years] discount weights.
    """
    count, years = len(options), len(weights)
    solved = [k for k, option in enumerate(options) if option.solved]
    place: dict[tuple[int, ...], int] = {(k,): 1 + k for k in solved}
    pairs = [(k, m) for k in solved for m in solved if k < m]
    place |= {pair: 1 + len(solved) + at for at, pair in enumerate(pairs)}
    shares = [option.share(years) for option in options]
    alone, cross = np.zeros((count, 2)), np.zeros((count, count, 2))

    def mean(value: Array, share: Array) -> Array:
        worth = phased_utility(value, course, share, weights)
        return np.array([worth[-1], path_weight @ worth[:-1]])

    for k, option in enumerate(options):
        if option.partner is None:
            continue
        at = [economy.actors.index(code) for code in option.partner.members]
        income = log_income_of(nodes.log_income[..., at], economy.income[at])  # [spell, B, age]
        own = income[:, place[k,]] - income[:, 0]
        alone[k] = mean(own, shares[k])
        for m in solved:
            if m != k:
                both = income[:, place[min(k, m), max(k, m)]] - income[:, place[m,]]
                cross[k, m] = mean(both - own, shares[k] * shares[m])
    asked = np.array([option.kind in (OptionKind.AGREEMENT, OptionKind.DEEPENING) for option in options], dtype=bool)
    return Consent(asked, alone, cross)


def signed_part(bundles: Mask, refused: Mask) -> npt.NDArray[np.int_]:
    """Place of what is left of every bundle when partners who would lose stay away, again until all sign. [B]

    Args:
        bundles: [B, K] all of them, in any order.
        refused: [B, K] see :meth:`Consent.refused`.
    """
    power = 1 << np.arange(bundles.shape[1])
    where = np.empty(len(bundles), dtype=int)
    where[bundles @ power] = np.arange(len(bundles))
    less = where[(bundles & ~refused) @ power]
    found = np.arange(len(bundles))
    for _ in range(bundles.shape[1]):
        found = less[found]
    return found
