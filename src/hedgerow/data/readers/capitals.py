"""Reader for the coordinates of capitals (Correlates of War states, compiled by S. Miller)."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from hedgerow.data.raw import raw_file


def read_capitals(folder: Path) -> pd.DataFrame:
    """Latitude ``lat`` and longitude ``lng`` in degrees by the state's English name; the latest capital of each."""
    rows = pd.read_csv(raw_file(folder, "cow_capitals.csv"), keep_default_na=False)
    latest = rows.sort_values("enddate", kind="stable").groupby("statenme").last()
    return latest[["lat", "lng"]].astype(float)
