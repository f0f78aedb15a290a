"""A layer: one declared variable with its values and its origin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import xarray as xr

from hedgerow.provenance import Origin
from hedgerow.world.variables import LABELS_OF, Variable, variables


@dataclass(frozen=True)
class Layer:
    """One declared variable with its values and its origin."""

    variable: Variable
    values: xr.DataArray
    origin: Origin


def layer(name: str, values: npt.ArrayLike, labels: Mapping[str, tuple[str, ...]], origin: Origin) -> Layer:
    """A layer from a bare array.

    Args:
        name: a variable of ``variables.toml``.
        values: in the declared order of dimensions.
        labels: the world's labels for ``actor`` and ``sector``.
        origin: where the numbers came from.
    """
    variable = variables()[name]
    coords = {dim: list(labels[LABELS_OF.get(dim, dim)]) for dim in variable.dims}
    return Layer(variable, xr.DataArray(np.asarray(values), dims=variable.dims, coords=coords), origin)
