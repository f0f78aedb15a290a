"""Reader for shares derived from the OECD Inter-Country Input-Output tables, 2023 edition, year 2020."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from hedgerow.data.raw import raw_file
from hedgerow.errors import DataError

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class IcioShares:
    """Input-output, value-added and final-demand shares of 76 economies and the rest of the world, 45 sectors."""

    codes: tuple[str, ...]
    """ISO-3 in the publisher's order, the rest of the world last."""
    sectors: tuple[str, ...]
    """Sector codes of the 2023 edition."""
    old_sectors: tuple[str, ...]
    """The same sectors in the codes of the 2021 edition."""
    coefficients: Array
    """[actor, input, sector] input from all origins per unit of output."""
    value_added_share: Array
    """[actor, sector] value added per unit of output; zero where the source was negative or empty."""
    final_share: Array
    """[actor, sector] share of final demand; sums to 1."""
    deficit: Array
    """[actor] imports less exports of goods and services, MUSD/yr; sums to zero."""


def read_icio2020(folder: Path) -> IcioShares:
    """The shares of all economies.

    Raises:
        DataError: a file is absent, or shares do not add up to one as the provenance note says they do.
    """
    codes = tuple(pd.read_csv(raw_file(folder, "countries.csv"), keep_default_na=False)["iso3"])
    listed = pd.read_csv(raw_file(folder, "sectors.csv"))
    sectors = tuple(listed["sector"])
    rows = pd.read_csv(raw_file(folder, "io_coefficients.csv.gz"))
    coefficients = np.zeros((len(codes), len(sectors), len(sectors)))
    position = {s: k for k, s in enumerate(sectors)}
    actor = {c: k for k, c in enumerate(codes)}
    coefficients[rows["country"].map(actor), rows["input_sector"].map(position), rows["using_sector"].map(position)] = (
        rows["coef"]
    )

    def shares(name: str) -> Array:
        table = pd.read_csv(raw_file(folder, name)).set_index("country")
        return table.loc[list(codes), list(sectors)].to_numpy(dtype=float)

    value_added = shares("value_added_share.csv")
    uses = coefficients.sum(axis=1) + value_added
    if np.abs(uses[uses > 0] - 1.0).max() > 1e-9:
        raise DataError(
            f"raw file {folder.name}/io_coefficients.csv.gz: inputs and value added do not add up to output"
        )
    deficit = pd.read_csv(raw_file(folder, "trade_deficit.csv")).set_index("country")["deficit_musd"]
    return IcioShares(
        codes=codes,
        sectors=sectors,
        old_sectors=tuple(listed["old_code_2021ed"]),
        coefficients=coefficients,
        value_added_share=value_added,
        final_share=shares("final_demand_share.csv"),
        deficit=deficit.reindex(list(codes)).fillna(0.0).to_numpy(dtype=float),
    )
