"""Policies: changes in an order, and what they do to the arrays of an economy."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from hedgerow.errors import RequestError, UnbalancedError, UnknownNameError
from hedgerow.trade.changes import (
    ArrayChange,
    Change,
    DeficitChange,
    Embargo,
    ExportTaxChange,
    IcebergChange,
    NonTariffChange,
    Part,
    ProductivityChange,
    RentOwner,
    TariffChange,
    TariffRateQuota,
)
from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.equations import Kernel, trade_cost_factor

__all__ = [
    "Applied",
    "ArrayChange",
    "Change",
    "DeficitChange",
    "DeficitRule",
    "Embargo",
    "ExportTaxChange",
    "IcebergChange",
    "NonTariffChange",
    "Part",
    "Policy",
    "ProductivityChange",
    "RentOwner",
    "TariffChange",
    "TariffRateQuota",
    "apply",
]

Axis = slice | npt.NDArray[np.intp]


class DeficitRule(StrEnum):
    """What happens to trade deficits."""

    FIXED = "fixed"
    """They stay what they are, in shares of world value added."""
    OWN_SHARE = "own_share"
    """They move with the actor's own value added; the world's sum is returned in proportion to value added."""
    ZERO = "zero"
    """They are closed first; effects are measured from the world without deficits."""


_RULES = tuple(DeficitRule)
"""In the order of precedence when policies are added: the last one wins."""


@dataclass(frozen=True)
class Policy:
    """Changes in the order in which they apply, and the rule for deficits. ``Policy()`` changes nothing.

    ``a + b`` applies ``a`` first. Deficits are closed if either part closes them, else an own-share rule prevails.
    """

    parts: tuple[Part, ...] = ()
    deficits: DeficitRule = DeficitRule.FIXED
    label: str = field(default="", compare=False)
    """How messages name it."""

    def __post_init__(self) -> None:
        try:
            object.__setattr__(self, "deficits", DeficitRule(self.deficits))  # plain text would pass every `is` below
        except ValueError:
            raise RequestError(f"deficits: {self.deficits!r} is none of {', '.join(DeficitRule)}") from None

    def __add__(self, other: Policy | Part) -> Policy:
        if isinstance(other, Part):
            return replace(self, parts=(*self.parts, other))
        return Policy(
            parts=self.parts + other.parts,
            deficits=max(self.deficits, other.deficits, key=_RULES.index),
            label=" + ".join(filter(None, (self.label, other.label))),
        )

    @property
    def quotas(self) -> tuple[TariffRateQuota, ...]:
        """Its tariff-rate quotas, in their order."""
        return tuple(part for part in self.parts if isinstance(part, TariffRateQuota))

    @classmethod
    def from_arrays(
        cls,
        economy: Economy,
        *,
        tariff: npt.ArrayLike | None = None,
        iceberg: npt.ArrayLike | None = None,
        deficit: npt.ArrayLike | None = None,
    ) -> Policy:
        """A policy from bare arrays in the economy's order of labels; what is omitted stays as it is.

        Args:
            economy: gives the labels and shapes.
            tariff: [exporter, importer, sector] new rates, fractions; the diagonal is domestic and stays.
            iceberg: [exporter, importer, sector] cost after over before; infinity stops trade.
            deficit: [actor] new imports less exports, in the money of the economy; sums to zero.

        Raises:
            RequestError: a wrong shape or an impossible value; the message names the cell.
            UnbalancedError: deficits do not sum to zero.
        """
        parts: list[Part] = []
        if tariff is not None or iceberg is not None:
            given = (None if a is None else _cube(economy, n, a) for n, a in (("tariff", tariff), ("iceberg", iceberg)))
            parts.append(ArrayChange(**dict(zip(("tariff", "iceberg"), given, strict=True))))
        if deficit is not None:
            levels = np.asarray(deficit, dtype=float)
            if levels.shape != (len(economy.actors),):
                raise RequestError(f"deficit: has shape {levels.shape}, the economy has {len(economy.actors)} actors")
            parts.append(DeficitChange(tuple(zip(economy.actors, levels.tolist(), strict=True))))
        policy = cls(tuple(parts))
        if parts:
            apply(economy, policy)
        return policy


class Applied(NamedTuple):
    """A policy in the arrays of one economy, [J, importer, exporter]; the economy's own where nothing changes."""

    kernel: Kernel
    """Without the scenario axis."""
    tariff: Array
    """New rates."""
    export_tax: Array | None
    """New rates on the seller's price; None where there is none."""
    iceberg: Array | None
    """Cost after over before; None where there is no change. Not kept up inside embargoes."""


