"""Readers for the tariffs the United States added in 2025 and 2026, as a tracker of statutory rates has them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import duckdb
import pandas as pd

from hedgerow.data.raw import raw_file
from hedgerow.errors import DataError

EU: Final = "EU"
"""Code of the European Union, one row in the tracker."""
OTHER: Final = "OTHER"
"""Code of all partners that the dated table does not name, together."""

OBSERVED_UNTIL: Final = date(2026, 7, 22)
"""The day the tracker's own README gives for its last update; later dates were announced, not yet in force."""
HS2_DATE: Final = date(2025, 8, 7)
"""The day whose rates the table by HS chapter holds."""

CODES: Final = {
    "ALGERIA": "DZA", "ANGOLA": "AGO", "ARGENTINA": "ARG", "AUSTRALIA": "AUS", "BANGLADESH": "BGD", "BRAZIL": "BRA",
    "CAMBODIA": "KHM", "CANADA": "CAN", "CHILE": "CHL", "CHINA": "CHN", "COLOMBIA": "COL", "COSTA RICA": "CRI",
    "DOMINICAN REPUBLIC": "DOM", "ECUADOR": "ECU", "EGYPT": "EGY", "EL SALVADOR": "SLV", "EUROPEAN UNION": EU,
    "GUATEMALA": "GTM", "HONDURAS": "HND", "HONG KONG": "HKG", "INDIA": "IND", "INDONESIA": "IDN", "IRAQ": "IRQ",
    "ISRAEL": "ISR", "JAPAN": "JPN", "KOREA, SOUTH": "KOR", "KUWAIT": "KWT", "MALAYSIA": "MYS", "MEXICO": "MEX",
    "NEW ZEALAND": "NZL", "NICARAGUA": "NIC", "NIGERIA": "NGA", "NORWAY": "NOR", "PAKISTAN": "PAK", "PERU": "PER",
    "PHILIPPINES": "PHL", "RUSSIA": "RUS", "SAUDI ARABIA": "SAU", "SINGAPORE": "SGP", "SOUTH AFRICA": "ZAF",
    "SRI LANKA": "LKA", "SWITZERLAND": "CHE", "TAIWAN": "TWN", "THAILAND": "THA", "TRINIDAD AND TOBAGO": "TTO",
    "TURKEY": "TUR", "UNITED ARAB EMIRATES": "ARE", "UNITED KINGDOM": "GBR", "VENEZUELA": "VEN", "VIETNAM": "VNM",
}  # fmt: skip
"""The tracker's names, mapped by hand. Frozen: a name that is not here is an error, never a guess."""

DROPPED: Final = frozenset({"SLOVAKIA"})
"""A second row for a member of the EU, whose imports are inside the EU's row already: the EU sets one tariff."""

SECTOR_OF_CHAPTER: Final = {
    **dict.fromkeys((1, 3, *range(5, 11), 12, 13, 14), "agriculture"),
    **dict.fromkeys((2, 4, 11, *range(15, 25)), "food"),
    **dict.fromkeys((25, 26), "mining"),
    27: "fuels",
    **dict.fromkeys((*range(28, 41), 68, 69, 70), "chemicals"),
    **dict.fromkeys((41, 42, 43, *range(50, 66)), "textiles"),
    **dict.fromkeys(range(44, 50), "wood-paper"),
    **dict.fromkeys((66, 67, 92, *range(94, 98)), "other-manufacturing"),
    **dict.fromkeys(range(71, 84), "metals"),
    **dict.fromkeys((84, 93), "machinery"),
    **dict.fromkeys((85, 90, 91), "electronics"),
    **dict.fromkeys(range(86, 90), "transport-equipment"),
}
"""The sector a chapter belongs to most. Chapters 98 and 99 (returned goods, special provisions) have none."""

_CRUDE = ("coa", "oil", "gas", "oxt")
"""GTAP products of chapter 27 that come out of the ground; the rest of it is refined."""


