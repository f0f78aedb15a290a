"""Reader for bilateral goods totals of 2023 (CEPII BACI, aggregated over products)."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from hedgerow.data.raw import raw_file
from hedgerow.errors import DataError


def read_baci_2023(folder: Path) -> pd.Series:
    """Goods trade in MUSD, free on board, by exporter and importer (ISO-3); 194 economies, Taiwan is absent.

    Raises:
        DataError: the file is absent, or a pair stands in it twice.
    """
    path = raw_file(folder, "bilateral_goods_trade_2023.csv.gz")
    rows = pd.read_csv(path, keep_default_na=False).set_index(["exporter", "importer"])
    if rows.index.has_duplicates:
        raise DataError(f"raw file {path.name} holds a pair of economies twice")
    return rows["value_kusd"].astype(float) / 1e3
