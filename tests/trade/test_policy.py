from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.witness import cost_change
from bench.worlds import synthetic
from hedgerow.errors import RequestError, UnknownNameError
from hedgerow.trade.policy import DeficitRule, Embargo, IcebergChange, Policy, TariffChange, apply
from tests.trade.strategies import policies

WORLD = synthetic(5, 3, seed=1)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(policy=policies(WORLD))
def test_slices_agree_with_one_cell_at_a_time(policy: Policy) -> None:
    tariff, iceberg = cost_change(WORLD, policy)
    kappa = (1 + tariff) / (1 + WORLD.tariff) * iceberg
    purchases = WORLD.trade_share * kappa ** -WORLD.trade_elasticity[:, None, None]
    applied = apply(WORLD, policy)
    np.testing.assert_allclose(applied.tariff, tariff, atol=1e-15)
    np.testing.assert_allclose(applied.kernel.purchases, purchases, rtol=1e-12)
    border = applied.kernel.imports + applied.kernel.home[:, :, None] * np.eye(5)
    np.testing.assert_allclose(border, purchases / (1 + tariff), rtol=1e-12)


@given(one=policies(WORLD), two=policies(WORLD), three=policies(WORLD))
@settings(max_examples=20, deadline=None, derandomize=True)
def test_sums_are_associative_and_nothing_is_neutral(one: Policy, two: Policy, three: Policy) -> None:
    assert (one + two) + three == one + (two + three)
    assert one + Policy() == one == Policy() + one


def test_later_parts_apply_after_earlier_ones() -> None:
    add, fix = TariffChange(add=0.1), TariffChange(set_to=0.3)
    foreign = ~np.eye(5, dtype=bool)
    assert apply(WORLD, Policy((add, fix))).tariff[:, foreign] == pytest.approx(0.3)
    assert apply(WORLD, Policy((fix,)) + add).tariff[:, foreign] == pytest.approx(0.4)


def test_an_embargo_outlasts_what_follows() -> None:
    cut = Embargo(importers=("A00",), exporters=("A01",))
    kernel = apply(WORLD, Policy((cut, IcebergChange(factor=0.5), TariffChange(set_to=0.0)))).kernel
    assert (kernel.purchases[:, 0, 1] == 0).all()
    assert (kernel.imports[:, 0, 1] == 0).all()


def test_domestic_sales_are_never_touched() -> None:
    policy = Policy((TariffChange(add=1.0), IcebergChange(factor=3.0), Embargo()))
    kernel, tariff = apply(WORLD, policy)[:2]
    own = np.arange(5)
    np.testing.assert_array_equal(kernel.purchases[:, own, own], WORLD.trade_share[:, own, own])
    np.testing.assert_array_equal(tariff[:, own, own], WORLD.tariff[:, own, own])


def test_applying_leaves_the_economy_alone() -> None:
    before = WORLD.trade_share.copy(), WORLD.border_share.copy(), WORLD.tariff.copy()
    apply(WORLD, Policy())
    apply(WORLD, Policy((TariffChange(add=0.2), Embargo(importers=("A01",)))))
    for array, expected in zip((WORLD.trade_share, WORLD.border_share, WORLD.tariff), before, strict=True):
        np.testing.assert_array_equal(array, expected)


def test_deficits_are_closed_if_either_part_closes_them() -> None:
    zero = Policy(deficits=DeficitRule.ZERO)
    assert (zero + Policy()).deficits is DeficitRule.ZERO
    assert (Policy() + zero).deficits is DeficitRule.ZERO
    assert (Policy(label="a") + Policy(label="b")).label == "a + b"


def test_a_rule_written_as_text_is_the_rule() -> None:
    assert Policy(deficits="zero").deficits is DeficitRule.ZERO  # type: ignore[arg-type]
    with pytest.raises(RequestError, match="none of fixed, own_share, zero"):
        Policy(deficits="balanced")  # type: ignore[arg-type]


def test_a_misspelt_name_gets_a_suggestion() -> None:
    with pytest.raises(UnknownNameError, match="importer 'A0O' is not in this economy; did you mean 'A0"):
        apply(WORLD, Policy((TariffChange(importers=("A0O",), add=0.1),)))
    with pytest.raises(UnknownNameError, match="sector 'food'"):
        apply(WORLD, Policy((Embargo(sectors=("food",)),)))


@pytest.mark.parametrize("change", [{"set_to": -1.0}, {"set_to": 10.5}, {"add": 25.0}, {"set_to": float("nan")}])
def test_impossible_tariffs_are_refused(change: dict[str, Any]) -> None:
    with pytest.raises(RequestError, match="rates are fractions"):
        apply(WORLD, Policy((TariffChange(**change),)))


@given(factor=st.sampled_from([0.0, -1.0, float("inf"), float("nan")]))
@settings(max_examples=4)
def test_impossible_icebergs_are_refused(factor: float) -> None:
    with pytest.raises(RequestError, match="use Embargo"):
        IcebergChange(factor=factor)


def test_unclear_changes_are_refused() -> None:
    with pytest.raises(RequestError, match=r"either add=.* or set_to="):
        TariffChange()
    with pytest.raises(RequestError, match=r"either add=.* or set_to="):
        TariffChange(add=0.1, set_to=0.2)
    with pytest.raises(RequestError, match="is a text"):
        Embargo(importers="USA")  # type: ignore[arg-type]
