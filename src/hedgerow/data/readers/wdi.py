"""Reader for World Bank population (SP.POP.TOTL)."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from hedgerow.data.raw import raw_file


def read_population(folder: Path, *, year: int) -> pd.Series:
    """Persons by ISO-3 code; ``WLD`` is the world. Taiwan is not among the World Bank's economies."""
    path = raw_file(folder, "worldbank_population.csv")
    table = pd.read_csv(path)
    return table[table["Year"] == year].set_index("Country Code")["Value"].astype(float)
