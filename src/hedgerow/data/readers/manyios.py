"""Reader for informal intergovernmental organisations (Vabulas and Snidal, in the R package manyios)."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from hedgerow.data.raw import raw_file


def read_informal_organisations(folder: Path) -> pd.DataFrame:
    """Columns ``country`` (name as written), ``organisation``, ``title``, ``begin``, ``end`` (missing: goes on)."""
    rows = pd.read_csv(raw_file(folder, "informal_igo_memberships_IIGO.csv"), keep_default_na=False)
    years = (
        rows[["Begin", "End"]].apply(lambda c: pd.to_numeric(c.astype("str").str[:4], errors="coerce")).astype("Int64")
    )
    return pd.DataFrame(
        {
            "country": rows["StateName"].str.strip(),
            "organisation": rows["igoID"],
            "title": rows["Title"],
            "begin": years["Begin"],
            "end": years["End"],
        }
    )
