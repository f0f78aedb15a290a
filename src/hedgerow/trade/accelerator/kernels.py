"""From blocks to the kernels of the equations, on the device: only blocks travel, never an array of every flow."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from hedgerow.trade.accelerator.blocks import Blocks, Compact
from hedgerow.trade.accelerator.library import double_precision, jax, jnp
from hedgerow.trade.cascade import model_of
from hedgerow.trade.economy import Economy
from hedgerow.trade.equations import Kernel, Technology, trade_cost_factor
from hedgerow.trade.preconditioner import Preconditioner

__all__ = ["Model", "build", "model_on_device", "without_home"]

TOGETHER = 8
"""Blocks applied in one pass over the rates; more would take longer to compile."""


class Model(NamedTuple):
    """An economy on the device."""

    technology: Technology
    preconditioner: Preconditioner
    trade_share: Any
    """[J, n, i]"""
    tariff: Any
    """[J, n, i]"""
    start: Any
    """[1, N + 2 J N] the base itself."""


@lru_cache(maxsize=4)
def model_on_device(economy: Economy) -> Model:
    """Constants of an economy, sent once; kept for the economies used last."""
    model = model_of(economy)
    with double_precision():
        found: Model = jax.tree.map(
            jnp.asarray,
            Model(model.technology, model.preconditioner, economy.trade_share, economy.tariff, model.start),
        )
    return found


def build(model: Model, policies: Compact) -> Kernel:
    """Kernels [b, J, n, i] of many policies; what :func:`hedgerow.trade.policy.apply` does cell by cell."""
    none = jnp.zeros_like(model.tariff)
    tariff = _rates(model.tariff, policies.tariff, above=-1)
    ratio = (1 + tariff) / (1 + model.tariff)
    tax = None if policies.export_tax is None else _rates(none, policies.export_tax, above=-1)
    if tax is not None:
        ratio = ratio * (1 + tax)
    share = model.trade_share
    if policies.cost is not None:
        cost = _rates(none, policies.cost, above=-jnp.inf)
        traded = jnp.isfinite(cost)
        share, ratio = share * traded, ratio * jnp.exp(jnp.where(traded, cost, 0))
    purchases = share * trade_cost_factor(ratio, model.technology.trade_elasticity[:, :, None])
    border = purchases / (1 + tariff)
    batch = len(policies.deficit)
    purchases, border = (jnp.broadcast_to(one, (batch, *one.shape[-3:])) for one in (purchases, border))
    imports = without_home(border)
    return Kernel(
        purchases,
        imports,
        jnp.diagonal(border, axis1=-2, axis2=-1),
        policies.deficit,
        policies.own_share,
        None if tax is None else imports / (1 + tax),
        policies.productivity,
    )


def without_home(border: Any) -> Any:
    """[..., n, i] with an empty diagonal."""
    return jnp.where(jnp.eye(border.shape[-1], dtype=bool), 0, border)


def _rates(base: Any, blocks: Blocks | None, above: float) -> Any:
    """[b, J, n, i] rates after all blocks, one after the other; the base where there are none.

    A rate that is not ``above`` what it must be is no number: the scenario fails here, and the processor says why.
    """
    if blocks is None:
        return base
    actors = base.shape[-1]
    foreign = ~jnp.eye(actors, dtype=bool)

    def change(rates: Any, block: Blocks) -> tuple[Any, None]:
        reached = block.sectors[:, :, None, None] & block.importers[:, None, :, None] & foreign  # [b, J, n, i]
        keep, shift, lowest, highest = (part[:, None, None, :] for part in block.rates)
        changed = jnp.clip(keep * rates + shift, lowest, highest)
        return jnp.where(reached, jnp.where(changed > above, changed, jnp.nan), rates), None

    start = jnp.broadcast_to(base, (len(blocks.sectors), *base.shape))
    in_order = jax.tree.map(lambda array: jnp.swapaxes(array, 0, 1), blocks)
    rates, _ = jax.lax.scan(change, start, in_order, unroll=min(TOGETHER, len(in_order.sectors)))
    return rates
