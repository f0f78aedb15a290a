"""Coalitions in a small world, against every set of agreements there is."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from hedgerow.errors import RequestError
from hedgerow.planning.coalition.answer import Coalition, coalition, setting_of
from hedgerow.planning.coalition.outcomes import Agreed, Outcomes, Taste
from hedgerow.planning.coalition.plans import TIE, Planners
from hedgerow.planning.hypotheses import central
from hedgerow.planning.links import links_among
from hedgerow.planning.lottery import lottery
from hedgerow.planning.portfolio.outlooks import outlook
from hedgerow.world.io import load

WORLD = load("wiod-2011")
FOUR = ("CAN", "MEX", "JPN", "KOR")
SETTING = setting_of(WORLD, FOUR, "USA")
SEEN = outlook("grand-strategies", SETTING.question)


@pytest.fixture(scope="module")
def found() -> Coalition:
    return coalition(SETTING, SEEN)


def _every_set(planners: Planners) -> list[Agreed]:
    every = sorted(planners.every)
    return [frozenset(one) for size in range(len(every) + 1) for one in combinations(every, size)]


def test_the_joint_plan_is_the_best_of_all_sets(found: Coalition) -> None:
    """Brute force over all 64."""
    totals = found.planners.total(_every_set(found.planners))
    assert found.planners.total([found.joint])[0] == pytest.approx(totals.max(), abs=TIE)


def test_coordination_never_lowers_the_joint_optimum(found: Coalition) -> None:
    planners = found.planners
    joint, apart, left = planners.total([found.joint, found.one_by_one, found.enforceable])
    assert joint >= max(apart, left, 0.0)
    assert found.coordination >= 0
    fair = planners.least([found.fairest, found.joint, found.one_by_one])
    assert fair[0] == fair.max()


@pytest.mark.parametrize("aversion", [0.0, 1.0, 10.0])
@pytest.mark.parametrize("place", [0.0, 1.0])
def test_nor_under_other_tastes(found: Coalition, aversion: float, place: float) -> None:
    base = found.planners.outcomes
    outcomes = Outcomes(base.economy, base.links, base.lottery, place)
    planners = replace(found.planners, outcomes=outcomes, taste=Taste(aversion, place))
    apart = planners.one_by_one([planners.alone(one) for one in planners.members])
    joint = planners.joint([apart, planners.every])
    assert np.diff(planners.total([apart, joint]))[0] >= 0


def test_an_own_plan_is_the_best_of_what_partners_would_sign(found: Coalition) -> None:
    planners = found.planners
    for place, member in enumerate(planners.members):
        may = sorted(planners.welcome(member))
        sets = [frozenset(one) for size in range(len(may) + 1) for one in combinations(may, size)]
        best = planners.gains(sets)[:, place].max()
        assert planners.gains([found.alone[place]])[0, place] == pytest.approx(best, abs=TIE)


def test_nobody_is_signed_up_for_a_loss(found: Coalition) -> None:
    planners = found.planners
    for member, plan in zip(planners.members, found.alone, strict=True):
        for k in plan:
            partner = planners.outcomes.links[k].partner(member)
            assert planners.gains([frozenset({k})])[0, planners.members.index(partner)] >= -TIE
    assert not planners.wishes(found.enforceable)


def test_who_stays_gains_by_staying(found: Coalition) -> None:
    for one in found.inside:
        kept = found.joint - found.planners.own(one.member)
        place = found.planners.members.index(one.member)
        assert one.stays == pytest.approx(found.planners.gains([found.joint])[0, place])
        rest = replace(found.planners, members=tuple(m for m in found.planners.members if m != one.member))
        assert rest.total([rest.joint([kept])])[0] >= rest.total([kept])[0]
        assert one.stable == (one.stays >= one.leaves - TIE)


def test_the_order_of_members_does_not_matter(found: Coalition) -> None:
    turned = setting_of(WORLD, FOUR[::-1], "USA")
    outcomes = Outcomes(
        central(WORLD).economy, links_among(WORLD, turned.members), lottery(turned.question, SEEN, SEEN.chains[0])
    )
    planners = Planners(outcomes, turned.members)
    gains = planners.gains([planners.joint([planners.every])])[0]
    np.testing.assert_allclose(gains[::-1], found.planners.gains([found.joint])[0], atol=1e-8)


def test_before_a_power_that_never_moves_there_is_no_loss(found: Coalition) -> None:
    calm = replace(SEEN.chains[0], initial=SEEN.chains[0].calm).frozen()
    base = found.planners.outcomes
    outcomes = Outcomes(base.economy, base.links, lottery(SETTING.question, SEEN, calm))
    np.testing.assert_allclose(outcomes.tails([frozenset(), found.joint], SETTING.members), 0, atol=1e-12)


def test_what_is_given_is_in_every_plan() -> None:
    setting = setting_of(WORLD, ("CAN", "JPN", "KOR"), "USA", ("kor-jpn",))
    answered = coalition(setting, SEEN)
    (taken,) = answered.planners.given
    assert answered.links[taken].name == "JPN-KOR"
    plans = (*answered.alone, *answered.replies, answered.one_by_one, answered.joint, answered.enforceable)
    assert all(taken in one for one in plans)
    np.testing.assert_allclose(answered.planners.gains([answered.planners.given]), 0, atol=1e-12)


def test_variance_shares_add_up(found: Coalition) -> None:
    assert sum(found.spread.shares.values()) == pytest.approx(1)
    assert found.spread.gain.shape == tuple(len(one) for one in found.spread.levels)
    central_ = found.spread.gain[0, 1, 0, 1, 1]
    assert central_ == pytest.approx(found.coordination, abs=1e-12)


@pytest.mark.parametrize(
    ("members", "power", "given", "said"),
    [
        (("CAN", "MEX"), "USA", (), "from 3 to 10"),
        (("CAN", "MEX", "DEU"), "USA", (), "name EU"),
        (("CAN", "MEX", "CAN"), "USA", (), "named twice"),
        (("CAN", "MEX", "USA"), "USA", (), "is the power"),
        (("CAN", "MEX", "JPN"), "USA", ("CAN-KOR",), "--given: 'CAN-KOR'"),
    ],
)
def test_a_wrong_request_is_refused(members: tuple[str, ...], power: str, given: tuple[str, ...], said: str) -> None:
    with pytest.raises(RequestError, match=said):
        setting_of(WORLD, members, power, given)
