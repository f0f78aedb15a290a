"""Fitting bilateral flows to what is known of them: minimum cross-entropy with hard and soft totals.

The flows ``F`` minimise, over everything that respects the hard totals,

    KL(F | P) + w * KL(output of F | Y) + w * KL(absorption of F | X)

with ``KL(a | b) = sum a log(a/b) - a + b``, ``P`` the prior, ``Y`` and ``X`` the targets of sector output and
absorption and ``w`` a weight: every term is in dollars, so a large cell counts for more than a small one. Hard are
the cells held fixed and the total of each pair in each block of sectors. The problem is convex; its solution is the
prior times one factor for each seller and sector, buyer and sector, and pair and block, found by setting one group of
factors after the other (generalised iterative scaling; Chizat, Peyré, Schmitzer and Vialard 2018, Mathematics of
Computation 87). A floor under home sales is a rule on top: where they fall below it, they are raised to it.

Knows no files and no labels. Arrays are [exporter, importer, sector] and [actor, sector], money in MUSD.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hedgerow.errors import UnbalancedError

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

NEWTON_STEPS = 6


@dataclass(frozen=True)
class Block:
    """Sectors that share one known total for each pair."""

    sectors: slice
    total: Array
    """[exporter, importer] MUSD; the diagonal is ignored."""


@dataclass(frozen=True)
class Knowledge:
    """What is believed about the flows."""

    prior: Array
    """[exporter, importer, sector] positive wherever trade may be; the diagonal is home sales."""
    fixed: Flags
    """[exporter, importer, sector] cells that must keep their prior."""
    blocks: tuple[Block, ...]
    least_home: Array
    """[actor, sector] smallest share of purchases bought at home."""
    weight: float
    """How much a dollar of a sector total counts against a dollar of a cell."""


def fit_flows(known: Knowledge, output: Array, absorption: Array, *, sweeps: int, tolerance: float) -> Array:
    """Flows nearest to the prior, given targets of sector output and absorption.

    Args:
        known: prior and constraints.
        output: [actor, sector] target of sales, MUSD.
        absorption: [actor, sector] target of purchases, MUSD.
        sweeps: at most so many rounds over the factors.
        tolerance: stop when no factor moves by more than this share.

    Returns:
        [exporter, importer, sector] MUSD; pair totals hold exactly, the sector totals as nearly as the prior allows.

    Raises:
        UnbalancedError: a number was lost on the way.
    """
    held = np.where(known.fixed, known.prior, 0.0)
    free = with_pair_totals(np.where(known.fixed, 0.0, known.prior), held, known.blocks)
    diagonal = np.arange(len(free))
    log_seller, log_buyer = np.zeros_like(output), np.zeros_like(absorption)
    for _ in range(sweeps):
        before = log_seller + log_buyer
        step = _factor(held.sum(axis=1), free.sum(axis=1), output, log_seller, known.weight)
        free *= np.exp(step)[:, None, :]
        log_seller = log_seller + step
        step = _factor(held.sum(axis=0), free.sum(axis=0), absorption, log_buyer, known.weight)
        free *= np.exp(step)[None, :, :]
        log_buyer = log_buyer + step
        free = with_pair_totals(free, held, known.blocks)
        imports = (free + held).sum(axis=0) - free[diagonal, diagonal]
        free[diagonal, diagonal] = np.maximum(
            free[diagonal, diagonal], known.least_home / (1.0 - known.least_home) * imports
        )
        if np.abs(log_seller + log_buyer - before).max() < tolerance:
            break
    flow = free + held
    if not np.isfinite(flow).all():
        raise UnbalancedError(
            "composite: fitting the flows lost a number; a target or a prior is zero where trade is not"
        )
    return flow


def with_pair_totals(free: Array, held: Array, blocks: tuple[Block, ...]) -> Array:
    """Free cells scaled so that every pair has its total; home sales untouched."""
    scaled = free.copy()
    diagonal = np.arange(len(free))
    for block in blocks:
        have = free[:, :, block.sectors].sum(axis=2)
        need = np.maximum(block.total - held[:, :, block.sectors].sum(axis=2), 0.0)
        factor = np.divide(need, have, out=np.ones_like(need), where=have > 0)
        factor[diagonal, diagonal] = 1.0
        scaled[:, :, block.sectors] *= factor[:, :, None]
    return scaled


def _factor(held: Array, free: Array, target: Array, log_so_far: Array, weight: float) -> Array:
    """The change of a log factor that minimises the objective along it, by Newton's method.

    Solves ``log(held + free exp(x)) - log(target) + (log_so_far + x) / weight = 0``, whose left side rises in x.
    """
    step = np.zeros_like(free)
    moves = (free > 0) & (target > 0)
    safe, goal = np.where(moves, free, 1.0), np.log(np.where(moves, target, 1.0))
    for _ in range(NEWTON_STEPS):
        grown = safe * np.exp(step)
        total = np.where(moves, held, 0.0) + grown
        gap = np.log(total) - goal + (log_so_far + step) / weight
        step = step - np.clip(gap / (grown / total + 1.0 / weight), -2.0, 2.0)
    return np.where(moves, step, 0.0)
