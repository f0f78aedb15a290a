"""The embedded political tables keep what their declarations promise, and the facts their publishers state."""

from __future__ import annotations

import gzip
import math
import re

import pandas as pd
import pytest

from hedgerow.data.embedded import read_embedded
from hedgerow.data.politics import political_table, political_tables, states_in
from hedgerow.data.registry import cited
from hedgerow.dims import REST_OF_WORLD
from hedgerow.errors import UnknownNameError
from hedgerow.provenance import Status
from hedgerow.world.actors import alias_table
from tools.build_politics_page import TARGET, text

TABLES = political_tables()
YEARLY = [name for name, table in TABLES.items() if "year" in table.keys]
ACTORS = {"actor", "exporter", "importer", "power", "partner"}
TERRITORIES = {"HKG", "MAC"}
"""Customs territories in the tables of trade."""
CELLS = ["yy", "ya", "yn", "ay", "aa", "an", "ny", "na", "nn"]


def value(name: str, column: str, *, actor: str, year: int) -> float:
    """One number of a table; NaN where the cell is empty."""
    frame = political_table(name)
    (found,) = frame.loc[(frame["actor"] == actor) & (frame["year"] == year), column].to_numpy(dtype=float)
    return float(found)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_the_columns_and_keys_it_declares(name: str) -> None:
    table, frame = TABLES[name], political_table(name)
    assert list(frame.columns) == [column.name for column in table.columns]
    assert not frame.duplicated(list(table.keys)).any()
    assert frame[list(table.keys)].notna().all().all()
    pd.testing.assert_frame_equal(frame, frame.sort_values(list(table.keys), ignore_index=True))


@pytest.mark.parametrize("name", TABLES)
def test_values_lie_in_their_range_and_no_column_is_empty(name: str) -> None:
    frame = political_table(name)
    for column in TABLES[name].columns:
        values = frame[column.name].dropna()
        assert len(values)
        if column.kind == "text":
            assert (values.str.strip() == values).all()
            continue
        assert column.low is None or values.min() >= column.low, column.name
        assert column.high is None or values.max() <= column.high, column.name


@pytest.mark.parametrize("name", TABLES)
def test_every_column_has_an_origin_with_registered_sources(name: str) -> None:
    table = TABLES[name]
    assert len(cited(table.sources)) == len(table.sources)
    for column in table.columns:
        origin = table.origin(column.name)
        assert origin.status in {Status.PUBLISHED, Status.DERIVED}
        assert origin.sources
        assert set(origin.sources) <= set(table.sources)


@pytest.mark.parametrize("name", YEARLY)
def test_the_first_and_last_year_are_those_told(name: str) -> None:
    years = political_table(name)["year"]
    assert (years.min(), years.max()) == (TABLES[name].first, TABLES[name].last)


@pytest.mark.parametrize("name", [name for name in YEARLY if name != "wiod-pairs"])
def test_nobody_acts_before_entry_or_after_exit(name: str) -> None:
    frame = political_table(name)
    for year, rows in frame.groupby("year"):
        there = {*states_in(int(str(year))), *TERRITORIES, REST_OF_WORLD}
        for column in ACTORS & set(frame.columns):
            assert set(rows[column]) <= there, (name, year, column)
    if "exporter" not in frame.columns:
        assert not TERRITORIES & set(frame["actor"])


def test_spells_of_membership_lie_within_the_states_years() -> None:
    rows = political_table("organisation-spells").merge(political_table("states"), on="actor", how="left")
    assert (rows["since"] >= rows["entry"]).all()
    assert (rows["until"] <= rows["exit"].fillna(2026)).all()
    assert (rows["since"] <= rows["until"]).all()


def test_states_come_and_go_in_the_years_history_knows() -> None:
    """Entry and exit of the states whose boundaries changed; two Germanies and two Yemens side by side."""
    rows = political_table("states").set_index("actor")
    entries = {"SSD": 2011, "XKX": 2008, "MNE": 2006, "TLS": 2002, "CZE": 1993, "ERI": 1993, "TWN": 1949, "UKR": 1991}
    assert rows.loc[list(entries), "entry"].to_dict() == entries
    exits = {"CSK": 1992, "DDR": 1990, "YMD": 1990, "RVN": 1975, "YUG": 1991, "EAZ": 1964}
    assert rows["exit"].dropna().astype(int).to_dict() == exits
    assert {"DEU", "DDR", "YEM", "YMD", "CSK", "YUG", "RUS"} <= set(states_in(1989))
    assert not {"SRB", "HRV", "UKR"} & set(states_in(1989))


