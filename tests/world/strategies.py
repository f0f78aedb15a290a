"""Random balanced worlds, and random ways to merge their sectors."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hedgerow.dims import ACTOR, SECTOR
from hedgerow.provenance import Origin, Status
from hedgerow.world.actors import actors_named
from hedgerow.world.layers import layer
from hedgerow.world.world import Sector, World

DRAWN = Origin(Status.ASSUMED, ("illustration",), "Drawn at random.")
CODES = ("AUS", "CAN", "JPN", "ROW")


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Two to four economies, one to five sectors, many zero flows, tariffs to 250 % on goods that cross a border.

    No sector spends more than half its output on inputs and nobody uses up more than half its purchases as
    inputs, so that value added and final use are what is left and every account balances.
    """
    n, s = draw(st.integers(2, 4)), draw(st.integers(1, 5))
    flow = draw(arrays(np.float64, (n, n, s), elements=st.integers(0, 1000).map(float)))
    flow[0, 0, 0] += 1
    output, purchases = flow.sum(axis=1), flow.sum(axis=0)
    most = np.minimum(purchases[:, :, None], output[:, None, :]) / (2 * s)
    inputs = most * draw(arrays(np.float64, (n, s, s), elements=st.floats(0, 1)))
    goods = draw(arrays(np.bool_, s))
    taxable = goods & ~np.eye(n, dtype=bool)[:, :, None]
    values = {
        "trade_flow": flow,
        "input_use": inputs,
        "final_use": purchases - inputs.sum(axis=2),
        "value_added": output - inputs.sum(axis=1),
        "gross_output": output,
        "tariff": draw(arrays(np.float64, (n, n, s), elements=st.floats(0, 2.5))) * taxable,
        "tariff_imputed": draw(arrays(np.bool_, (n, n, s))) & taxable,
        "trade_elasticity": draw(arrays(np.float64, s, elements=st.floats(0.5, 20))),
        "trade_elasticity_assumed": draw(arrays(np.bool_, s)),
        "population": draw(arrays(np.float64, n, elements=st.integers(1, 10**9).map(float))),
    }
    sectors = tuple(Sector(f"s{j}", f"Sector {j}", goods=bool(goods[j]), parts=(f"s{j}",)) for j in range(s))
    labels = {ACTOR: CODES[:n], SECTOR: tuple(sector.id for sector in sectors)}
    return World(
        id="drawn",
        title="Drawn at random",
        year=2000,
        actors=actors_named(CODES[:n]),
        sectors=sectors,
        layers={name: layer(name, array, labels, DRAWN) for name, array in values.items()},
    )


@st.composite
def partitions(draw: st.DrawFn, sectors: tuple[Sector, ...]) -> tuple[Sector, ...]:
    """Groups, in any order, that hold every sector once."""
    marks = draw(st.lists(st.integers(0, len(sectors) - 1), min_size=len(sectors), max_size=len(sectors)))
    parts: dict[int, list[Sector]] = {}
    for sector, k in zip(sectors, marks, strict=True):
        parts.setdefault(k, []).append(sector)
    groups = [
        Sector(f"g{k}", f"Group {k}", all(s.goods for s in held), tuple(s.id for s in held))
        for k, held in parts.items()
    ]
    return tuple(draw(st.permutations(groups)))
