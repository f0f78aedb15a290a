"""Small worlds with one sector, no inputs and balanced trade, in which textbooks know the answer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hedgerow.trade.economy import Economy
from hedgerow.trade.equilibrium import rebased


def one_sector(
    size: Sequence[float], *, theta: float = 4.0, openness: float = 0.4, tariff: float = 0.0, seed: int | None = None
) -> Economy:
    """Actors A, B, C ... of these sizes. From each, an importer buys in proportion to its size; ``openness`` is the
    weight of foreign goods, so that small actors buy mostly abroad. ``seed`` draws weights between pairs instead."""
    sizes = np.asarray(size, dtype=float) / np.sum(size)
    count = len(sizes)
    weight = np.full((count, count), openness)
    if seed is not None:
        weight *= np.random.default_rng(seed).uniform(0.3, 1.0, (count, count))
    np.fill_diagonal(weight, 1.0)
    share = sizes[:, None] * weight
    share /= share.sum(axis=0)
    actors = tuple("ABCDEFGH"[:count])
    economy = Economy.from_arrays(
        trade_share=share[:, :, None],
        expenditure=sizes[:, None],
        tariff=(tariff * (1 - np.eye(count)))[:, :, None],
        input_share=np.zeros((1, 1, count)),
        value_added_share=np.ones((count, 1)),
        final_share=np.ones((count, 1)),
        trade_elasticity=[theta],
        value_added=_balancing(share, sizes, tariff),
        deficit=np.zeros(count),
        actors=actors,
        sectors=("goods",),
    )
    return rebased(economy)


def _balancing(share: np.ndarray, sizes: np.ndarray, tariff: float) -> np.ndarray:
    """Incomes at which trade balances at these shares."""
    border = share / (1 + tariff * (1 - np.eye(len(sizes))))
    income = sizes.copy()
    for _ in range(5000):
        spent = income / border.sum(axis=0)
        income = border @ spent
        income /= income.sum()
    return income