def test_states_of_today_have_names_everyone_knows() -> None:
    today = set(states_in(2026))
    assert today <= set(alias_table().names)
    assert len(today) == 196, "193 members of the United Nations, Kosovo, Palestine, Taiwan"


def test_a_code_means_one_state_in_a_year() -> None:
    codes = political_table("state-codes")
    for _, rows in codes.groupby(["system", "code"]):
        spans = rows.sort_values("since")
        assert (spans["since"].iloc[1:].to_numpy() > spans["until"].iloc[:-1].to_numpy()).all()
    assert set(codes["actor"]) == set(political_table("states")["actor"]) - {"PSE"}


def test_troops_of_december_2024_are_the_pentagon_s() -> None:
    """Defense Manpower Data Center, December 2024."""
    rows = political_table("us-troops").query("year == 2024").set_index("actor")
    published = {"JPN": 52603, "DEU": 34949, "KOR": 23291, "ITA": 12456, "GBR": 10063}
    assert rows.loc[list(published), "last"].to_dict() == published
    assert (rows.loc[list(published), "last_month"] == 12).all()


def test_a_zero_of_forces_is_no_gap() -> None:
    rows = political_table("armed-forces")
    assert set(rows.loc[rows["value"] == 0, "actor"]) == {"ATG", "HTI", "ISL", "PSE", "SYC"}


def test_withheld_troops_are_missing_not_zero() -> None:
    rows = political_table("us-troops")
    withheld = rows[rows["actor"].isin(["AFG", "IRQ", "SYR"])]
    assert withheld["year"].max() == 2017
    assert not (rows["actor"] == "USA").any()


def test_ideal_points_are_those_of_july_2025() -> None:
    """Voeten's release of July 2025, final passage, to two digits."""
    rows = political_table("ideal-points").query("year == 2024").set_index("actor")
    published = {"USA": 2.21, "IND": -0.20, "VNM": -0.60, "RUS": -0.60, "CHN": -0.85, "ARG": 1.38}
    assert rows.loc[list(published), "value"].round(2).to_dict() == published
    everyone = political_table("ideal-points")
    assert everyone["low"].le(everyone["value"]).mean() > 0.99
    assert everyone["high"].ge(everyone["value"]).mean() > 0.99
    assert (everyone["low"] <= everyone["high"]).all()


def test_roll_calls_give_the_published_agreement_where_both_releases_hold_the_same_votes() -> None:
    """Counts (release of 2021) against Voeten's shares (release of 2024), for sessions with the same roll calls."""
    counts = political_table("vote-counts")
    share = counts[["yy", "aa", "nn"]].sum(axis=1) / counts[CELLS].sum(axis=1)
    both = counts.assign(share=share).merge(political_table("vote-agreement"), on=["actor", "power", "year"])
    same = both[both["year"].isin([1947, 1950, 1969, 1980, 1985, 1990, 1995, 2013, 2015, 2018, 2019])]
    assert len(same) > 5000
    assert (same["share"] - same["value"]).abs().max() < 1e-4
    assert (both["share"] - both["value"]).abs().median() < 0.01


def test_a_year_of_a_handful_of_votes_has_no_agreement() -> None:
    """Two votes of Türkiye stand in the source for 2023; of other renamed states only Eswatini lacks a year."""
    rows = political_table("vote-agreement").query("power == 'USA'").set_index(["actor", "year"])["value"]
    assert ("TUR", 2023) not in rows.index
    assert ("SWZ", 2023) not in rows.index
    assert {("TUR", 2022), ("SWZ", 2022), ("MKD", 2023), ("CPV", 2023), ("CZE", 2023)} <= set(rows.index)
    turn = rows.unstack().diff(axis=1).abs().loc[["TUR", "SWZ", "MKD", "CPV", "CZE"]]
    assert turn.loc[:, 2015:].max().max() < 0.25