def apply(economy: Economy, policy: Policy, quota_rates: Sequence[float] | None = None) -> Applied:
    """Copy the base kernel and change only the cells that the policy reaches.

    Args:
        economy: the base.
        policy: what changes.
        quota_rates: the tariff in force under each tariff-rate quota; its inside rate when omitted.

    Raises:
        UnknownNameError: a label that the economy does not have.
        RequestError: a tariff that would leave (-100 %, 1000 %]; two quotas on the same flow.
        UnbalancedError: deficits that do not sum to zero.
    """
    draft = _Draft(economy, copies=any(not isinstance(p, DeficitChange | ProductivityChange) for p in policy.parts))
    for part in policy.parts:
        draft.take(part)
    quotas = policy.quotas
    if len(quotas) > 1:
        _refuse_overlap(economy, quotas)
    for quota, rate in zip(quotas, [q.inside for q in quotas] if quota_rates is None else quota_rates, strict=True):
        draft.set_tariff(
            TariffChange(
                exporters=quota.exporters, importers=quota.importers, sectors=quota.sectors, set_to=float(rate)
            )
        )
    if abs(draft.deficit.sum()) > 1e-9:
        raise UnbalancedError(
            f"deficit: the world's sum to {draft.deficit.sum() * economy.world_value_added:.6g}, not to zero; "
            "what one actor borrows another lends"
        )
    sold = None if draft.export_tax is None else draft.imports / (1 + draft.export_tax)
    deficit, own_share = draft.deficit, None
    if policy.deficits is DeficitRule.OWN_SHARE:
        deficit, own_share = np.zeros_like(deficit), deficit / economy.value_added
    kernel = Kernel(draft.purchases, draft.imports, economy.border_home, deficit, own_share, sold, draft.productivity)
    return Applied(kernel, draft.tariff, draft.export_tax, draft.iceberg)


class _Draft:
    """Arrays under construction."""

    def __init__(self, economy: Economy, *, copies: bool) -> None:
        self.economy = economy
        self.purchases = economy.trade_share.copy() if copies else economy.trade_share
        self.imports = economy.border_imports.copy() if copies else economy.border_imports
        self.tariff, self.deficit = economy.tariff, economy.deficit
        self.export_tax: Array | None = None
        self.iceberg: Array | None = None
        self.productivity: Array | None = None

    def take(self, part: Part) -> None:
        """Apply one part; quotas wait until the end."""
        if isinstance(part, TariffChange):
            self.set_tariff(part)
        elif isinstance(part, IcebergChange | NonTariffChange):
            index, foreign = cells(self.economy, part)
            if self.iceberg is None:
                self.iceberg = np.ones_like(self.tariff)
            factor = np.where(foreign, part.factor, 1.0)
            self.iceberg[index] *= factor
            self._scale(index, self._response(index, factor), 1.0)
        elif isinstance(part, ExportTaxChange):
            self._set_export_tax(part)
        elif isinstance(part, Embargo):
            index, foreign = cells(self.economy, part)
            self._scale(index, np.where(foreign, 0.0, 1.0), 1.0)
        elif isinstance(part, ProductivityChange):
            if self.productivity is None:
                self.productivity = np.zeros_like(self.economy.expenditure)
            index = grid(
                axis("sector", part.sectors, self.economy.sectors), axis("actor", part.actors, self.economy.actors)
            )
            self.productivity[index] += np.log(part.factor)
        elif isinstance(part, DeficitChange):
            self.deficit = self.deficit.copy()
            for actor, level in part.levels:
                place = positions("actor", (actor,), self.economy.actors)
                self.deficit[place] = level / self.economy.world_value_added
        elif isinstance(part, ArrayChange):
            self._take_arrays(part)

    def set_tariff(self, part: TariffChange) -> None:
        """New rates on a block."""
        index, foreign = cells(self.economy, part)
        if self.tariff is self.economy.tariff:
            self.tariff = self.tariff.copy()
        old = self.tariff[index]
        rate = np.where(foreign, part.rate(old), old)
        self._check_rate("tariff", index, rate)
        factor = (1 + rate) / (1 + old)
        self._scale(index, self._response(index, factor), factor)
        self.tariff[index] = rate

    def _set_export_tax(self, part: ExportTaxChange) -> None:
        index, foreign = cells(self.economy, part)
        if self.export_tax is None:
            self.export_tax = np.zeros_like(self.tariff)
        old = self.export_tax[index]
        rate = np.where(foreign, part.rate(old), old)
        self._check_rate("export tax", index, rate)
        self._scale(index, self._response(index, (1 + rate) / (1 + old)), 1.0)
        self.export_tax[index] = rate

    def _take_arrays(self, part: ArrayChange) -> None:
        factor, border = np.ones_like(self.tariff), np.ones_like(self.tariff)
        if part.tariff is not None:
            factor = border = (1 + part.tariff) / (1 + self.tariff)
            self.tariff = part.tariff.copy()
        if part.iceberg is not None:
            factor = factor * part.iceberg
            self.iceberg = part.iceberg * (1.0 if self.iceberg is None else self.iceberg)
        index = np.nonzero((factor != 1) | (border != 1))
        self._scale(index, self._response(index, factor[index]), border[index])

    def _response(self, index: Any, cost_hat: Array) -> Array:
        theta = self.economy.trade_elasticity[index[0]]
        return np.asarray(trade_cost_factor(cost_hat, theta[:, None, None] if isinstance(index[0], slice) else theta))

    def _scale(self, index: Any, response: Array | float, factor: Array | float) -> None:
        """Purchases move by the response; what crosses the border of them also shrinks by the tariff factor."""
        self.purchases[index] *= response
        self.imports[index] *= response / factor

    def _check_rate(self, kind: str, index: Any, rate: Array) -> None:
        if not rate.size or rate.min() > -1:
            return
        full = np.zeros_like(self.tariff)
        full[index] = rate
        j, n, i = np.unravel_index(int(full.argmin()), full.shape)
        names = self.economy
        raise RequestError(
            f"{kind}: {rate.min():g} on {names.sectors[j]} from {names.actors[i]} to {names.actors[n]} "
            "leaves no price; a rate stays above -1 (0.25 is 25 %)"
        )


