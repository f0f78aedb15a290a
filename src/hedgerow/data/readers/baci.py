"""Reader for CEPII's BACI: bilateral goods trade by product, with the table of country codes beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pandas as pd

from hedgerow.data.readers.long_csv import long_csv
from hedgerow.data.readers.published import PublishedFlows
from hedgerow.errors import DataError

SECTOR: Final = "goods"
CODES: Final = "country_codes*.csv"
"""Name of the publisher's table of country codes, which lies beside the file of trade."""
TAIWAN: Final = {"S19": "TWN"}
"""BACI lists Taiwan as “Other Asia, not elsewhere specified”."""
_KUSD_IN_MUSD = 1e3


def read_baci(path: Path, year: int | None) -> PublishedFlows:
    """Goods trade between economies, added up over products, in MUSD free on board.

    The source holds no domestic sales.

    Args:
        path: a file such as ``BACI_HS22_Y2023_V202501.csv`` with columns t, i, j, k, v; the publisher's
            ``country_codes_V202501.csv`` lies in the same folder.
        year: of the rows to read; needed where the file holds several.

    Raises:
        DataError: a file is absent or not in this format; the message names the column, line or code.
        RequestError: the year is not in the file.
    """
    trade, chosen = long_csv(path).require("t", "i", "j", "k", "v").filled("i", "j").numbers("v").of_year("t", year)
    flows = trade.unique("i", "j", "k").totals(("i", "j"), "v")
    names = _codes(path)
    for column in ("i", "j"):
        unknown = sorted(set(flows[column]) - set(names))
        if unknown:
            raise DataError(f"{path}: column {column}: code {unknown[0]} is not in the table of country codes")
    table = pd.DataFrame(
        {
            "exporter": flows["i"].map(names),
            "importer": flows["j"].map(names),
            "sector": SECTOR,
            "value": flows["v"] / _KUSD_IN_MUSD,
        }
    )
    return PublishedFlows(table, chosen, {SECTOR: "All goods"}, frozenset({SECTOR}), domestic=False)


def _codes(path: Path) -> dict[str, str]:
    found = sorted(path.parent.glob(CODES))
    if not found:
        raise DataError(f"{path}: the publisher's table of country codes, {CODES}, is not beside it")
    table = long_csv(found[-1]).require("country_code", "country_iso3").unique("country_code")
    rows = table.table("country_code", "country_iso3")
    return {str(code): TAIWAN.get(str(iso3), str(iso3)) for code, iso3 in rows.itertuples(index=False)}
