"""Reader for value added by sector of 2018 from the OECD Input-Output Tables, 2021 edition."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from hedgerow.data.raw import raw_file


def read_value_added_2018(folder: Path) -> pd.DataFrame:
    """Value added at basic prices in MUSD: ISO-3 by sector code of the 2021 edition; absent cells are NaN."""
    rows = pd.read_csv(raw_file(folder, "value_added_2018.csv.gz"))
    return rows.pivot_table(index="iso3", columns="sector", values="value_added_musd_2018")
