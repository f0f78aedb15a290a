"""Where the fit of bilateral flows starts: older splits where they exist, composition of partners elsewhere.

Knows no files. Arrays are [exporter, importer, sector], money in MUSD.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hedgerow.world.composite.classifications import GOODS
from hedgerow.world.composite.wiod import WorldYear

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

TRUST_IN_CUSTOMS = 0.6
"""Weight of the US-bound mix, against that of output, in the mix of an exporter the older table lacks."""
LEAST_TRADE = 10.0
"""MUSD a year below which a pair's or a column's composition is noise."""
LEAST_SHARE = 1e-6
"""Share every sector is given in a pair, so that no cell is shut by the prior alone."""
TILT_LIMITS = (0.25, 4.0)
HOME_LIMITS = (0.02, 0.995)


@dataclass(frozen=True)
class Mixes:
    """Composition of goods bound for one importer, from its customs; the United States here."""

    shares: Array
    """[exporter, goods] shares of the pair's goods; sum to 1 where known."""
    known: Flags
    """[exporter] True where customs saw enough trade."""
    before: Array
    """[exporter, goods] the same shares in the older table's year."""
    importer: int | None
    """Position of the importer whose column is to be fixed; None leaves the column to the fit (the hold-out)."""
    informs: bool = True
    """False keeps customs out of exporters' mixes elsewhere, too."""

    @property
    def usable(self) -> Flags:
        """[exporter] True where the mix may inform what is sold elsewhere."""
        return self.known & self.informs


def prior_flows(
    older: WorldYear,
    mixes: Mixes,
    output: Array,
    absorption: Array,
    totals: tuple[Array, Array],
    tilt: float,
) -> Array:
    """The prior of all flows, home sales on the diagonal.

    Args:
        older: the last complete table.
        mixes: what customs says about exporters' composition.
        output: [actor, sector] target, MUSD.
        absorption: [actor, sector] target, MUSD.
        totals: [exporter, importer] totals of goods and of services, MUSD.
        tilt: power of the change of a member's US-bound mix.
    """
    prior = np.zeros(older.flow.shape)
    for part, total in zip((slice(0, GOODS), slice(GOODS, None)), totals, strict=True):
        goods = part.start == 0
        split = _splits(older, mixes if goods else None, output[:, part], absorption[:, part], part)
        if goods and tilt:
            split = split * _tilt(older, mixes, tilt)[:, None, :]
        prior[:, :, part] = _shares(split + LEAST_SHARE) * total[:, :, None]
    n = np.arange(len(prior))
    prior[n, n] = np.clip(older.home_share, *HOME_LIMITS) * absorption
    return prior


def _splits(older: WorldYear, mixes: Mixes | None, output: Array, absorption: Array, part: slice) -> Array:
    """[exporter, importer, sector] shares of each pair's block, before the tilt."""
    trade = older.abroad[:, :, part]
    world = _shares(trade.sum(axis=(0, 1)))
    member = older.member
    sold = _shares(trade.sum(axis=1) + 1e-3)
    bought = _shares(trade.sum(axis=0) + 1e-3)
    made = _revealed(output, world)
    if mixes is not None:
        power = np.where(mixes.usable, TRUST_IN_CUSTOMS, 0.0)[:, None]
        made = _shares((mixes.shares + LEAST_SHARE) ** power * made ** (1.0 - power))
    sold = np.where(member[:, None], sold, made)
    bought = np.where(member[:, None], bought, _revealed(absorption, world))
    composed = _shares(sold[:, None, :] * bought[None, :, :] / world)
    observed = np.outer(member, member) & (trade.sum(axis=2) > LEAST_TRADE)
    seen = _shares(trade + 1e-4 * trade.sum(axis=2, keepdims=True) + 1e-9)
    rest = trade[:, ~member, :].sum(axis=1)
    outward = _shares(_shares(rest + 1e-3)[:, None, :] * (bought / world)[None, :, :])
    split = np.where(observed[:, :, None], seen, composed)
    return np.where(np.outer(member, ~member)[:, :, None], outward, split)


def _revealed(values: Array, world: Array) -> Array:
    """[actor, sector] a mix of output or absorption, each sector scaled by how much of it the world trades."""
    return _shares(_shares(values) * world / _shares(values.sum(axis=0)))


def _tilt(older: WorldYear, mixes: Mixes, power: float) -> Array:
    """[exporter, goods] how members' mixes moved since the older table, as their US-bound mix shows."""
    change = np.clip((mixes.shares + LEAST_SHARE) / (mixes.before + LEAST_SHARE), *TILT_LIMITS) ** power
    return np.where((older.member & mixes.usable)[:, None], change, 1.0)


def _shares(values: Array) -> Array:
    """Shares over the last dimension."""
    total = values.sum(axis=-1, keepdims=True)
    return np.asarray(values / np.where(total > 0, total, 1.0))
