"""Dependence: how large trade with a partner is beside the economy that has it. Accounting, no model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import xarray as xr

from hedgerow.dims import ACTOR, EXPORTER, IMPORTER, SECTOR


@dataclass(frozen=True)
class Dependence:
    """Trade of one side with another beside its own value added. Money in MUSD/yr."""

    exports: float
    imports: float
    value_added: float

    @property
    def share(self) -> float:
        """Exports plus imports over value added, as a fraction (Hirschman 1945)."""
        return (self.exports + self.imports) / self.value_added


def dependence(
    trade_flow: xr.DataArray, value_added: xr.DataArray, *, of: Sequence[str], on: Sequence[str]
) -> Dependence:
    """Dependence of the actors ``of`` on the actors ``on``.

    Source: A. O. Hirschman (1945), National Power and the Structure of Foreign Trade: a tie weighs on a state as
    far as it is large beside the state's own economy. ``dep_n(h) = (exports_nh + imports_nh) / value added_n``.

    Args:
        trade_flow: exporter, importer, sector; MUSD/yr.
        value_added: actor, sector; MUSD/yr.
        of: ISO-3 codes of the side that depends.
        on: ISO-3 codes of the side depended on; no code on both.
    """
    between = trade_flow.sum(SECTOR)
    return Dependence(
        exports=float(between.sel({EXPORTER: list(of), IMPORTER: list(on)}).sum()),
        imports=float(between.sel({EXPORTER: list(on), IMPORTER: list(of)}).sum()),
        value_added=float(value_added.sel({ACTOR: list(of)}).sum()),
    )


def asymmetry(one: Dependence, other: Dependence) -> float:
    """How much more ``one`` depends than ``other``, as a difference of fractions; zero between equals."""
    return one.share - other.share
