"""The dated table of memberships, confronted with counts and days that anyone can look up."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedgerow.data.registry import sources
from hedgerow.errors import UnknownNameError
from hedgerow.world.actors import alias_table
from hedgerow.world.memberships import (
    CHECKED_TO,
    joined,
    members_on,
    memberships,
    organisation,
    organisations,
    organisations_of,
    trade_blocs,
)
from hedgerow.world.partnerships import PartnershipKind

WANTED = [
    *("EU", "NATO", "ASEAN", "CPTPP", "RCEP", "USMCA", "MERCOSUR", "GCC", "BRICS", "SCO"),
    *("QUAD", "AUKUS", "G7", "G20", "APEC", "AU", "AIIB", "NDB", "IPEF", "BRI", "UNSC"),
]

COUNTS = [
    ("NATO", date(1949, 8, 24), 12),
    ("NATO", date(2024, 3, 6), 31),
    ("NATO", date(2024, 3, 8), 32),
    ("EU", date(1958, 1, 1), 6),
    ("EU", date(2004, 5, 1), 25),
    ("EU", date(2013, 7, 1), 28),
    ("EU", date(2021, 1, 1), 27),
    ("ASEAN", date(2020, 1, 1), 10),
    ("ASEAN", date(2025, 10, 26), 11),
    ("G7", date(2024, 1, 1), 7),
    ("G8", date(2014, 3, 24), 8),
    ("G8", date(2014, 3, 25), 0),
    ("BRICS", date(2023, 12, 31), 5),
    ("BRICS", date(2024, 1, 1), 9),
    ("BRICS", date(2025, 7, 1), 10),  # without Saudi Arabia
    ("SCO", date(2001, 6, 15), 6),
    ("SCO", date(2024, 7, 4), 10),
    ("APEC", date(1998, 12, 1), 21),
    ("AU", date(2002, 7, 9), 53),
    ("AU", date(2017, 2, 1), 55),
    ("GCC", date(2020, 1, 1), 6),
    ("G20", date(2023, 9, 8), 20),
    ("G20", date(2023, 9, 9), 21),
    ("QUAD", date(2015, 1, 1), 0),
    ("QUAD", date(2018, 1, 1), 4),
    ("AUKUS", date(2021, 9, 14), 0),
    ("AUKUS", date(2021, 9, 15), 3),
    ("CPTPP", date(2018, 12, 30), 6),
    ("CPTPP", date(2024, 12, 15), 12),
    ("RCEP", date(2022, 1, 1), 10),
    ("RCEP", date(2023, 6, 2), 14),  # without Myanmar
    ("USMCA", date(2020, 6, 30), 0),
    ("USMCA", date(2020, 7, 1), 3),
    ("MERCOSUR", date(2015, 1, 1), 5),
    ("MERCOSUR", date(2020, 1, 1), 4),
    ("NDB", date(2020, 1, 1), 5),
    ("NDB", date(2025, 12, 31), 11),
    ("IPEF", date(2022, 6, 1), 14),
    ("ANZUS", date(1986, 9, 17), 3),
    ("ANZUS", date(1986, 9, 18), 2),
    ("USA-TWN", date(1980, 1, 1), 0),
    ("COFA", date(1994, 10, 1), 4),
    ("CST", date(1994, 4, 20), 9),
    ("CST", date(2010, 1, 1), 7),
    ("CST", date(2013, 1, 1), 6),
    ("FPDA", date(2024, 1, 1), 5),
    ("MANILA-PACT", date(2024, 1, 1), 7),
    ("RIO-TREATY", date(2001, 1, 1), 22),
    ("RIO-TREATY", date(2024, 1, 1), 17),
    ("EAEU", date(2016, 1, 1), 5),
    ("EFTA", date(1970, 3, 1), 8),
    ("EFTA", date(2020, 1, 1), 4),
]

days = st.dates(date(1945, 1, 1), date(2030, 1, 1))
ids = st.sampled_from(sorted(organisations()))


@pytest.mark.parametrize("wanted", WANTED)
def test_the_organisations_of_the_brief_are_there(wanted: str) -> None:
    assert organisation(wanted.casefold()).id == wanted


@pytest.mark.parametrize(("name", "day", "count"), COUNTS)
def test_known_counts_on_known_days(name: str, day: date, count: int) -> None:
    assert len(members_on(day, name)) == count


@given(st.dates(date(1995, 1, 1), CHECKED_TO))
def test_the_security_council_has_fifteen_members_ten_of_them_elected(day: date) -> None:
    """Charter of the United Nations, article 23, as amended in 1965."""
    permanent = {"CHN", "FRA", "GBR", "RUS", "USA"}
    assert len(members_on(day, "UNSC")) == 15
    assert permanent < set(members_on(day, "UNSC"))


def test_a_seat_is_elected_for_two_years_unless_it_is_shared_and_nobody_follows_itself() -> None:
    """Charter, article 23(2): a retiring member is not eligible for immediate re-election."""
    terms = defaultdict(list)
    for m in memberships():
        if m.organisation == "UNSC" and m.until and m.year_only:
            terms[m.actor].append((m.since.year, m.until.year))
    assert sum(until - since + 1 for held in terms.values() for since, until in held) == 33 * 5 * 2
    for held in terms.values():
        assert all(until - since == 1 for since, until in held if (since, until) not in {(2017, 2017), (2018, 2018)})
        assert all(later[0] > sooner[1] + 1 for sooner, later in pairwise(sorted(held)))


@pytest.mark.parametrize("actor", ["AUS", "JPN", "KOR", "PHL", "THA", "CAN", "POL", "TUR", "BRA", "ARG"])
def test_the_treaty_allies_of_the_united_states_share_a_promise_of_defence(actor: str) -> None:
    """As the Department of State lists them."""
    kinds = {PartnershipKind.ALLIANCE, PartnershipKind.DEFENCE_PACT}
    assert any(
        known.kind in kinds and {actor, "USA"} <= set(members_on(CHECKED_TO, known.id))
        for known in organisations().values()
    )


def test_who_left_the_belt_and_road_is_gone_and_its_list_denies_nothing() -> None:
    assert "ITA" in members_on(date(2020, 1, 1), "BRI")
    assert "ITA" not in members_on(date(2024, 4, 1), "BRI")
    assert not organisation("BRI").complete


@pytest.mark.parametrize(
    ("actor", "name", "inside", "outside"),
    [
        ("GBR", "EU", date(2019, 12, 31), date(2020, 2, 1)),
        ("RUS", "G8", date(2014, 3, 1), date(2014, 4, 1)),
        ("VEN", "MERCOSUR", date(2016, 11, 30), date(2017, 1, 1)),
        ("AUT", "EFTA", date(1994, 12, 31), date(1995, 1, 1)),
        ("GBR", "EFTA", date(1972, 12, 31), date(1973, 1, 1)),
    ],
)
def test_who_left_is_gone(actor: str, name: str, inside: date, outside: date) -> None:
    assert actor in members_on(inside, name)
    assert actor not in members_on(outside, name)


def test_successor_states_do_not_start_anew() -> None:
    assert "DEU" in members_on(date(1960, 1, 1), "NATO")
    assert "DEU" in members_on(date(1960, 1, 1), "EU")
    assert "CZE" not in members_on(date(1995, 1, 1), "NATO")


def test_the_status_of_saudi_arabia_in_brics_is_not_asserted() -> None:
    assert "SAU" not in members_on(CHECKED_TO, "BRICS")
    assert "Saudi" in organisation("BRICS").note


def test_every_member_is_a_state_or_a_body_of_the_table() -> None:
    for m in memberships():
        assert m.actor in alias_table().names or m.actor in organisations()
        assert m.organisation in organisations()


def test_every_row_names_a_registered_source_or_quotes_one() -> None:
    for m in memberships():
        assert m.source in sources() or ", " in m.source, m


def test_no_span_ends_before_it_begins_and_spans_of_one_actor_do_not_overlap() -> None:
    spans = defaultdict(list)
    for m in memberships():
        assert m.until is None or m.since <= m.until
        assert m.since <= CHECKED_TO
        spans[m.actor, m.organisation].append((m.since, m.until or date.max))
    for found in spans.values():
        for (_, until), (since, _) in pairwise(sorted(found)):
            assert until < since


@given(day=days, name=ids)
def test_membership_changes_only_on_days_in_the_table(day: date, name: str) -> None:
    """Between two days that no row names, nobody comes or goes."""
    turns = {m.since for m in memberships()} | {m.until + timedelta(1) for m in memberships() if m.until}
    if day not in turns:
        assert members_on(day, name) == members_on(day - timedelta(1), name)


@given(day=days)
def test_asking_by_actor_and_by_organisation_agree(day: date) -> None:
    for name in organisations():
        for actor in members_on(day, name):
            assert name in organisations_of(actor, day)


def test_an_unknown_organisation_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownNameError, match="NATO"):
        members_on(CHECKED_TO, "Warsaw Pact")


def test_blocs_share_no_member() -> None:
    inside = [code for members in trade_blocs().values() for code in members]
    assert len(inside) == len(set(inside))
    assert set(joined("EU")) == set(trade_blocs()["EU"])
