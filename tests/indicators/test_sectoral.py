"""Dependence by sector and coercive power from worlds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from hedgerow.indicators.sectoral import export_dependence, import_dependence, spending_shares
from hedgerow.planning.exposure import coercion
from hedgerow.trade.economy import calibrate
from hedgerow.world.io import load
from hedgerow.world.parties import Party
from hedgerow.world.tiny import tiny_world
from hedgerow.world.world import World
from tests.world.strategies import worlds

LAWS = settings(max_examples=25, deadline=None, derandomize=True)


def test_the_tiny_world_by_hand() -> None:
    """What Aria's sectors sell to Boria over what they make, and what Aria buys there over all it buys."""
    world = tiny_world()
    flow, output = world["trade_flow"], world["gross_output"]
    boria = np.array([code == "BBB" for code in world.codes])
    sold = export_dependence(flow.to_numpy(), output.to_numpy(), boria)
    bought = import_dependence(flow.to_numpy(), boria)
    for k, sector in enumerate(world.sector_ids):
        exports, imports = (
            float(flow.sel(exporter=a, importer=b, sector=sector)) for a, b in (("AAA", "BBB"), ("BBB", "AAA"))
        )
        assert sold[0, k] == pytest.approx(exports / float(output.sel(actor="AAA", sector=sector)))
        assert bought[0, k] == pytest.approx(imports / float(flow.sel(importer="AAA", sector=sector).sum()))
    assert np.isnan(sold[boria]).all()


@LAWS
@given(worlds())
def test_everyone_together_sells_all_output_and_supplies_all_purchases(world: World) -> None:
    flow, output = world["trade_flow"].to_numpy(), world["gross_output"].to_numpy()
    actors = len(world.codes)
    one_by_one = [np.arange(actors) == k for k in range(actors)]
    home = np.einsum("iij->ij", flow)
    sold = np.nansum([export_dependence(flow, output, m) for m in one_by_one], axis=0) * output + home
    assert sold == pytest.approx(output)
    bought = np.nansum([import_dependence(flow, m) for m in one_by_one], axis=0) * flow.sum(axis=0) + home
    assert bought == pytest.approx(flow.sum(axis=0))


@pytest.mark.parametrize(("world_id", "tolerance"), [("wiod-2011-35", 0.01), ("composite-2023", 0.01)])
def test_coercive_power_is_that_of_the_brief(world_id: str, tolerance: float) -> None:
    """The brief takes shares from a calibrated economy, whose repair moves them a little; the panel from the world."""
    world = load(world_id)
    economy, found = calibrate(world), spending_shares(world)
    usa = np.array([code == "USA" for code in world.codes])
    for code in ("CAN", "MEX", "JPN", "DEU", "CHN"):
        party = Party(code, code, (code,))
        expected = coercion(economy, by=Party("USA", "USA", ("USA",)), over=party)
        assert found.power(usa, world.codes.index(code)) == pytest.approx(expected, rel=tolerance)
