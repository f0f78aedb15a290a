"""The list of states, and how the codes and names of other lists become its ISO-3 codes."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

from hedgerow.data.readers.state_system import LAST_COW, LAST_GW, read_cow_spells, read_cow_years, read_gw_spells
from hedgerow.errors import DataError, UnknownNameError
from hedgerow.world.actors import alias_table

REVIEWED = Path(__file__).with_name("state_codes.csv")
"""Matched by hand, one row a state."""
FIRST = 1946
"""States that ended before are not in the list."""
LAST_YEAR = 2026
WITHOUT_END = 9999

NAMES = {
    "Antigua & Barbuda": "ATG", "Bosnia & Herzegovina": "BIH", "Bosnia-Herzegovina": "BIH", "Congo": "COG",
    "Central African Rep.": "CAF", "Congo - Brazzaville": "COG", "Congo - Kinshasa": "COD", "Czechoslovakia": "CSK",
    "Dem. Rep. Congo": "COD", "Democratic Republic of the Congo": "COD", "Eq. Guinea": "GNQ",
    "Federal Republic of Germany": "DEU", "German Democratic Republic": "DDR", "Germany, East": "DDR", "Korea": "KOR",
    "Myanmar (Burma)": "MMR", "S. Sudan": "SSD", "Soviet Union": "RUS", "St. Kitts & Nevis": "KNA",
    "St. Kitts and Nevis": "KNA", "St. Lucia": "LCA", "St. Vincent & Grenadines": "VCT",
    "St. Vincent and the Grenadines": "VCT", "São Tomé & Príncipe": "STP", "Trinidad & Tobago": "TTO",
    "Yemen Arab Republic": "YEM", "Yemen People's Republic": "YMD", "Yugoslavia": "YUG", "Zanzibar": "EAZ",
}  # fmt: skip
"""Names that the package's own table of spellings does not know, or finds ambiguous."""


@cache
def reviewed() -> pd.DataFrame:
    """The reviewed table, text as written."""
    return pd.read_csv(REVIEWED, dtype=str, keep_default_na=False)


def state_codes() -> pd.DataFrame:
    """Columns system, code, actor, since, until: which state a code means in which years."""
    rows = [
        (system, int(code), row["actor"], int(row["since"] or 1816), int(row["until"] or WITHOUT_END))
        for _, row in reviewed().iterrows()
        for system in ("cow", "gw")
        for code in row[system].split("|")
        if code
    ]
    frame = pd.DataFrame(rows, columns=["system", "code", "actor", "since", "until"])
    return frame.sort_values(["system", "code", "since"], ignore_index=True)


def states(raw: Path) -> pd.DataFrame:
    """Columns actor, name, entry, exit, note; entry the earlier and exit the later of the two lists."""
    folder = raw / "politics" / "states-distance-democracy"
    spells = pd.concat(
        [
            read_cow_spells(folder).assign(system="cow", last=LAST_COW),
            read_gw_spells(folder).assign(system="gw", last=LAST_GW),
        ]
    )
    spells = spells[spells["exit"] >= FIRST].merge(state_codes(), on=["system", "code"])
    spells["exit"] = spells["exit"].where(spells["exit"] < spells["last"], WITHOUT_END)
    spells["entry"] = spells[["entry", "since"]].max(axis=1)
    spells["exit"] = spells[["exit", "until"]].min(axis=1)
    spells = spells[spells["entry"] <= spells["exit"]]
    years = spells.groupby("actor").agg(entry=("entry", "min"), exit=("exit", "max"))
    table = reviewed().set_index("actor").join(years).reset_index()
    table["entry"] = table["entry"].fillna(pd.to_numeric(table["since"], errors="coerce"))
    table["exit"] = table["exit"].where(table["exit"] < WITHOUT_END).astype("Int64")
    _check_recent_years(folder, table)
    return table.astype({"entry": int})[["actor", "name", "entry", "exit", "note"]].sort_values("actor")


def _check_recent_years(folder: Path, table: pd.DataFrame) -> None:
    """The lists end in 2016 and 2017; the yearly bridge to 2025 must have the same states."""
    years = coded(read_cow_years(folder), "cow")
    for year in (LAST_COW, int(years["year"].max())):
        there = set(years.loc[years["year"] == year, "actor"])
        standing = table[(table["entry"] <= year) & table["exit"].isna() & (table["actor"] != "PSE")]
        if there != set(standing["actor"]):
            raise DataError(f"states of {year} differ: {sorted(there ^ set(standing['actor']))}; review the codes")


def coded(rows: pd.DataFrame, system: str) -> pd.DataFrame:
    """Rows with ``code`` and ``year`` get ``actor``; codes that mean no state in the list fall away."""
    known = state_codes().query("system == @system").drop(columns="system")
    joined = rows.merge(known, on="code")
    inside = joined["year"].between(joined["since"], joined["until"])
    return joined[inside].drop(columns=["code", "since", "until"]).reset_index(drop=True)


def named(rows: pd.DataFrame, *, where: str, ignore: frozenset[str] = frozenset()) -> pd.DataFrame:
    """Rows with ``country`` get ``actor``.

    Raises:
        DataError: a name is neither known nor to be ignored.
    """
    codes = {name: _code(name, where) for name in rows["country"].unique() if name not in ignore}
    actors = rows["country"].map(codes)
    return rows.assign(actor=actors).drop(columns="country")[actors.notna()].reset_index(drop=True)


def _code(name: str, where: str) -> str:
    if name in NAMES:
        return NAMES[name]
    try:
        return alias_table().code(name, field=where)
    except UnknownNameError as error:
        raise DataError(f"{error}; add it to NAMES of tools/politics/states.py") from error


def existing(rows: pd.DataFrame, table: pd.DataFrame, *, actor: str = "actor") -> pd.DataFrame:
    """Rows whose ``actor`` was a state in their ``year``; Yugoslavia is Serbia from 1992."""
    rows = _successors(rows, actor)
    spans = table.set_index("actor")
    entry = rows[actor].map(spans["entry"])
    last = rows[actor].map(spans["exit"].fillna(LAST_YEAR).astype(int))
    return rows[(rows["year"] >= entry) & (rows["year"] <= last)].reset_index(drop=True)


def _successors(rows: pd.DataFrame, actor: str) -> pd.DataFrame:
    """Names and codes that go on under a successor."""
    later = (rows[actor] == "YUG") & (rows["year"] > 1991)
    earlier = (rows[actor] == "SRB") & (rows["year"] <= 1991)
    return rows.assign(**{actor: rows[actor].mask(later, "SRB").mask(earlier, "YUG")})
