"""The atlas of a small world."""

from __future__ import annotations

import numpy as np
import pytest

from hedgerow.compute import Work
from hedgerow.planning.atlas.answer import Atlas, atlas, count_of_solves, questions_of
from hedgerow.planning.atlas.bundles import pairs_of
from hedgerow.planning.atlas.grid import SEVERITIES
from hedgerow.planning.effects import effect
from hedgerow.planning.hypotheses import central
from hedgerow.planning.links import policy_of
from hedgerow.planning.question import ask
from hedgerow.planning.swings import headline
from hedgerow.trade.equilibrium import solve
from hedgerow.world.io import load
from hedgerow.world.parties import trade_parties

WORLD = load("wiod-2011")
CANADA = ask(WORLD, "CAN", "USA")


@pytest.fixture(scope="module")
def found() -> Atlas:
    return atlas([CANADA, ask(WORLD, "DEU", "USA")], work=Work())


def test_a_cell_is_an_exact_solve(found: Atlas) -> None:
    corner = found.corners[0]
    economy = central(WORLD).economy
    signed = policy_of(economy, corner.bundle.links)
    people = WORLD["population"]
    at = SEVERITIES.index(CANADA.tariff)
    for policy, income in (
        (headline(CANADA).policy, corner.surface.bare[at]),
        (signed + headline(CANADA).policy, corner.surface.hedged[at]),
        (signed, corner.surface.calm[1]),
    ):
        share = effect(solve(economy, policy), CANADA.actor, people).share
        assert np.expm1(income) == pytest.approx(share, abs=1e-8)


def test_a_heavier_tariff_hurts_more_and_both_sides_of_a_bundle_gain(found: Atlas) -> None:
    for corner in found.corners:
        assert (np.diff(corner.surface.bare) < 0).all()
        assert len(corner.bundle.links) > 0
        low, central_, high = corner.cost
        assert 0 <= low <= central_ <= high


def test_a_member_gets_the_bundle_of_its_union(found: Atlas) -> None:
    assert found.corners[1].bundle.signatory.code == "EU"


def test_alone_or_among_others_is_the_same_and_every_solve_is_reported(found: Atlas) -> None:
    steps: list[int] = []
    single = atlas([CANADA], work=Work(progress=steps.append))
    np.testing.assert_allclose(single.corners[0].surface.whole, found.corners[0].surface.whole, atol=1e-9)
    assert sum(steps) == count_of_solves([CANADA])
    assert single.decides is not None
    for values in (single.decides.whole, single.decides.insurance):
        assert sum(single.decides.shares(values).values()) == pytest.approx(1)
    at = tuple(len(one) // 2 for one in single.decides.levels)
    cell = single.decides.insurance[(2, 2, 1, 1, 1)]
    corner = single.corners[0]
    assert cell == pytest.approx(corner.surface.insurance[2, 2] - corner.cost[1], abs=1e-9), at


def test_every_country_is_asked_once() -> None:
    found = questions_of(WORLD, "USA")
    codes = [one.actor.code for one in found]
    assert len(set(codes)) == len(codes) == sum(one.named for one in WORLD.actors) - 1
    assert "USA" not in codes


def test_no_bundle_reaches_across_sanctions() -> None:
    world = load("composite-2023")
    parties = {one.code: one for one in trade_parties(world)}
    pairs = pairs_of(world, parties["USA"], [parties["EU"], parties["IND"]])
    met = {frozenset((link.one.code, link.other.code)) for link in pairs}
    assert frozenset(("IND", "EAEU")) in met
    assert frozenset(("EU", "EAEU")) not in met
    assert len(met) == 2 * len(parties) - 6, "the power and oneself on both sides, the pair of both once, one barred"
