"""Reader for bilateral goods exports every four years to 2016 (UN Comtrade, from the R package penppml)."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from hedgerow.data.raw import raw_file


def read_exports_2016(folder: Path) -> pd.Series:
    """Goods exports of 2016 in MUSD by exporter and importer (ISO-3); Taiwan is present."""
    path = raw_file(folder, "penppml_bilateral_exports_and_wb_dta_agreements_1964_2016.csv.gz")
    rows = pd.read_csv(path, usecols=["exp", "imp", "year", "export_usd"], keep_default_na=False)
    rows = rows[rows["year"] == 2016]
    exports: pd.Series = pd.to_numeric(rows["export_usd"]).groupby([rows["exp"], rows["imp"]]).sum() / 1e6
    return exports.rename_axis(["exporter", "importer"])
