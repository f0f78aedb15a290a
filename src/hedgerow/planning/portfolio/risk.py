"""Risk of bundles: the deviation from the calm path, its tail, and the bundles that no other beats.

Every function works on bare arrays: P paths, B bundles. Utility is discounted mean log consumption against the base,
so that a difference of 0.01 is about 1 % of consumption in every year.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["bundle_matrix", "conditional_value_at_risk", "deviation", "non_dominated", "surrogate"]

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


def bundle_matrix(options: int, largest: int | None = None) -> Mask:
    """[B, K] every bundle of at most ``largest`` of K options, the empty one first, small ones before large."""
    codes = np.arange(2**options)
    chosen = (codes[:, None] >> np.arange(options)) & 1 == 1
    size = chosen.sum(axis=1)
    chosen, size = (chosen, size) if largest is None else (chosen[size <= largest], size[size <= largest])
    return np.asarray(chosen[np.argsort(size, kind="stable")])


def surrogate(empty: Array, single: Array, pair: Array, bundles: Mask) -> Array:
    """Utility of bundles from exact solves of none, one and two options.

    u(x) = u_0 + sum_k m_k x_k + sum_{k<l} I_kl x_k x_l, with m_k = u({k}) - u_0 and
    I_kl = u({k, l}) - u({k}) - u({l}) + u_0.
    Exact for bundles of at most two.

    Args:
        empty: [...] utility without any option.
        single: [K, ...] with one.
        pair: [K, K, ...] with two; only k < l is read.
        bundles: [B, K]

    Returns:
        [B, ...]
    """
    chosen = bundles.astype(float)
    main = single - empty
    total = empty + np.tensordot(chosen, main, axes=1)
    first, second = np.triu_indices(bundles.shape[1], k=1)
    if len(first):
        both = chosen[:, first] * chosen[:, second]
        total = total + np.tensordot(both, pair[first, second] - single[first] - single[second] + empty, axes=1)
    return np.asarray(total)


def deviation(utility: Array, calm: Array) -> Array:
    """L: what a path costs against the calm path *with the same bundle*, so that growth cancels. [P, B]

    Args:
        utility: [P, B]
        calm: [B] utility on the calm path.
    """
    return np.asarray(calm - utility)


def conditional_value_at_risk(loss: Array, weight: Array, tail: float) -> Array:
    """Mean of the worst ``1 - tail`` of losses: min over eta of eta + E[loss - eta]_+ / (1 - tail). [B]

    Rockafellar and Uryasev (2000), equation 4, solved by sorting; a path at the edge of the tail counts in part.

    Args:
        loss: [P, B]
        weight: [P] sums to 1.
        tail: a in [0, 1); 0.9 is the worst tenth, 0 the mean.
    """
    order = np.argsort(-loss, axis=0)
    sorted_loss = np.take_along_axis(loss, order, axis=0)
    heavy = weight[order]
    before = np.cumsum(heavy, axis=0) - heavy
    inside = np.clip(1 - tail - before, 0, heavy)
    return np.asarray((inside * sorted_loss).sum(axis=0) / inside.sum(axis=0))


def non_dominated(mean: Array, risk: Array) -> Mask:
    """[B] True where no other bundle has a mean at least as high and a risk at least as low, one of them strictly.

    Of bundles that are equal in both the first one stays.
    """
    order = np.lexsort((np.arange(len(mean)), risk, -mean))  # best mean first, then least risk, then first named
    kept = np.zeros(len(mean), dtype=bool)
    least = np.inf
    for place in order:
        if risk[place] < least:
            kept[place], least = True, risk[place]
    return kept
