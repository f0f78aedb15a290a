"""What a policy may change, as small immutable records; :mod:`hedgerow.trade.policy` adds them up and applies them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from hedgerow.errors import RequestError

__all__ = [
    "ArrayChange",
    "Change",
    "DeficitChange",
    "Embargo",
    "ExportTaxChange",
    "IcebergChange",
    "NonTariffChange",
    "Part",
    "ProductivityChange",
    "RentOwner",
    "TariffChange",
    "TariffRateQuota",
]

HIGHEST_TARIFF = 10.0


class Part:
    """One thing that a policy changes."""


def _names(part: Part, *fields_: str) -> None:
    """Turn lists of labels into tuples and refuse a bare text."""
    for name in fields_:
        labels = getattr(part, name)
        if isinstance(labels, str):
            raise RequestError(f"{name}: {labels!r} is a text, write ({labels!r},)")
        if labels is not None:
            object.__setattr__(part, name, tuple(labels))


def _rate(kind: str, rate: float, highest: float = HIGHEST_TARIFF) -> None:
    if not -1 < rate <= highest:
        raise RequestError(f"{kind}: {rate} is outside -1 to {highest:g}; rates are fractions, 0.25 is 25 %")


def _one_of(part: Part, kind: str, *choices: str) -> float:
    """The one choice that was made."""
    made = [getattr(part, name) for name in choices if getattr(part, name) is not None]
    if len(made) != 1:
        either = " or ".join(f"{name}=..." for name in choices)
        raise RequestError(f"{kind} needs either {either}, for example {choices[0]}=0.25")
    return float(made[0])


def _positive(name: str, value: float, hint: str) -> None:
    if not (math.isfinite(value) and value > 0):
        raise RequestError(f"{name}: {value} is not a positive number; {hint}")


@dataclass(frozen=True, kw_only=True)
class Change(Part):
    """Which flows a change reaches; None means all. Domestic sales are never reached."""

    exporters: tuple[str, ...] | None = None
    importers: tuple[str, ...] | None = None
    sectors: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        _names(self, "exporters", "importers", "sectors")


@dataclass(frozen=True, kw_only=True)
class TariffChange(Change):
    """Import tariffs: ``add`` percentage points to the rate (0.25 is 25 points), ``set_to`` a rate, or bound it.

    ``cap`` lowers rates that are higher, ``floor`` raises rates that are lower. Without ``sectors`` services are
    taxed too; ``economy.goods_sectors`` names the goods.
    """

    add: float | None = None
    set_to: float | None = None
    cap: float | None = None
    floor: float | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        _rate("tariff", _one_of(self, "a tariff change", "add", "set_to", "cap", "floor"))

    def rate(self, old: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """New rates where the old ones are ``old``."""
        if self.add is not None:
            return old + self.add
        if self.set_to is not None:
            return np.full_like(old, self.set_to)
        return np.minimum(old, self.cap) if self.cap is not None else np.maximum(old, self.floor or 0.0)


@dataclass(frozen=True, kw_only=True)
class IcebergChange(Change):
    """Iceberg trade cost times ``factor``: 1.1 burns a tenth more goods on the way and raises no revenue."""

    factor: float

    def __post_init__(self) -> None:
        super().__post_init__()
        _positive("factor", self.factor, "use Embargo to stop trade")


@dataclass(frozen=True, kw_only=True)
class NonTariffChange(Change):
    """A barrier other than a tariff, as its ad-valorem equivalent (AVE). Pure waste: it raises no revenue.

    ``ave`` is the equivalent before. Either it becomes ``set_to``, so that cost moves by (1 + set_to) / (1 + ave);
    or its log moves by the share ``delta``, so that cost moves by (1 + ave)^delta: -0.25 removes a quarter.
    """

    ave: float
    set_to: float | None = None
    delta: float | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        _rate("ave", self.ave, 100.0)
        _one_of(self, "a non-tariff change", "set_to", "delta")
        if self.set_to is not None:
            _rate("set_to", self.set_to, 100.0)
        elif not math.isfinite(self.delta or 0.0):
            raise RequestError(f"delta: {self.delta} is not a number; -0.25 removes a quarter of the barrier")

    @property
    def factor(self) -> float:
        """Iceberg cost after over before."""
        if self.set_to is not None:
            return (1 + self.set_to) / (1 + self.ave)
        return float((1 + self.ave) ** (self.delta or 0.0))


@dataclass(frozen=True, kw_only=True)
class ExportTaxChange(Change):
    """Export taxes, paid to the exporter's government on the seller's price; negative rates are subsidies it pays.

    The base has none. The importer's tariff is charged on the price that includes the export tax.
    """

    add: float | None = None
    set_to: float | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        _rate("export tax", _one_of(self, "an export tax change", "add", "set_to"))

    def rate(self, old: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """New rates where the old ones are ``old``."""
        return old + self.add if self.add is not None else np.full_like(old, self.set_to)


@dataclass(frozen=True, kw_only=True)
class Embargo(Change):
    """No trade at all, whatever later changes say."""


class RentOwner(StrEnum):
    """Who keeps the difference between a quota's price and its inside rate."""

    IMPORTER_GOVERNMENT = "importer_government"
    """Licences are auctioned."""
    IMPORTERS = "importers"
    """Licences are given to importing firms, whose owners live at home: the same income, another pocket."""
    EXPORTERS = "exporters"
    """Licences are given to exporters, as voluntary export restraints are; each gets the share that it ships."""


