"""The swings that happened: laws of the schedule, and of what is computed from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
import xarray as xr

from hedgerow.data.readers.us_tariffs import OTHER
from hedgerow.dims import EXPORTER, IMPORTER, SECTOR
from hedgerow.errors import DidNotConverge
from hedgerow.planning import history
from hedgerow.planning.effects import Progress, Solved, solve_all
from hedgerow.planning.history import History, computed, count_of_solves, swings_that_happened, why_no_history
from hedgerow.planning.hypotheses import Hypothesis
from hedgerow.planning.question import Question, ask
from hedgerow.scenarios.us_policies import (
    has_sectors,
    means_by_partner,
    policy_by_sector,
    policy_of,
    policy_of_rates,
    sector_spell,
    sectors_of,
)
from hedgerow.scenarios.us_schedule import (
    EU_MEMBERS,
    SHORT,
    USA,
    Spell,
    day_weighted_rates,
    day_weighted_years,
    days_counted,
    partner_spells,
    rate_of,
    rates_in,
    us_imports,
    us_spells,
)
from hedgerow.trade.economy import Economy, calibrate
from hedgerow.trade.equilibrium import Equilibrium, solve
from hedgerow.trade.horizon import LOWEST, at_horizon, distance_from_another_start, elasticity_after
from hedgerow.trade.policy import Policy, apply
from hedgerow.world.actors import actors_named
from hedgerow.world.io import load
from hedgerow.world.parties import blocs, party
from hedgerow.world.tiny import tiny_world

WORLD = load("wiod-2011")
SPELLS = us_spells()
PARTNERS = tuple(SPELLS[0].rates)
AUGUST = sector_spell()


@cache
def base() -> Economy:
    return calibrate(WORLD)


@cache
def canada() -> History:
    found = swings_that_happened(ask(WORLD, "CAN", USA))
    assert found is not None
    return found


def added(policy: Policy) -> xr.DataArray:
    """Points that a policy adds to every tariff. [exporter, importer, sector]"""
    return base().by_flow(apply(base(), policy).tariff - base().tariff, "added", "fraction").round(12)


def in_force(day: date) -> Spell:
    return [spell for spell in SPELLS if spell.start <= day][-1]


# The schedule


def test_spells_follow_one_another_without_gap_or_overlap() -> None:
    assert (SPELLS[0].start, SPELLS[-1].start) == (date(2025, 2, 4), date(2026, 8, 19))
    for one, following in pairwise(SPELLS):
        assert one.end == following.start - timedelta(days=1)


def test_days_add_up() -> None:
    assert sum(spell.days for spell in SPELLS[:-1] if spell.days) == (SPELLS[-1].start - SPELLS[0].start).days
    assert (SPELLS[-1].end, SPELLS[-1].days, SPELLS[-1].short) == (None, None, False)
    assert all(spell.short == (spell.days <= SHORT) for spell in SPELLS if spell.days is not None)


def test_what_was_announced_comes_last() -> None:
    assert [spell.start for spell in SPELLS if spell.announced] == [
        date(2026, 7, 24),
        date(2026, 7, 31),
        date(2026, 8, 19),
    ]


def test_every_spell_names_the_same_partners() -> None:
    assert {frozenset(spell.rates) for spell in SPELLS} == {frozenset(PARTNERS)}
    assert len(PARTNERS) == 50
    assert USA not in PARTNERS
    assert "SVK" not in PARTNERS


@pytest.mark.parametrize(
    ("day", "published"),
    [
        (date(2025, 2, 4), 0.20),
        (date(2025, 4, 9), 1.12),
        (date(2025, 5, 12), 0.27),
        (date(2025, 11, 14), 0.19),
        (date(2026, 2, 20), 0.05),
        (date(2026, 7, 24), 0.119),
    ],
)
def test_the_rate_on_china_moves_as_the_publisher_says(day: date, published: float) -> None:
    assert rate_of(in_force(day), "CHN") == pytest.approx(published, abs=0.005)


def test_a_partner_that_is_absent_has_no_rate_and_one_without_a_tariff_has_zero() -> None:
    first = SPELLS[0]
    assert rate_of(first, "CAN") == 0.0
    assert rate_of(first, "KAZ") is None
    assert rate_of(first, USA) is None
    assert day_weighted_years(SPELLS, "KAZ") == {2025: None, 2026: None}
    assert partner_spells(SPELLS, "KAZ") == ()


def test_members_share_the_rate_of_the_union() -> None:
    for spell in SPELLS:
        assert {rate_of(spell, code) for code in EU_MEMBERS} == {spell.rates["EU"]}
    assert set(blocs(WORLD)[0].members) <= EU_MEMBERS
    assert "GBR" not in EU_MEMBERS


def test_spells_of_one_partner_cover_the_same_days_with_every_rate_once() -> None:
    for code in ("CAN", "MEX", "DEU", "IND"):
        own = partner_spells(SPELLS, code)
        assert (own[0].start, own[-1].end) == (SPELLS[0].start, None)
        rates = [rate_of(spell, code) for spell in own]
        assert all(one != other for one, other in pairwise(rates))
        days = [own[0].start + timedelta(days=k) for k in range(0, 560, 3)]
        assert [rate_of(in_force(d), code) for d in days] == [
            rate_of([s for s in own if s.start <= d][-1], code) for d in days
        ]


@pytest.mark.parametrize("code", ["CAN", "CHN", "FRA", "CHE"])
def test_a_year_is_the_mean_of_its_days(code: str) -> None:
    last = SPELLS[-1].start - timedelta(days=1)
    for year, rate in day_weighted_years(SPELLS, code).items():
        begin, end = date(year, 1, 1), min(date(year, 12, 31), last)
        days = [begin + timedelta(days=k) for k in range((end - begin).days + 1)]
        slow = [rate_of(in_force(day), code) if day >= SPELLS[0].start else 0.0 for day in days]
        assert rate == pytest.approx(sum(r or 0.0 for r in slow) / len(days), abs=1e-12)
        assert days_counted(SPELLS)[year] == len(days)


# In a world


def test_the_usa_never_taxes_itself_and_nobody_else_taxes() -> None:
    for policy in (policy_of(AUGUST, WORLD), policy_by_sector(WORLD)):
        change = added(policy)
        assert float(abs(change.sel({EXPORTER: USA})).max()) == 0.0
        assert float(abs(change.drop_sel({IMPORTER: USA})).max()) == 0.0
        assert float(abs(change.sel({SECTOR: [s.id for s in WORLD.sectors if not s.goods]})).max()) == 0.0


def test_the_whole_schedule_adds_every_partners_own_rate() -> None:
    change = added(policy_of(AUGUST, WORLD)).sel({IMPORTER: USA, SECTOR: "metals"})
    for code in WORLD.codes:
        if code not in {USA, "ROW"}:
            assert float(change.sel({EXPORTER: code})) == pytest.approx(rate_of(AUGUST, code), abs=1e-12)


def test_the_rest_of_the_world_gets_the_mean_of_the_partners_inside_it() -> None:
    reach = rates_in(WORLD, AUGUST.rates)
    assert "VNM" in reach.rest
    assert not {*reach.rest} & {*WORLD.codes, "EU", "HKG"}
    weights = us_imports()
    mean = np.average([AUGUST.rates[c] for c in reach.rest], weights=[weights[c] for c in reach.rest])
    assert reach.rates["ROW"] == pytest.approx(mean)
    listed = sum(weights[c] for c in reach.rest)
    assert reach.rest_share == pytest.approx(listed / (listed + weights[OTHER]))
    assert reach.rest_share is not None
    assert reach.rest_share > 0.9


def test_a_partner_that_is_absent_is_named_and_left_alone() -> None:
    """Russia's row is taken out of the schedule: no change, counted as absent, and nobody fills in for it."""
    without = {code: rate for code, rate in AUGUST.rates.items() if code != "RUS"}
    assert rates_in(WORLD, AUGUST.rates).absent == ()
    reach = rates_in(WORLD, without)
    assert reach.absent == ("RUS",)
    assert "RUS" not in reach.rates
    change = added(policy_of_rates(without, WORLD))
    assert float(abs(change.sel({EXPORTER: "RUS"})).max()) == 0.0
    assert policy_of_rates(without, WORLD, "RUS") == Policy()


