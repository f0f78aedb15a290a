"""What regimes change: goods only, never at home, nothing where there are no points."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedgerow.errors import RequestError, UnknownNameError
from hedgerow.planning.portfolio.outlooks import outlook
from hedgerow.planning.portfolio.regimes import VECTOR, Outlook, Points, Regime, Retaliation, draws, policies, scaled
from hedgerow.planning.question import Question, ask
from hedgerow.trade.economy import Economy, calibrate
from hedgerow.trade.policy import Embargo, Policy, TariffChange, apply
from hedgerow.world.io import load
from hedgerow.world.tiny import tiny_world

WORLDS = ("composite-2023", "wiod-2011", "baci-2023")
CASES = (("CAN", "USA"), ("DEU", "USA"), ("AUS", "CHN"), ("CAN", "EU"))


@cache
def question(actor: str = "CAN", power: str = "USA", world: str = "composite-2023") -> Question:
    return ask(load(world), actor, power)


@cache
def economy(world: str = "composite-2023") -> Economy:
    return calibrate(load(world))


@cache
def strategies(actor: str = "CAN", power: str = "USA", world: str = "composite-2023") -> Outlook:
    return outlook("grand-strategies", question(actor, power, world))


def added(policy: Policy, world: str = "composite-2023") -> npt.NDArray[np.float64]:
    """[J, importer, exporter] points."""
    return apply(economy(world), policy).tariff - economy(world).tariff


def tiny(*regimes: Regime) -> tuple[Outlook, Question]:
    base = ask(tiny_world(), "BBB", "AAA")
    return replace(outlook("grand-strategies", base), regimes=regimes), base


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize(("actor", "power"), CASES)
def test_regimes_tax_goods_of_each_side_and_nobody_else(actor: str, power: str, world: str) -> None:
    asked, found = question(actor, power, world), strategies(actor, power, world)
    codes = economy(world).actors
    members = [codes.index(code) for code in asked.power.members]
    goods = np.array([sector in asked.world.goods for sector in economy(world).sectors])
    for regime, policy in zip(found.regimes, policies(found, asked, retaliation=Retaliation.NONE), strict=True):
        points = added(policy, world)
        expected = np.zeros_like(points)
        for exporter, code in enumerate(codes):
            rate = sum(getattr(regime.tariff, s) for s in ("ally", "rival", "other") if code in getattr(found.sides, s))
            for importer in members:
                expected[goods, importer, exporter] = rate
        np.testing.assert_allclose(points, expected, atol=1e-12)


def test_no_points_anywhere_change_nothing() -> None:
    found, asked = tiny(Regime("calm", "Calm"), Regime("also", "Also", by_sector={"goods": Points()}))
    assert policies(found, asked, retaliation=Retaliation.EVERYONE) == (Policy(), Policy())


def test_a_sector_of_its_own_stands_in_place_of_all_goods() -> None:
    asked = question()
    regime = Regime("r", "R", tariff=Points(ally=0.1), by_sector={"metals": Points(ally=0.5, rival=0.2)})
    (policy,) = policies(replace(strategies(), regimes=(regime,)), asked, retaliation=Retaliation.NONE)
    points, place = added(policy), economy().actors.index
    metals = economy().sectors.index("metals")
    assert points[metals, place("USA"), place("CAN")] == pytest.approx(0.5)
    assert points[metals, place("USA"), place("CHN")] == pytest.approx(0.2)
    others = [k for k, sector in enumerate(economy().sectors) if sector in asked.world.goods and k != metals]
    np.testing.assert_allclose(points[others, place("USA"), place("CAN")], 0.1)
    np.testing.assert_allclose(points[others, place("USA"), place("CHN")], 0.0)


@pytest.mark.parametrize(("actor", "power"), CASES)
def test_whoever_answers_charges_what_it_is_charged(actor: str, power: str) -> None:
    asked, found = question(actor, power), strategies(actor, power)
    codes = economy().actors
    mine = [codes.index(code) for code in asked.power.members]
    side = [codes.index(code) for code in asked.signatory.members]
    alone, actor_too, all_answer = (
        [added(one) for one in policies(found, asked, retaliation=way)] for way in Retaliation
    )
    for none, one, everyone in zip(alone, actor_too, all_answer, strict=True):
        mirrored = none.transpose(0, 2, 1)
        np.testing.assert_allclose(everyone - none, mirrored, atol=1e-12)
        only = np.zeros_like(mirrored)
        only[np.ix_(range(len(only)), side, mine)] = mirrored[np.ix_(range(len(only)), side, mine)]
        np.testing.assert_allclose(one - none, only, atol=1e-12)


def test_only_added_points_of_the_power_are_answered() -> None:
    whole = Policy(
        (
            TariffChange(exporters=("BBB",), importers=("AAA",), add=0.2),
            TariffChange(exporters=("BBB",), importers=("AAA",), floor=0.3),
            TariffChange(exporters=("AAA",), importers=("CCC",), add=0.4),
            TariffChange(exporters=("CCC",), importers=("AAA",), add=-0.01),
            Embargo(exporters=("CCC",), importers=("AAA",)),
        )
    )
    found, asked = tiny(Regime("r", "R", policy=whole))
    for way in (Retaliation.ACTOR, Retaliation.EVERYONE):
        (policy,) = policies(found, asked, retaliation=way)
        answer = TariffChange(exporters=("AAA",), importers=("BBB",), add=0.2)
        assert policy.parts == (*whole.parts, answer)


def test_factors_of_one_change_nothing() -> None:
    found = strategies()
    assert scaled(found, np.ones((5, len(VECTOR)))).regimes == found.regimes


@settings(max_examples=20)
@given(st.floats(0, 3))
def test_one_number_of_one_regime_scales_alone(factor: float) -> None:
    found = strategies()
    factors = np.ones((5, len(VECTOR)))
    factors[3, VECTOR.index("ally")] = factor
    changed = scaled(found, factors).regimes
    assert changed[3].tariff == Points(0.15 * factor, 0.4, 0.1)
    assert [one for k, one in enumerate(changed) if k != 3] == [one for k, one in enumerate(found.regimes) if k != 3]
    factors[3, VECTOR.index("exclusivity")] = factor
    assert scaled(found, factors).regimes[3].exclusivity == pytest.approx(min(1.0, 0.4 * factor))


def test_points_of_a_sector_scale_with_their_side() -> None:
    found, _ = tiny(Regime("r", "R", by_sector={"goods": Points(0.1, 0.2, 0.3)}))
    factors = np.array([[2.0, 3.0, 4.0, 1, 1, 1, 1]])
    points = scaled(found, factors).regimes[0].by_sector["goods"]
    assert (points.ally, points.rival, points.other) == pytest.approx((0.2, 0.6, 1.2))


def test_draws_fill_every_strip_of_every_number_once() -> None:
    count, width = 20, 0.5
    drawn = draws(strategies(), count=count, width=width, seed=7)
    rates = np.array([one.regimes[3].tariff.ally for one in drawn]) / 0.15
    assert ((rates >= 1 - width) & (rates <= 1 + width)).all()
    strips = np.floor((rates - 1 + width) / (2 * width) * count)
    assert sorted(strips) == list(range(count))
    shares = np.array([[getattr(r, name) for name in VECTOR[3:]] for one in drawn for r in one.regimes])
    assert shares.max() <= 1
    again = draws(strategies(), count=count, width=width, seed=7)
    assert [one.regimes for one in drawn] == [one.regimes for one in again]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda o: scaled(o, np.ones((4, 7))), r"\(4, 7\)"),
        (lambda o: scaled(o, -np.ones((5, 7))), "0 or more"),
        (lambda o: draws(o, count=0, width=0.5, seed=1), "draws: 0"),
        (lambda o: draws(o, count=2, width=1.5, seed=1), "width: 1.5"),
        (lambda o: o.chain("stiky"), "sticky, alternating, drifting"),
    ],
)
def test_what_makes_no_sense_is_refused(call: Callable[[Outlook], object], said: str) -> None:
    with pytest.raises(RequestError, match=said):
        call(strategies())


def test_strategies_as_the_notes_have_them() -> None:
    """Vectors as declared in docs/regimes.md; three chains over one set of regimes."""
    found = strategies()
    assert [one.name for one in found.chains] == ["sticky", "alternating", "drifting"]
    for one in found.chains:
        assert one.regimes == tuple(regime.id for regime in found.regimes)
        assert (one.initial, one.calm) == ("transactional", "competitive")
        np.testing.assert_allclose(one.matrix.sum(axis=1), 1)
    assert found.chain("drifting") is found.chains[2]
    lasting = [1 / (1 - found.chain(name).matrix.diagonal()) for name in ("sticky", "alternating")]
    np.testing.assert_allclose(lasting, [[8] * 5, [4] * 5])


def test_the_drift_never_returns_to_calm() -> None:
    chain = strategies().chain("drifting")
    assert (chain.chances(40)[:, :3] == 0).all()


def test_other_powers_begin_calm() -> None:
    assert {chain.initial for chain in strategies("AUS", "CHN").chains} == {"competitive"}


def test_an_unknown_outlook_is_refused_with_a_hint() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'grand-strategies'"):
        outlook("grand-strategy", question())
    with pytest.raises(UnknownNameError, match=r"a file ends in \.toml"):
        outlook("xyz", question())


def test_no_two_strategies_do_the_same_to_trade() -> None:
    """Twins would count as a change of regime without one of policy."""
    tariffs = [regime.tariff for regime in strategies().regimes]
    assert len(set(tariffs)) == len(tariffs)
