"""What a policy changes, small enough to travel: blocks of flows and what happens to the rates in them.

A block is a set of sectors, a set of importers and, for every exporter, a map of the old rate to the new one:
``clip(keep * old + shift, lowest, highest)``. Adding points, setting a rate, a cap and a floor are such maps, and one
after the other is again one, so that 40 tariffs of one importer on 40 partners are a single block.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from hedgerow.errors import RequestError
from hedgerow.trade.changes import (
    ArrayChange,
    Change,
    Embargo,
    ExportTaxChange,
    IcebergChange,
    NonTariffChange,
    TariffChange,
    TariffRateQuota,
)
from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.fixedpoint import Mask
from hedgerow.trade.policy import Policy, apply, axis

__all__ = ["Blocks", "Compact", "RateMap", "compact", "refuse"]


class RateMap(NamedTuple):
    """clip(keep * old + shift, lowest, highest), of one shape each."""

    keep: Array
    shift: Array
    lowest: Array
    highest: Array

    def then(self, later: RateMap) -> RateMap:
        """This map first, then the later one."""
        kept = later.keep > 0  # bounds may be infinite, and 0 times infinity is no number
        low, high = (
            np.clip(np.where(kept, bound, 0.0) + later.shift, later.lowest, later.highest)
            for bound in (self.lowest, self.highest)
        )
        return RateMap(self.keep * later.keep, np.where(kept, self.shift, 0.0) + later.shift, low, high)


class Blocks(NamedTuple):
    """Blocks of one kind of rate in the order in which they apply; b scenarios, P blocks each."""

    sectors: Mask
    """[b, P, J] True where reached."""
    importers: Mask
    """[b, P, N] True where reached."""
    rates: RateMap
    """[b, P, N] by exporter; the identity where not reached."""


_Block = Blocks
"""One of them: [J], [N], [N]."""


class Compact(NamedTuple):
    """Many policies; None where no scenario has such a change."""

    tariff: Blocks | None
    export_tax: Blocks | None
    cost: Blocks | None
    """Logs of iceberg cost ratios; infinite under an embargo."""
    deficit: Array
    """[b, N]"""
    own_share: Array | None
    """[b, N]"""
    productivity: Array | None
    """[b, J, N] log"""


_IDENTITY = RateMap(*map(np.asarray, (1.0, 0.0, -np.inf, np.inf)))
"""Leaves a rate alone."""


def refuse(policies: Sequence[Policy]) -> None:
    """Raise RequestError for the first policy with a part that has no blocks: quotas, bare arrays."""
    for number, policy in enumerate(policies):
        for part in policy.parts:
            if isinstance(part, TariffRateQuota | ArrayChange):
                raise RequestError(
                    f"scenario {number}: a {type(part).__name__} has no blocks that could be sent to the device; "
                    "give this policy to solve_many"
                )


def compact(economy: Economy, policies: Sequence[Policy]) -> Compact:
    """Describe policies by blocks.

    Args:
        economy: gives the labels; ``DeficitRule.ZERO`` must have been carried out on it.
        policies: what changes in each scenario; none that :func:`refuse` would refuse.

    Raises:
        UnknownNameError: a label that the economy does not have.
        UnbalancedError: deficits that do not sum to zero.
    """
    sectors, actors = economy.expenditure.shape
    flows = [[part for part in policy.parts if isinstance(part, Change)] for policy in policies]
    rest = [
        apply(
            economy, replace(policy, parts=tuple(part for part in policy.parts if not isinstance(part, Change)))
        ).kernel
        for policy in policies
    ]
    tariff, export_tax, cost = (
        _stack(
            [_merged(economy, [part for part in parts if isinstance(part, kind)]) for parts in flows], sectors, actors
        )
        for kind in (TariffChange, ExportTaxChange, IcebergChange | NonTariffChange | Embargo)
    )
    return Compact(
        tariff,
        export_tax,
        cost,
        deficit=np.array([kernel.deficit for kernel in rest]),
        own_share=_filled([kernel.own_share for kernel in rest], (actors,)),
        productivity=_filled([kernel.productivity for kernel in rest], (sectors, actors)),
    )


def _merged(economy: Economy, parts: Sequence[Change]) -> list[_Block]:
    """Blocks in order; one over the same sectors and importers as the one before becomes part of it."""
    found: list[_Block] = []
    for part in parts:
        reach = _mask(part.sectors, "sector", economy.sectors), _mask(part.importers, "importer", economy.actors)
        block = _Block(*reach, _rate_map(part, _mask(part.exporters, "exporter", economy.actors)))
        last = found[-1] if found else None
        if last and all(np.array_equal(a, b) for a, b in zip(last[:2], block[:2], strict=True)):
            found[-1] = last._replace(rates=last.rates.then(block.rates))
        else:
            found.append(block)
    return found


def _mask(wanted: tuple[str, ...] | None, kind: str, labels: Sequence[str]) -> Mask:
    reached = np.zeros(len(labels), dtype=bool)
    reached[axis(kind, wanted, labels)] = True
    return reached


def _rate_map(part: Change, reached: Mask) -> RateMap:
    """What a part does to its kind of rate, by exporter [N]."""
    keep, shift, lowest, highest = 1.0, 0.0, -np.inf, np.inf
    if isinstance(part, TariffChange | ExportTaxChange):
        keep, shift = (1.0, part.add or 0.0) if part.set_to is None else (0.0, part.set_to)
    if isinstance(part, TariffChange):
        highest = np.inf if part.cap is None else part.cap
        lowest = -np.inf if part.floor is None else part.floor
    elif isinstance(part, IcebergChange | NonTariffChange):
        shift = float(np.log(part.factor))
    elif isinstance(part, Embargo):
        lowest = np.inf
    return RateMap(
        *(
            np.where(reached, inside, outside)
            for inside, outside in zip((keep, shift, lowest, highest), _IDENTITY, strict=True)
        )
    )


def _stack(found: list[list[_Block]], sectors: int, actors: int) -> Blocks | None:
    """All scenarios get as many blocks as the longest, rounded up to a power of two: fewer shapes to compile for."""
    longest = max(map(len, found))
    if not longest:
        return None
    shape = len(found), 1 << (longest - 1).bit_length()
    stacked = Blocks(
        np.zeros((*shape, sectors), dtype=bool),
        np.zeros((*shape, actors), dtype=bool),
        RateMap(*(np.full((*shape, actors), value) for value in _IDENTITY)),
    )
    for b, blocks in enumerate(found):
        for p, block in enumerate(blocks):
            for array, values in zip((*stacked[:2], *stacked.rates), (*block[:2], *block.rates), strict=True):
                array[b, p] = values
    return stacked


def _filled(arrays: Sequence[Array | None], shape: tuple[int, ...]) -> Array | None:
    """Zeros stand for what a scenario leaves alone."""
    if all(array is None for array in arrays):
        return None
    return np.stack([np.zeros(shape) if array is None else array for array in arrays])
