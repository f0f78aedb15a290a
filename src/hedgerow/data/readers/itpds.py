"""Reader for the USITC's International Trade and Production Database, ITPD-S and ITPD-E."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from hedgerow.data.readers.long_csv import long_csv
from hedgerow.data.readers.published import PublishedFlows

SERVICES: Final = "services"


def read_itpds(path: Path, year: int | None) -> PublishedFlows:
    """Sales at home and abroad by broad sector (agriculture, mining and energy, manufacturing, services) in MUSD.

    Args:
        path: a file with columns exporter_iso3, importer_iso3, year, industry_id, broad_sector and trade.
        year: of the rows to read; needed where the file holds several.

    Raises:
        DataError: the file is not in this format; the message names the column or line.
        RequestError: the year is not in the file.
    """
    keys = ("exporter_iso3", "importer_iso3", "broad_sector")
    file = long_csv(path).require(*keys, "year", "industry_id", "trade").filled(*keys, "industry_id").numbers("trade")
    rows, chosen = file.of_year("year", year)
    table = rows.unique("exporter_iso3", "importer_iso3", "industry_id").totals(keys, "trade")
    table = table.set_axis(["exporter", "importer", "sector", "value"], axis=1)
    titles = {str(s): str(s).replace("_", " ") for s in table["sector"]}
    sectors = {title: title.casefold().replace(" ", "-").replace("&", "and") for title in titles}
    table["sector"] = table["sector"].map(sectors)
    return PublishedFlows(
        table,
        chosen,
        {sectors[s]: title for s, title in sorted(titles.items())},
        frozenset(s for s in sectors.values() if s != SERVICES),
    )