def test_two_powers_tables_are_each_other_s_transpose() -> None:
    rows = political_table("vote-counts")
    one = rows.query("actor == 'USA' and power == 'RUS'").set_index("year")[CELLS]
    other = rows.query("actor == 'RUS' and power == 'USA'").set_index("year")[[cell[::-1] for cell in CELLS]]
    pd.testing.assert_frame_equal(one, other.set_axis(CELLS, axis=1))


def test_votes_on_ukraine_add_up_to_the_record() -> None:
    """A/RES/68/262: 100 to 11 with 58 abstentions; A/RES/ES-11/1: 141 to 5 with 35."""
    counts = political_table("ukraine-votes").groupby(["year", "vote"]).size().to_dict()
    assert counts == {
        (2014, "yes"): 100, (2014, "no"): 11, (2014, "abstain"): 58,
        (2022, "yes"): 141, (2022, "no"): 5, (2022, "abstain"): 35,
    }  # fmt: skip


def test_military_dollars_are_share_times_gdp() -> None:
    """SIPRI has 916 015 million for the United States in 2023; Poland spent 4.15 per cent in 2024."""
    assert value("military-spending", "musd", actor="USA", year=2023) == pytest.approx(916015, rel=1e-4)
    assert value("military-spending", "musd", actor="CHN", year=2023) == pytest.approx(296439, rel=2e-3)
    assert value("military-spending", "percent_gdp", actor="POL", year=2024) == pytest.approx(4.15, abs=0.005)
    assert math.isnan(value("military-spending", "musd", actor="POL", year=2024)), "no GDP of 2024 at hand"
    assert math.isnan(value("military-spending", "percent_gdp", actor="VNM", year=2023))
    assert value("military-spending", "factbook_percent_gdp", actor="VNM", year=2023) > 0


def test_chinese_finance_adds_up_to_the_published_total_less_shared_projects() -> None:
    """AidData: 354.4 billion of 2014 dollars over 4373 projects; 48 projects have several recipients."""
    rows = political_table("chinese-finance")
    assert 345_000 < rows["musd"].sum() < 354_400
    assert rows["projects"].sum() <= 4373 - 48
    assert (rows["valued"] <= rows["projects"]).all()
    assert (rows["musd"].isna() == (rows["valued"] == 0)).all()
    assert (rows["aid_musd"].fillna(0) <= rows["musd"].fillna(0) + 1e-3).all()


def test_conflicts_of_2024() -> None:
    """UCDP 25.1: Russia and Ukraine at war, North Korea a secondary party."""
    assert value("conflict", "wars", actor="UKR", year=2024) == 1
    assert value("conflict", "interstate", actor="UKR", year=2024) == 1
    assert value("conflict", "conflicts", actor="PRK", year=2024) == 0
    assert value("conflict", "supporting", actor="PRK", year=2024) == 1
    everyone = political_table("conflict")
    assert (everyone["wars"] <= everyone["conflicts"]).all()
    assert (everyone["conflicts"] + everyone["supporting"] > 0).all()


def test_canada_s_exports_of_2016_went_to_the_united_states() -> None:
    """77.6 per cent, with the whole of Canada's reported exports below."""
    rows = political_table("exports-by-pair").query("year == 2016")
    canada = rows[rows["exporter"] == "CAN"].set_index("importer")["value"]
    assert canada["USA"] / canada.sum() == pytest.approx(0.776, abs=5e-4)
    assert rows.loc[rows["exporter"] == "TWN", "value"].sum() == pytest.approx(278_000, rel=2e-3)
    assert (rows["exporter"] != rows["importer"]).all()
    assert (rows["value"] > 0).all(), "a zero of the file may be a filled gap"