@dataclass(frozen=True, kw_only=True)
class TariffRateQuota(Change):
    """One quota over all flows it reaches: up to its volume the ``inside`` rate applies, beyond it ``outside``.

    Give the ``volume`` in MUSD at base prices, or ``share_of_base``, 1.0 being the base imports of these flows.
    What a quota says about tariffs outlasts the other parts of a policy.
    """

    inside: float
    outside: float
    volume: float | None = None
    share_of_base: float | None = None
    owner: RentOwner = RentOwner.IMPORTER_GOVERNMENT

    def __post_init__(self) -> None:
        super().__post_init__()
        _rate("inside", self.inside)
        _rate("outside", self.outside)
        if self.inside > self.outside:
            raise RequestError(f"inside: {self.inside} is above the outside rate {self.outside}; swap them")
        size = _one_of(self, "a tariff-rate quota", "volume", "share_of_base")
        _positive("quota", size, "use Embargo to stop trade, or TariffChange for the outside rate alone")
        object.__setattr__(self, "owner", RentOwner(self.owner))


@dataclass(frozen=True, kw_only=True)
class ProductivityChange(Part):
    """Output per bundle of inputs times ``factor``, so that unit cost is divided by it; None means all."""

    factor: float
    actors: tuple[str, ...] | None = None
    sectors: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        _names(self, "actors", "sectors")
        _positive("productivity", self.factor, "1.02 is two per cent more")


@dataclass(frozen=True)
class DeficitChange(Part):
    """New deficits by actor (imports less exports), MUSD/yr; the others keep theirs, and the world's sum to zero.

    World value added is the numeraire: a level stays the same share of it.
    """

    levels: tuple[tuple[str, float], ...]

    def __post_init__(self) -> None:
        pairs = self.levels.items() if isinstance(self.levels, Mapping) else self.levels
        object.__setattr__(self, "levels", tuple((str(actor), float(level)) for actor, level in pairs))
        for actor, level in self.levels:
            if not math.isfinite(level):
                raise RequestError(f"deficit: {level} of {actor} is not a number; money is in MUSD/yr")


@dataclass(frozen=True, eq=False, kw_only=True)
class ArrayChange(Part):
    """New tariffs and iceberg ratios cell by cell, [J, importer, exporter]; None leaves them. Equal by content."""

    tariff: npt.NDArray[np.float64] | None = None
    iceberg: npt.NDArray[np.float64] | None = None

    def __post_init__(self) -> None:
        for field in fields(self):
            if (value := getattr(self, field.name)) is not None:
                frozen = np.array(value, dtype=float, order="C")
                frozen.setflags(write=False)
                object.__setattr__(self, field.name, frozen)

    def _content(self) -> tuple[bytes | None, ...]:
        return tuple(a if a is None else a.tobytes() for a in (self.tariff, self.iceberg))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ArrayChange) and self._content() == other._content()

    def __hash__(self) -> int:
        return hash(self._content())