def read_country_by_time(folder: Path) -> pd.DataFrame:
    """Partner, date, added_rate, imports_2024_usd and base_rate_2024; rates as fractions.

    ``added_rate`` is the import-weighted statutory tariff that the actions of 2025 and 2026 added.

    Raises:
        DataError: the file is absent, or names a partner that is not in :data:`CODES`.
    """
    path = raw_file(folder, "country-by-time.csv")
    table = pd.read_csv(path)
    table = table[~table["country_name"].isin(DROPPED)]
    _refuse_unknown(path, table["country_name"])
    return pd.DataFrame(
        {
            "partner": table["country_name"].map(CODES),
            "name_in_source": table["country_name"],
            "date": pd.to_datetime(table["date"]).dt.date,
            "added_rate": table["effective tariff"] / 100.0,
            "imports_2024_usd": table["total imports"],
            "base_rate_2024": table["2024 tariff"] / 100.0,
        }
    ).sort_values(["partner", "date"], ignore_index=True)


def read_hs2(folder: Path) -> pd.DataFrame:
    """Partner, chapter, imports_2024_usd, duty_2024_usd and added_rate as of 7 August 2025, as a fraction.

    Partners that the dated table does not name are together under :data:`OTHER`. The EU is one row a chapter: its
    members, rows of their own in the file, are left out.

    Raises:
        DataError: the file is absent.
    """
    path = raw_file(folder, "us_imports_2024_and_tariff_change_by_country_hs2.csv.gz")
    table = pd.read_csv(path, dtype={"CTY_CODE": str})
    union = table["CTY_NAME"].isin([*EU_NAMES, *DROPPED])
    table = table[~union & (table["2024_imports"] > 0)]
    found = pd.DataFrame(
        {
            "partner": table["CTY_NAME"].map(CODES).fillna(OTHER),
            "chapter": table["HS2"].astype(int),
            "imports_2024_usd": table["2024_imports"],
            "duty_2024_usd": table["2024_duty"],
            "added_rate": table["2025_tariff_increase"] / 100.0,
        }
    )
    return found.sort_values(["partner", "chapter"], ignore_index=True)


def read_crude_share(folder: Path) -> pd.Series:
    """By partner, the share of crude oil, gas, coal and the like in US imports of HS chapter 27 in 2024.

    Raises:
        DataError: a file is absent.
    """
    imports = raw_file(folder, "us_imports_hs10_2024_top_partners.parquet")
    crosswalk = raw_file(folder, "yale-budget-lab/hs10_gtap_crosswalk.csv.gz")
    bought = duckdb.read_parquet(imports.as_posix()).df()
    bought = bought[bought["HS10"].str.startswith("27") & ~bought["CTY_NAME"].isin(DROPPED)]
    product = pd.read_csv(crosswalk, dtype=str).dropna(subset=["gtap_code"]).set_index("hs10")["gtap_code"]
    crude = bought["HS10"].map(product.str.lower()).isin(_CRUDE)
    partner = bought["CTY_NAME"].map(CODES)
    total = bought["imports"].groupby(partner).sum().astype(float)
    share: pd.Series = bought["imports"].where(crude, 0).groupby(partner).sum().astype(float) / total.where(total > 0)
    return share.dropna()


EU_NAMES: Final = (
    "AUSTRIA", "BELGIUM", "BULGARIA", "CROATIA", "CYPRUS", "CZECH REPUBLIC", "DENMARK", "ESTONIA", "FINLAND",
    "FRANCE", "GERMANY", "GREECE", "HUNGARY", "IRELAND", "ITALY", "LATVIA", "LITHUANIA", "LUXEMBOURG", "MALTA",
    "NETHERLANDS", "POLAND", "PORTUGAL", "ROMANIA", "SLOVAKIA", "SLOVENIA", "SPAIN", "SWEDEN",
)  # fmt: skip
"""Members of the EU as the Census names them; their imports add up to the row EUROPEAN UNION."""


def _refuse_unknown(path: Path, names: pd.Series) -> None:
    unknown = sorted(set(names) - set(CODES))
    if unknown:
        raise DataError(f"raw file {path.name} names {unknown[0]!r}, which readers/us_tariffs.py does not map")
