"""Tables of military means: spending, persons, United States troops and bases, conflict."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from hedgerow.data.readers.factbook import read_factbook_military
from hedgerow.data.readers.gdp import read_gdp
from hedgerow.data.readers.ucdp import read_conflict_parties
from hedgerow.data.readers.us_forces import read_bases, read_exercises, read_troop_reports
from hedgerow.data.readers.wdi_military import read_armed_forces, read_military_share
from tools.politics.states import coded, existing
from tools.politics.votes import POWERS

_HOSTS = {
    "Azore Islands": "PRT", "Azores": "PRT", "Bahrein": "BHR", "Bahrein Island": "BHR", "Cameroun": "CMR",
    "Columbia": "COL", "Costa Rico": "CRI", "Czechoslovakia": "CSK", "England (& Wales)": "GBR",
    "Ethiopia (Inc. Eritrea)": "ETH", "Ethiopia (Incl Eritrea)": "ETH", "Ethiopia and Eritrea": "ETH",
    "German Democratic Republic": "DDR", "Israel (Palestine)": "ISR", "KOSOVO": "XKX", "Malaya": "MYS",
    "Malaya, States of": "MYS", "Somali Republic": "SOM", "States of Malaya": "MYS",
    "Surinam (Netherlands Guiana)": "SUR", "Yemen (Sanaa)": "YEM", "Yugoslavia": "YUG",
}  # fmt: skip
"""Locations that the file gives no code and that are, or belong to, a state."""
_SEVERAL = ("Total", "USSR & East Europe", "USSR and East Europe")
"""How locations begin that stand for several states, or repeat others."""
_NOT_KNOWN = ("LBY", "COG")
"""Zeros in the armed forces of these stand for a gap: there are forces in the years around."""
_WITHHELD = ("AFG", "IRQ", "SYR")
_WITHHELD_AFTER = 2017


def military_spending(raw: Path, states: pd.DataFrame) -> pd.DataFrame:
    """Columns actor, year, percent_gdp, musd, factbook_percent_gdp."""
    share = read_military_share(raw / "politics" / "military-expenditure")
    share = share.rename(columns={"iso3": "actor", "value": "percent_gdp"})
    gdp = read_gdp(raw / "economy" / "baci-2023-liberation-day").rename_axis(index="actor").reset_index()
    gdp = gdp.melt("actor", var_name="year", value_name="gdp").astype({"year": int})
    estimate = read_factbook_military(raw / "politics" / "cia-factbook-2026")
    estimate = estimate.rename(columns={"iso3": "actor", "value": "factbook_percent_gdp"})
    both = share.merge(estimate, on=["actor", "year"], how="outer").merge(gdp, on=["actor", "year"], how="left")
    both["musd"] = (both["percent_gdp"] / 100 * both["gdp"]).round(1)
    both["percent_gdp"] = both["percent_gdp"].round(5)
    return existing(both, states)[["actor", "year", "percent_gdp", "musd", "factbook_percent_gdp"]]


def armed_forces(raw: Path, states: pd.DataFrame) -> pd.DataFrame:
    """Columns actor, year, value in persons."""
    rows = read_armed_forces(raw / "politics" / "military-expenditure").rename(columns={"iso3": "actor"})
    gap = rows["actor"].isin(_NOT_KNOWN) & (rows["value"] == 0)
    return existing(rows[~gap].astype({"value": int}), states)[["actor", "year", "value"]]


def us_troops(raw: Path, states: pd.DataFrame) -> pd.DataFrame:
    """Columns actor (host), year, value (mean of the reports), last, last_month, reports."""
    rows = read_troop_reports(raw / "politics" / "us-troops-bases-exercises")
    rows = rows[~rows["location"].str.startswith(_SEVERAL)]
    vietnam = rows["location"].str.startswith(("South Viet", "South Vietnam"))
    coded_here = rows["location"].map(_HOSTS).mask(vietnam, "RVN")
    rows = rows.assign(actor=rows["iso3"].mask(rows["iso3"] == "", coded_here)).dropna(subset=["actor"])
    withheld = rows["actor"].isin(_WITHHELD) & (rows["year"] > _WITHHELD_AFTER)
    rows = existing(rows[~withheld & (rows["actor"] != "USA")], states)
    rows = rows.drop_duplicates(["actor", "location", "year", "month"])
    reports = rows.groupby(["actor", "year", "month"])["value"].sum().reset_index()
    by_year = reports.sort_values(["actor", "year", "month"]).groupby(["actor", "year"])
    made = by_year.agg(value=("value", "mean"), last=("value", "last"), last_month=("month", "last"))
    counted: pd.DataFrame = made.assign(reports=by_year.size()).astype({"last": int}).round({"value": 1}).reset_index()
    return counted


def us_bases(raw: Path, states: pd.DataFrame) -> pd.DataFrame:
    """Columns actor (host), bases, lilypads, funded_sites."""
    rows = read_bases(raw / "politics" / "us-troops-bases-exercises").rename(columns={"iso3": "actor"})
    standing = states.loc[states["exit"].isna(), "actor"]
    return rows[rows["actor"].isin(standing) & (rows["actor"] != "USA")]


def exercises(raw: Path, states: pd.DataFrame) -> pd.DataFrame:
    """Columns actor, year, exercises, and those with each power; empty for a power with itself."""
    rows = read_exercises(raw / "politics" / "us-troops-bases-exercises")
    took_part = existing(coded(rows, "gw"), states)
    counts = took_part.groupby(["actor", "year"]).size().rename("exercises").to_frame()
    for power in POWERS:
        of_power = took_part.loc[took_part["actor"] == power, "exercise"]
        shared = took_part[took_part["exercise"].isin(of_power)].groupby(["actor", "year"]).size()
        other = counts.index.get_level_values("actor") != power
        counts[f"with_{power.lower()}"] = shared.reindex(counts.index, fill_value=0).where(other).astype("Int64")
    return counts.reset_index()


def conflict(raw: Path, states: pd.DataFrame) -> pd.DataFrame:
    """Columns actor, year, conflicts, wars, interstate, supporting."""
    parties = existing(coded(read_conflict_parties(raw / "politics" / "conflict"), "gw"), states)
    party = parties["role"] == "party"
    counted = pd.DataFrame(
        {
            "actor": parties["actor"],
            "year": parties["year"],
            "conflicts": party,
            "wars": party & parties["war"],
            "interstate": party & parties["interstate"],
            "supporting": ~party,
        }
    )
    return counted.groupby(["actor", "year"], as_index=False).sum()
