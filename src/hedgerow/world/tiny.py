"""A tiny, valid, invented world for tests and examples."""

from __future__ import annotations

from datetime import date

import numpy as np

from hedgerow.dims import ACTOR, SECTOR
from hedgerow.provenance import Origin, Status
from hedgerow.world.actors import Actor
from hedgerow.world.layers import layer
from hedgerow.world.partnerships import Partnership, PartnershipKind
from hedgerow.world.world import Sector, World

_ORIGIN = Origin(Status.ASSUMED, ("illustration",), "Invented so that every identity can be checked by hand.")

_FLOW = np.array(
    [  # exporter x importer x (goods, services)
        [[600, 900], [150, 20], [50, 10]],
        [[120, 15], [300, 400], [40, 5]],
        [[60, 5], [30, 5], [110, 150]],
    ],
    dtype=float,
)


def tiny_world() -> World:
    """Three invented actors (a large AAA, a middling BBB, a small CCC) and two sectors, goods and services.

    Every account balances exactly; BBB and CCC have a free trade agreement; AAA taxes goods from BBB at 5 %.
    """
    actors = (Actor("AAA", "Aria"), Actor("BBB", "Boria"), Actor("CCC", "Caria"))
    sectors = (Sector("goods", "Goods", goods=True), Sector("services", "Services", goods=False))
    output = _FLOW.sum(axis=1)
    purchases = _FLOW.sum(axis=0)
    coefficient = np.array([[0.30, 0.10], [0.15, 0.20]])  # input x sector
    inputs = coefficient[None] * output[:, None, :]
    tariff = np.zeros((3, 3, 2))
    tariff[1, 0, 0], tariff[0, 1, 0], tariff[2, 0, 0] = 0.05, 0.08, 0.02
    labels = {ACTOR: tuple(a.iso3 for a in actors), SECTOR: tuple(s.id for s in sectors)}
    values = {
        "trade_flow": _FLOW,
        "input_use": inputs,
        "final_use": purchases - inputs.sum(axis=2),
        "value_added": output - inputs.sum(axis=1),
        "gross_output": output,
        "tariff": tariff,
        "tariff_imputed": np.zeros((3, 3, 2), dtype=bool),
        "trade_elasticity": np.array([5.0, 4.0]),
        "trade_elasticity_assumed": np.array([False, True]),
        "population": np.array([300e6, 80e6, 30e6]),
    }
    agreement = Partnership(
        id="bbb-ccc",
        title="Boria - Caria",
        kind=PartnershipKind.FREE_TRADE_AGREEMENT,
        members=("BBB", "CCC"),
        since=date(2000, 1, 1),
        source="illustration",
    )
    return World(
        id="tiny",
        title="Invented world of three actors",
        year=2000,
        actors=actors,
        sectors=sectors,
        layers={name: layer(name, array, labels, _ORIGIN) for name, array in values.items()},
        partnerships=(agreement,),
    )
