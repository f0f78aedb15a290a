"""The best tariffs found, with what proves them best: slopes, bounds, and how many summits there were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from hedgerow.errors import DidNotConverge
from hedgerow.trade.economy import Array
from hedgerow.trade.optimal.instrument import Block, Instrument, tariffs
from hedgerow.trade.optimal.objective import Objective
from hedgerow.trade.policy import positions
from hedgerow.trade.result import Equilibrium

__all__ = ["FIRST_ORDER", "Edge", "Optimum", "block_slopes", "certified"]

FIRST_ORDER = 1e-4
"""Largest slope at a summit: d ln W / d ln(1 + t) over the root of the block's imports times all imports taxed. For a
single rate that is about theta times its distance from the best; small blocks count less, as they matter less."""
AT_EDGE = 1e-6
"""A rate nearer to a bound than this stands on it."""


class Edge(StrEnum):
    """Where a rate stands between its bounds."""

    INSIDE = "inside"
    LOWEST = "lowest"
    """On the lower bound: a lower rate would be better still."""
    HIGHEST = "highest"
    """On the upper bound: a higher rate would be better still."""


@dataclass(frozen=True, eq=False)
class Optimum:
    """The tariffs of an instrument that give its setter the highest real income, given what the others do."""

    instrument: Instrument
    blocks: tuple[Block, ...]
    rates: Array
    """[block] fractions."""
    edges: tuple[Edge, ...]
    """[block] which bounds bind."""
    equilibrium: Equilibrium
    """With the best tariffs."""
    before: Equilibrium
    """With the tariffs in force and the same background."""
    gain: float
    """ln real income of the setter, with the best tariffs less with those in force."""
    first_order: float
    """Largest slope that is left, see :data:`FIRST_ORDER`; zero where a bound stops it."""
    summits: int
    """Different local optima met; the best is the answer."""
    solves: int

    @property
    def on_a_bound(self) -> bool:
        """Whether a rate stands on a bound: then the bound, not the setter, decides."""
        return any(edge is not Edge.INSIDE for edge in self.edges)


def block_slopes(
    objective: Objective, equilibrium: Equilibrium, setter: Sequence[str], taxed: Sequence[Block]
) -> Array:
    """[block] derivative of the objective with respect to ln(1 + t) of a block's common rate."""
    economy = equilibrium.economy
    importers = positions("setter", tuple(setter), economy.actors)
    cells = objective.slopes(equilibrium)[:, importers].sum(axis=1)
    return np.array(
        [
            cells[
                np.ix_(
                    positions("sector", block.sectors, economy.sectors),
                    positions("exporter", block.exporters, economy.actors),
                )
            ].sum()
            for block in taxed
        ]
    )


def certified(
    objective: Objective, instrument: Instrument, taxed: tuple[Block, ...], rates: Array, *, summits: int
) -> Optimum:
    """The optimum at given rates, if it is one.

    Raises:
        DidNotConverge: a rate inside its bounds has a slope left, or one on a bound points inwards.
    """
    best, before = objective.all_at([tariffs(instrument.setter, taxed, rates), tariffs((), (), rates[:0])])
    imports = np.array([block.imports for block in taxed])
    slopes = block_slopes(objective, best, instrument.setter, taxed) / np.sqrt(imports * imports.sum())
    edges = tuple(_edge(instrument, float(rate)) for rate in rates)
    held = {Edge.INSIDE: lambda slope: slope, Edge.LOWEST: lambda slope: max(slope, 0.0)}
    held[Edge.HIGHEST] = lambda slope: min(slope, 0.0)
    left = np.array([abs(held[edge](slope)) for edge, slope in zip(edges, slopes.tolist(), strict=True)])
    if left.max() > FIRST_ORDER:
        worst = taxed[int(left.argmax())]
        raise DidNotConverge(
            f"optimal tariff of {', '.join(instrument.setter[:3])}: slope {left.max():.1e} left on "
            f"{', '.join(worst.sectors[:2])} from {', '.join(worst.exporters[:2])} (limit {FIRST_ORDER:g}); "
            "try narrower bounds or less detail"
        )
    return Optimum(
        instrument=instrument,
        blocks=taxed,
        rates=rates,
        edges=edges,
        equilibrium=best,
        before=before,
        gain=objective.value(best) - objective.value(before),
        first_order=float(left.max()),
        summits=summits,
        solves=objective.solves,
    )


def _edge(instrument: Instrument, rate: float) -> Edge:
    if rate - instrument.lowest < AT_EDGE:
        return Edge.LOWEST
    return Edge.HIGHEST if instrument.highest - rate < AT_EDGE else Edge.INSIDE
