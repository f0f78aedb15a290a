"""Readers behind the political tables, on small made-up files in each publisher's format."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from hedgerow.data.readers.china_abroad import read_chinese_projects, read_chinese_trips
from hedgerow.data.readers.comtrade2016 import read_exports_by_year
from hedgerow.data.readers.cow_igo import read_organisation_years, read_organisations
from hedgerow.data.readers.factbook import read_factbook_military, read_organisations_2020, read_organisations_2026
from hedgerow.data.readers.ideal_points import read_ideal_points, read_vote_agreement
from hedgerow.data.readers.manyios import read_informal_organisations
from hedgerow.data.readers.manytreaties import read_parties
from hedgerow.data.readers.roll_calls import read_roll_calls, read_ukraine_votes
from hedgerow.data.readers.state_system import read_cow_spells, read_cow_years, read_gw_spells
from hedgerow.data.readers.ucdp import read_conflict_parties
from hedgerow.data.readers.us_forces import read_bases, read_exercises, read_troop_reports
from hedgerow.data.readers.wdi_military import read_armed_forces, read_military_share
from hedgerow.data.readers.wiod_series import read_wiod_pairs
from hedgerow.errors import DataError
from tests.data.test_composite_readers import write, write_parquet

READERS: list[tuple[Callable[[Path], object], str]] = [
    (read_cow_spells, "cow_states.csv"),
    (read_gw_spells, "gw_states.csv"),
    (read_cow_years, "isard_cw_gw_panel.csv.gz"),
    (read_ideal_points, "idealpoints_july2025.csv.gz"),
    (read_vote_agreement, "idealpoints_all_jun2024_with_agreement.csv.gz"),
    (read_roll_calls, "un_votes.parquet"),
    (read_ukraine_votes, "ukraine_resolutions_68-262_ES-11-1.csv"),
    (read_military_share, "wdi_milex_pct_gdp_1960_2024.csv.gz"),
    (read_armed_forces, "wdi_armed_forces_personnel.csv.gz"),
    (read_factbook_military, "milex_pct_gdp.csv"),
    (read_organisations_2026, "io_participation_2026.csv"),
    (read_organisations_2020, "country_organisations_2020.csv.gz"),
    (read_troop_reports, "us_troops_reports_1950_2025.parquet"),
    (read_bases, "us_bases.csv.gz"),
    (read_exercises, "multinational_exercises_1980_2010.parquet"),
    (partial(read_organisation_years, since=1946), "cow_igo_v3_memberships_1816_2014.parquet"),
    (read_organisations, "cow_igo_v3_organisations.csv"),
    (read_informal_organisations, "informal_igo_memberships_IIGO.csv"),
    (read_parties, "parties_GGO.parquet"),
    (read_chinese_trips, "ceias_chinese_leaders_travel_1949_2020.csv"),
    (read_chinese_projects, "gcof_v1_projects_2000_2014.parquet"),
    (read_conflict_parties, "ucdp_acd.csv.gz"),
    (read_exports_by_year, "penppml_bilateral_exports_and_wb_dta_agreements_1964_2016.csv.gz"),
    (read_wiod_pairs, "wiod13_bilateral_sector_1995_2011.parquet"),
]


@pytest.mark.parametrize(("read", "name"), READERS)
def test_an_absent_file_is_named(read: Callable[[Path], object], name: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=name.replace(".", r"\.")):
        read(tmp_path / "publisher")


def rows(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    return list(frame.itertuples(index=False, name=None))


def test_spells_are_years(tmp_path: Path) -> None:
    write(tmp_path, "cow_states.csv", "ccode,styear,endyear\n652.0,1946.0,1958.0\n652.0,1961.0,2016.0")
    write(tmp_path, "gw_states.csv", "gwcode,startdate,enddate\n652.0,1946-04-17,2017-12-31")
    assert rows(read_cow_spells(tmp_path)) == [(652, 1946, 1958), (652, 1961, 2016)]
    assert rows(read_gw_spells(tmp_path)) == [(652, 1946, 2017)]


def test_a_year_without_a_vote_has_no_ideal_point(tmp_path: Path) -> None:
    head = "ccode,year,idealpointfp,q5fp,q95fp,nvotesfp,idealpointall"
    write(tmp_path, "idealpoints_july2025.csv.gz", f"{head}\n2,2024,2.2,1.9,2.5,80.0,\n710,1970,,,,,0.1")
    assert rows(read_ideal_points(tmp_path)) == [(2, 2024, 2.2, 1.9, 2.5, 80)]


def test_agreement_belongs_to_the_year_its_session_opened(tmp_path: Path) -> None:
    head = "ccode,session,NVotesAll,USAgree,RUSSAgree,ChinaAgree,IndiaAgree"
    write(tmp_path, "idealpoints_all_jun2024_with_agreement.csv.gz", f"{head}\n20,1,40,0.9,0.2,NA,0.5")
    assert sorted(rows(read_vote_agreement(tmp_path))) == [
        (20, "IND", 1946, 0.5, 40), (20, "RUS", 1946, 0.2, 40), (20, "USA", 1946, 0.9, 40),
    ]  # fmt: skip


def test_a_roll_call_belongs_to_the_year_its_session_opened(tmp_path: Path) -> None:
    votes = {"rcid": [7, 7], "country": ["Canada", "India"], "country_code": ["CA", "IN"], "vote": ["yes", "abstain"]}
    calls = {"rcid": [7], "session": [74.0], "date": pd.to_datetime(["2020-01-14"])}
    write_parquet(pd.DataFrame(votes), tmp_path / "un_votes.parquet")
    write_parquet(pd.DataFrame(calls), tmp_path / "un_roll_calls.parquet")
    assert rows(read_roll_calls(tmp_path)) == [(7, 2019, "Canada", "y"), (7, 2019, "India", "a")]


def test_namibia_is_not_a_gap_and_kosovo_has_its_code(tmp_path: Path) -> None:
    text = "geo,year,military_expenditure_percent_of_gdp\nnam,1990,4.0\nkos,2010,0.5"
    write(tmp_path, "wdi_milex_pct_gdp_1960_2024.csv.gz", text)
    assert rows(read_military_share(tmp_path)) == [("NAM", 1990, 4.0), ("XKX", 2010, 0.5)]
    organisations = "iso3,organisation,status\nNAM, AU ,member\nNAM,none,\nNAM,AU,observer\nAUS,Australian Group,member"
    write(tmp_path, "io_participation_2026.csv", organisations)
    assert rows(read_organisations_2026(tmp_path)) == [("NAM", "AU", "member"), ("AUS", "Australia Group", "member")]


def test_a_range_is_no_figure(tmp_path: Path) -> None:
    text = (
        "iso3,year,pct_gdp,text\nPRK,2010,30,an estimated 20-30% of GDP annually (2010 est.)\n"
        "VNM,2023,1.8,1.8% of GDP (2023 est.)\nLAO,2018,0.2,0.2% of GDP (2018)"
    )
    write(tmp_path, "milex_pct_gdp.csv", text)
    assert rows(read_factbook_military(tmp_path)) == [("LAO", 2018, 0.2), ("VNM", 2023, 1.8)]


def test_a_report_of_troops_keeps_its_month_and_place(tmp_path: Path) -> None:
    reports = {
        "iso3c": ["JPN", None], "Location": ["JAPAN", "KOSOVO "], "year": [2024.0, 2024.0],
        "month": ["December", "June"], "troops_ad": [52603.0, 1.0], "Total": [1.0, 2.0],
    }  # fmt: skip
    write_parquet(pd.DataFrame(reports), tmp_path / "us_troops_reports_1950_2025.parquet")
    assert rows(read_troop_reports(tmp_path)) == [("JPN", "JAPAN", 2024, 12, 52603.0), ("", "KOSOVO", 2024, 6, 1.0)]
    write(tmp_path, "us_bases.csv.gz", "iso3c,base,lilypad,fundedsite\nKSV,1,0,0\nDEU,1,0,0\nDEU,0,1,0")
    assert rows(read_bases(tmp_path)) == [("DEU", 1, 1, 0), ("XKX", 1, 0, 0)]


def test_a_participant_listed_twice_counts_once(tmp_path: Path) -> None:
    told = {"MMEID": ["m1", "m1", "m2"], "gwcode": [20.0, 20.0, None], "year": [1980.0, 1980.0, 1981.0]}
    write_parquet(pd.DataFrame(told), tmp_path / "multinational_exercises_1980_2010.parquet")
    assert rows(read_exercises(tmp_path)) == [(20, 1980, "m1")]


def test_observers_are_not_members(tmp_path: Path) -> None:
    told = {
        "ccode": [20, 20, 20], "year": [1950, 1951, 1940], "state": "canada", "igo": ["un", "oas", "un"],
        "status": ["full", "observer", "full"],
    }  # fmt: skip
    write_parquet(pd.DataFrame(told), tmp_path / "cow_igo_v3_memberships_1816_2014.parquet")
    assert rows(read_organisation_years(tmp_path, since=1946)) == [(20, "un", 1950)]


def test_a_party_joins_with_its_first_act_and_marks_are_not_dates(tmp_path: Path) -> None:
    head = ["stateID", "treatyID", "Begin", "StateSignature", "StateRatification", "StateForce", "StateEnd", "End"]
    told = [
        ("CAN", "A", "1990-01-01", "1992-05-05", "1991", "2899-01-01", "9999-12-31", None),
        ("USA", "A", "1990-01-01", None, None, None, "2005-06-01", "9999-12-31"),
        ("USA", "A", "1990-01-01", "1995-02", None, None, None, None),
        ("IND", "B", "1996-03-01:1996-04-01", None, None, "2899-01-01", None, "2001"),
    ]
    write_parquet(pd.DataFrame(told, columns=head), tmp_path / "parties_GGO.parquet")
    parties = read_parties(tmp_path).set_index(["party", "agreement"])
    assert parties["joined"].to_dict() == {("CAN", "A"): 1991, ("IND", "B"): 1996, ("USA", "A"): 1990}
    assert parties["left"].dropna().to_dict() == {("IND", "B"): 2001, ("USA", "A"): 2005}


def test_umbrella_agreements_do_not_count_twice(tmp_path: Path) -> None:
    told = {
        "project_id": [2, 1, 3], "recommended_for_research": [True, True, False], "umbrella": [0, 0, 0],
        "recipient_iso3": ["KEN", "ETH", "KEN"], "recipient_count": [1, 1, 1], "year": [2010, 2011, 2010],
        "flow_class": "ODA-like", "usd_defl_2014": [5e6, None, 9e9],
    }  # fmt: skip
    write_parquet(pd.DataFrame(told), tmp_path / "gcof_v1_projects_2000_2014.parquet")
    projects = read_chinese_projects(tmp_path)
    assert projects["iso3"].tolist() == ["ETH", "KEN"]
    assert projects["musd"].isna().tolist() == [True, False]
    assert projects["musd"].iloc[1] == 5.0
    told["umbrella"] = [1, 0, 0]
    write_parquet(pd.DataFrame(told), tmp_path / "gcof_v1_projects_2000_2014.parquet")
    assert read_chinese_projects(tmp_path)["iso3"].tolist() == ["ETH"]


def test_a_state_counts_once_in_a_conflict_whatever_its_combinations(tmp_path: Path) -> None:
    head = "conflict_id,year,gwno_a,gwno_a_2nd,gwno_b,gwno_b_2nd,intensity_level,type_of_conflict"
    told = (
        "13243,2024,365,731,369,,2,interstate\n11347,2013,432,2,,,1,II\n11347,2013,432,200,,,1,II\n"
        "11347,2013,432,220,,,1,II"
    )
    write(tmp_path, "ucdp_acd.csv.gz", f"{head}\n{told}")
    found = read_conflict_parties(tmp_path)
    assert (found["code"] == 432).sum() == 1
    roles = found.set_index("code")["role"].to_dict()
    assert roles == {
        365: "party", 369: "party", 731: "supporting", 432: "party", 2: "supporting", 200: "supporting",
        220: "supporting",
    }  # fmt: skip
    assert found.set_index("code").loc[[365, 432], "war"].tolist() == [True, False]


def test_exports_say_where_an_agreement_was_in_force(tmp_path: Path) -> None:
    head = "exp,imp,year,export_usd,wb_dta_id,agreement"
    name = "penppml_bilateral_exports_and_wb_dta_agreements_1964_2016.csv.gz"
    write(tmp_path, name, f"{head}\nNAM,CAN,2016,2500000,0,\nCAN,USA,2016,1e6,112,NAFTA")
    assert rows(read_exports_by_year(tmp_path)) == [("NAM", "CAN", 2016, 2.5, 0), ("CAN", "USA", 2016, 1.0, 1)]


def test_goods_are_the_first_sixteen_sectors_of_wiod(tmp_path: Path) -> None:
    told = {
        "year": 2011, "exporter": "CAN", "sector": ["c1", "c16", "c17"], "importer": "USA",
        "intermediate_musd": [1.0, 2.0, 4.0], "final_musd": [0.0, -1.0, 8.0],
    }  # fmt: skip
    write_parquet(pd.DataFrame(told), tmp_path / "wiod13_bilateral_sector_1995_2011.parquet")
    assert rows(read_wiod_pairs(tmp_path)) == [("CAN", "USA", 2011, 2.0, 14.0)]


def test_an_informal_organisation_without_an_end_goes_on(tmp_path: Path) -> None:
    told = "stateID,StateName,igoID,Title,Begin,End,Year\nUSA,United States,QUAD,Quad,2007,,2017"
    write(tmp_path, "informal_igo_memberships_IIGO.csv", told)
    found = read_informal_organisations(tmp_path)
    assert found["begin"].tolist() == [2007]
    assert found["end"].isna().all()
    write(tmp_path, "ceias_chinese_leaders_travel_1949_2020.csv", "Year,Name,Level,Country\n1950,Zhou,Premier,India")
    assert rows(read_chinese_trips(tmp_path)) == [("India", 1950)]
