"""Readers for bilateral goods exports every four years to 2016 (UN Comtrade, from the R package penppml)."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from hedgerow.data.raw import raw_file

_FILE = "penppml_bilateral_exports_and_wb_dta_agreements_1964_2016.csv.gz"


def read_exports_2016(folder: Path) -> pd.Series:
    """Goods exports of 2016 in MUSD by exporter and importer (ISO-3); Taiwan is present."""
    rows = pd.read_csv(raw_file(folder, _FILE), usecols=["exp", "imp", "year", "export_usd"], keep_default_na=False)
    rows = rows[rows["year"] == 2016]
    exports: pd.Series = pd.to_numeric(rows["export_usd"]).groupby([rows["exp"], rows["imp"]]).sum() / 1e6
    return exports.rename_axis(["exporter", "importer"])


def read_exports_by_year(folder: Path) -> pd.DataFrame:
    """Columns ``exporter``, ``importer`` (codes of Comtrade), ``year`` (each fourth), ``value`` (MUSD), ``agreement``.

    ``agreement`` is 1 where one of the World Bank's list was in force. Zeros are kept as the file has them.
    """
    columns = ["exp", "imp", "year", "export_usd", "wb_dta_id"]
    rows = pd.read_csv(raw_file(folder, _FILE), usecols=columns, keep_default_na=False)
    value = pd.to_numeric(rows["export_usd"]) / 1e6
    agreement = (pd.to_numeric(rows["wb_dta_id"]) > 0).astype(int)
    told = rows.assign(exporter=rows["exp"], importer=rows["imp"], value=value, agreement=agreement)
    return told[["exporter", "importer", "year", "value", "agreement"]]
