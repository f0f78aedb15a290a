"""Rewrite ``data/embedded/actors.csv``, the frozen table of country codes and spellings.

Run once when a name changes, then review the diff by eye: the package itself never guesses a country.
Needs the ``data`` dependency group (hdx-python-country), which users never install.
"""

from __future__ import annotations

import csv
import warnings
from pathlib import Path

TARGET = Path(__file__).parents[1] / "src" / "hedgerow" / "data" / "embedded" / "actors.csv"

COLUMNS_WITH_NAMES = (
    "Preferred Term",
    "ISO Alt Term",
    "DGACM Alt Term",
    "HPC Tools Alt Term",
    "RW Short Name",
    "English Short",
    "English Formal",
    "M49 English",
    "French Short",
    "Spanish Short",
)

DISPLAY = {
    "BOL": "Bolivia", "BRN": "Brunei", "CIV": "Côte d'Ivoire", "COD": "DR Congo", "CZE": "Czechia",
    "FSM": "Micronesia", "GBR": "United Kingdom", "IRN": "Iran", "KOR": "Korea", "LAO": "Laos",
    "MDA": "Moldova", "NLD": "Netherlands", "PRK": "North Korea", "PSE": "Palestine", "RUS": "Russia",
    "SYR": "Syria", "TUR": "Türkiye", "TWN": "Taiwan", "TZA": "Tanzania", "USA": "United States",
    "VEN": "Venezuela", "VNM": "Viet Nam", "HKG": "Hong Kong", "MAC": "Macao",
}  # fmt: skip
"""Short names shown to readers where the formal one is a mouthful."""

EXTRA = {
    "America": ["USA"], "U.S.": ["USA"], "U.S.A.": ["USA"], "US": ["USA"],
    "Britain": ["GBR"], "Great Britain": ["GBR"], "UK": ["GBR"], "England": ["GBR"],
    "Korea": ["KOR", "PRK"], "South Korea": ["KOR"], "Korea, South": ["KOR"], "Korea, Rep.": ["KOR"],
    "Korea, North": ["PRK"], "DPRK": ["PRK"], "Korea, Dem. People's Rep.": ["PRK"],
    "Congo": ["COG", "COD"], "Congo, Rep.": ["COG"], "Congo, Dem. Rep.": ["COD"], "Zaire": ["COD"],
    "Virgin Islands": ["VIR", "VGB"], "Samoa, American": ["ASM"], "Saint Martin": ["MAF", "SXM"],
    "PRC": ["CHN"], "Mainland China": ["CHN"], "Chinese Taipei": ["TWN"], "Taiwan, China": ["TWN"],
    "Holland": ["NLD"], "Turkey": ["TUR"], "Turkiye": ["TUR"], "Czech Republic": ["CZE"],
    "Slovak Republic": ["SVK"], "Vietnam": ["VNM"], "Burma": ["MMR"], "Ivory Coast": ["CIV"],
    "Swaziland": ["SWZ"], "Macedonia": ["MKD"], "Cape Verde": ["CPV"], "East Timor": ["TLS"],
    "Russian Federation": ["RUS"], "Kosovo": ["XKX"], "UAE": ["ARE"],
    "Emirates": ["ARE"], "Hong Kong, China": ["HKG"], "Macau": ["MAC"], "Vatican": ["VAT"],
    "Iran, Islamic Rep.": ["IRN"], "Egypt, Arab Rep.": ["EGY"], "Yemen, Rep.": ["YEM"],
    "Venezuela, RB": ["VEN"], "Bahamas, The": ["BHS"], "Gambia, The": ["GMB"], "Lao PDR": ["LAO"],
    "Kyrgyz Republic": ["KGZ"], "Micronesia, Fed. Sts.": ["FSM"],
    "Ireland, Republic of": ["IRL"], "Moldova, Republic of": ["MDA"],
}  # fmt: skip
"""Spellings of publishers and of everyday speech; two codes where a spelling fits two states."""


def rows() -> list[dict[str, str]]:
    """One row a state: codes, the name shown, every accepted spelling."""
    from hdx.location.country import Country

    found = []
    for iso3, entry in sorted(Country.countriesdata(use_live=False)["countries"].items()):
        if len(iso3) != 3 or not entry.get("ISO 3166-1 Alpha 2-Codes"):
            continue
        spellings = {entry[c].strip() for c in COLUMNS_WITH_NAMES if entry.get(c)}
        name = DISPLAY.get(iso3) or entry["English Short"] or entry["Preferred Term"]
        spellings |= {name, *(spelling for spelling, codes in EXTRA.items() if iso3 in codes)}
        found.append(
            {
                "iso3": iso3,
                "iso2": entry["ISO 3166-1 Alpha 2-Codes"],
                "name": name,
                "spellings": "|".join(sorted(spellings)),
            }
        )
    if not any(row["iso3"] == "XKX" for row in found):
        found.append({"iso3": "XKX", "iso2": "XK", "name": "Kosovo", "spellings": "Kosovo"})
    return found


def main() -> None:
    """Write the table."""
    warnings.simplefilter("ignore")
    table = rows()
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["iso3", "iso2", "name", "spellings"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)
    print(f"{len(table)} states written to {TARGET.name}; now read the diff")


if __name__ == "__main__":
    main()
