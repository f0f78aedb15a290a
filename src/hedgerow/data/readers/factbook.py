"""Readers for the CIA World Factbook: organisations in 2020 and 2026, military spending."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from hedgerow.data.raw import raw_file

_ALIKE = {
    "AFDB": "AfDB", "ARCTIC_COUNCIL": "Arctic Council", "BENELUX": "Benelux", "CARICOM": "Caricom",
    "ENTENTE": "Entente", "INOC": "InOC", "INTERPOL": "Interpol", "MERCOSUR": "Mercosur",
    "PACIFIC_ALLIANCE": "Pacific Alliance", "PARIS_CLUB": "Paris Club", "PETROCARIBE": "Petrocaribe",
    "SCHENGEN_CONVENTION": "Schengen Convention", "SPARTECA": "Sparteca", "UNION_LATINA": "Union Latina",
    "UN_SECURITY_COUNCIL": "UN Security Council", "Australian Group": "Australia Group", "ICCT": "ICCt",
    "World Bank Group": "WBG",
}  # fmt: skip
"""Spellings of one list or the other, and the one we keep."""

_PLAIN = r"[\d.]+% of GDP \(\d{4}(?: est\.)?\)"
"""What a figure reads like; a range or a sentence is not one."""


def read_factbook_military(folder: Path) -> pd.DataFrame:
    """Military spending in per cent of GDP: columns ``iso3``, ``year``, ``value``; plain figures only."""
    rows = pd.read_csv(raw_file(folder, "milex_pct_gdp.csv"), keep_default_na=False)
    plain = rows[rows["text"].str.strip().str.fullmatch(_PLAIN)]
    first = plain.drop_duplicates(["iso3", "year"]).sort_values(["iso3", "year"], ignore_index=True)
    found: pd.DataFrame = first[["iso3", "year"]].assign(value=pd.to_numeric(first["pct_gdp"]))
    return found


def read_organisations_2026(folder: Path) -> pd.DataFrame:
    """Columns ``iso3``, ``organisation``, ``status`` as of May 2026."""
    rows = pd.read_csv(raw_file(folder, "io_participation_2026.csv"), keep_default_na=False)
    return _memberships(rows[["iso3", "organisation", "status"]])


def read_organisations_2020(folder: Path) -> pd.DataFrame:
    """Columns ``iso3``, ``organisation``, ``status`` as of December 2020; the Factbook's own lists only."""
    rows = pd.read_csv(raw_file(folder, "country_organisations_2020.csv.gz"), keep_default_na=False)
    rows = rows[rows["source"] == "CIAFactbook"]
    return _memberships(
        rows[["ISO_3166_3", "org_id", "org_member"]].set_axis(["iso3", "organisation", "status"], axis=1)
    )


def _memberships(rows: pd.DataFrame) -> pd.DataFrame:
    """Trimmed, one spelling an organisation, sentences and blanks left out."""
    plain = rows.apply(lambda column: column.str.strip())
    plain["organisation"] = plain["organisation"].replace(_ALIKE)
    named = (plain["organisation"] != "none") & (plain["organisation"].str.len() < 30) & (plain["iso3"] != "")
    found: pd.DataFrame = plain[named].drop_duplicates(["iso3", "organisation"], ignore_index=True)
    return found
