"""Trade elasticities of sectors from published elasticities of products."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from hedgerow.world.concordances import SERVICES_ELASTICITY

Array = npt.NDArray[np.float64]


def elasticities(
    epsilon: pd.Series, weights: pd.Series, products: Iterable[tuple[str, ...]]
) -> tuple[Array, npt.NDArray[np.bool_]]:
    """Trade elasticity by sector and where it is assumed.

    The published tariff elasticity of a GTAP product is minus its elasticity of substitution (Fontagné,
    Guimbard and Orefice, Data in Brief 45, 2022, 108668), so ``theta = |epsilon| - 1``. A sector takes the mean
    of its products weighted by US imports of 2024; products without an estimate are left out. Services have
    none: their value is assumed.

    Args:
        epsilon: tariff elasticity by GTAP product, negative.
        weights: US imports by GTAP product.
        products: GTAP products of each sector, in the order of the sectors; none for a service.
    """
    theta = epsilon.abs() - 1.0
    values, assumed = [], []
    for inside in products:
        codes = [code for code in inside if code in theta.index and code in weights.index]
        assumed.append(not codes)
        mean = np.average(theta[codes], weights=weights[codes]) if codes else SERVICES_ELASTICITY
        values.append(round(float(mean), 4))
    return np.array(values), np.array(assumed)
