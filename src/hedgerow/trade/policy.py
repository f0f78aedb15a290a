"""What changes: tariffs, iceberg costs, embargoes and the rule for deficits, as small immutable records."""

from __future__ import annotations

import difflib
import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from hedgerow.errors import RequestError, UnknownNameError
from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.equations import Kernel, trade_cost_factor

__all__ = ["Applied", "Change", "DeficitRule", "Embargo", "IcebergChange", "Policy", "TariffChange", "apply"]

HIGHEST_TARIFF = 10.0


class DeficitRule(StrEnum):
    """What happens to trade deficits."""

    FIXED = "fixed"
    """They stay what they are, in shares of world value added."""
    ZERO = "zero"
    """They are closed first; effects are measured from the world without deficits."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """Which flows a change reaches; None means all. Domestic sales are never reached."""

    exporters: tuple[str, ...] | None = None
    importers: tuple[str, ...] | None = None
    sectors: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        for name in ("exporters", "importers", "sectors"):
            labels = getattr(self, name)
            if isinstance(labels, str):
                raise RequestError(f"{name}: {labels!r} is a text, write ({labels!r},)")
            if labels is not None:
                object.__setattr__(self, name, tuple(labels))


@dataclass(frozen=True, kw_only=True)
class TariffChange(Change):
    """Import tariffs: ``add`` percentage points to the rate (0.25 is 25 points) or ``set_to`` a rate.

    Without ``sectors`` services are taxed too; ``economy.goods_sectors`` names the goods.
    """

    add: float | None = None
    set_to: float | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if (self.add is None) == (self.set_to is None):
            raise RequestError("a tariff change needs either add=... or set_to=..., for example add=0.25")
        rate = self.add if self.add is not None else self.set_to
        if rate is None or not -1 < rate <= HIGHEST_TARIFF:
            raise RequestError(f"tariff: {rate} is outside -1 to {HIGHEST_TARIFF:g}; rates are fractions, 0.25 is 25 %")


@dataclass(frozen=True, kw_only=True)
class IcebergChange(Change):
    """Iceberg trade cost times ``factor``: 1.1 burns a tenth more goods on the way and raises no revenue."""

    factor: float

    def __post_init__(self) -> None:
        super().__post_init__()
        if not (math.isfinite(self.factor) and self.factor > 0):
            raise RequestError(f"factor: {self.factor} is not a positive number; use Embargo to stop trade")


@dataclass(frozen=True, kw_only=True)
class Embargo(Change):
    """No trade at all, whatever later changes say."""


@dataclass(frozen=True)
class Policy:
    """Changes in the order in which they apply, and the rule for deficits. ``Policy()`` changes nothing.

    ``a + b`` applies ``a`` first. Deficits are closed if either part closes them.
    """

    parts: tuple[Change, ...] = ()
    deficits: DeficitRule = DeficitRule.FIXED
    label: str = field(default="", compare=False)
    """How messages name it."""

    def __add__(self, other: Policy | Change) -> Policy:
        if isinstance(other, Change):
            return replace(self, parts=(*self.parts, other))
        zero = DeficitRule.ZERO in (self.deficits, other.deficits)
        return Policy(
            parts=self.parts + other.parts,
            deficits=DeficitRule.ZERO if zero else DeficitRule.FIXED,
            label=" + ".join(filter(None, (self.label, other.label))),
        )


class Applied(NamedTuple):
    """A policy in the arrays of one economy."""

    kernel: Kernel
    """Without the scenario axis."""
    tariff: Array
    """[J, importer, exporter] new rates; the economy's own array where no tariff changes."""


def apply(economy: Economy, policy: Policy) -> Applied:
    """Copy the base kernel and change only the cells that the policy reaches.

    Raises:
        UnknownNameError: a label that the economy does not have.
        RequestError: a tariff that would leave (-100 %, 1000 %].
    """
    purchases, border, tariff = economy.trade_share, economy.border_share, economy.tariff
    if policy.parts:
        purchases, border = purchases.copy(), border.copy()
    if any(isinstance(part, TariffChange) for part in policy.parts):
        tariff = tariff.copy()
    for part in policy.parts:
        cells, foreign = _cells(economy, part)
        if isinstance(part, TariffChange):
            rate = _new_rate(part, tariff[cells], foreign)
            factor = (1 + rate) / (1 + tariff[cells])
            tariff[cells] = rate
            _scale(purchases, border, cells, _response(economy, cells, factor), factor)
        elif isinstance(part, IcebergChange):
            factor = np.where(foreign, part.factor, 1.0)
            _scale(purchases, border, cells, _response(economy, cells, factor), 1.0)
        elif isinstance(part, Embargo):
            _scale(purchases, border, cells, np.where(foreign, 0.0, 1.0), 1.0)
    home = np.diagonal(border, axis1=1, axis2=2).copy()
    imports = border if policy.parts else border.copy()
    diagonal = np.arange(len(economy.actors))
    imports[:, diagonal, diagonal] = 0
    return Applied(Kernel(purchases, imports, home), tariff)


def _response(economy: Economy, cells: tuple[Any, ...], cost_hat: Array) -> Array:
    theta = economy.trade_elasticity[cells[0]]
    return np.asarray(trade_cost_factor(cost_hat, theta))


def _scale(purchases: Array, border: Array, cells: tuple[Any, ...], response: Array, factor: Array | float) -> None:
    """Purchases move by the response; what the seller receives of them also shrinks by the tariff factor."""
    purchases[cells] *= response
    border[cells] *= response / factor


def _new_rate(part: TariffChange, old: Array, foreign: npt.NDArray[np.bool_]) -> Array:
    wanted = old + part.add if part.add is not None else np.full_like(old, part.set_to)
    if foreign.any() and not wanted[np.broadcast_to(foreign, wanted.shape)].min() > -1:
        raise RequestError(f"tariff: {wanted.min():g} leaves no price; a rate stays above -1 (0.25 is 25 %)")
    return np.where(foreign, wanted, old)


def _cells(economy: Economy, part: Change) -> tuple[tuple[Any, ...], npt.NDArray[np.bool_]]:
    """Index of the reached block of ``[J, importer, exporter]`` and, inside it, which cells cross a border."""
    sectors = _positions("sector", part.sectors, economy.sectors)
    importers = _positions("importer", part.importers, economy.actors)
    exporters = _positions("exporter", part.exporters, economy.actors)
    foreign = importers[:, None] != exporters
    return np.ix_(sectors, importers, exporters), np.broadcast_to(foreign, (len(sectors), *foreign.shape))


def _positions(kind: str, wanted: tuple[str, ...] | None, labels: Sequence[str]) -> npt.NDArray[np.intp]:
    if wanted is None:
        return np.arange(len(labels))
    unknown = [label for label in wanted if label not in labels]
    if unknown:
        close = difflib.get_close_matches(unknown[0], labels, n=1, cutoff=0.0)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        raise UnknownNameError(f"{kind} {unknown[0]!r} is not in this economy{hint}")
    return np.array([labels.index(label) for label in wanted], dtype=np.intp)
