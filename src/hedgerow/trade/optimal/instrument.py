"""What a government may choose: whose tariff, on whom, on what, in how much detail, within which bounds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from hedgerow.errors import RequestError
from hedgerow.trade.changes import HIGHEST_TARIFF
from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.policy import Policy, TariffChange, positions

__all__ = ["Block", "Detail", "Instrument", "blocks", "tariffs"]


class Detail(StrEnum):
    """Which flows share one rate."""

    UNIFORM = "uniform"
    """All."""
    SECTOR = "sector"
    """Those of a sector."""
    PARTNER = "partner"
    """Those from an exporter."""
    FLOW = "flow"
    """None: every exporter and sector has its own."""


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """Import tariffs that one economy, or the members of a bloc together, may set in place of those in force."""

    setter: tuple[str, ...]
    """The importers; they share one schedule and never tax each other."""
    exporters: tuple[str, ...] | None = None
    """Who is taxed; everyone else when omitted."""
    sectors: tuple[str, ...] | None = None
    """What is taxed; all goods when omitted."""
    detail: Detail = Detail.UNIFORM
    lowest: float = 0.0
    """Smallest rate; below zero an import subsidy."""
    highest: float = 3.0
    """Largest rate."""

    def __post_init__(self) -> None:
        for name in ("setter", "exporters", "sectors"):
            labels = getattr(self, name)
            if isinstance(labels, str):
                raise RequestError(f"{name}: {labels!r} is a text, write ({labels!r},)")
            if labels is not None:
                object.__setattr__(self, name, tuple(labels))
        if not self.setter:
            raise RequestError("setter: nobody sets the tariff; name one economy or the members of a bloc")
        if not -1 < self.lowest < self.highest <= HIGHEST_TARIFF:
            raise RequestError(
                f"bounds: {self.lowest:g} to {self.highest:g} is no range of tariffs; "
                f"rates are fractions between -1 and {HIGHEST_TARIFF:g}, lowest first"
            )
        object.__setattr__(self, "detail", Detail(self.detail))


class Block(NamedTuple):
    """Flows that share one rate."""

    exporters: tuple[str, ...]
    sectors: tuple[str, ...]
    imports: float
    """What the setter buys of them at the base, at border value, as a share of its income."""


def blocks(economy: Economy, instrument: Instrument) -> tuple[Block, ...]:
    """The blocks of an instrument in which there is trade; the others keep their tariffs, for none would matter.

    Raises:
        UnknownNameError: a label that the economy does not have.
        RequestError: nothing is imported under the instrument.
    """
    importers = positions("setter", instrument.setter, economy.actors)
    named = economy.actors if instrument.exporters is None else instrument.exporters
    exporters = [code for code in named if code not in instrument.setter]
    sectors = economy.goods_sectors if instrument.sectors is None else instrument.sectors
    bought = (economy.border_share * economy.expenditure[:, :, None])[:, importers].sum(axis=1)
    cells = bought[
        np.ix_(positions("sector", sectors, economy.sectors), positions("exporter", tuple(exporters), economy.actors))
    ]
    share = cells / economy.income[importers].sum()
    by_sector = instrument.detail in (Detail.SECTOR, Detail.FLOW)
    by_partner = instrument.detail in (Detail.PARTNER, Detail.FLOW)
    rows = [(k, k + 1) for k in range(len(sectors))] if by_sector else [(0, len(sectors))]
    columns = [(k, k + 1) for k in range(len(exporters))] if by_partner else [(0, len(exporters))]
    found = [
        Block(tuple(exporters[left:right]), tuple(sectors[top:bottom]), float(share[top:bottom, left:right].sum()))
        for top, bottom in rows
        for left, right in columns
    ]
    found = [block for block in found if block.imports > 0]
    if not found:
        raise RequestError(f"exporters: {', '.join(instrument.setter)} buys none of these goods from them; name others")
    return tuple(found)


def tariffs(setter: tuple[str, ...], taxed: tuple[Block, ...], rates: Array) -> Policy:
    """The policy that sets the rate of each block.

    Args:
        setter: the importers.
        taxed: blocks of flows.
        rates: [block] fractions.
    """
    return Policy(
        tuple(
            TariffChange(exporters=block.exporters, importers=setter, sectors=block.sectors, set_to=float(rate))
            for block, rate in zip(taxed, rates, strict=True)
        ),
        label=f"tariffs of {setter[0]} up to {100 * max(rates):.4g}%" if len(taxed) else "",
    )
