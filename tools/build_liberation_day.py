"""Rewrite ``data/embedded/us-liberation-day.csv``: the American tariffs announced on 2 April 2025, by economy.

Run with the folder of raw files: ``python tools/build_liberation_day.py ../shared/data``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from hedgerow.data.raw import raw_file
from hedgerow.world.io import embedded_path, write_manifest


def table(raw: Path) -> pd.DataFrame:
    """Rate as a fraction and US goods imports of 2023 in MUSD, by ISO-3 code; imports absent for Taiwan."""
    folder = raw / "economy" / "baci-2023-liberation-day"
    rates = pd.read_csv(raw_file(folder, "countries_gdp_us_tariff.csv"), keep_default_na=False)
    announced = rates.set_index("iso3")["us_liberation_day_tariff"].astype(float).drop("USA")
    formula = pd.read_csv(raw_file(folder, "ustr_formula_tariffs_2025_04_02.csv")).set_index("CountryName")
    taiwan = pd.Series({"TWN": formula["applied_tariff"].loc["Taiwan"]})
    announced = pd.concat([announced, taiwan])
    trade = pd.read_csv(raw_file(folder, "bilateral_goods_trade_2023.csv.gz"), keep_default_na=False)
    bought = trade[trade["importer"] == "USA"].set_index("exporter")["value_kusd"] / 1e3
    found = pd.DataFrame({"rate": announced, "us_imports_musd": bought.round(3)}).dropna(subset=["rate"]).sort_index()
    return found.rename_axis("iso3").reset_index()


if __name__ == "__main__":
    target = embedded_path() / "us-liberation-day.csv"
    table(Path(sys.argv[1])).to_csv(target, index=False, lineterminator="\n")
    write_manifest(embedded_path())
