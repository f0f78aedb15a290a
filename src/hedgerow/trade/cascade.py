"""From kernels to answers: plain iteration, then damped, then continuation; what still fails has no answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache, reduce
from typing import Any, NamedTuple, Self

import numpy as np

from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.equations import Kernel, Outcome, Residual, State, Technology, residual
from hedgerow.trade.fixedpoint import Count, FixedPoint, Mask, Mixing, solve
from hedgerow.trade.preconditioner import Preconditioner, precondition, prepare

__all__ = [
    "Answers",
    "Method",
    "Model",
    "Trade",
    "evaluated",
    "flat",
    "model_of",
    "solve_kernels",
    "split",
    "stacked",
]

PLAIN_LIMIT, DAMPED_LIMIT = 100, 300
"""Iterations before the next method is tried."""
DAMPING = 0.4
"""Share of the wage step taken where the full step failed."""
WALRAS_WEIGHT = 20.0
"""The sum over the world must close more tightly than any single market, or errors would be adding up."""
PATH_TOLERANCE = 1e-6
"""Accuracy of the stations on the way of a continuation."""


class Method(StrEnum):
    """How an answer was found."""

    PLAIN = "plain"
    DAMPED = "damped"
    CONTINUATION = "continuation"


class Model(NamedTuple):
    """What one economy needs for every scenario."""

    technology: Technology
    preconditioner: Preconditioner
    base: Kernel
    """[1, J, N, N] of no policy."""
    start: Array
    """[1, N + 2 J N] the base itself."""


class Answers(NamedTuple):
    """Best points of a batch; check ``converged`` before use."""

    state: State
    residual: Residual
    outcome: Outcome
    error: Array
    """[b]"""
    iterations: Count
    """[b] of all attempts together."""
    converged: Mask
    """[b]"""
    method: tuple[Method, ...]


@lru_cache(maxsize=8)
def model_of(economy: Economy) -> Model:
    """Constants, preconditioner and starting point of an economy; kept for the economies used last."""
    bought = (economy.expenditure > 0).astype(float)
    technology = Technology(
        trade_elasticity=economy.trade_elasticity[:, None],
        final_share=economy.final_share,
        value_added_share=economy.value_added_share,
        input_share=economy.input_share,
        input_share_by_sector=np.ascontiguousarray(economy.input_share.swapaxes(1, 2)),
        value_added=economy.value_added,
        deficit=economy.deficit,
        borrowed=np.maximum(economy.deficit, 0),
        lent=np.maximum(-economy.deficit, 0),
        bought=bought,
        dead=1 - bought,
        anchor=1 + float(economy.trade_elasticity.mean()),
    )
    pre = prepare(technology, economy.trade_share, economy.border_share, economy.expenditure)
    zeros = np.zeros(economy.expenditure.size + len(economy.actors))
    start = np.concatenate([zeros, np.log(economy.expenditure + technology.dead).ravel()])
    return Model(
        technology,
        pre,
        stacked([Kernel(economy.trade_share, economy.border_imports, economy.border_home, economy.deficit)]),
        start[None],
    )


def stacked(kernels: Sequence[Kernel]) -> Kernel:
    """Add the scenario axis. What only some scenarios change is written out for all."""
    neutral = {"own_share": _no_share, "sold": _all_sold, "productivity": _same_productivity}
    for name, default in neutral.items():
        held = [getattr(kernel, name) is not None for kernel in kernels]
        if any(held) and not all(held):
            kernels = [k if h else k._replace(**{name: default(k)}) for k, h in zip(kernels, held, strict=True)]
    return Kernel(*(None if parts[0] is None else np.stack(parts) for parts in zip(*kernels, strict=True)))


def selected(kernel: Kernel, kept: Mask | slice) -> Kernel:
    """Some scenarios of a batch."""
    return Kernel(*(None if array is None else array[kept] for array in kernel))


def _no_share(kernel: Kernel) -> Array:
    return np.zeros(kernel.home.shape[:-2] + kernel.home.shape[-1:])


def _all_sold(kernel: Kernel) -> Array:
    return np.asarray(kernel.imports)


def _same_productivity(kernel: Kernel) -> Array:
    return np.zeros_like(kernel.home)


def solve_kernels(model: Model, kernel: Kernel, tolerance: float, starts: Array | None = None) -> Answers:
    """Solve a batch from ``starts`` [b, n], else from the base; only scenarios that fail go on to the next method."""
    batch = len(kernel.home)
    if starts is None:
        starts = np.repeat(model.start, batch, axis=0)
    found = solve(Trade(model, kernel), starts, Mixing(tolerance, PLAIN_LIMIT))
    points, errors, converged = found.points.copy(), found.errors.copy(), found.converged.copy()
    iterations, method = found.iterations.copy(), [Method.PLAIN] * batch
    soft = model._replace(preconditioner=model.preconditioner._replace(step=DAMPING * model.preconditioner.step))
    for index in np.flatnonzero(~converged):
        alone = selected(kernel, slice(index, index + 1))
        for how, attempt in ((Method.DAMPED, _damped), (Method.CONTINUATION, _continued)):
            again = attempt(soft, alone, tolerance)
            iterations[index] += again.iterations[0]
            if again.converged[0]:
                points[index], errors[index], converged[index] = again.points[0], again.errors[0], True
                method[index] = how
                break
    state = split(points, model.technology.value_added_share.shape)
    with np.errstate(all="ignore"):  # points that failed may be far out
        rest, outcome = residual(state, kernel, model.technology)
    return Answers(state, rest, outcome, errors, iterations, converged, tuple(method))


def split(points: Any, shape: tuple[int, ...]) -> State:
    """Views of the flat unknowns [b, N + 2 J N] as wage, cost and expenditure."""
    batch, (sectors, actors) = len(points), shape
    end = actors + sectors * actors
    return State(
        points[:, :actors],
        points[:, actors:end].reshape(batch, sectors, actors),
        points[:, end:].reshape(batch, sectors, actors),
    )


def evaluated(
    points: Any, kernel: Kernel, technology: Technology, pre: Preconditioner, xp: Any = np
) -> tuple[Any, Any, Outcome]:
    """Step [b, n] of the flat unknowns, the largest violation [b] of any condition, and what the points imply."""
    state = split(points, technology.value_added_share.shape)
    rest, outcome = residual(state, kernel, technology, xp)
    step = flat(precondition(outcome.spent, rest, technology, pre, xp), xp)
    gaps = (outcome.imbalance, rest.cost, rest.expenditure, outcome.drift, WALRAS_WEIGHT * outcome.walras)
    rows = [gap.reshape(len(points), -1) for gap in gaps]
    return step, reduce(xp.maximum, [end for row in rows for end in (row.max(axis=1), -row.min(axis=1))]), outcome


def flat(state: Any, xp: Any = np) -> Any:
    """[b, n]: wage, cost and expenditure of every scenario in one row; the inverse of :func:`split`."""
    return xp.concatenate([part.reshape(len(part), -1) for part in state], axis=1)


@dataclass(frozen=True, eq=False)
class Trade:
    """The trade model as a batched fixed-point problem."""

    model: Model
    kernel: Kernel

    def correction(self, points: Array) -> tuple[Array, Array]:
        """Step [b, N + 2 J N] of all unknowns and the largest violation of any condition [b]."""
        return self.evaluated(points)[:2]

    def evaluated(self, points: Array) -> tuple[Array, Array, Outcome]:
        """The correction and what the points imply for prices, incomes and transfers."""
        return evaluated(points, self.kernel, self.model.technology, self.model.preconditioner)

    def restricted(self, kept: Mask) -> Self:
        """The same batch without the scenarios that are not kept."""
        return replace(self, kernel=selected(self.kernel, kept))


def _damped(soft: Model, kernel: Kernel, tolerance: float) -> FixedPoint:
    return solve(Trade(soft, kernel), soft.start, Mixing(tolerance, DAMPED_LIMIT))


def _continued(soft: Model, kernel: Kernel, tolerance: float) -> FixedPoint:
    """Walk from the base to the policy, with steps that grow after a success and shrink after a failure."""
    place, stride, point, iterations = 0.0, 0.25, soft.start, 0
    while True:
        ahead = min(1.0, place + stride)
        last = ahead == 1.0
        found = solve(
            Trade(soft, kernel if last else _between(soft.base, kernel, ahead)),
            point,
            Mixing(tolerance if last else PATH_TOLERANCE, limit=300 if last else 120),
        )
        iterations += int(found.iterations[0])
        if found.converged[0]:
            place, point, stride = ahead, found.points, 1.5 * stride
        else:
            stride *= 0.4
        if (last and found.converged[0]) or stride < 3e-3:
            return replace(found, iterations=np.array([iterations]))


def _between(base: Any, target: Any, share: float) -> Kernel:
    """A point on the way: trade geometric where both ends trade, linear where one end does not; the rest linear."""

    def blend(one: Array, other: Array) -> Array:
        both = (one > 0) & (other > 0)
        logs = (1 - share) * np.log(np.where(both, one, 1)) + share * np.log(np.where(both, other, 1))
        return np.where(both, np.exp(logs), (1 - share) * one + share * other)

    return Kernel(
        purchases=blend(base.purchases, target.purchases),
        imports=blend(base.imports, target.imports),
        home=blend(base.home, target.home),
        deficit=base.deficit if target.deficit is None else base.deficit + share * (target.deficit - base.deficit),
        own_share=None if target.own_share is None else share * target.own_share,
        sold=None if target.sold is None else blend(base.imports, target.sold),
        productivity=None if target.productivity is None else share * target.productivity,
    )
