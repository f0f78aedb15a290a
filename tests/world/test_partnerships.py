"""Who is tied to whom, since when; facts that anyone can look up."""

from __future__ import annotations

import json
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from hedgerow.data.readers.agreements import read_wto_rta2021
from hedgerow.world.agreements import agreements_in_force
from hedgerow.world.io import load
from hedgerow.world.parties import trade_parties
from hedgerow.world.partnerships import Partnership, PartnershipKind, in_force_between
from hedgerow.world.world import World
from tests.world.facts import UNION_OF_2021

FACTS = [
    ("eu-canada", "CAN", "FRA", date(2017, 9, 21)),  # CETA, provisionally applied
    ("cptpp", "CAN", "JPN", date(2018, 12, 30)),
    ("cptpp", "AUS", "MEX", date(2018, 12, 30)),
    ("usmca", "CAN", "USA", date(2020, 7, 1)),
    ("usmca", "MEX", "USA", date(2020, 7, 1)),
    ("eu-japan", "DEU", "JPN", date(2019, 2, 1)),
    ("eu-united-kingdom", "GBR", "IRL", date(2021, 1, 1)),
    ("united-kingdom-canada", "CAN", "GBR", date(2021, 1, 1)),
    ("korea-republic-of-united-states", "KOR", "USA", date(2012, 3, 15)),
    ("eu-turkey", "DEU", "TUR", date(1996, 1, 1)),
    ("rcep", "CHN", "JPN", date(2022, 1, 1)),
]

UNTIED = [
    ("USA", "CHN"),
    ("USA", "DEU"),
    ("USA", "GBR"),
    ("CAN", "CHN"),
    ("CHN", "DEU"),
    ("BRA", "MEX"),  # ACE-53 is partial in scope
    ("CHN", "IND"),  # APTA is partial in scope
    ("BRA", "IND"),  # MERCOSUR - India is partial in scope
    ("TUR", "IND"),
    ("CAN", "GBR", "cptpp"),  # the accession of December 2024 was not ratified by Canada
    ("GBR", "MEX", "gbr-cptpp"),
]

NEVER_NOTIFIED = {
    *("mercosur-chile", "mercosur-colombia", "mercosur-peru"),  # only within ALADI
    *("efta-ecu", "efta-gcc", "kor-central-america", "col-isr"),  # not in force in the list of March 2021
}


def test_a_tie_is_mutual(world: World) -> None:
    for one, other in combinations(world.codes, 2):
        assert in_force_between(world.partnerships, one, other) == in_force_between(world.partnerships, other, one)


def test_a_partnership_ties_each_two_of_its_members_that_face_each_other_and_nobody_else(world: World) -> None:
    for p in world.partnerships:
        tied = {pair for pair in combinations(sorted(world.codes), 2) if p.joins(*pair)}
        same_side = {pair for side in p.sides for pair in combinations(sorted(side), 2)}
        apart = {(min(s.one, s.other), max(s.one, s.other)) for s in p.suspended}
        assert tied == set(combinations(sorted(p.members), 2)) - same_side - apart
        assert not any(p.joins(code, code) for code in world.codes)


def test_the_union_has_26_members_with_accounts_and_the_united_kingdom_left(world_2011: World) -> None:
    (union,) = (p for p in world_2011.partnerships if p.kind is PartnershipKind.BLOC)
    assert set(union.members) == UNION_OF_2021
    assert len(union.members) == 26
    assert "GBR" not in union.members


@pytest.mark.parametrize(("agreement", "one", "other", "since"), FACTS)
def test_known_agreements_tie_the_right_states_from_the_right_day(
    agreement: str, one: str, other: str, since: date
) -> None:
    found = {p.id: p for p in in_force_between(load("wiod-2011").partnerships, one, other)}
    assert agreement in found
    assert found[agreement].since == since


@pytest.mark.parametrize("untied", UNTIED)
def test_what_is_partial_in_scope_or_not_in_force_ties_nobody(untied: tuple[str, ...]) -> None:
    one, other, *agreement = untied
    found = [p.id for p in in_force_between(load("wiod-2011").partnerships, one, other)]
    assert set(agreement or found).isdisjoint(found)


def test_every_agreement_ties_two_signatories_of_the_world(embedded_world: World) -> None:
    signatory = {code: p.code for p in trade_parties(embedded_world) for code in p.members}
    for p in embedded_world.partnerships:
        assert set(p.members) <= set(signatory), "an actor that the world does not name"
        assert tuple(sorted(set(p.members))) == p.members
        if p.kind is not PartnershipKind.BLOC:
            assert len({signatory[code] for code in p.members}) >= 2


def test_the_union_signs_as_one(embedded_world: World) -> None:
    for p in embedded_world.partnerships:
        assert set(p.members) >= UNION_OF_2021 or UNION_OF_2021.isdisjoint(p.members)


def test_agreements_have_ids_of_their_own(embedded_world: World) -> None:
    assert len({p.id for p in embedded_world.partnerships}) == len(embedded_world.partnerships)


def test_agreements_come_by_date(world_2011: World) -> None:
    days = [p.since for p in world_2011.partnerships]
    assert days == sorted(days)


def test_what_was_entered_by_hand_is_later_than_the_list_and_names_its_evidence(embedded_world: World) -> None:
    by_hand = [p for p in embedded_world.partnerships if p.source == "agreements-by-hand"]
    assert by_hand
    for p in by_hand:
        assert p.since > date(2021, 3, 31) or p.id in NEVER_NOTIFIED
        assert p.evidence
    assert all(p.since <= date(2021, 3, 31) for p in embedded_world.partnerships if p not in by_hand)


@pytest.mark.raw
def test_the_world_trade_organization_lists_the_same_members(raw: Path) -> None:
    """Title by title, every notified agreement of the world is a full one that the list has in force."""
    folder = raw / "economy" / "trade-agreements"
    rows = json.loads((folder / "wto_rta_in_force_members_iso2_2021-03.json").read_text(encoding="utf-8"))
    kinds = {row["rta"]: row["type"] for row in rows}
    assert "PSA" in kinds.values(), "the list holds partial-scope agreements, so leaving them out is a choice"
    every = load("wiod-2011").partnerships
    notified = [p for p in every if p.source == "wto-rta-2021" and p.kind is not PartnershipKind.BLOC]
    assert {kinds[p.title].split(" & ")[0] for p in notified} <= {"FTA", "CU"}
    assert {a.kind for a in read_wto_rta2021(folder)} == {"FTA", "CU"}


@pytest.mark.raw
def test_a_smaller_world_has_the_ties_among_its_own_actors(raw: Path) -> None:
    """Leaving actors out takes their ties away and changes none of the others."""
    folder, few = raw / "economy" / "trade-agreements", ("CAN", "DEU", "JPN", "MEX", "USA")

    def ties(partnerships: tuple[Partnership, ...]) -> set[tuple[str, str, str]]:
        return {(p.id, *pair) for p in partnerships for pair in combinations(few, 2) if p.joins(*pair)}

    assert ties(agreements_in_force(folder, few)) == ties(load("wiod-2011").partnerships)


@pytest.mark.raw
def test_an_agreement_among_absent_actors_is_left_out(raw: Path) -> None:
    found = agreements_in_force(raw / "economy" / "trade-agreements", ("CAN", "DEU", "FRA", "USA"))
    assert [p.id for p in found if len(p.members) < 2] == []
