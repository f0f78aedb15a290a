from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from bench.worlds import synthetic
from hedgerow.errors import RequestError, UnknownNameError
from hedgerow.trade.economy import calibrate
from hedgerow.trade.equilibrium import solve
from hedgerow.trade.policy import DeficitRule, Embargo, IcebergChange, Policy
from hedgerow.trade.variants.sanction_coalitions import PUBLISHED, Sanctions, compare, drawn
from hedgerow.world.io import load
from tests.house.repository import ROOT

WORLD = synthetic(6, 3, seed=3)
TARGET, SENDERS = "A01", ("A00", "A02", "A04")
EVERYONE = tuple(actor for actor in WORLD.actors if actor != TARGET)
TENTH = Sanctions.uniform(WORLD, TARGET, factor=1.1)


def test_sanctions_are_iceberg_costs_both_ways() -> None:
    rng = np.random.default_rng(0)
    exports, imports = rng.uniform(1, 2, (2, 6, 3))
    found = Sanctions(TARGET, exports, imports).policy(WORLD, SENDERS)
    parts = [
        IcebergChange(exporters=(one,), importers=(other,), sectors=(sector,), factor=float(cost[n, j]))
        for n, actor in enumerate(WORLD.actors)
        if actor in SENDERS
        for j, sector in enumerate(WORLD.sectors)
        for one, other, cost in ((actor, TARGET, exports), (TARGET, actor, imports))
    ]
    expected = solve(WORLD, Policy(tuple(parts)))
    np.testing.assert_allclose(solve(WORLD, found).welfare_hat, expected.welfare_hat, rtol=1e-9)


@pytest.mark.parametrize("rule", [DeficitRule.FIXED, DeficitRule.ZERO])
def test_each_case_is_the_policy_it_says(rule: DeficitRule) -> None:
    found = compare(WORLD, TENTH, SENDERS, deficits=rule)

    def welfare(factor: float, senders: tuple[str, ...]) -> np.ndarray:
        ways = ((senders, (TARGET,)), ((TARGET,), senders))
        parts = tuple(
            IcebergChange(exporters=one, importers=other, factor=factor)
            if factor < math.inf
            else Embargo(exporters=one, importers=other)
            for one, other in ways
        )
        return solve(WORLD, Policy(parts, deficits=rule)).welfare_hat

    for row, sender in zip(found.alone, SENDERS, strict=True):
        np.testing.assert_allclose(row, welfare(1.1, (sender,)), rtol=1e-9)
    np.testing.assert_allclose(found.together, welfare(1.1, SENDERS), rtol=1e-9)
    np.testing.assert_allclose(found.world, welfare(1.1, EVERYONE), rtol=1e-9)
    np.testing.assert_allclose(found.embargo, welfare(math.inf, SENDERS), rtol=1e-9)


def test_averages_and_sums_by_hand() -> None:
    found = compare(WORLD, TENTH, SENDERS)
    base = solve(WORLD, Policy()).income
    own, lost = 0.0, 0.0
    for k, sender in enumerate(SENDERS):
        place = WORLD.actors.index(sender)
        own += base[place] * (1 - found.alone[k, place])
        lost += 1 - found.alone[k, 1]
    assert found.sender_loss[0] == pytest.approx(own / base[[0, 2, 4]].sum(), rel=1e-9)
    assert found.sender_loss[1] == pytest.approx(
        base[[0, 2, 4]] @ (1 - found.together[[0, 2, 4]]) / base[[0, 2, 4]].sum()
    )
    assert found.target_loss == pytest.approx((lost, 1 - found.together[1]))
    assert found.senders_saved == pytest.approx(1 - found.sender_loss[1] / found.sender_loss[0])
    assert found.target_added == pytest.approx(found.target_loss[1] / found.target_loss[0] - 1)
    assert float(found.welfare["alone"].sel(actor="A02")) == pytest.approx(found.alone[1, 2] - 1)
    assert math.isnan(float(found.welfare["alone"].sel(actor=TARGET)))


def test_a_coalition_of_one_neither_spares_nor_adds() -> None:
    found = compare(WORLD, TENTH, ("A02",))
    assert found.senders_saved == pytest.approx(0, abs=1e-6)
    assert found.target_added == pytest.approx(0, abs=1e-6)