def test_alone_means_alone() -> None:
    for only, reached in (("CAN", {"CAN"}), ("EU", EU_MEMBERS & set(WORLD.codes)), ("DEU", {"DEU"})):
        for policy in (policy_of(AUGUST, WORLD, only), policy_by_sector(WORLD, only)):
            change = added(policy).sel({IMPORTER: USA}).max(SECTOR)
            assert {str(code) for code in change[EXPORTER].values[change.values > 0]} == reached


def test_the_schedule_is_the_actors_own_where_everyone_else_pays_nothing() -> None:
    rates = {code: AUGUST.rates["CAN"] if code == "CAN" else 0.0 for code in AUGUST.rates}
    one, other = policy_of_rates(rates, WORLD), policy_of(AUGUST, WORLD, "CAN")
    assert (added(one) == added(other)).all()


# By sector


def test_rates_by_sector_have_the_mean_they_say() -> None:
    """With weights from the embedded table; every sector reaches the world once."""
    for code in ("CHN", "DEU", "JPN"):
        found = sectors_of(code)
        assert found is not None
        change = added(policy_by_sector(WORLD, code)).sel({EXPORTER: code, IMPORTER: USA})
        for sector in WORLD.goods:
            expected = found.rates.get(sector, found.uniform)
            assert float(change.sel({SECTOR: sector})) == pytest.approx(expected, abs=1e-9)
        assert min(found.rates.values()) <= found.mean <= max(found.rates.values())
        assert means_by_partner()[found.partner] == found.mean


