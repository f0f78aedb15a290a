"""Coalitions in scenario files: what they mean, what is wrong with them, and the table of transfers."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from hedgerow.errors import ScenarioError
from hedgerow.scenarios.results import Results, results
from hedgerow.scenarios.scenario import Scenario, scenario
from hedgerow.trade.economy import calibrate
from hedgerow.trade.equilibrium import solve
from hedgerow.world.io import load

WORLD = load("wiod-2011")
ECONOMY = calibrate(WORLD)
HEAD = 'title = "A test"\ndate = 2011-06-30\nsource = "us"\nstatus = "hypothetical"\n'
EMBARGO = '[[embargo]]\nexporters = "RUS"\nimporters = ["USA", "CAN"]\n'


def read(folder: Path, body: str, *, name: str = "test") -> Scenario:
    path = folder / f"{name}.toml"
    path.write_text(HEAD + body, encoding="utf-8")
    return scenario(str(path), WORLD, economy=ECONOMY)


@cache
def russia() -> Results:
    return results(scenario("russia-sanctions", WORLD, economy=ECONOMY), WORLD, ECONOMY)


def test_members_and_target_are_actors_of_the_day(tmp_path: Path) -> None:
    found = read(tmp_path, '[coalition]\nmembers = ["G7", "EU", "not DEU"]\ntarget = "Russia"\n' + EMBARGO).coalition
    assert found is not None
    assert found.target == ("RUS",)
    assert {"USA", "JPN", "FRA", "ROU"} <= set(found.members)
    assert not {"DEU", "RUS", "AUS", "HRV"} & set(found.members)


def test_without_a_coalition_everyone_bears_its_own(tmp_path: Path) -> None:
    found = results(read(tmp_path, EMBARGO), WORLD, ECONOMY)
    assert found.scenario.coalition is None
    assert "coalition" not in [table.id for table in found.tables]
    direct = solve(ECONOMY, found.scenario.policy)
    np.testing.assert_array_equal(found.equilibrium.welfare_hat, direct.welfare_hat)


@pytest.mark.parametrize(
    ("body", "line", "said"),
    [
        ("[coalition]\nmembers = ['USA', 'CHM']\ntarget = 'RUS'\n", 6, "'CHN'"),
        ("[coalition]\nmembers = ['USA', 'RUS']\ntarget = 'RUS'\n", 6, "RUS cannot share the burden"),
        ("[coalition]\nmembers = ['USA',\n 'CAN',\n 'Canada']\ntarget = 'RUS'\n", 8, "Canada is CAN, named before"),
        ("[coalition]\nmembers = ['USA', 'CAN']\n", 5, "target: is missing"),
        ("[coalition]\nmembers = []\ntarget = 'RUS'\n", 6, "names nothing"),
        ("[coalition]\nmember = 'USA'\nmembers = 'CAN'\ntarget = 'RUS'\n", 6, "did you mean 'members'"),
        ("[[coalition]]\nmembers = 'USA'\ntarget = 'RUS'\n", 5, "is no table"),
        (
            "[coalition]\nmembers = 'USA'\ntarget = 'RUS'\n[[quota]]\nexporters = 'RUS'\nimporters = 'USA'\n"
            "inside = 0\noutside = 0.5\nshare_of_base = 0.5\nowner = 'importers'\n",
            5,
            "cannot share the burden of a [[quota]]",
        ),
    ],
)
def test_a_mistake_names_its_remedy(tmp_path: Path, body: str, line: int, said: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        read(tmp_path, body)
    (told,) = str(caught.value).splitlines()
    assert told.startswith(f"test.toml:{line}: coalition")
    assert said in told


def test_groups_may_overlap(tmp_path: Path) -> None:
    found = read(tmp_path, '[coalition]\nmembers = ["G7", "EU", "DEU"]\ntarget = "RUS"\n' + EMBARGO).coalition
    assert found is not None
    assert found.members.count("DEU") == 1


def test_the_last_file_that_names_a_coalition_decides(tmp_path: Path) -> None:
    read(tmp_path, '[coalition]\nmembers = ["USA", "CAN"]\ntarget = "RUS"\n' + EMBARGO, name="first")
    kept = read(tmp_path, 'extends = "first.toml"\n').coalition
    other = read(tmp_path, 'extends = "first.toml"\n[coalition]\nmembers = "JPN"\ntarget = "RUS"\n').coalition
    assert kept is not None
    assert other is not None
    assert kept.members == ("CAN", "USA")
    assert other.members == ("JPN",)
    with pytest.raises(ScenarioError, match=r"first\.toml:5: coalition: cannot share"):
        read(
            tmp_path,
            'extends = "first.toml"\n[[quota]]\nexporters = "RUS"\nimporters = "JPN"\ninside = 0\noutside = 0.5\n'
            'share_of_base = 0.5\nowner = "importers"\n',
        )


def test_the_table_says_who_pays_whom() -> None:
    found = russia()
    table = found.table("coalition").frame.set_index("actor")
    coalition = found.scenario.coalition
    assert coalition is not None
    assert set(table.index) == {*coalition.members, "RUS"}
    members = table.drop("RUS")
    assert np.isnan(table.loc["RUS", ["transfer_musd", "transfer_pct"]].to_numpy(dtype=float)).all()
    assert abs(members["transfer_musd"].sum()) < 1e-6
    np.testing.assert_allclose(members["welfare_pct"], members["welfare_pct"].iloc[0], atol=1e-7)
    product = 100 * members["transfer_musd"] / members["transfer_pct"]
    gdp = ECONOMY.by_actor((ECONOMY.value_added + ECONOMY.tariff_revenue) * ECONOMY.world_value_added, "gdp", "MUSD/yr")
    np.testing.assert_allclose(product, gdp.sel(actor=list(members.index)), rtol=1e-9)
    unshared = solve(ECONOMY, found.scenario.policy).welfare.sel(actor=list(table.index))
    np.testing.assert_allclose(table["unshared_pct"], 100 * unshared, atol=1e-9)


def test_transfers_stand_in_every_other_table() -> None:
    """Welfare is that of the shared burden, and its exact parts name the transfers."""
    found = russia()
    table = found.table("coalition").frame.set_index("actor")
    welfare = found.table("welfare").frame.set_index("actor")["welfare_pct"]
    np.testing.assert_allclose(welfare.loc[table.index], table["welfare_pct"], atol=1e-12)
    balances = found.table("balances").frame.set_index("actor")
    moved = table["transfer_musd"].fillna(0.0)
    np.testing.assert_allclose(balances.loc[table.index, "deficit_change_musd"], moved, atol=1e-3)
    parts = found.table("decomposition").frame.set_index("actor")
    np.testing.assert_allclose(parts["total_log"], 100 * np.log1p(welfare / 100), atol=1e-2)
    received = table["transfer_musd"].drop("RUS")
    assert (np.sign(parts.loc[received.index, "transfers_log"]) == np.sign(received)).all()
    assert found.why_no_years == "the transfers of a coalition are those of the long run"
