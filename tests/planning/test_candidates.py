"""Who could sign, and what their agreement would change."""

from __future__ import annotations

import math

import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

from hedgerow.dims import REST_OF_WORLD
from hedgerow.errors import RequestError
from hedgerow.planning.candidates import candidates
from hedgerow.planning.hypotheses import Hypothesis, central, theta_4
from hedgerow.planning.question import Question, ask
from hedgerow.scenarios.agreements import DEEPER_AGREEMENT, NEW_AGREEMENT, TradeEffect, nontariff_part, tariffs_to_zero
from hedgerow.trade.policy import IcebergChange, TariffChange, apply
from hedgerow.world.io import load
from hedgerow.world.parties import blocs, economy
from hedgerow.world.tiny import tiny_world
from tests.planning.worlds import tiny_with, tiny_with_tariff

WORLD = load("wiod-2011")
UNION = set(blocs(WORLD)[0].members)
NAMED = [a.iso3 for a in WORLD.actors if a.named]
RATES = st.floats(0, 1.5)
EFFECTS = st.floats(0, 2)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(actor=st.sampled_from(NAMED), power=st.sampled_from([*NAMED, "EU"]))
def test_candidates_are_everyone_else_once_with_the_union_as_one(actor: str, power: str) -> None:
    try:
        question = ask(WORLD, actor, power)
    except RequestError:
        return
    members = [code for c in candidates(question) for code in c.party.members]
    sides = set(question.signatory.members) | set(question.power.members)
    assert sorted(members) == sorted(set(NAMED) - sides), "each once; never the actor's side, the power or the rest"
    assert REST_OF_WORLD not in members
    codes = [c.party.code for c in candidates(question)]
    assert ("EU" in codes) == (actor not in UNION and power != "EU")
    assert not UNION & set(codes)


@pytest.mark.parametrize("actor", ["CAN", "DEU", "KOR", "TUR"])
def test_an_agreement_is_deepened_exactly_where_one_ties_the_two_already(actor: str) -> None:
    for found in candidates(ask(WORLD, actor, "USA")):
        tied = {
            p.id
            for p in WORLD.partnerships
            if actor in p.members and any(code in p.members for code in found.party.members)
        }
        assert {p.id for p in found.in_force} == tied
        assert found.deepens == bool(tied)
        assert found.trade_effect == (DEEPER_AGREEMENT if tied else NEW_AGREEMENT)


def test_the_assumed_ranges_are_ordered_and_a_new_agreement_brings_more() -> None:
    for found in (NEW_AGREEMENT, DEEPER_AGREEMENT):
        assert 0 < found.low < found.central < found.high
    levels: tuple[str, ...] = tuple(TradeEffect.__dataclass_fields__)
    assert all(getattr(NEW_AGREEMENT, level) > getattr(DEEPER_AGREEMENT, level) for level in levels)


@pytest.mark.parametrize(("actor", "partner"), [("CAN", "CHN"), ("DEU", "IND"), ("CAN", "EU")])
def test_tariffs_go_to_zero_on_goods_both_ways_and_stay_elsewhere(actor: str, partner: str) -> None:
    question = ask(WORLD, actor, "USA")
    other = next(c.party for c in candidates(question) if c.party.code == partner)
    base = central(WORLD).economy
    after = base.by_flow(
        apply(base, tariffs_to_zero(question.signatory, other, goods=WORLD.goods)).tariff, "tariff", "fraction"
    )
    expected = WORLD["tariff"].copy()
    side, goods = list(question.signatory.members), list(WORLD.goods)
    for one, two in ((side, list(other.members)), (list(other.members), side)):
        expected.loc[{"exporter": one, "importer": two, "sector": goods}] = 0.0
    xr.testing.assert_allclose(after, expected.transpose(*after.dims))
    assert not expected.equals(WORLD["tariff"]), "there was a tariff to cut"


def factors(question: Question, effect: float, hypothesis: Hypothesis) -> dict[tuple[str, str, str], float]:
    """Iceberg factor by exporter, importer and sector of the deal of BBB with CCC."""
    found = {}
    partner = economy(question.world, "CCC", field="test")
    for part in nontariff_part(question.signatory, partner, effect=effect, economy=hypothesis.economy).parts:
        assert isinstance(part, IcebergChange)
        for exporter in part.exporters or ():
            for importer in part.importers or ():
                for sector in part.sectors or ():
                    found[exporter, importer, sector] = part.factor
    assert set(found) == {("BBB", "CCC", "goods"), ("CCC", "BBB", "goods")}, "goods, both ways, each once"
    return found


