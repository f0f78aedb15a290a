"""Production of the composite world: input-output coefficients, final shares and value added by sector."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from hedgerow.data.readers.icio2020params import IcioShares
from hedgerow.data.readers.iots2018 import read_value_added_2018
from hedgerow.world.composite.classifications import ICIO, POSITION, membership
from hedgerow.world.composite.labels import Labels
from hedgerow.world.composite.wiod import Technology

Array = npt.NDArray[np.float64]

LEAST_SHARE_FOR_OUTPUT: Final = 0.08
"""Value-added shares of 2020 below this do not tell output from value added of 2018."""
LEAST_VALUE_ADDED: Final = 1e-5
"""Share of GDP that every sector is given, so that none is empty."""
MOST_INPUTS: Final = 0.95
"""Largest share of inputs in output in the prior."""
COVID: Final = ("mining-fuels", "distribution", "local")
"""Sectors whose year 2020 tells little about any other: fuels, transport, hotels, arts."""
BLEND: Final = 0.5
"""Weight of WIOD 2011 against ICIO 2020 in those sectors, for economies that WIOD has."""


def production(icio: IcioShares, value_added_folder: Path, labels: Labels) -> tuple[Technology, Array]:
    """Technology of 2020 and the value-added split of 2018, [actor, sector], shares of GDP.

    The 45 sectors of the source are added up with output as weights: value added of 2018 over its share of 2020.
    Economies without value added of 2018 (nine and the rest of the world) get the sectors that a closed economy of
    their own coefficients and final demand would have.
    """
    keep = [icio.codes.index(c) for c in labels.codes]
    coefficients, final = icio.coefficients[keep], icio.final_share[keep]
    share = icio.value_added_share[keep]
    published = read_value_added_2018(value_added_folder).reindex(columns=list(icio.old_sectors)).fillna(0.0)
    added = np.maximum(published.reindex(list(labels.codes)).to_numpy(dtype=float), 0.0)
    output = added / np.maximum(share, LEAST_SHARE_FOR_OUTPUT)
    for k in np.flatnonzero(np.isnan(added).any(axis=1)):
        output[k] = np.maximum(np.linalg.solve(np.eye(len(share[k])) - coefficients[k], final[k]), 0.0)
        added[k] = share[k] * output[k]
    into = membership(icio.sectors, ICIO)
    weights = output + 1e-9 * output.sum(axis=1, keepdims=True)
    used = np.einsum("nij,nj,is,jt->nst", coefficients, weights, into, into, optimize=True)
    grouped = Technology(used / (weights @ into)[:, None, :], _shares(final @ into))
    return grouped, _shares(np.maximum(_shares(added @ into), LEAST_VALUE_ADDED))


def blended(recent: Technology, older: Technology, member: npt.NDArray[np.bool_]) -> Technology:
    """Half older, half recent in the sectors that Covid distorted, for economies the older table has."""
    coefficients, final = recent.coefficients.copy(), recent.final_share.copy()
    for sector in (POSITION[s] for s in COVID):
        coefficients[member, :, sector] = (
            (1.0 - BLEND) * coefficients[member, :, sector] + BLEND * older.coefficients[member, :, sector]
        )  # fmt: skip
        final[member, sector] = (1.0 - BLEND) * final[member, sector] + BLEND * older.final_share[member, sector]
    return within_limits(Technology(coefficients, _shares(final)))


def within_limits(tech: Technology) -> Technology:
    """Inputs scaled down where they would leave less than 5 % of output to value added."""
    inputs = tech.coefficients.sum(axis=1)
    scale = np.minimum(1.0, MOST_INPUTS / np.maximum(inputs, 1e-9))
    return Technology(tech.coefficients * scale[:, None, :], tech.final_share)


def _shares(values: Array) -> Array:
    return np.asarray(values / values.sum(axis=-1, keepdims=True))