def test_everyone_and_everything_are_the_potentials() -> None:
    balanced = DeficitRule.ZERO
    assert compare(WORLD, TENTH, EVERYONE[:-1], deficits=balanced).horizontal < 1
    stopped = Sanctions.uniform(WORLD, TARGET, factor=math.inf)
    assert compare(WORLD, stopped, SENDERS, deficits=balanced).vertical == pytest.approx(1, rel=1e-9)
    assert compare(WORLD, TENTH, EVERYONE, deficits=balanced).horizontal == pytest.approx(1, rel=1e-9)


def test_without_a_loss_there_is_no_ratio() -> None:
    found = compare(WORLD, Sanctions.uniform(WORLD, TARGET, factor=1.0), SENDERS)
    lossless = replace(found, together=np.ones(6), alone=np.ones((3, 6)), world=np.ones(6))
    assert all(math.isnan(r) for r in (lossless.senders_saved, lossless.target_added, lossless.horizontal))


def test_draws_are_solved_as_each_alone_and_give_bands() -> None:
    rng = np.random.default_rng(1)
    costs = 1 + rng.gamma(4, 0.05, (8, 2, 6, 3))
    draws = [Sanctions(TARGET, exports, imports) for exports, imports in costs]
    found = drawn(WORLD, draws, SENDERS)
    for k in (0, 7):
        np.testing.assert_allclose(found[k], compare(WORLD, draws[k], SENDERS).together - 1, atol=1e-9)
    low, high = found.quantile([0.1, 0.9], "draw").sel(actor=TARGET)
    assert low < high < 0


def test_a_uniform_analogue_of_2014_has_the_signs_of_the_paper() -> None:
    """Russia 2014 with an assumed tenth on goods both ways, in the world of 2011, not the paper's estimated costs.

    The page that shows both columns has our numbers as they are.
    """
    world = load("wiod-2011")
    economy = calibrate(world)
    others = {"RUS", "BRA", "CHN", "IDN", "IND", "KOR", "MEX", "TUR", "TWN", "ROW"}
    senders = [actor for actor in economy.actors if actor not in others]
    tenth = Sanctions.uniform(economy, "RUS", factor=1.1, sectors=economy.goods_sectors)
    found, published = compare(economy, tenth, senders), PUBLISHED["RUS"]
    assert len(senders) == 31
    for name in published:
        assert math.copysign(1, getattr(found, name)) == math.copysign(1, published[name])
    assert 0 < found.horizontal < 1
    assert 0 < found.vertical < 1
    page = (ROOT / "docs" / "sanctions.md").read_text(encoding="utf-8")
    rows = [line.split("|")[2:4] for line in page.splitlines() if line.endswith("% |")]
    ours = ("senders_saved", "target_added", "horizontal", "vertical")
    assert [mine.strip() for _, mine in rows] == [f"{100 * getattr(found, name):.1f} %" for name in ours]
    assert [theirs.strip() for theirs, _ in rows[:3]] == [f"{100 * published[name]:.1f} %" for name in ours[:3]]


@pytest.mark.parametrize(
    ("senders", "sanctions", "error", "said"),
    [
        ((), TENTH, RequestError, "there is none"),
        (("A00", TARGET), TENTH, RequestError, "'A01' is the target"),
        (("A00", "A02", "A00"), TENTH, RequestError, "'A00' is named twice"),
        (("A00", "A0O"), TENTH, UnknownNameError, "did you mean"),
        (SENDERS, replace(TENTH, target="B01"), UnknownNameError, "target 'B01'"),
        (SENDERS, replace(TENTH, exports=np.ones((6, 2))), RequestError, "exports: needs positive costs"),
        (SENDERS, replace(TENTH, imports=np.zeros((6, 3))), RequestError, "imports: needs positive costs"),
    ],
)
def test_impossible_requests_name_the_remedy(
    senders: tuple[str, ...], sanctions: Sanctions, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        compare(WORLD, sanctions, senders)
    with pytest.raises(RequestError, match="above zero"):
        Sanctions.uniform(WORLD, TARGET, factor=0.0)
