"""Hubs and spokes, accessions, suspended pairs and customs unions in the 73 economies of the composite world."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest

from hedgerow.data.readers.agreements import read_later_agreements, read_suspended_pairs
from hedgerow.world.actors import actors_named, alias_table
from hedgerow.world.agreements import agreements_in_force
from hedgerow.world.io import load
from hedgerow.world.memberships import organisations, trade_blocs
from hedgerow.world.parties import bloc_of, blocs, economy, trade_parties
from hedgerow.world.partnership_table import from_frame, to_frame
from hedgerow.world.partnerships import Partnership, PartnershipKind, Suspension, in_force_between, in_force_with
from hedgerow.world.tiny import tiny_world
from hedgerow.world.world import World

NAMED = """
    ARG AUS AUT BEL BGD BGR BLR BRA CAN CHE CHL CHN CIV CMR COL CRI CYP CZE DEU DNK EGY ESP EST FIN FRA GBR GRC
    HRV HUN IDN IND IRL ISL ISR ITA JOR JPN KAZ KHM KOR LTU LUX LVA MAR MEX MLT MMR MYS NGA NLD NOR NZL PAK PER PHL
    POL PRT ROU RUS SAU SEN SGP SVK SVN SWE THA TUN TUR TWN UKR USA VNM ZAF
