"""Anderson mixing of :mod:`hedgerow.trade.fixedpoint` as one loop on the device, for a batch that stays together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from hedgerow.trade.accelerator.library import jax, jnp
from hedgerow.trade.fixedpoint import Mixing, weights

__all__ = ["Mixed", "mix"]


class Mixed(NamedTuple):
    """Best points of a batch and whether each is an answer; see :class:`hedgerow.trade.fixedpoint.FixedPoint`."""

    points: Any
    """[b, n]"""
    errors: Any
    """[b] residual at the points."""
    iterations: Any
    """[b]"""
    converged: Any
    """[b]"""


class _History(NamedTuple):
    """Ring buffers of the last differences; slots not used yet are zero and get no weight."""

    points: Any
    """[b, m, n]"""
    steps: Any
    """[b, m, n]"""
    gram: Any
    """[b, m, m]"""
    last_point: Any
    """[b, n]"""
    last_step: Any
    """[b, n]"""


class _Loop(NamedTuple):
    """What one iteration hands to the next."""

    count: Any
    current: Any
    """[b, n]"""
    found: Mixed
    open: Any
    """[b]"""
    history: _History


def mix(correction: Callable[[Any], tuple[Any, Any]], start: Any, mixing: Mixing) -> Mixed:
    """Iterate until every scenario is done or has run away; can be traced.

    Args:
        correction: suggested step [b, n] and size of the residual [b] at points [b, n].
        start: [b, n]
        mixing: how to iterate.
    """
    batch, size = start.shape

    def again(loop: _Loop) -> Any:
        return loop.open.any() & (loop.count < mixing.limit)

    def iterate(loop: _Loop) -> _Loop:
        step, error = correction(loop.current)
        better = loop.open & (error < loop.found.errors)
        points = jnp.where(better[:, None], loop.current, loop.found.points)
        errors = jnp.where(better, error, loop.found.errors)
        converged = errors < mixing.tolerance
        open_ = loop.open & ~converged & jnp.isfinite(error)
        proposed, history = _next(loop, step, mixing)
        current = jnp.where(open_[:, None], proposed, loop.current)
        found = Mixed(points, errors, loop.found.iterations + loop.open, converged)
        return _Loop(loop.count + 1, current, found, open_, history)

    nothing = jnp.zeros((batch, mixing.depth, size), start.dtype)
    gram = jnp.zeros((batch, mixing.depth, mixing.depth), start.dtype)
    first = _Loop(
        jnp.asarray(0),
        start,
        Mixed(start, jnp.full(batch, jnp.inf), jnp.zeros(batch, int), jnp.zeros(batch, bool)),
        jnp.ones(batch, bool),
        _History(nothing, nothing, gram, start, jnp.zeros_like(start)),
    )
    last: _Loop = jax.lax.while_loop(again, iterate, first)
    return last.found


def _next(loop: _Loop, step: Any, mixing: Mixing) -> tuple[Any, _History]:
    """The next points, and the history with the newest differences in it."""
    point, old = loop.current, loop.history
    proposed = point + step
    slot = (loop.count - 1) % mixing.depth
    remembers = loop.count > 0
    moved, changed = (jnp.where(remembers, d, 0) for d in (proposed - old.last_point, step - old.last_step))
    points, steps = old.points.at[:, slot].set(moved), old.steps.at[:, slot].set(changed)
    row = (steps @ changed[:, :, None])[..., 0]
    gram = old.gram.at[:, slot, :].set(row).at[:, :, slot].set(row)
    weight = weights(gram, steps @ step[:, :, None], jnp)
    updated = proposed - (weight.swapaxes(1, 2) @ points)[:, 0]
    largest = jnp.abs(updated - point).max(axis=1, keepdims=True)
    mixed = point + (updated - point) * jnp.minimum(1, mixing.longest / jnp.maximum(largest, 1e-300))
    return jnp.where(remembers, mixed, proposed), _History(points, steps, gram, proposed, step)
