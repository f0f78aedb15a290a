"""Do the accounts of a world add up?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr

from hedgerow.dims import ACTOR, EXPORTER, IMPORTER, INPUT, SECTOR
from hedgerow.errors import UnbalancedError
from hedgerow.world.world import World

TOLERANCE = 1e-9
"""Largest allowed difference between two sides of an account, as a share of world income."""


@dataclass(frozen=True)
class Imbalance:
    """The worst cell of one identity."""

    identity: str
    share_of_world_income: float
    where: str


def deficits(world: World) -> xr.DataArray:
    """Imports less exports at the seller's price by actor, MUSD/yr; positive borrows. Sums to zero."""
    flow = world["trade_flow"].sum(SECTOR)
    imports = flow.sum(EXPORTER).rename({IMPORTER: ACTOR})
    exports = flow.sum(IMPORTER).rename({EXPORTER: ACTOR})
    return imports - exports


def imbalances(world: World) -> tuple[Imbalance, ...]:
    """The four identities of a world table, each with its worst cell.

    Output equals sales; purchases equal inputs plus final use; inputs plus value added equal output;
    deficits sum to zero.
    """
    flow, inputs = world["trade_flow"], world["input_use"]
    sales = flow.sum(IMPORTER).rename({EXPORTER: ACTOR})
    purchases = flow.sum(EXPORTER).rename({IMPORTER: ACTOR})
    bought = inputs.sum(SECTOR).rename({INPUT: SECTOR}) + world["final_use"]
    cost = inputs.sum(INPUT) + world["value_added"]
    income = float(world["value_added"].sum())

    def worst(identity: str, gap: xr.DataArray) -> Imbalance:
        share = np.abs(gap.values) / income
        at = np.unravel_index(int(share.argmax()), share.shape)
        where = " ".join(str(gap[dim].values[k]) for dim, k in zip(gap.dims, at, strict=True))
        return Imbalance(identity, float(share.max()), where)

    total = float(deficits(world).sum())
    return (
        worst("output = sales", world["gross_output"] - sales),
        worst("purchases = inputs + final use", purchases - bought),
        worst("inputs + value added = output", world["gross_output"] - cost),
        Imbalance("deficits sum to zero", abs(total) / income, "world"),
    )


def require_balanced(world: World) -> World:
    """The same world, if its accounts add up.

    Raises:
        UnbalancedError: an identity is off by more than :data:`TOLERANCE`, or a sector that produces adds
            no value.
    """
    for found in imbalances(world):
        if found.share_of_world_income > TOLERANCE:
            raise UnbalancedError(
                f"world {world.id}: {found.identity} is off by {found.share_of_world_income:.1e} of world income "
                f"at {found.where}; the limit is {TOLERANCE:g}"
            )
    idle = (world["gross_output"] > 0) & (world["value_added"] <= 0)
    if bool(idle.any()):
        actor, sector = (labels[0] for labels in idle.stack(cell=[ACTOR, SECTOR]).pipe(_true_cells))
        raise UnbalancedError(f"world {world.id}: {actor} {sector} produces but adds no value")
    return world


def _true_cells(flags: xr.DataArray) -> tuple[list[str], list[str]]:
    cells = flags[flags.values]
    return [str(a) for a in cells[ACTOR].values], [str(s) for s in cells[SECTOR].values]
