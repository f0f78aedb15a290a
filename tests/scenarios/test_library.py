"""The library: everything in it says where it stands, solves, and does what its name says."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import pytest

from hedgerow.scenarios.announced import announced_tariffs
from hedgerow.scenarios.files import library_names
from hedgerow.scenarios.results import Results, results
from hedgerow.scenarios.scenario import library, scenario
from hedgerow.scenarios.schema import Standing
from hedgerow.scenarios.us_policies import policy_of
from hedgerow.scenarios.us_schedule import us_spells
from hedgerow.trade.changes import Embargo
from hedgerow.trade.economy import Economy, calibrate
from hedgerow.trade.equilibrium import solve
from hedgerow.trade.policy import DeficitRule, Policy
from hedgerow.world.io import load

WORLDS = ("wiod-2011", "composite-2023")


@cache
def economy(world: str) -> Economy:
    return calibrate(load(world))


@cache
def solved(name: str, world: str) -> Results:
    settings = {"X": "CAN"} if name == "autarky" else {}
    return results(scenario(name, load(world), settings=settings, economy=economy(world)), load(world), economy(world))


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("name", library_names())
def test_every_scenario_solves(name: str, world: str) -> None:
    found = solved(name, world)
    assert found.equilibrium.residual < 1e-10
    assert bool(np.isfinite(found.table("welfare").frame["welfare_pct"]).all())


def test_every_scenario_says_where_it_stands() -> None:
    listed = library()
    assert [one.id for one in listed] == list(library_names())
    for one in listed:
        assert one.title
        assert one.source
        assert isinstance(one.date, date)
        assert isinstance(one.status, Standing)


def test_every_spell_has_its_scenario() -> None:
    names = {f"us-{spell.start}": spell for spell in us_spells()}
    assert {name for name in library_names() if name.startswith("us-2")} == set(names)
    for one in library():
        if one.id in names:
            assert (one.status is Standing.ANNOUNCED) == names[one.id].announced
            assert one.date == names[one.id].start


@pytest.mark.parametrize("world", WORLDS)
def test_a_dated_scenario_is_its_spell(world: str) -> None:
    spell = us_spells()[10]
    assert solved(f"us-{spell.start}", world).scenario.policy.parts == policy_of(spell, load(world)).parts


@pytest.mark.parametrize("world", WORLDS)
def test_liberation_day_is_what_was_announced(world: str) -> None:
    once, answered = (solved(n, world) for n in ("liberation-day", "liberation-day-retaliation"))
    assert set(once.scenario.policy.parts) == set(announced_tariffs(load(world), answered=False).parts)
    assert set(answered.scenario.policy.parts) == set(announced_tariffs(load(world), answered=True).parts)


@pytest.mark.parametrize("world", WORLDS)
def test_world_free_trade_has_no_tariff(world: str) -> None:
    assert float(abs(solved("world-free-trade", world).equilibrium.tariff).max()) == 0.0


@pytest.mark.parametrize("world", WORLDS)
def test_a_return_to_2024_changes_nothing(world: str) -> None:
    found = solved("return-to-2024", world)
    assert found.scenario.policy.parts == ()
    assert float(abs(found.equilibrium.welfare).max()) < 1e-9


@pytest.mark.parametrize("world", WORLDS)
def test_autarky_is_an_embargo_both_ways(world: str) -> None:
    parts = (Embargo(exporters=("CAN",)), Embargo(importers=("CAN",)))
    direct = solve(economy(world), Policy(parts, deficits=DeficitRule.ZERO))
    found = solved("autarky", world).equilibrium
    np.testing.assert_allclose(found.welfare.values, direct.welfare.values, atol=1e-9)
    assert not float(found.trade_flow.sel(exporter="CAN").drop_sel(importer="CAN").sum())
    assert not float(found.trade_flow.sel(importer="CAN").drop_sel(exporter="CAN").sum())


def test_what_a_table_says_adds_up() -> None:
    found = solved("us-2025-08-07", "wiod-2011")
    partners = found.table("partners").frame.groupby("importer")
    np.testing.assert_allclose(partners["share_after_pct"].sum(), 100.0)
    np.testing.assert_allclose(partners["share_change_pp"].sum(), 0.0, atol=1e-9)
    balances = found.table("balances").frame
    np.testing.assert_allclose(
        balances["imports_after_musd"] - balances["exports_after_musd"], balances["deficit_after_musd"], atol=1.0
    )
    flows = found.table("flows").frame
    assert flows["flow_after_musd"].sum() == pytest.approx(balances["exports_after_musd"].sum())
    exact = 100 * np.log1p(found.equilibrium.welfare.values)
    np.testing.assert_allclose(found.table("decomposition").frame["total_log"], exact, atol=1e-2)


def test_a_quota_that_binds_leaves_a_rent_with_its_owner() -> None:
    world = load("composite-2023")
    found = scenario("canada-china-2026", world, settings={"QUOTA": "0.6", "OWNER": "exporters"})
    table = results(found, world, economy(world.id)).table("quotas").frame
    assert table["standing"].tolist() == ["binding"]
    assert table["rent_musd"][0] > 0


def test_an_embargo_has_no_exact_decomposition_and_says_so() -> None:
    found = solved("autarky", "wiod-2011")
    assert "embargo" in found.why_no_path
    assert "decomposition" not in [table.id for table in found.tables]


def test_the_way_there_starts_in_the_first_year_and_ends_in_the_long_run() -> None:
    found = solved("us-2025-08-07", "wiod-2011")
    years, ends = found.table("years").frame, found.table("unwinding").frame.set_index("actor")
    by_actor = years.pivot_table(index="year", columns="actor", values="welfare_pct")
    assert found.why_no_years == ""
    assert len(by_actor) == 15
    np.testing.assert_allclose(by_actor.iloc[0], ends.loc[by_actor.columns, "first_year_pct"], atol=1e-12)
    start, end = (np.abs(by_actor.iloc[k] - ends.loc[by_actor.columns, "long_run_pct"]).max() for k in (0, -1))
    assert end < 0.1 * start
    assert (ends["unwinding_log"] >= -1e-9).all()
    static = found.table("welfare").frame.set_index("actor")["welfare_pct"]
    np.testing.assert_allclose(ends["long_run_pct"], static.loc[ends.index], atol=1e-6)


def test_a_quota_has_no_path_and_says_so() -> None:
    found = solved("canada-china-2026", "wiod-2011")
    assert "quota" in found.why_no_years
    assert "years" not in [table.id for table in found.tables]
