"""The accelerator against itself and against one processor core: targets 7 (gradients) and 10 (a graphics card)."""

from __future__ import annotations

import statistics
import time
from typing import Any

import numpy as np

from bench import shocks
from bench.run import _seconds
from hedgerow.trade.accelerator.blocks import compact
from hedgerow.trade.accelerator.gradient import gradient
from hedgerow.trade.accelerator.kernels import model_on_device
from hedgerow.trade.accelerator.library import double_precision, jax, jnp, platform
from hedgerow.trade.accelerator.solve import iterate, solve_batch
from hedgerow.trade.cascade import PLAIN_LIMIT
from hedgerow.trade.economy import Economy
from hedgerow.trade.equilibrium import TOLERANCE, solve, solve_many
from hedgerow.trade.fixedpoint import Mixing
from hedgerow.trade.policy import Policy, TariffChange

__all__ = ["card_over_copying", "card_over_core", "gradient_over_solve", "has_card"]

SCENARIOS = 1024
BYTES = 10e6
"""What an iteration of one scenario of 77 x 45 reads and writes: three products with 2.1 MB each, and the mixing."""
COPIED = 1 << 28
"""Doubles in the array whose copying measures the card's memory."""


def has_card() -> bool:
    """Whether JAX computes on something other than the processor."""
    return platform() != "cpu"


def gradient_over_solve(economy: Economy) -> float:
    """One actor's gradient to every tariff at a known equilibrium, over a solve; both by JAX.

    The middle of five ratios, each of neighbours in time.
    """
    policy = shocks.realistic(economy)["us10"]
    known, actor = solve(economy, policy), economy.actors[1]
    ratios = [
        _seconds(lambda: gradient(known, of=actor)) / _seconds(lambda: solve_batch(economy, [policy])) for _ in range(5)
    ]
    return statistics.median(ratios)


def card_over_copying(economy: Economy) -> float:
    """Bytes that a batch must move per second, over what the card moves when it only copies."""
    policies = _policies(economy)
    with double_precision():
        model, blocks = model_on_device(economy), jax.device_put(compact(economy, policies))
        mixing = Mixing(TOLERANCE, PLAIN_LIMIT)
        rounds = int(iterate(model, blocks, mixing).mixed.iterations.max())
        spent = _seconds(lambda: _finished(iterate(model, blocks, mixing)))
        block = jnp.ones(COPIED)
        copying = jax.jit(lambda array: array + 1)  # plain copies may be elided
        speed = 2 * block.nbytes / _seconds(lambda: _finished(copying(block)))
    return SCENARIOS * BYTES * rounds / spent / speed


def card_over_core(economy: Economy, sample: int = 32) -> float:
    """Scenarios per second from policies to equilibria, over those of the NumPy solver on one core."""
    policies = _policies(economy)
    alone = _seconds(lambda: solve_many(economy, policies[:sample])) / sample
    solve_batch(economy, policies)
    start = time.perf_counter()
    solve_batch(economy, policies)
    return alone * SCENARIOS / (time.perf_counter() - start)


def _finished(work: Any) -> None:
    """Wait for the device."""
    jax.block_until_ready(work)  # type: ignore[no-untyped-call]


def _policies(economy: Economy) -> list[Policy]:
    """The largest actor's tariffs on every partner, drawn anew for every scenario."""
    rng = np.random.default_rng(10)
    power = economy.actors[int(np.argmax(economy.value_added))]
    others = [actor for actor in economy.actors if actor != power]
    return [
        Policy(
            tuple(
                TariffChange(importers=(power,), exporters=(other,), add=float(rng.uniform(0, 0.5))) for other in others
            )
        )
        for _ in range(SCENARIOS)
    ]