def test_energy_from_canada_pays_less_and_where_the_two_tables_part_is_said() -> None:
    rates = sectors_of("CAN")
    assert rates is not None
    assert rates.rates["mining"] < 0.5 * rates.rates["machinery"]
    every = {code: sectors_of(code) for code in PARTNERS}
    assert [code for code, value in every.items() if value and not value.consistent] == ["CAN", "MEX", "TUR"]
    assert sectors_of("KAZ") is None


def test_worlds_with_other_sectors_have_no_sector_detail() -> None:
    assert has_sectors(WORLD)
    assert not has_sectors(load("wiod-2011-35"))
    assert not has_sectors(tiny_world())


# Horizons


def test_short_run_elasticities_have_a_floor_and_the_long_run_is_the_economys_own() -> None:
    theta = np.array([0.1, 0.3, 4.0, 11.0])
    assert elasticity_after(theta, 1) == pytest.approx([0.1, LOWEST, 1.44, 3.96])
    assert (elasticity_after(theta, float("inf")) == theta).all()
    path = np.array([elasticity_after(theta, years) for years in (1, 2, 5, 10, 30)])
    assert (np.diff(path, axis=0) >= 0).all()
    assert path[3] == pytest.approx(theta, rel=0.04)
    economy = at_horizon(base(), float("inf"))
    assert (economy.trade_elasticity == base().trade_elasticity).all()


def test_a_second_start_leads_to_the_same_answer_and_a_wrong_answer_is_far_from_it() -> None:
    policy = policy_of(AUGUST, WORLD)
    slow = at_horizon(base(), 1)
    answer, start = solve(slow, policy), solve(base(), policy)
    assert distance_from_another_start(answer, start) < 1e-8
    assert distance_from_another_start(replace(answer, wage_hat=1.1 * answer.wage_hat), start) > 0.05


# The whole answer


def test_long_spells_and_the_last_one_are_computed() -> None:
    assert [effect.spell for effect in canada().effects] == list(computed(SPELLS))
    assert all(e.spell.days is None or e.spell.days > SHORT for e in canada().effects)
    assert len(canada().rates) == len(SPELLS) == 23
    assert canada().record.solves == count_of_solves(ask(WORLD, "CAN", USA))
    assert canada().record.worst_residual < 1e-10


