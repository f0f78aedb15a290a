"""Tables of organisations, treaties, Chinese visits and Chinese finance."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from hedgerow.data.readers.china_abroad import read_chinese_projects, read_chinese_trips
from hedgerow.data.readers.cow_igo import read_organisation_years, read_organisations
from hedgerow.data.readers.factbook import read_organisations_2020, read_organisations_2026
from hedgerow.data.readers.manyios import read_informal_organisations
from hedgerow.data.readers.manytreaties import read_parties
from tools.politics.states import FIRST, coded, existing, named
from tools.politics.votes import POWERS

_LAST_TREATY_YEAR = 2023
_TREATY_CODES = {
    "ALG": "DZA", "KOS": "XKX", "Kosovo": "XKX", "SCG": "SRB", "PRU": "PER", "ROM": "ROU", "YAR": "YEM",
    "YPR": "YMD", "GDR": "DDR", "BZL": "BLZ", "LES": "LSO",
}  # fmt: skip
"""Codes of the treaty collection that are not ISO-3; the others name organisations and regions."""
_HEIRS = ("YUG", "SRB")
"""What one signed the other went on with."""

_MISNAMED = {"German Democratic Republic": "Germany"}
"""The list of informal organisations has it in four where only the Federal Republic can be (Quint, Financial Stability
Board, Committee on Payments, Independent European Programme Group)."""


def organisation_years(raw: Path, states: pd.DataFrame) -> pd.DataFrame:
    """Columns actor, organisation, year: full members while states."""
    rows = coded(read_organisation_years(raw / "politics" / "igo-membership", since=FIRST), "cow")
    return existing(rows, states)[["actor", "organisation", "year"]].drop_duplicates(ignore_index=True)


def organisation_spells(years: pd.DataFrame) -> pd.DataFrame:
    """Columns actor, organisation, since, until: runs of years without a break."""
    rows = years.sort_values(["actor", "organisation", "year"], ignore_index=True)
    same = (rows["actor"] == rows["actor"].shift()) & (rows["organisation"] == rows["organisation"].shift())
    run = (~(same & (rows["year"] == rows["year"].shift() + 1))).cumsum().rename("run")
    spells = rows.groupby(["actor", "organisation", run])["year"].agg(since="min", until="max")
    return spells.reset_index().drop(columns="run")


def organisation_titles(raw: Path, years: pd.DataFrame) -> pd.DataFrame:
    """Columns organisation, title, political, social, economic."""
    table = read_organisations(raw / "politics" / "igo-membership")
    known = table[table["organisation"].isin(years["organisation"])]
    return known[["organisation", "title", "political", "social", "economic"]]


def organisation_counts(years: pd.DataFrame) -> pd.DataFrame:
    """Columns actor, year, memberships, and those shared with each power."""
    counts = years.groupby(["actor", "year"]).size().rename("memberships").to_frame()
    for power in POWERS:
        of_power = years.loc[years["actor"] == power, ["organisation", "year"]]
        shared = years.merge(of_power, on=["organisation", "year"]).groupby(["actor", "year"]).size()
        there = counts.index.get_level_values("year").isin(of_power["year"])
        other = counts.index.get_level_values("actor") != power
        counts[f"shared_{power.lower()}"] = (
            shared.reindex(counts.index, fill_value=0).where(there & other).astype("Int64")
        )
    return counts.reset_index()


def organisations_now(raw: Path, states: pd.DataFrame) -> pd.DataFrame:
    """Columns actor, year, organisation, status."""
    now = read_organisations_2026(raw / "politics" / "cia-factbook-2026").assign(year=2026)
    before = read_organisations_2020(raw / "politics" / "country-organisations-2020").assign(year=2020)
    rows = pd.concat([before, now]).rename(columns={"iso3": "actor"})
    return existing(rows, states)[["actor", "year", "organisation", "status"]]


def informal_organisations(raw: Path, states: pd.DataFrame) -> pd.DataFrame:
    """Columns actor, organisation, title, begin, end."""
    rows = read_informal_organisations(raw / "politics" / "igo-membership").replace({"country": _MISNAMED})
    rows = named(rows, where="informal organisations", ignore=frozenset({"Austria-Hungary"}))
    rows["organisation"] = rows["organisation"].mask(rows["organisation"] == "", rows["title"])
    rows = rows[rows["actor"].isin(states["actor"])].drop_duplicates(["actor", "organisation"])
    return rows[["actor", "organisation", "title", "begin", "end"]]


def treaty_counts(raw: Path, states: pd.DataFrame) -> pd.DataFrame:
    """Columns actor, power, year, new_bilateral, new_multilateral, bilateral, multilateral."""
    parties = read_parties(raw / "politics" / "treaties-manytreaties")
    size = parties.groupby("agreement")["party"].nunique()
    spans = _within(_parties_by_state(parties), states)
    of_powers = spans[spans["actor"].isin(POWERS)].rename(columns={"actor": "power"})
    ties = spans.merge(of_powers, on="agreement", suffixes=("", "_power"))
    ties = ties[ties["actor"] != ties["power"]]
    ties = ties.assign(
        joined=ties[["joined", "joined_power"]].max(axis=1),
        since=ties[["since", "since_power"]].max(axis=1),
        until=ties[["until", "until_power"]].min(axis=1),
    )
    ties = ties[ties["since"] <= ties["until"]]
    pair = ties["agreement"].map(size) == 2
    counts = {}
    for kind, those in (("bilateral", ties[pair]), ("multilateral", ties[~pair])):
        counts[f"new_{kind}"] = _by_year(those[those["joined"] == those["since"]], "since").stack()
        ends = those.assign(after=those["until"] + 1)
        counts[kind] = (_by_year(those, "since").sub(_by_year(ends, "after"), fill_value=0)).cumsum(axis=1).stack()
    table = pd.DataFrame(counts).fillna(0).astype(int).rename_axis(["actor", "power", "year"])
    return table[(table["bilateral"] > 0) | (table["multilateral"] > 0)].reset_index()


def _parties_by_state(parties: pd.DataFrame) -> pd.DataFrame:
    """Columns agreement, actor, joined, left: Yugoslavia's and Serbia's rows speak for both, each in its years."""
    actor = parties["party"].replace(_TREATY_CODES)
    heirs = actor.map(lambda code: list(_HEIRS) if code in _HEIRS else [code])
    rows = parties.assign(actor=heirs).explode("actor").fillna({"left": _LAST_TREATY_YEAR})
    return rows.groupby(["agreement", "actor"], as_index=False).agg({"joined": "min", "left": "max"})


def _within(rows: pd.DataFrame, states: pd.DataFrame) -> pd.DataFrame:
    """Rows get ``since`` and ``until``: the years of the party that are the state's and the table's too."""
    spans = states.set_index("actor")
    rows = rows[rows["actor"].isin(spans.index)]
    since = rows["joined"].clip(lower=rows["actor"].map(spans["entry"]).clip(lower=FIRST))
    last = rows["actor"].map(spans["exit"].astype(float).fillna(_LAST_TREATY_YEAR))
    until = rows["left"].clip(upper=last.clip(upper=_LAST_TREATY_YEAR))
    told = rows[["agreement", "actor", "joined"]].assign(since=since, until=until)
    return told[since <= until].astype({"joined": int, "since": int, "until": int})


def _by_year(ties: pd.DataFrame, column: str) -> pd.DataFrame:
    """Ties by actor and power (rows) and the year that ``column`` holds, every year of the table a column."""
    years = pd.RangeIndex(FIRST, _LAST_TREATY_YEAR + 1)
    return ties.groupby(["actor", "power", column]).size().unstack(fill_value=0).reindex(columns=years, fill_value=0)


def chinese_visits(raw: Path, states: pd.DataFrame) -> pd.DataFrame:
    """Columns actor (host), year, value in trips."""
    rows = named(read_chinese_trips(raw / "politics" / "diplomacy-posts-visits"), where="trips of Chinese leaders")
    return existing(rows, states).groupby(["actor", "year"], as_index=False).size().rename(columns={"size": "value"})


def chinese_finance(raw: Path, states: pd.DataFrame) -> pd.DataFrame:
    """Columns actor (recipient), year, projects, valued, musd, aid_musd."""
    rows = read_chinese_projects(raw / "politics" / "aiddata-china-finance-v1")
    alone = existing(rows[rows["recipients"] == 1].rename(columns={"iso3": "actor"}), states)
    alone["aid"] = alone["musd"].where(alone["flow_class"] == "ODA-like")
    by_year = alone.groupby(["actor", "year"])
    sums = by_year[["musd", "aid"]].sum(min_count=1).round(4).rename(columns={"aid": "aid_musd"})
    return sums.assign(projects=by_year.size(), valued=by_year["musd"].count()).reset_index()
