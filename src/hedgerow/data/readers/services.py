"""Reader for bilateral trade in total services, 2000-2019 (OECD, EBOPS 2010)."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pandas as pd

from hedgerow.data.raw import raw_file


def read_services(folder: Path, *, side: Literal["exports", "imports"], years: tuple[int, int]) -> pd.Series:
    """The last figure of each reporter and partner within ``years`` (both included), MUSD/yr.

    Partners hold aggregates such as ``WLD`` beside countries; the caller keeps the labels it knows.
    """
    rows = pd.read_csv(raw_file(folder, f"services_{side}_2000-2019_total_services.csv.gz"), keep_default_na=False)
    rows["value_musd"] = pd.to_numeric(rows["value_musd"], errors="coerce")
    rows = rows[rows["Year"].between(*years)].dropna(subset=["value_musd"])
    last: pd.Series = rows.sort_values("Year", kind="stable").groupby(["reporter", "partner"])["value_musd"].last()
    return last
