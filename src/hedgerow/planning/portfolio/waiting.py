"""Sign now or wait: what it is worth to see which regime comes before paying what no leaving brings back.

Bare arrays. R regimes, K options, 2^K bundles in the order of their codes: bit k of a code is option k. Values are
discounted means a year, log units, so that a cost paid once counts as the yearly payment that is worth as much.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from hedgerow.planning.portfolio.ambiguity import worst_rows

__all__ = ["Waiting", "by_code", "used", "waiting"]

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

CLOSE: Final = 1e-13
"""Log units; how near two rounds come before the value is taken as found."""

NEVER: Final = -1e6
"""Log units; what a bundle that may not be held is worth. Finite, so that rounds can be compared."""


class Waiting(NamedTuple):
    """The value of signing whenever it suits, and of signing now or never."""

    value: Array
    """[R, 2^K] V(r, x): the best that can be done in regime r with x signed, what was paid for x left out."""
    choice: Array
    """[R, 2^K] what it is worth to hold exactly x after this year's signing, what is paid for x taken off."""
    now: Array
    """[R] the best of signing now, and nothing afterwards, from nothing."""

    @property
    def option_value(self) -> Array:
        """[R] what being free to wait adds to now or never, with nothing signed."""
        return np.asarray(self.value[:, 0] - self.now)

    def signs(self, regime: int, held: int = 0) -> int:
        """Code of what is held after signing in a regime, of the smallest set among equals."""
        codes = np.arange(self.choice.shape[1])
        worth = np.where(codes & held == held, self.choice[regime], -np.inf)
        best = np.flatnonzero(worth >= worth.max() - 100 * CLOSE)
        return int(min(best, key=lambda code: int(code).bit_count()))

    def gain(self, regime: int) -> Array:
        """[K] what signing each option now is worth beyond leaving it for later, the rest done as well as can be."""
        codes, count = np.arange(self.choice.shape[1]), self.choice.shape[1].bit_length() - 1
        worth = self.choice[regime]
        held = [(codes >> k) & 1 == 1 for k in range(count)]
        return np.array([worth[with_k].max() - worth[~with_k].max() for with_k in held])


def by_code(bundles: Mask) -> npt.NDArray[np.int_]:
    """[2^K] place of every bundle among these, in the order of codes."""
    return np.asarray(np.argsort(bundles @ (1 << np.arange(bundles.shape[1]))))


def used(flow: Array) -> Array:
    """The best use of what is signed: the largest flow of any part of a bundle. [R, 2^K]

    Args:
        flow: [R, 2^K] of using all of a bundle, by code.
    """
    return _largest(flow, more=False)


def waiting(
    flow: Array, sunk: Array, matrix: Array, *, discount: float, allowed: Mask | None = None, radius: float = 0.0
) -> Waiting:
    """V(r, x) = max over x' that holds x of {u(r, x') - k(x' - x) + beta sum P(r, r') V(r', x')}.

    Dixit and Pindyck (1994), chapter 4; value iteration. With a radius the chances of every row are the worst of a
    rectangular set, for waiting and for now or never each by itself.

    Args:
        flow: [R, 2^K] utility a year of what is signed, by code, see :func:`used`.
        sunk: [K] what signing costs once, as the yearly payment that is worth as much.
        matrix: [R, R] of the chain.
        discount: beta.
        allowed: [2^K] bundles that may be held; None for all.
        radius: nats a year by which rows may differ from the chain.
    """
    count = len(sunk)
    price = ((np.arange(2**count)[:, None] >> np.arange(count)) & 1) @ sunk
    barred = np.zeros(2**count, dtype=bool) if allowed is None else ~allowed

    def held(expected: Array) -> Array:
        return np.asarray((1 - discount) * flow + discount * expected)

    def chosen(expected: Array) -> Array:
        return np.asarray(np.where(barred, NEVER, held(expected) - price))

    def signing(expected: Array) -> Array:
        return price + _largest(chosen(expected), more=True)

    value, expected = _settled(signing, flow, matrix, discount=discount, radius=radius)
    kept, _ = _settled(held, flow, matrix, discount=discount, radius=radius)
    return Waiting(value, chosen(expected), np.where(barred, NEVER, kept - price).max(axis=1))


def _settled(
    step: Callable[[Array], Array], start: Array, matrix: Array, *, discount: float, radius: float
) -> tuple[Array, Array]:
    """The fixed point of value = step(expected value), and what is expected there.

    Nature answers a value with its worst rows, the planner those rows with a value, in turns (Hoffman and Karp 1966).
    """
    rows = np.broadcast_to(matrix[:, None], (len(matrix), start.shape[1], len(matrix)))
    value, close = start, CLOSE * (1 - discount)
    while True:
        before = value
        while True:
            expected = np.einsum("rbs,sb->rb", rows, value)
            found = step(expected)
            gap, value = float(np.abs(found - value).max()), found
            if gap <= close:
                break
        if radius <= 0 or float(np.abs(value - before).max()) <= 100 * CLOSE:
            return value, expected
        rows = worst_rows(value, matrix, radius)


def _largest(values: Array, *, more: bool) -> Array:
    """The largest over all bundles that hold a bundle (more), or that it holds. [R, 2^K]"""
    found = values.copy()
    for k in range(values.shape[1].bit_length() - 1):
        split = found.reshape(len(found), -1, 2, 1 << k)  # a view: bit k of the code is the third axis
        one, other = (0, 1) if more else (1, 0)
        np.maximum(split[:, :, one], split[:, :, other], out=split[:, :, one])
    return found
