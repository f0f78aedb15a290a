"""What a variant of the model has to say, and how it is solved: plain iteration, damped, Newton; or no answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol, Self

import numpy as np
from scipy.optimize import NoConvergence, newton_krylov

from hedgerow.errors import DidNotConverge, RequestError
from hedgerow.trade.fixedpoint import Array, FixedPoint, Mask, Mixing, Problem, solve

__all__ = ["Variant", "solve_variant"]

PLAIN_LIMIT, DAMPED_LIMIT, NEWTON_LIMIT = 100, 300, 60
"""Iterations before the next method is tried."""
DAMPING = 0.3
"""Share of the step taken where the full step failed."""


class Variant(Problem, Protocol):
    """A model of its own, for a batch of scenarios: a start, a correction, and who is worst off when it fails.

    ``correction(points [b, n])`` returns a suggested step [b, n] and the largest violation of any condition of
    equilibrium [b]; only the second decides whether an answer is one, so a poor step costs time and never changes a
    result. Unknowns are best kept in logs. ``restricted(kept [b])`` is the same batch without some scenarios.
    """

    @property
    def start(self) -> Array:
        """[b, n] where to start: usually the base, at which no policy leaves nothing to correct."""
        ...

    def complaint(self, index: int, point: Array) -> str:
        """Which scenario it is and who is furthest from equilibrium at ``point`` [n], as in ``scenario 3, USA``."""
        ...


def solve_variant(variant: Variant, *, tolerance: float = 1e-10) -> FixedPoint:
    """The answers of every scenario; those that fail plainly are tried damped, then by Newton's method.

    Args:
        variant: the model and its scenarios.
        tolerance: on every condition of equilibrium.

    Returns:
        A fixed point for each scenario, all converged.

    Raises:
        DidNotConverge: names the first scenario that no method solved; none is returned.
        RequestError: the tolerance is not between 0 and 1.
    """
    if not 0 < tolerance < 1:
        raise RequestError(f"tolerance: {tolerance} is not between 0 and 1; 1e-10 solves, 1e-4 screens")
    found = solve(variant, variant.start, Mixing(tolerance, PLAIN_LIMIT))
    for index in np.flatnonzero(~found.converged):
        alone = _only(variant, int(index))
        for attempt in (_damped, _newton):
            found = _with_scenario(found, int(index), attempt(alone, tolerance))
            if found.converged[index]:
                break
        else:
            with np.errstate(all="ignore"):  # the best point may be far out
                who = variant.complaint(int(index), found.points[index])
            raise DidNotConverge(
                f"{who}: no equilibrium found, residual {found.errors[index]:.1e} after "
                f"{found.iterations[index]} iterations; try smaller changes"
            )
    return found


@dataclass(frozen=True, eq=False)
class _Damped:
    """The same problem in shorter steps."""

    problem: Problem

    def correction(self, points: Array) -> tuple[Array, Array]:
        step, error = self.problem.correction(points)
        return DAMPING * step, error

    def restricted(self, kept: Mask) -> Self:
        return replace(self, problem=self.problem.restricted(kept))


def _damped(variant: Variant, tolerance: float) -> FixedPoint:
    return solve(_Damped(variant), variant.start, Mixing(tolerance, DAMPED_LIMIT))


def _newton(variant: Variant, tolerance: float) -> FixedPoint:
    """Newton's method on the step, whose derivative is seen through differences (Knoll and Keyes 2004)."""
    evaluated = 0

    def step(point: Array) -> Array:
        nonlocal evaluated
        evaluated += 1
        return np.asarray(variant.correction(point[None])[0][0])

    with np.errstate(all="ignore"):  # a point that runs away turns non-finite and is refused below
        try:
            point = newton_krylov(step, variant.start[0], f_tol=tolerance / 10, maxiter=NEWTON_LIMIT)
        except (NoConvergence, ValueError, np.linalg.LinAlgError):
            point = variant.start[0]
        errors = variant.correction(point[None])[1]
    return FixedPoint(point[None], errors, np.array([evaluated]), errors < tolerance)


def _only(variant: Variant, index: int) -> Variant:
    return variant.restricted(np.arange(len(variant.start)) == index)


def _with_scenario(found: FixedPoint, index: int, again: FixedPoint) -> FixedPoint:
    """The batch with a further attempt at one scenario, kept where it came closer."""
    points, errors, converged = found.points.copy(), found.errors.copy(), found.converged.copy()
    iterations = found.iterations.copy()
    iterations[index] += again.iterations[0]
    if again.converged[0] or again.errors[0] < errors[index]:
        points[index], errors[index], converged[index] = again.points[0], again.errors[0], again.converged[0]
    return FixedPoint(points, errors, iterations, converged)
