"""The schema of worlds: reads ``variables.toml`` and holds layers to it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import xarray as xr

from hedgerow.errors import SchemaError

LABELS_OF = {"exporter": "actor", "importer": "actor", "input": "sector"}
"""Dimensions that borrow another's labels."""


@dataclass(frozen=True)
class Variable:
    """Declaration of one layer."""

    name: str
    dims: tuple[str, ...]
    unit: str
    meaning: str
    dtype: str = "float64"
    minimum: float = -np.inf
    maximum: float = np.inf
    exclusive_minimum: bool = False


@cache
def variables() -> Mapping[str, Variable]:
    """Every declared variable by name."""
    text = (files("hedgerow.world") / "variables.toml").read_text(encoding="utf-8")
    return {
        name: Variable(name=name, **{**entry, "dims": tuple(entry["dims"])})
        for name, entry in tomllib.loads(text).items()
    }


def validated(variable: Variable, values: xr.DataArray, labels: Mapping[str, tuple[str, ...]]) -> xr.DataArray:
    """A read-only copy of ``values`` in the declared order, type and range.

    Args:
        variable: the declaration.
        values: labelled array; its dimensions may come in any order, its labels may not.
        labels: the world's own labels for ``actor`` and ``sector``.

    Raises:
        SchemaError: dimensions, labels, missing values or range are not as declared.
    """
    if set(values.dims) != set(variable.dims):
        raise SchemaError(f"{variable.name}: has dimensions {values.dims}, declared are {variable.dims}")
    for dim in variable.dims:
        expected = labels[LABELS_OF.get(dim, dim)]
        if dim not in values.coords or tuple(values[dim].values) != expected:
            raise SchemaError(
                f"{variable.name}: labels of {dim!r} are not the world's {LABELS_OF.get(dim, dim)} labels; "
                "put them in the world's order"
            )
    ordered = values.transpose(*variable.dims)
    if ordered.values.dtype.kind == "f" and not np.isfinite(ordered.values).all():
        missing = int((~np.isfinite(ordered.values)).sum())
        raise SchemaError(f"{variable.name}: {missing} values are missing or infinite")
    array = np.array(ordered.values, dtype=variable.dtype)
    _check_range(variable, array)
    array.setflags(write=False)
    return xr.DataArray(
        array,
        dims=variable.dims,
        coords={dim: list(labels[LABELS_OF.get(dim, dim)]) for dim in variable.dims},
        name=variable.name,
        attrs={"units": variable.unit, "long_name": variable.meaning},
    )


def _check_range(variable: Variable, array: np.ndarray) -> None:
    too_low = (array <= variable.minimum) if variable.exclusive_minimum else (array < variable.minimum)
    if too_low.any() or (array > variable.maximum).any():
        raise SchemaError(
            f"{variable.name}: values from {array.min():g} to {array.max():g} leave the declared range "
            f"{variable.minimum:g} to {variable.maximum:g} {variable.unit}"
        )