def taxed(out: float, back: float) -> tuple[Question, Hypothesis]:
    """BBB's exports to CCC bear ``out``, its imports from there ``back``."""
    world = tiny_with_tariff({("BBB", "CCC"): out, ("CCC", "BBB"): back})
    return ask(world, "BBB", "AAA"), central(world)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(out=RATES, back=RATES, effect=EFFECTS)
def test_tariff_cut_and_cost_cut_together_raise_trade_by_the_effect_or_by_the_tariffs_if_they_do_more(
    out: float, back: float, effect: float
) -> None:
    """Trade at the seller's price moves with (1 + t)^-(1 + theta) and with the iceberg factor^-theta."""
    question, hypothesis = taxed(out, back)
    found = factors(question, effect, hypothesis)
    theta = float(question.world["trade_elasticity"].sel(sector="goods"))
    for rate, factor in ((out, found["BBB", "CCC", "goods"]), (back, found["CCC", "BBB", "goods"])):
        from_tariffs = (1 + rate) ** (1 + theta)
        assert 0 < factor <= 1
        assert from_tariffs * factor**-theta == pytest.approx(max(math.exp(effect), from_tariffs), rel=1e-9)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(effect=EFFECTS, more=st.floats(0.001, 1))
def test_tariffs_that_explain_the_whole_effect_leave_costs_exactly_alone(effect: float, more: float) -> None:
    theta = float(tiny_world()["trade_elasticity"].sel(sector="goods"))
    enough = math.exp((effect + more) / (1 + theta)) - 1
    question, hypothesis = taxed(enough, 0.0)
    found = factors(question, effect, hypothesis)
    assert found["BBB", "CCC", "goods"] == 1.0
    assert found["CCC", "BBB", "goods"] == pytest.approx(math.exp(-effect / theta), rel=1e-12)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(rate=RATES, one=EFFECTS, other=EFFECTS)
def test_a_larger_effect_never_means_a_smaller_cut_of_costs(rate: float, one: float, other: float) -> None:
    question, hypothesis = taxed(rate, rate / 2)
    weak, strong = (factors(question, effect, hypothesis) for effect in sorted((one, other)))
    assert all(strong[cell] <= weak[cell] for cell in weak)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(effect=EFFECTS, theta=st.floats(0.5, 20))
def test_without_tariffs_the_long_run_elasticity_is_used_once(effect: float, theta: float) -> None:
    world = tiny_with_tariff({})
    elasticity = world["trade_elasticity"].where(world["trade_elasticity_assumed"], theta)
    for subject, used in ((tiny_with({"trade_elasticity": elasticity, "tariff": world["tariff"]}), theta), (world, 4)):
        hypothesis = theta_4(subject) if used == 4 else central(subject)
        for factor in factors(ask(subject, "BBB", "AAA"), effect, hypothesis).values():
            assert factor**-used == pytest.approx(math.exp(effect), rel=1e-9)


def test_a_bloc_that_taxes_unevenly_counts_at_its_mean_weighted_by_trade() -> None:
    """One factor for the pair: the tariff part is the mean of ln(1 + t) over the trade that bears it."""
    question = ask(WORLD, "CAN", "USA")
    union = next(c.party for c in candidates(question) if c.party.code == "EU")
    hypothesis = central(WORLD)
    parts = nontariff_part(question.signatory, union, effect=0.5, economy=hypothesis.economy).parts
    cuts = {p.sectors: p.factor for p in parts if isinstance(p, IcebergChange) and p.exporters == ("CAN",)}
    assert not any(isinstance(p, TariffChange) for p in parts)
    for sector in WORLD.goods:
        traded = logs = 0.0
        for member in union.members:
            cell = {"exporter": "CAN", "importer": member, "sector": sector}
            flow = float(WORLD["trade_flow"].sel(cell))
            traded += flow
            logs += flow * math.log1p(float(WORLD["tariff"].sel(cell)))
        theta = float(WORLD["trade_elasticity"].sel(sector=sector))
        left = max(0.0, 0.5 - (1 + theta) * logs / traded)
        assert cuts[(sector,)] == pytest.approx(math.exp(-left / theta), rel=1e-12), sector
