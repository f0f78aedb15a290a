"""The cases that ship: what they rest on, and what is publicly known of how the promises ended."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from hedgerow.data.politics import political_table
from hedgerow.data.yearly import population
from hedgerow.ledger.book import Book
from hedgerow.ledger.index import items
from hedgerow.ledger.journal import shipped_ledger
from hedgerow.ledger.records import Level, Outcome, Partnership, PartnershipKind, Verification
from hedgerow.ledger.scores import scores
from hedgerow.ledger.status import Standing, State, standings
from hedgerow.world.deals import deals
from hedgerow.world.memberships import joined
from tools.build_ledger_page import ON, TARGET, WORDS, text, with_others


@cache
def book() -> Book:
    return Book.of(items(shipped_ledger()))


@cache
def standing(partnership: str, goal: str) -> Standing:
    return next(s for s in standings(book(), ON) if (s.partnership, s.goal.id) == (partnership, goal))


def test_about_twenty_partnerships_and_every_deal_of_the_library() -> None:
    known = {p.id: p for _, p in book().items(Partnership)}
    words = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    assert len(words) == 20
    assert known.keys() == words.keys() | {f"trade-{name}" for name in deals()}
    for deal in deals().values():
        told = known[f"trade-{deal.id}"]
        assert (told.title, told.kind) == (deal.title, PartnershipKind.TRADE_AGREEMENT)
        assert {member.id.upper() for member in told.members} == set(deal.parties)
    assert all(set(said) == {"reading", "doubts"} for said in words.values())


def test_eight_and_more_have_members_that_are_no_states() -> None:
    assert len(with_others(book())) >= 8


def test_every_outcome_has_a_source_a_reader_can_find() -> None:
    for _, outcome in book().items(Outcome):
        assert outcome.source.url or outcome.source.published, outcome.id


def test_every_verdict_is_younger_than_what_it_confirms_and_no_claim_counts() -> None:
    for item, verdict in book().items(Verification):
        outcome = book().outcome(item.entry.partnership, verdict.outcome)
        assert outcome is not None
        assert outcome.date <= verdict.date
        assert verdict.level is not Level.CLAIMED


def test_nato_is_the_embedded_table() -> None:
    """Ally by ally and year by year, from the pledge of Wales or accession on; Iceland has no forces."""
    table = political_table("military-spending").dropna(subset="percent_gdp")
    days = joined("NATO")
    embedded = {
        (who, year): value
        for who, year, value in zip(table["actor"], table["year"], table["percent_gdp"], strict=True)
        if who in days and 2014 <= year <= 2024 and days[who].year <= year
    }
    told = {
        (outcome.id[:3].upper(), outcome.date.year): outcome.value
        for outcome in book().of_partnership(Outcome, "nato-spending")
        if outcome.goal.startswith("wales-")
    }
    assert told == embedded
    assert {who for who, _ in told} == set(days) - {"ISL"}


@pytest.mark.parametrize(("ally", "since"), [("MNE", 2017), ("MKD", 2020), ("FIN", 2023), ("SWE", 2024)])
def test_later_allies_count_from_accession(ally: str, since: int) -> None:
    told = standing("nato-spending", f"wales-{ally.lower()}")
    assert min(report.outcome.date.year for report in told.reports) == since
    assert told.goal.baseline is not None
    assert told.goal.baseline.date == date(since - 1, 12, 31)


def test_the_count_of_allies_is_that_of_their_goals() -> None:
    table = political_table("military-spending")
    spent = table[(table["year"] == 2024) & table["actor"].isin(joined("NATO"))].set_index("actor")["percent_gdp"]
    told = standing("nato-spending", "allies-2024").telling
    assert told is not None
    assert told.outcome.value == int((spent >= 2).sum())
    reached = {
        a for a in joined("NATO") if a != "ISL" and standing("nato-spending", f"wales-{a.lower()}").state == "met"
    }
    assert reached == set(spent[spent >= 2].index)


@pytest.mark.parametrize(
    ("partnership", "goal", "state"),
    [
        ("mission-innovation", "double-research", State.MISSED),  # ITIF 2023: one member of 24 met it
        ("covax", "doses-2021", State.MISSED),  # Reuters, 16 January 2022: half of it two weeks later
        ("climate-finance", "hundred-billion", State.MET_LATE),  # OECD 2024: two years later than the target year
        ("unaids", "know-2020", State.MISSED),  # UNAIDS data 2021
        ("global-fund", "seventh-replenishment", State.MISSED),  # 15.7 of 18 bn USD, November 2022
        ("polio-eradication", "eradication-2000", State.MISSED),
        ("new-york-declaration-on-forests", "halve-2020", State.MISSED),  # NYDF Assessment 2020, goal 1
        ("gavi", "children-2016-2020", State.MET),  # Gavi: 324 of 300 million, by its own count
        ("quad", "production-2022", State.NO_REPORT),
        ("glasgow-forests", "halt-2030", State.BEHIND),  # Forest Declaration Assessment 2025: 63% off track
    ],
)
def test_how_the_promises_ended(partnership: str, goal: str, state: State) -> None:
    assert standing(partnership, goal).state is state


def test_a_promise_met_on_its_own_word_weighs_nothing() -> None:
    told = standing("gavi", "children-2016-2020").telling
    assert told is not None
    assert told.evidence.weight == 0


def test_the_177_million_are_a_claim_and_at_most_a_ninth_of_what_the_world_gained() -> None:
    (claim,) = standing("sustainable-energy-for-all", "people-reached").reports
    assert (claim.outcome.value, claim.evidence.level) == (177, Level.CLAIMED)
    score = next(s for s in scores(book(), ON) if s.partnership.id == "sustainable-energy-for-all")
    share = score.goals[0].share
    assert share is not None
    then, now = (population(year)[0]["WLD"] for year in (2010, 2023))
    baseline = score.goals[0].standing.goal.baseline
    assert baseline is not None
    gained = (now * 91.60 - then * baseline.value) / 100 / 1e6
    assert share.high == pytest.approx(177 / gained, abs=5e-4)
    assert share.low == 0


def test_the_page_is_up_to_date() -> None:
    assert TARGET.read_text(encoding="utf-8") == text(), "run python tools/build_ledger_page.py"


@pytest.mark.raw
def test_access_is_that_of_the_world_bank(raw: Path) -> None:
    file = raw / "politics/electricity-access/wdi_access_to_electricity_1990_2023.csv.gz"
    rows = pd.read_csv(file).query("`Country Code` == 'WLD'").set_index("year")["access_pct"]
    found = standing("sustainable-energy-for-all", "access-2030")
    assert found.goal.baseline is not None
    told = {r.outcome.date.year: r.outcome.value for r in found.reports} | {2010: found.goal.baseline.value}
    assert {year: pytest.approx(rows[year], abs=0.006) for year in told} == told


@pytest.mark.raw
def test_coverage_is_that_of_who_and_unicef(raw: Path) -> None:
    """Weighted by infants, over the countries on Gavi's lists; the series itself does not ship."""
    folder = raw / "politics/gavi-immunisation"
    names = pd.read_csv(folder / "who_coverage_dtp_hpv_2015_2024.csv.gz").set_index("NAME")["CODE"].to_dict()
    names |= {
        "Bolivia, Plurinational State of": "BOL",
        "Congo, Democratic Republic of": "COD",
        "Korea DPR": "PRK",
        "Lao PDR": "LAO",
        "Moldova, Republic of": "MDA",
        "Tanzania, United Republic of": "TZA",
    }
    listed = pd.read_csv(folder / "gavi_eligibility_2008_2025.csv")["Country"].map(names)
    rows = pd.read_csv(folder / "wuenic_jul2022_dtp_mcv_pcv_2000_2021.csv.gz")
    rows = rows[(rows["vaccine"] == "dtp3") & rows["iso3"].isin(set(listed))]
    sums = rows.groupby("year")[["nvax", "target"]].sum()
    coverage = 100 * sums["nvax"] / sums["target"]
    found = standing("gavi", "coverage-2010")
    assert found.goal.baseline is not None
    told = {r.outcome.date.year: r.outcome.value for r in found.reports} | {2000: found.goal.baseline.value}
    assert {year: pytest.approx(coverage[year], abs=0.06) for year in told} == told