def test_wiod_imports_of_the_united_states() -> None:
    """2.40 trillion dollars of goods and services in 2011; 41 economies in each of 17 years."""
    rows = political_table("wiod-pairs")
    into = rows.query("importer == 'USA' and exporter != 'USA' and year == 2011")
    assert into["all"].sum() == pytest.approx(2.40e6, rel=2e-3)
    assert rows.groupby("year")["exporter"].nunique().eq(41).all()
    assert (rows.groupby("year")["goods"].sum() < rows.groupby("year")["all"].sum()).all()
    assert set(rows["exporter"]) == set(rows["importer"])


def test_memberships_counted_are_those_of_the_spells() -> None:
    spells = political_table("organisation-spells")
    counts = political_table("organisation-counts").set_index(["actor", "year"])
    for year in (1960, 2014):
        there = spells[(spells["since"] <= year) & (spells["until"] >= year)]
        assert there.groupby("actor").size().to_dict() == counts.xs(year, level="year")["memberships"].to_dict()
        sets = there.groupby("actor")["organisation"].agg(set)
        shared = value("organisation-counts", "shared_usa", actor="CAN", year=year)
        assert shared == len(sets["CAN"] & sets["USA"])
    assert set(spells["organisation"]) == set(political_table("organisation-titles")["organisation"])
    for power in ("usa", "rus", "chn", "ind"):
        known = counts.dropna(subset=[f"shared_{power}"])
        assert (known[f"shared_{power}"] <= known["memberships"]).all()
        assert power.upper() not in known.index.get_level_values("actor")


def test_who_sits_where_in_2026() -> None:
    rows = political_table("organisations-now").query("year == 2026 and status == 'member'")
    sizes = rows.groupby("organisation").size()
    assert sizes[["NATO", "Quad", "CSTO"]].tolist() == [32, 4, 6]


def test_treaties_with_a_power_accumulate_and_bind_both_ways() -> None:
    rows = political_table("treaty-counts")
    assert (rows["new_bilateral"] <= rows["bilateral"]).all()
    assert (rows["new_multilateral"] <= rows["multilateral"]).all()
    one, other = (
        rows[(rows["actor"] == a) & (rows["power"] == b)].drop(columns=["actor", "power"]).reset_index(drop=True)
        for a, b in (("USA", "IND"), ("IND", "USA"))
    )
    pd.testing.assert_frame_equal(one, other)


def test_agreements_tie_each_pair_once() -> None:
    rows = political_table("trade-agreements")
    assert (rows["actor"] < rows["partner"]).all()
    assert rows[rows["bloc"] == 1].query("actor == 'DEU' and partner == 'FRA'")["agreements"].item() >= 1
    assert rows.query("actor == 'CHN' and partner == 'USA'").empty


def test_exercises_with_a_power_are_among_all() -> None:
    rows = political_table("exercises")
    for power in ("usa", "rus", "chn", "ind"):
        known = rows.dropna(subset=[f"with_{power}"])
        assert (known[f"with_{power}"] <= known["exercises"]).all()
        assert power.upper() not in set(known["actor"])


def test_a_frame_that_is_changed_does_not_change_the_next_one() -> None:
    frame = political_table("us-bases")
    frame.loc[:, "bases"] = -1
    assert (political_table("us-bases")["bases"] >= 0).all()


def test_unknown_names_are_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownNameError, match="'weather' is unknown; there are states,"):
        political_table("weather")
    with pytest.raises(UnknownNameError, match="no column 'rain'; it has actor"):
        TABLES["us-bases"].origin("rain")


@pytest.mark.parametrize("name", TABLES)
def test_the_files_are_plain_and_carry_no_date(name: str) -> None:
    packed = read_embedded(TABLES[name].file)
    assert packed[4:8] == b"\0\0\0\0", "the time in the header of gzip"
    assert b"\r" not in gzip.decompress(packed)


def test_the_tables_stay_small() -> None:
    assert sum(len(read_embedded(table.file)) for table in TABLES.values()) < 3e6


def test_the_example_of_the_page_runs() -> None:
    (example,) = re.findall(r"^```python\n(.*?)^```$", text(), flags=re.MULTILINE | re.DOTALL)
    exec(example, {})  # noqa: S102 - the page's own code


def test_the_page_is_that_of_the_declarations() -> None:
    assert TARGET.read_text(encoding="utf-8") == text(), "run python tools/build_politics_page.py"
