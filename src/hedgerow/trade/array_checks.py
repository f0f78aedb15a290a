"""Bare arrays from outside: shapes, impossible values and shares that do not add up, each refused by its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from hedgerow.errors import NoSupplierError, RequestError, UnbalancedError

__all__ = ["Checked", "checked"]

Array = npt.NDArray[np.float64]

ADDS_UP = 1e-6
"""Largest gap of a sum of shares to what it should be; smaller ones are scaled away."""
_ORDER: Mapping[str, tuple[str, ...]] = {
    "trade_share": ("exporter", "importer", "sector"),
    "expenditure": ("importer", "sector"),
    "tariff": ("exporter", "importer", "sector"),
    "input_share": ("input", "sector", "actor"),
    "value_added_share": ("actor", "sector"),
    "final_share": ("actor", "sector"),
    "trade_elasticity": ("sector",),
    "value_added": ("actor",),
    "deficit": ("actor",),
}
_POSITIVE = ("trade_elasticity", "value_added")
_FREE = ("tariff", "deficit")


class Checked(NamedTuple):
    """The same numbers, sector first; expenditure, value added and deficit in shares of world value added."""

    trade_share: Array
    tariff: Array
    input_share: Array
    value_added_share: Array
    final_share: Array
    trade_elasticity: Array
    value_added: Array
    deficit: Array
    expenditure: Array
    world_value_added: float


def checked(given: Mapping[str, npt.ArrayLike], actors: Sequence[str], sectors: Sequence[str]) -> Checked:
    """Refuse what cannot be an economy.

    Args:
        given: arrays by name, in the order of dimensions that ``Economy.from_arrays`` states.
        actors: labels.
        sectors: labels.

    Raises:
        RequestError: a wrong shape, NaN, a negative share, a tariff of -100 % or less, shares that do not add up.
        NoSupplierError: demand that nobody supplies.
        UnbalancedError: deficits of the world do not sum to zero.
    """
    for kind, labels in (("actors", actors), ("sectors", sectors)):
        if not labels or len(set(labels)) < len(labels):
            raise RequestError(f"{kind}: labels must be there and differ")
    found = {name: _array(name, given[name], actors, sectors) for name in _ORDER}
    trade = found["trade_share"].transpose(2, 1, 0)
    final, added = found["final_share"].T, found["value_added_share"].T
    inputs = found["input_share"].transpose(2, 0, 1)
    spent = found["expenditure"].T
    output = np.einsum("jni,jn->ji", trade / (1 + found["tariff"].transpose(2, 1, 0)), spent)
    used = np.einsum("nkj,jn->kn", inputs, output)
    _shares(trade.sum(axis=2), (spent > 0) | (final > 0) | (used > 0), actors, sectors)
    recipe = inputs.sum(axis=1).T + added
    _refuse(
        (np.abs(recipe - 1) > ADDS_UP) & (output > 0),
        recipe,
        "inputs and value added per unit of output sum to",
        actors,
        sectors,
    )
    _refuse((added <= 0) & (output > 0), added, "value added per unit of output is", actors, sectors)
    total = final.sum(axis=0)
    if (np.abs(total - 1) > ADDS_UP).any():
        actor = int(np.abs(total - 1).argmax())
        raise RequestError(f"final_share: sums to {total[actor]:.6g} over sectors in {actors[actor]}, not to 1")
    world, deficit = float(found["value_added"].sum()), found["deficit"]
    if abs(deficit.sum()) > ADDS_UP * world:
        raise UnbalancedError(
            f"deficit: the world's sum to {deficit.sum():.6g}, not to zero; what one actor borrows another lends"
        )
    demanded = trade.sum(axis=2)
    return Checked(
        trade_share=trade / np.where(demanded > 0, demanded, 1)[:, :, None],
        tariff=found["tariff"].transpose(2, 1, 0),
        input_share=inputs,
        value_added_share=1 - inputs.sum(axis=1).T,
        final_share=final / total,
        trade_elasticity=found["trade_elasticity"],
        value_added=found["value_added"] / world,
        deficit=(deficit - deficit.mean()) / world,
        expenditure=spent / world,
        world_value_added=world,
    )


def _array(name: str, values: npt.ArrayLike, actors: Sequence[str], sectors: Sequence[str]) -> Array:
    array = np.asarray(values, dtype=float)
    labels = [sectors if dim in ("sector", "input") else actors for dim in _ORDER[name]]
    if array.shape != (wanted := tuple(len(one) for one in labels)):
        raise RequestError(f"{name}: has shape {array.shape}, not {wanted}: {', '.join(_ORDER[name])}")
    if name in _POSITIVE:
        wrong, rule = ~((array > 0) & np.isfinite(array)), "must be a positive number"
    elif name == "tariff":
        wrong, rule = ~((array > -1) & np.isfinite(array)), "must be a number above -1; rates are fractions"
    elif name in _FREE:
        wrong, rule = ~np.isfinite(array), "must be a number"
    else:
        wrong, rule = ~((array >= 0) & np.isfinite(array)), "must be a number, zero or more"
    if wrong.any():
        cell = tuple(int(k) for k in np.argwhere(wrong)[0])
        where = ", ".join(f"{dim} {one[k]}" for dim, one, k in zip(_ORDER[name], labels, cell, strict=True))
        raise RequestError(f"{name}: {array[cell]:g} at {where} {rule}; {int(wrong.sum())} such cells")
    return array


def _shares(total: Array, demanded: npt.NDArray[np.bool_], actors: Sequence[str], sectors: Sequence[str]) -> None:
    stranded = demanded & (total <= 0)
    if stranded.any():
        sector, actor = np.argwhere(stranded)[0]
        raise NoSupplierError(
            f"trade_share: {actors[actor]} demands {sectors[sector]} and nobody supplies it; "
            f"{int(stranded.sum())} such cells"
        )
    _refuse(demanded & (np.abs(total - 1) > ADDS_UP), total, "trade shares sum to", actors, sectors)


def _refuse(
    wrong: npt.NDArray[np.bool_], size: Array, complaint: str, actors: Sequence[str], sectors: Sequence[str]
) -> None:
    if wrong.any():
        sector, actor = np.unravel_index(np.where(wrong, np.abs(size - 1), -1).argmax(), size.shape)
        raise RequestError(
            f"{actors[int(actor)]}, sector {sectors[int(sector)]}: {complaint} {size[sector, actor]:.6g}; "
            f"{int(wrong.sum())} cells are wrong"
        )