"""
CODES = tuple(sorted(NAMED.split()))

TIED = [
    ("CAN", "FRA", "eu-canada", date(2017, 9, 21)),
    ("HRV", "MEX", "eu-mexico", date(2013, 7, 1)),  # not before its accession to the Union
    ("POL", "TUR", "eu-turkey", date(2004, 5, 1)),
    ("CHE", "CAN", "efta-canada", date(2009, 7, 1)),
    ("NOR", "COL", "efta-colombia", date(2014, 9, 1)),
    ("CHE", "ZAF", "efta-sacu", date(2008, 5, 1)),
    ("JPN", "THA", "asean-japan", date(2009, 6, 1)),
    ("CHL", "JPN", "cptpp", date(2023, 2, 21)),
    ("KOR", "JPN", "rcep", date(2022, 2, 1)),
    ("IDN", "CHN", "rcep", date(2023, 1, 2)),
    ("GBR", "MYS", "gbr-cptpp", date(2024, 12, 15)),
    ("GBR", "AUS", "gbr-cptpp", date(2024, 12, 24)),
    ("GBR", "NZL", "gbr-nzl", date(2023, 5, 31)),
    ("DEU", "NZL", "eu-nzl", date(2024, 5, 1)),
    ("CHE", "IND", "ind-efta", date(2025, 10, 1)),
    ("BRA", "DEU", "eu-mercosur", date(2026, 5, 1)),
    ("DEU", "MAR", "eu-morocco", date(2000, 3, 1)),
    ("BRA", "CHL", "mercosur-chile", date(1996, 10, 1)),
    ("GBR", "KOR", "united-kingdom-korea-republic-of", date(2021, 1, 1)),
]

UNTIED = [
    ("USA", "CHN"),
    ("IND", "DEU"),  # concluded, not in force
    ("IND", "GBR"),  # signed
    ("AUS", "DEU"),  # concluded
    ("BRA", "CHE"),  # signed
    ("RUS", "UKR"),  # suspended
    ("IND", "PAK"),  # suspended
    ("ISR", "TUR"),  # suspended
    ("BRA", "MEX"),  # partial in scope
    ("CHN", "IND"),
]


@pytest.fixture(scope="module")
def partnerships(raw: Path) -> tuple[Partnership, ...]:
    """Everything that ties the 73."""
    return agreements_in_force(raw / "economy" / "trade-agreements", CODES)


@pytest.fixture(scope="module")
def composite(partnerships: tuple[Partnership, ...]) -> World:
    """A world of the 73 without accounts."""
    return World("seventy-three", "Names only", 2023, actors_named((*CODES, "ROW")), (), {}, partnerships)


@pytest.mark.raw
@pytest.mark.parametrize(("one", "other", "agreement", "since"), TIED)
def test_known_ties_from_the_day_they_hold(
    partnerships: tuple[Partnership, ...], one: str, other: str, agreement: str, since: date
) -> None:
    found = {p.id: p for p in in_force_between(partnerships, one, other)}
    assert found[agreement].since_between(one, other) == since
    assert found[agreement].joins(one, other, on=since)
    assert not found[agreement].joins(one, other, on=date.fromordinal(since.toordinal() - 1))


@pytest.mark.raw
@pytest.mark.parametrize(("one", "other"), UNTIED)
def test_what_is_not_in_force_or_suspended_ties_nobody(
    partnerships: tuple[Partnership, ...], one: str, other: str
) -> None:
    assert in_force_between(partnerships, one, other) == ()


@pytest.mark.raw
def test_a_suspended_pair_was_tied_before(partnerships: tuple[Partnership, ...]) -> None:
    assert in_force_between(partnerships, "RUS", "UKR", on=date(2015, 12, 31))
    assert not in_force_between(partnerships, "RUS", "UKR", on=date(2016, 1, 1))


@pytest.mark.raw
def test_the_spokes_of_a_hub_are_not_joined(partnerships: tuple[Partnership, ...]) -> None:
    hubs = ("eu-", "efta-", "asean-", "united-kingdom-", "southern-common-market")
    for p in partnerships:
        assert not p.id.startswith(hubs) or len(p.members) == 2 or len(p.sides) == 2, p.id
        for side in p.sides:
            assert not any(p.joins(*pair) for pair in combinations(side, 2))
    (andean,) = (p for p in partnerships if p.title == "EU - Colombia and Peru")
    assert not andean.joins("COL", "PER")
    assert andean.joins("COL", "DEU")


@pytest.mark.raw
def test_sides_hold_the_members_once_and_later_entries_are_members(partnerships: tuple[Partnership, ...]) -> None:
    for p in partnerships:
        assert not p.sides or tuple(sorted(c for side in p.sides for c in side)) == p.members
        assert all(code in p.members and day > p.since for code, day in p.entered)
        assert any(p.joins(*pair, on=date(2030, 1, 1)) for pair in combinations(p.members, 2)) or p.suspended


@pytest.mark.raw
def test_joins_is_mutual_irreflexive_and_lasts(partnerships: tuple[Partnership, ...]) -> None:
    for p in partnerships:
        for one, other in combinations(p.members, 2):
            assert p.joins(one, other) == p.joins(other, one)
            if p.joins(one, other):
                assert p.joins(one, other, on=date(2030, 1, 1))
        assert not any(p.joins(code, code) for code in p.members)


@pytest.mark.raw
def test_ids_are_unique_among_all_states(raw: Path) -> None:
    found = agreements_in_force(raw / "economy" / "trade-agreements", alias_table().names)
    assert len({p.id for p in found}) == len(found)


@pytest.mark.raw
def test_the_united_kingdom_is_in_no_agreement_of_the_union(partnerships: tuple[Partnership, ...]) -> None:
    inside = [p.id for p in partnerships if "GBR" in p.members and p.title.startswith("EU ")]
    assert inside == ["eu-united-kingdom"]


@pytest.mark.raw
def test_customs_unions_with_two_members_are_parties_the_others_stay_alone(composite: World) -> None:
    assert {p.id: p.members for p in blocs(composite)} == {
        "EU": tuple(c for c in trade_blocs()["EU"] if c in CODES),
        "EAEU": ("BLR", "KAZ", "RUS"),
        "MERCOSUR": ("ARG", "BRA"),
    }
    listed = [code for p in trade_parties(composite) for code in p.members]
    assert sorted(listed) == list(CODES)
    found = {p.code: p for p in trade_parties(composite)}
    assert found["MERCOSUR"].missing == ("BOL", "PRY", "URY")
    assert found["EAEU"].missing == ("ARM", "KGZ")
    assert found["EU"].missing == ()
    assert found["SAU"].name == "Saudi Arabia"
    assert found["SAU"].missing == ("ARE", "BHR", "KWT", "OMN", "QAT")
    assert "Gulf Cooperation Council" in found["SAU"].note
    assert "Uruguay" in found["MERCOSUR"].note
    assert found["ZAF"].missing == ("BWA", "LSO", "NAM", "SWZ")
    assert found["CHE"].missing == ()


def test_brazil_signs_for_itself_in_2011_and_says_who_is_missing() -> None:
    world = load("wiod-2011")
    brazil = economy(world, "BRA", field="actor")
    assert brazil.name == "Brazil"
    assert brazil.missing == ("ARG", "BOL", "PRY", "URY")
    assert bloc_of(world, "BRA") is None
    union = bloc_of(world, "DEU")
    assert union is not None
    assert union.missing == ("HRV",)
    assert "Croatia" in union.note


@pytest.mark.raw
def test_an_agreement_with_a_bloc_ties_each_of_its_members(partnerships: tuple[Partnership, ...]) -> None:
    eaeu = trade_blocs()["EAEU"]
    here = [code for code in eaeu if code in CODES]
    assert "eurasian-economic-union-eaeu-viet-nam" in {p.id for p in in_force_with(partnerships, ["VNM"], here)}
    assert in_force_between(partnerships, "UKR", "BLR")
    assert in_force_with(partnerships, ["UKR"], here) == ()


@pytest.mark.raw
def test_any_set_of_actors_has_the_ties_among_its_own(raw: Path, partnerships: tuple[Partnership, ...]) -> None:
    few = ("ARG", "CHE", "CHL", "DEU", "HRV", "KAZ", "NOR", "RUS", "SAU", "SGP")
    smaller = agreements_in_force(raw / "economy" / "trade-agreements", few)
    for one, other in combinations(few, 2):
        if any({one, other} <= set(p.members) for p in partnerships if p.kind is PartnershipKind.BLOC):
            continue  # an agreement that only members of a bloc share is that bloc
        same = [p.id for p in in_force_between(partnerships, one, other)]
        assert [p.id for p in in_force_between(smaller, one, other)] == same
        for p, q in zip(in_force_between(smaller, one, other), in_force_between(partnerships, one, other), strict=True):
            assert p.since_between(one, other) == q.since_between(one, other)


@pytest.mark.raw
def test_a_table_gives_back_what_went_into_it(partnerships: tuple[Partnership, ...]) -> None:
    assert from_frame(to_frame(partnerships)) == partnerships


def test_a_table_of_before_is_still_read() -> None:
    (agreement,) = tiny_world().partnerships
    old = to_frame([agreement]).drop(columns=["sides", "entered", "suspended"])
    assert from_frame(old) == (agreement,)
    assert from_frame(pd.DataFrame(columns=old.columns)) == ()


def test_sides_entries_and_suspensions_in_one_made_up_agreement() -> None:
    p = Partnership(
        "x",
        "AAA - B",
        PartnershipKind.FREE_TRADE_AGREEMENT,
        ("AAA", "BBB", "CCC"),
        date(2000, 1, 1),
        "illustration",
        sides=(("AAA",), ("BBB", "CCC")),
        entered=(("CCC", date(2005, 1, 1)),),
    )
    assert p.joins("AAA", "BBB", on=date(2000, 1, 1))
    assert not p.joins("BBB", "CCC")
    assert not p.joins("AAA", "CCC", on=date(2004, 12, 31))
    assert p.joins("CCC", "AAA", on=date(2005, 1, 1))
    stopped = replace(p, suspended=(Suspension("BBB", "AAA", date(2010, 1, 1)),))
    assert stopped.joins("AAA", "BBB", on=date(2009, 12, 31))
    assert not stopped.joins("AAA", "BBB")


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Comprehensive and Progressive Agreement for Trans-Pacific Partnership (CPTPP)", "CPTPP"),
        ("United States-Mexico-Canada Agreement (USMCA/CUSMA/T-MEC)", "USMCA"),
        ("Southern Common Market (MERCOSUR) - Egypt", "Southern Common Market (MERCOSUR) - Egypt"),
        ("Mercosur - Chile (ACE 35)", "Mercosur - Chile (ACE 35)"),
    ],
)
def test_an_acronym_stands_for_the_whole_title_only(title: str, short: str) -> None:
    kind = PartnershipKind.FREE_TRADE_AGREEMENT
    assert Partnership("x", title, kind, ("AAA", "BBB"), date(2000, 1, 1), "illustration").short_title == short


def test_our_own_list_names_known_parties_and_its_evidence() -> None:
    names = set(organisations())
    for a in read_later_agreements():
        assert a.evidence
        assert all(party in names or len(party) == 3 for party in a.members)
        assert {code for code, _ in a.entered} <= set(a.members)
    for one, other, since, evidence in read_suspended_pairs():
        assert one < other
        assert since.year >= 2016
        assert evidence