def cells(economy: Economy, part: Change) -> tuple[Any, npt.NDArray[np.bool_]]:
    """Index of the reached block of ``[J, importer, exporter]`` and, inside it, which pairs cross a border."""
    importers = axis("importer", part.importers, economy.actors)
    exporters = axis("exporter", part.exporters, economy.actors)
    place = np.arange(len(economy.actors))
    foreign = place[importers][:, None] != place[exporters]
    return grid(axis("sector", part.sectors, economy.sectors), importers, exporters), foreign


def grid(*axes: Axis) -> Any:
    """An index of a block: views where every axis is a range, positions where one is not."""
    if all(isinstance(one, slice) for one in axes):
        return axes
    return np.ix_(*(np.arange(one.start, one.stop) if isinstance(one, slice) else one for one in axes))


def axis(kind: str, wanted: tuple[str, ...] | None, labels: Sequence[str]) -> Axis:
    """Where labels stand: a slice where they are neighbours in order, else positions."""
    if wanted is None:
        return slice(0, len(labels))
    place = positions(kind, wanted, labels)
    if len(place) and (np.diff(place) == 1).all():
        return slice(int(place[0]), int(place[-1]) + 1)
    return np.unique(place)


def positions(kind: str, wanted: tuple[str, ...], labels: Sequence[str]) -> npt.NDArray[np.intp]:
    """Positions of labels, in the order wanted."""
    unknown = [label for label in wanted if label not in labels]
    if unknown:
        close = difflib.get_close_matches(unknown[0], labels, n=1, cutoff=0.0)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        raise UnknownNameError(f"{kind} {unknown[0]!r} is not in this economy{hint}")
    return np.array([labels.index(label) for label in wanted], dtype=np.intp)


def _refuse_overlap(economy: Economy, quotas: Sequence[TariffRateQuota]) -> None:
    covered = np.zeros(economy.tariff.shape, dtype=int)
    for quota in quotas:
        index, foreign = cells(economy, quota)
        covered[index] += foreign
    if covered.max() > 1:
        j, n, i = np.unravel_index(int(covered.argmax()), covered.shape)
        raise RequestError(
            f"quota: two cover {economy.sectors[j]} from {economy.actors[i]} to {economy.actors[n]}; make them one"
        )


def _cube(economy: Economy, name: str, values: npt.ArrayLike) -> Array:
    """[exporter, importer, sector] to [J, importer, exporter], checked."""
    cube = np.asarray(values, dtype=float)
    wanted = (len(economy.actors), len(economy.actors), len(economy.sectors))
    if cube.shape != wanted:
        raise RequestError(f"{name}: has shape {cube.shape}, the economy needs {wanted}: exporter, importer, sector")
    lowest = -1.0 if name == "tariff" else 0.0
    wrong = ~(cube > lowest) if name == "iceberg" else ~(np.isfinite(cube) & (cube > lowest))
    inside = np.ascontiguousarray(cube.transpose(2, 1, 0))
    kept = economy.tariff if name == "tariff" else np.ones_like(economy.tariff)
    home = np.broadcast_to(np.eye(len(economy.actors), dtype=bool), inside.shape)
    complaints = (
        (wrong.transpose(2, 1, 0), f"is not a number above {lowest:g}"),
        (home & (inside != kept), "is domestic"),
    )
    for mask, complaint in complaints:
        if mask.any():
            j, n, i = np.argwhere(mask)[0]
            raise RequestError(
                f"{name}: {inside[j, n, i]:g} on {economy.sectors[j]} from {economy.actors[i]} to {economy.actors[n]} "
                f"{complaint}"
            )
    return inside
