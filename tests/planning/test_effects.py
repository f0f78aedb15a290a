"""What an equilibrium means for an economy and for a bloc."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from hedgerow.planning.effects import SolverRecord, effect, solve_all
from hedgerow.planning.hypotheses import central
from hedgerow.trade.equilibrium import solve
from hedgerow.trade.policy import Policy, TariffChange
from hedgerow.trade.welfare import equivalent_variation, welfare_change
from hedgerow.world.parties import Party
from hedgerow.world.tiny import tiny_world

WORLD = tiny_world()
PEOPLE = WORLD["population"]
TARIFF = Policy((TariffChange(importers=("AAA",), exporters=("BBB",), sectors=("goods",), add=0.3),))
SOLVED = solve(central(WORLD).economy, TARIFF)


@pytest.mark.parametrize("members", [("AAA",), ("BBB", "CCC"), ("CCC", "AAA"), ("AAA", "BBB", "CCC")])
def test_a_blocs_effect_is_its_members_equivalent_variations_over_their_incomes(members: tuple[str, ...]) -> None:
    money = people = income = 0.0
    for code in members:
        gain = float(equivalent_variation(SOLVED).sel(actor=code))
        money += gain
        income += gain / float(welfare_change(SOLVED).sel(actor=code))
        people += float(PEOPLE.sel(actor=code))
    found = effect(SOLVED, Party("X", "X", members), PEOPLE)
    assert found.musd == pytest.approx(money, rel=1e-12)
    assert found.share == pytest.approx(money / income, rel=1e-9)
    assert found.per_person == pytest.approx(1e6 * money / people, rel=1e-12)
    assert found.musd != 0


def test_a_blocs_effect_lies_between_those_of_its_members() -> None:
    one, other, both = (effect(SOLVED, Party("X", "X", m), PEOPLE) for m in (("BBB",), ("CCC",), ("BBB", "CCC")))
    assert one.share < both.share < other.share, "BBB is taxed, CCC is not"
    assert one.per_person < both.per_person < other.per_person


def test_twice_as_many_people_halve_what_each_bears_and_nothing_else() -> None:
    party = Party("BBB", "Boria", ("BBB",))
    before, after = effect(SOLVED, party, PEOPLE), effect(SOLVED, party, 2 * PEOPLE)
    assert after.per_person == pytest.approx(before.per_person / 2, rel=1e-15)
    assert (after.share, after.musd) == (before.share, before.musd)


def test_answers_come_back_under_their_keys_with_the_worst_of_their_records() -> None:
    policies = {"tariff": TARIFF, "none": Policy(), 3: TARIFF + TARIFF}
    steps: list[int] = []
    solved = solve_all(central(WORLD), policies, steps.append)
    assert list(solved.equilibria) == list(policies)
    for key, policy in policies.items():
        np.testing.assert_allclose(solved.equilibria[key].wage_hat, solve(central(WORLD).economy, policy).wage_hat)
    answers = solved.equilibria.values()
    assert sum(steps) == solved.record.solves == len(policies)
    assert solved.record.worst_residual == max(a.residual for a in answers) <= 1e-10
    assert solved.record.most_iterations == max(a.iterations for a in answers)


def test_records_add_up_to_the_sum_of_solves_and_the_worst_of_the_rest() -> None:
    assert SolverRecord(3, 1e-12, 9) + SolverRecord(4, 1e-11, 7) == SolverRecord(7, 1e-11, 9)


def test_nothing_happens_under_no_policy() -> None:
    still = solve(central(WORLD).economy, Policy())
    for code in WORLD.codes:
        assert effect(still, Party(code, code, (code,)), xr.ones_like(PEOPLE)).share == pytest.approx(0, abs=1e-9)