def test_a_tariff_on_canada_alone_costs_canada_more_than_the_same_with_all_others_taxed_too() -> None:
    """Third countries lose their American market as well; what is left of it costs Canada less."""
    for effect in canada().effects:
        assert effect.alone is not None
        assert effect.alone.long_run.actor.share < effect.whole.long_run.actor.share < 0


def test_the_first_year_costs_more_than_the_long_run() -> None:
    for effect in canada().effects:
        assert effect.whole.first_year is not None
        assert effect.whole.first_year.actor.share < effect.whole.long_run.actor.share
        assert effect.whole.why_none == ""


def test_an_average_day_lies_between_the_days() -> None:
    for year in canada().years:
        rates = [r for r, s in zip(canada().rates, SPELLS, strict=True) if r is not None and s.start.year <= year.year]
        assert year.rate is not None
        assert min(rates) <= year.rate <= max(rates)
        assert year.whole.long_run.actor.share < 0
    assert {y.year: y.rate for y in canada().years} == day_weighted_years(SPELLS, "CAN")
    assert set(day_weighted_rates(SPELLS)) == {2025, 2026}


def test_sector_detail_stands_beside_the_one_rate() -> None:
    uniform = next(e for e in canada().effects if e.spell == AUGUST)
    assert [s.scope for s in canada().sectors] == ["alone", "whole"]
    assert uniform.alone is not None
    assert canada().sectors[0].uniform == uniform.alone.long_run
    assert canada().sectors[0].by_sector.actor.share > canada().sectors[0].same_mean.actor.share


def test_a_bloc_can_be_asked_about() -> None:
    question = Question(WORLD, party(WORLD, "EU", field="actor"), party(WORLD, USA, field="--power"))
    found = swings_that_happened(question)
    assert found is not None
    assert found.rates == tuple(spell.rates["EU"] for spell in SPELLS)
    assert all(e.alone is not None and e.alone.long_run.actor.share < 0 for e in found.effects)


def test_another_power_has_no_history_and_the_reader_is_told() -> None:
    question = ask(WORLD, "CAN", "CHN")
    assert swings_that_happened(question) is None
    assert count_of_solves(question) == 0
    assert "China" in str(why_no_history(question))
    assert why_no_history(ask(WORLD, "CAN", USA)) is None


def test_two_answers_in_the_first_year_are_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    def apart(answer: Equilibrium, start: Equilibrium) -> float:
        return 0.3

    monkeypatch.setattr(history, "distance_from_another_start", apart)
    found = swings_that_happened(ask(WORLD, "MEX", USA))
    assert found is not None
    assert all(e.whole.first_year is None and "several equilibria" in e.whole.why_none for e in found.effects)
    assert all(e.whole.long_run.actor.share < 0 for e in found.effects)


def test_a_first_year_without_answer_costs_only_its_own_number(monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(
        hypothesis: Hypothesis, policies: Mapping[history.Key, Policy], progress: Progress | None = None
    ) -> Solved[history.Key]:
        if hypothesis.id == "first-year" and any(name == "2025-06-03" for _, name in policies):
            raise DidNotConverge("scenario 0: no equilibrium found")
        return solve_all(hypothesis, policies, progress)

    monkeypatch.setattr(history, "solve_all", refusing)
    counted: list[int] = []
    question = ask(WORLD, "CAN", USA)
    found = swings_that_happened(question, counted.append)
    assert found is not None
    failed = [e.spell.start for e in found.effects if e.whole.first_year is None]
    assert failed == [date(2025, 6, 3)]
    assert "no equilibrium found" in next(e for e in found.effects if e.spell.start == failed[0]).whole.why_none
    kept, expected = (
        [e.whole.first_year.actor.share for e in answer.effects if e.whole.first_year and e.spell.start not in failed]
        for answer in (found, canada())
    )
    assert kept == pytest.approx(expected, rel=1e-7)
    assert sum(counted) == count_of_solves(question)


def test_names_of_partners_are_known() -> None:
    assert len(actors_named([code for code in PARTNERS if code != "EU"])) == 49
