"""Reader for effectively applied tariffs of 2023 between ten regions (World Bank WITS)."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from hedgerow.data.raw import raw_file


def read_wits2023(folder: Path) -> pd.Series:
    """Trade-weighted applied tariffs as fractions, by importer, exporter (the publisher's names) and product group."""
    rows = pd.read_csv(raw_file(folder, "wits_ahs_weighted_2023_10regions_9sectors.csv"))
    named = pd.DataFrame(
        {
            "importer": rows["Reporter Name"].str.split(" ---").str[0].str.strip(),
            "exporter": rows["Partner Name"].str.split(" ---").str[0].str.strip(),
            "group": rows["Product"],
            "rate": rows["Weighted Average"] / 100.0,
        }
    ).dropna()
    mean: pd.Series = named.groupby(["importer", "exporter", "group"])["rate"].mean()
    return mean
