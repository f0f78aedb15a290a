"""Batched fixed points by Anderson mixing. Knows nothing about trade.

Anderson, D. G. (1965), "Iterative procedures for nonlinear integral equations", Journal of the ACM 12(4); type II,
with the Gram matrix of the last differences updated by one row per iteration.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol, Self

import numpy as np
import numpy.typing as npt

__all__ = ["FixedPoint", "Mixing", "Problem", "solve", "weights"]

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Count = npt.NDArray[np.int_]


RIDGE = 1e-12
"""Keeps nearly parallel steps apart."""
TINY = 1e-200
"""Squared length below which a step counts as none."""


class Problem(Protocol):
    """A batch of problems whose answers have no correction left."""

    def correction(self, points: Array) -> tuple[Array, Array]:
        """Suggested step [b, n] and size of the residual [b] at points [b, n]."""
        ...

    def restricted(self, kept: Mask) -> Self:
        """The same batch without the scenarios that are not kept."""
        ...


@dataclass(frozen=True)
class Mixing:
    """How to iterate."""

    tolerance: float = 1e-10
    """On the residual, never on the step."""
    limit: int = 100
    """Iterations before giving up."""
    depth: int = 10
    """Earlier steps remembered."""
    longest: float = 2.0
    """Largest change of one unknown in one iteration."""


@dataclass(frozen=True, eq=False)
class FixedPoint:
    """Best points of a batch and whether each is an answer."""

    points: Array
    """[b, n]"""
    errors: Array
    """[b] residual at the points."""
    iterations: Count
    """[b]"""
    converged: Mask
    """[b]"""


def solve(problem: Problem, start: Array, mixing: Mixing) -> FixedPoint:
    """Iterate until every scenario is done; finished ones leave the batch when they are half of it."""
    batch = len(start)
    points, errors = start.copy(), np.full(batch, np.inf)
    iterations, converged = np.zeros(batch, dtype=int), np.zeros(batch, dtype=bool)
    open_, active, current = np.ones(batch, dtype=bool), np.arange(batch), start.copy()
    history = _History(batch, start.shape[1], mixing)
    with np.errstate(all="ignore"):  # a scenario may run away: it turns non-finite and is dropped as not converged
        for _ in range(mixing.limit):
            step, error = problem.correction(current)
            running = open_[active]
            ids = active[running]
            better = running & (error < errors[active])
            points[active[better]], errors[active[better]] = current[better], error[better]
            iterations[ids] += 1
            converged[ids] = error[running] < mixing.tolerance
            open_[ids] = ~converged[ids] & np.isfinite(error[running])
            running = open_[active]
            if not running.any():
                break
            if 2 * running.sum() <= len(active):
                active, current, step = active[running], current[running], step[running]
                problem = problem.restricted(running)
                history.restrict(running)
            current = history.mix(current, step)
    return FixedPoint(points, errors, iterations, converged)


def weights(gram: Any, target: Any, xp: Any = np) -> Any:
    """How much of each earlier step [b, m, 1] explains the newest: least squares, Anderson (1965).

    In units of each step's own length, so that no pivot vanishes; a step of length zero gets no weight.

    Args:
        gram: [b, m, m] products of the earlier steps.
        target: [b, m, 1] their products with the newest one.
        xp: the array library.
    """
    length = xp.sqrt(xp.maximum(xp.diagonal(gram, axis1=1, axis2=2), TINY))[:, :, None]
    likeness = gram / (length * length.swapaxes(1, 2))
    likeness = xp.where(xp.isfinite(likeness), likeness, 0) + RIDGE * xp.eye(gram.shape[1])
    return xp.linalg.solve(likeness, target / length) / length


class _History:
    """Differences of the last steps and points, in ring buffers."""

    def __init__(self, batch: int, size: int, mixing: Mixing) -> None:
        self._mixing = mixing
        self._count = 0
        self._steps = np.zeros((batch, mixing.depth, size))
        self._points = np.zeros((batch, mixing.depth, size))
        self._gram = np.zeros((batch, mixing.depth, mixing.depth))
        self._last: tuple[Array, Array] | None = None

    def restrict(self, kept: Mask) -> None:
        self._steps, self._points, self._gram = self._steps[kept], self._points[kept], self._gram[kept]
        if self._last is not None:
            self._last = self._last[0][kept], self._last[1][kept]

    def mix(self, point: Array, step: Array) -> Array:
        """The next points: the step less the combination of earlier ones that best explains it."""
        proposed = point + step
        updated = proposed
        if self._last is not None:
            used = self._remember(proposed - self._last[0], step - self._last[1])
            weight = weights(self._gram[:, :used, :used], self._steps[:, :used] @ step[:, :, None])
            updated = proposed - (weight.swapaxes(1, 2) @ self._points[:, :used])[:, 0]
            largest = np.abs(updated - point).max(axis=1, keepdims=True)
            if (largest > self._mixing.longest).any():
                updated = point + (updated - point) * np.minimum(1, self._mixing.longest / largest)
        self._last = proposed, step
        return updated

    def _remember(self, moved: Array, changed: Array) -> int:
        """Store the newest differences of points and steps; returns how many are in use."""
        slot = self._count % self._mixing.depth
        self._points[:, slot], self._steps[:, slot] = moved, changed
        self._count += 1
        used = min(self._count, self._mixing.depth)
        row = (self._steps[:, :used] @ changed[:, :, None])[..., 0]
        self._gram[:, slot, :used] = row
        self._gram[:, :used, slot] = row
        return used
