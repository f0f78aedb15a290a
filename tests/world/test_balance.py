"""The accounts of a world add up, and a world whose accounts do not is refused by name."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedgerow.errors import UnbalancedError
from hedgerow.world.balance import TOLERANCE, deficits, imbalances, require_balanced
from hedgerow.world.tiny import tiny_world
from hedgerow.world.world import World
from tests.world.edits import nudged, rescaled
from tests.world.strategies import worlds

TINY = tiny_world()
LAWS = settings(max_examples=20, deadline=None, derandomize=True)

# What breaks when one cell of a layer is off: the identity, and which of the cell's labels say where.
SALES, PURCHASES, COST = "output = sales", "purchases = inputs + final use", "inputs + value added = output"
BREAKS = {
    "trade_flow": (SALES, (0, 2)),
    "gross_output": (SALES, (0, 1)),
    "input_use": (PURCHASES, (0, 1)),
    "final_use": (PURCHASES, (0, 1)),
    "value_added": (COST, (0, 1)),
}


def income(world: World) -> float:
    return float(world["value_added"].sum())


@st.composite
def cells(draw: st.DrawFn, world: World) -> tuple[str, tuple[str, ...]]:
    """A layer of money and one of its cells."""
    name = draw(st.sampled_from(sorted(BREAKS)))
    labels = [draw(st.sampled_from([str(x) for x in world[name][dim].values])) for dim in world[name].dims]
    return name, tuple(labels)


def test_every_world_balances(world: World) -> None:
    assert require_balanced(world) is world
    assert max(found.share_of_world_income for found in imbalances(world)) < 1e-14  # one float rounding


@LAWS
@given(worlds())
def test_the_four_identities_are_those_of_the_accounts(world: World) -> None:
    assert [found.identity for found in imbalances(world)] == [SALES, PURCHASES, COST, "deficits sum to zero"]
    assert require_balanced(world) is world


@LAWS
@given(cells(TINY), st.floats(2, 1e8))
def test_one_wrong_cell_is_refused_by_identity_and_place(cell: tuple[str, tuple[str, ...]], size: float) -> None:
    name, labels = cell
    identity, places = BREAKS[name]
    broken = nudged(TINY, name, size * TOLERANCE * income(TINY), *labels)
    with pytest.raises(UnbalancedError) as caught:
        require_balanced(broken)
    assert f"world tiny: {identity} is off by" in str(caught.value)
    assert f"at {' '.join(labels[k] for k in places)};" in str(caught.value)


def test_one_wrong_cell_is_found_among_fifty_thousand(fine: World) -> None:
    broken = nudged(fine, "trade_flow", 1.0, "CAN", "USA", "c14")
    with pytest.raises(UnbalancedError, match=f"{SALES} .* at CAN c14;"):
        require_balanced(broken)


@pytest.mark.parametrize("name", BREAKS)
def test_the_limit_lies_where_it_says(name: str) -> None:
    cell = [str(TINY[name][dim].values[-1]) for dim in TINY[name].dims]
    limit = 1e-9 * income(TINY)
    assert require_balanced(nudged(TINY, name, 0.9 * limit, *cell))
    with pytest.raises(UnbalancedError):
        require_balanced(nudged(TINY, name, 1.1 * limit, *cell))


@LAWS
@given(worlds(), st.floats(-6, 6).map(lambda power: 10**power), st.data())
def test_imbalances_do_not_depend_on_the_currency(world: World, rate: float, data: st.DataObject) -> None:
    name, labels = data.draw(cells(world))
    broken = nudged(world, name, 0.01 * income(world), *labels)
    for before, after in zip(imbalances(broken), imbalances(rescaled(broken, rate)), strict=True):
        assert before.share_of_world_income == pytest.approx(after.share_of_world_income, rel=1e-9, abs=1e-12)


@LAWS
@given(worlds())
def test_what_one_actor_borrows_another_lends(world: World) -> None:
    found = deficits(world)
    assert found.sum() == pytest.approx(0, abs=1e-12 * income(world))
    flow = world["trade_flow"].values
    for n, code in enumerate(world.codes):
        bought = sum(flow[i, n].sum() for i in range(len(flow)) if i != n)
        sold = sum(flow[n, i].sum() for i in range(len(flow)) if i != n)
        assert float(found.sel(actor=code)) == pytest.approx(bought - sold, abs=1e-9)


@LAWS
@given(worlds())
def test_a_deficit_is_final_use_beyond_value_added(world: World) -> None:
    """Convention 9 of the notation, tariff revenue apart: what is spent and not earned is borrowed."""
    spent_beyond = world["final_use"].sum("sector") - world["value_added"].sum("sector")
    np.testing.assert_allclose(deficits(world), spent_beyond, atol=1e-9 * income(world))


def test_the_united_states_borrow_in_2011_and_china_lends(world_2011: World) -> None:
    found = deficits(world_2011)
    assert found.sel(actor="USA") > 0 > found.sel(actor="CHN")


def test_a_sector_that_sells_and_adds_no_value_is_refused() -> None:
    """Boria's services buy for all they sell; the extra inputs come out of final use, so every identity holds."""
    added = float(TINY["value_added"].sel(actor="BBB", sector="services"))
    world = nudged(TINY, "value_added", -added, "BBB", "services")
    for bought in ("goods", "services"):
        world = nudged(world, "input_use", added / 2, "BBB", bought, "services")
        world = nudged(world, "final_use", -added / 2, "BBB", bought)
    assert max(found.share_of_world_income for found in imbalances(world)) < TOLERANCE
    with pytest.raises(UnbalancedError, match="world tiny: BBB services produces but adds no value"):
        require_balanced(world)
