"""Many scenarios on a graphics card, or wherever JAX computes; the answers are those of ``solve_many``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

from hedgerow.errors import RequestError
from hedgerow.trade.accelerator.blocks import Compact, compact, refuse
from hedgerow.trade.accelerator.kernels import Model, build, model_on_device
from hedgerow.trade.accelerator.library import double_precision, jax, jnp, platform
from hedgerow.trade.accelerator.mixing import Mixed, mix
from hedgerow.trade.cascade import PLAIN_LIMIT, Answers, Method, evaluated, split
from hedgerow.trade.chunk import chunk_size, equilibrium_of, solve_chunk
from hedgerow.trade.economy import Economy
from hedgerow.trade.equations import residual
from hedgerow.trade.equilibrium import TOLERANCE, base_of, check_tolerance
from hedgerow.trade.fixedpoint import Mixing
from hedgerow.trade.policy import Policy
from hedgerow.trade.result import Equilibrium

__all__ = ["Found", "batch_size", "iterate", "scenario_bytes", "solve_batch"]

DEVICE_BYTES = 8_000_000_000
"""Memory of a graphics card that does not say how much it has."""
LARGEST_BATCH = 2048
"""More scenarios at once would not make the card any busier."""


class Found(NamedTuple):
    """A batch on the device; check ``mixed.converged`` before use."""

    mixed: Mixed
    residual: Any
    outcome: Any


def solve_batch(
    economy: Economy, policies: Sequence[Policy], *, tolerance: float = TOLERANCE, batch: int | None = None
) -> list[Equilibrium]:
    """The equilibria of many policies, in their order.

    Policies are sent as blocks of changed rates, and the arrays of every flow are built on the device. A batch is done
    when its slowest scenario is. What does not converge there goes through the other methods of
    :func:`hedgerow.trade.equilibrium.solve`, on the processor.

    Args:
        economy: the base.
        policies: what changes in each scenario; no quotas and no bare arrays, which have no blocks.
        tolerance: on every condition, judged as by ``solve``.
        batch: scenarios iterated together; what fits the device when omitted. The last batch is filled up with
            scenarios in which nothing changes, so that it needs no compilation of its own.

    Raises:
        RequestError: a quota or bare arrays.
        NoSupplierError, DidNotConverge: names the first scenario without an answer; none is returned.
    """
    check_tolerance(tolerance)
    if batch is not None and batch < 1:
        raise RequestError(f"batch: {batch} scenarios together make no sense; it is 1 or more")
    refuse(policies)
    bases = [base_of(economy, policy) for policy in policies]
    found: dict[int, Equilibrium] = {}
    for base in {id(base): base for base in bases}.values():
        numbers = [k for k, own in enumerate(bases) if own is base]
        size = min(batch or batch_size(base), len(numbers))
        for begin in range(0, len(numbers), size):
            chosen = numbers[begin : begin + size]
            answers = _solve(base, [policies[k] for k in chosen], size, tolerance)
            for index, k in enumerate(chosen):
                if answers.converged[index]:
                    found[k] = equilibrium_of(base, policies[k], answers, index)
                else:
                    (found[k],) = solve_chunk(base, [policies[k]], tolerance=tolerance, first=k)
    return [found[k] for k in range(len(policies))]


def scenario_bytes(economy: Economy) -> int:
    """Device memory of one scenario: four arrays of every flow while they are built, and the earlier steps."""
    sectors, actors = economy.expenditure.shape
    unknowns = actors + 2 * sectors * actors
    return int(8 * (4 * sectors * actors * actors + (2 * Mixing().depth + 8) * unknowns))


def batch_size(economy: Economy) -> int:
    """How many scenarios are iterated together: what fits the cache of a processor or the memory of a card."""
    if platform() == "cpu":
        return chunk_size(economy)
    memory = int((jax.devices()[0].memory_stats() or {}).get("bytes_limit", DEVICE_BYTES))
    return max(1, min(LARGEST_BATCH, memory // 2 // scenario_bytes(economy)))


def _solve(economy: Economy, policies: Sequence[Policy], size: int, tolerance: float) -> Answers:
    """One batch, filled up to ``size``; on the host again when it returns."""
    filled = [*policies, *[Policy()] * (size - len(policies))]
    with double_precision():
        found = iterate(model_on_device(economy), compact(economy, filled), Mixing(tolerance, PLAIN_LIMIT))
        mixed, rest, outcome = jax.device_get(found)
    shape = economy.expenditure.shape
    return Answers(
        split(mixed.points, shape),
        rest,
        outcome,
        mixed.errors,
        mixed.iterations,
        mixed.converged,
        (Method.PLAIN,) * size,
    )


@partial(jax.jit, static_argnames=("mixing",))
def iterate(model: Model, policies: Compact, mixing: Mixing) -> Found:
    """Everything that happens on the device: kernels from blocks, then the plain method until all is done.

    The names of its arguments follow :func:`solve_batch`, which also deals with what did not converge.
    """
    kernel = build(model, policies)
    technology, pre = model.technology, model.preconditioner
    start = jnp.repeat(model.start, len(policies.deficit), axis=0)
    mixed = mix(lambda points: evaluated(points, kernel, technology, pre, jnp)[:2], start, mixing)
    state = split(mixed.points, technology.value_added_share.shape)
    return Found(mixed, *residual(state, kernel, technology, jnp))
