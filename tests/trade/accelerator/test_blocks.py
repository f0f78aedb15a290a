"""Policies as blocks: the maps of rates obey their algebra, and much fits into little."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import shocks
from bench.worlds import synthetic
from hedgerow.errors import RequestError, UnbalancedError, UnknownNameError
from hedgerow.trade.accelerator.blocks import RateMap, compact, refuse
from hedgerow.trade.policy import (
    DeficitChange,
    Embargo,
    ExportTaxChange,
    IcebergChange,
    Policy,
    TariffChange,
    TariffRateQuota,
)

WORLD = synthetic(5, 3, seed=1)

rates = st.floats(-0.9, 10)
maps = st.one_of(
    st.builds(lambda x: (1.0, x, -np.inf, np.inf), rates),  # add
    st.builds(lambda x: (0.0, x, -np.inf, np.inf), rates),  # set
    st.builds(lambda x: (1.0, 0.0, -np.inf, x), rates),  # cap
    st.builds(lambda x: (1.0, 0.0, x, np.inf), rates),  # floor
    st.just((1.0, 0.0, np.inf, np.inf)),  # embargo
).map(lambda values: RateMap(*map(np.asarray, values)))


def applied(one: RateMap, rate: float) -> float:
    return float(np.clip(one.keep * rate + one.shift, one.lowest, one.highest))


@given(st.lists(maps, min_size=1, max_size=5), rates)
def test_maps_in_a_row_are_one_map(row: list[RateMap], rate: float) -> None:
    step, together = rate, row[0]
    for one in row:
        step = applied(one, step) if np.isfinite(step) or one.keep > 0 else applied(one, 0.0)
    for one in row[1:]:
        together = together.then(one)
    assert applied(together, rate) == pytest.approx(step, abs=1e-12)


def test_one_importers_tariffs_on_every_partner_are_one_block() -> None:
    announced = shocks.realistic(WORLD)["libday"]
    assert len(announced.parts) == len(WORLD.actors) - 1
    found = compact(WORLD, [announced])
    assert found.tariff is not None
    assert found.tariff.importers.shape == (1, 1, len(WORLD.actors))
    assert found.export_tax is None
    assert found.cost is None


def test_what_is_sent_grows_with_actors_and_not_with_flows() -> None:
    def sent(actors: int) -> int:
        blocks = compact(synthetic(actors, 1), [Policy((TariffChange(add=0.1),))]).tariff
        assert blocks is not None
        return blocks.sectors.nbytes + blocks.importers.nbytes + sum(array.nbytes for array in blocks.rates)

    assert sent(40) <= 4 * sent(10)


def test_what_has_no_blocks_is_refused_by_number() -> None:
    quota = TariffRateQuota(importers=("A00",), inside=0.0, outside=0.3, share_of_base=0.8)
    cells = Policy.from_arrays(WORLD, tariff=WORLD.tariff.transpose(2, 1, 0))
    for policy in (Policy((quota,)), cells):
        with pytest.raises(RequestError, match=r"scenario 1: a .* has no blocks .* solve_many"):
            refuse([Policy(), policy])
    refuse([Policy((TariffChange(add=0.1), Embargo(), ExportTaxChange(add=0.1), IcebergChange(factor=2.0)))])


def test_names_and_sums_are_checked_as_by_apply() -> None:
    with pytest.raises(UnknownNameError, match=r"'A0X'.* did you mean"):
        compact(WORLD, [Policy((TariffChange(importers=("A0X",), add=0.1),))])
    with pytest.raises(UnbalancedError, match="deficit"):
        compact(WORLD, [Policy((DeficitChange((("A00", WORLD.world_value_added),)),))])
