"""Named governments: who may be asked, and whose numbers come back."""

from __future__ import annotations

import math

import pytest

from hedgerow.errors import RequestError
from hedgerow.planning.optimal_policy import (
    Ask,
    Setting,
    best_tariffs,
    courting,
    effects_on_all,
    persuasion,
    rate_in_force,
    tariff_war,
)
from hedgerow.trade.optimal.indifference import Means, Verdict
from hedgerow.world.io import load

SETTING = Setting(load("composite-2023"))
GOODS = Setting(load("baci-2023"))


@pytest.mark.parametrize(
    ("on", "said"), [(("USA",), "same side"), (("Atlantis",), "Atlantis"), (("CAN", "USA"), "same side")]
)
def test_who_cannot_be_taxed_is_refused(on: tuple[str, ...], said: str) -> None:
    with pytest.raises(RequestError, match=said) as refusal:
        best_tariffs(SETTING, "USA", on)
    assert str(refusal.value).startswith("--on: ")


def test_a_member_of_a_bloc_sets_no_tariff() -> None:
    with pytest.raises(RequestError, match="ask about EU"):
        best_tariffs(SETTING, "Germany")
    with pytest.raises(RequestError, match="ask about EU"):
        tariff_war(SETTING, ("USA", "France"))
    with pytest.raises(RequestError, match="ask about EU"):
        persuasion(SETTING, "USA", Ask(ally="Germany", toward="CHN", measure=0.25))


def test_sides_must_differ() -> None:
    with pytest.raises(RequestError, match=r"--nash.*same side"):
        tariff_war(SETTING, ("USA", "CHN", "US"))
    with pytest.raises(RequestError, match=r"--toward.*same side"):
        persuasion(SETTING, "USA", Ask(ally="CAN", toward="CAN"))
    with pytest.raises(RequestError, match=r"--courting.*same side"):
        courting(SETTING, "USA", ("EU", "DEU"), weight=0.01)


def test_a_bloc_taxes_everyone_but_its_members_and_its_gain_is_their_sum() -> None:
    found = best_tariffs(SETTING, "EU")
    (block,) = found.optimum.blocks
    assert set(block.exporters) == set(SETTING.world.codes) - set(found.setter.members)
    effects = {one.code: change for one, change in effects_on_all(SETTING.world, found.optimum.equilibrium)}
    assert effects["EU"].share == pytest.approx(math.expm1(found.optimum.gain), rel=1e-9)
    assert effects["EU"].share > 0


def test_the_rate_in_force_is_the_revenue_over_imports() -> None:
    found = best_tariffs(SETTING, "USA")
    (block,) = found.optimum.blocks
    economy, at = SETTING.economy, SETTING.economy.actors.index("USA")
    revenue = float(economy.tariff_revenue[at])
    rate = rate_in_force(economy, ("USA",), block)
    assert rate * block.imports * float(economy.income[at]) == pytest.approx(revenue, rel=1e-9)


def test_a_member_may_be_asked_to_end_its_trade() -> None:
    found = persuasion(SETTING, "USA", Ask(ally="DEU", toward="VNM")).found
    assert found.verdict is Verdict.FOUND
    assert 0 < (found.rate or 0) < SETTING.highest


def test_a_preference_is_cut_from_what_was_put_in_force() -> None:
    ask = Ask(ally="CAN", toward="CHN", measure=0.25, means=Means.PREFERENCE)
    small = persuasion(SETTING, "USA", ask).found
    large = persuasion(SETTING, "USA", Ask("CAN", "CHN", 0.25, Means.PREFERENCE, in_force=0.25)).found
    assert large.highest == pytest.approx(small.highest + 0.25)
    assert large.verdict is Verdict.FOUND


def test_who_is_courted_pays_less_and_everybody_else_more() -> None:
    found = courting(GOODS, "USA", ("CAN", "MEX"), weight=0.01).found
    assert found.rate > found.plain_rate
    assert found.motive.targets == (("CAN",), ("MEX",))
