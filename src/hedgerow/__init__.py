"""Hedgerow: how exposed is a country to a great power's policy swings, and which partnerships would cut that.

The names below are the public interface; they are imported when first used, so that ``import hedgerow`` is free.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hedgerow.errors import HedgerowError
    from hedgerow.indicators.dependence import dependence
    from hedgerow.planning.exposure import exposure
    from hedgerow.planning.partnerships import partnerships
    from hedgerow.planning.question import ask
    from hedgerow.scenarios.scenario import scenario
    from hedgerow.trade.economy import Economy, calibrate
    from hedgerow.trade.equilibrium import Equilibrium, solve, solve_many
    from hedgerow.trade.optimal.instrument import Instrument
    from hedgerow.trade.optimal.nash import nash_tariffs
    from hedgerow.trade.optimal.response import optimal_tariffs
    from hedgerow.trade.policy import (
        DeficitChange,
        DeficitRule,
        Embargo,
        ExportTaxChange,
        IcebergChange,
        NonTariffChange,
        Policy,
        ProductivityChange,
        RentOwner,
        TariffChange,
        TariffRateQuota,
    )
    from hedgerow.trade.welfare import equivalent_variation, welfare_change
    from hedgerow.world.io import load
    from hedgerow.world.world import World

__all__ = [
    "DeficitChange",
    "DeficitRule",
    "Economy",
    "Embargo",
    "Equilibrium",
    "ExportTaxChange",
    "HedgerowError",
    "IcebergChange",
    "Instrument",
    "NonTariffChange",
    "Policy",
    "ProductivityChange",
    "RentOwner",
    "TariffChange",
    "TariffRateQuota",
    "World",
    "ask",
    "calibrate",
    "dependence",
    "equivalent_variation",
    "exposure",
    "load",
    "nash_tariffs",
    "optimal_tariffs",
    "partnerships",
    "scenario",
    "solve",
    "solve_many",
    "welfare_change",
]

_ROOMS = {
    "hedgerow.errors": ("HedgerowError",),
    "hedgerow.indicators.dependence": ("dependence",),
    "hedgerow.planning.exposure": ("exposure",),
    "hedgerow.planning.partnerships": ("partnerships",),
    "hedgerow.planning.question": ("ask",),
    "hedgerow.scenarios.scenario": ("scenario",),
    "hedgerow.trade.economy": ("Economy", "calibrate"),
    "hedgerow.trade.equilibrium": ("Equilibrium", "solve", "solve_many"),
    "hedgerow.trade.optimal.instrument": ("Instrument",),
    "hedgerow.trade.optimal.nash": ("nash_tariffs",),
    "hedgerow.trade.optimal.response": ("optimal_tariffs",),
    "hedgerow.trade.policy": (
        "DeficitChange",
        "DeficitRule",
        "Embargo",
        "ExportTaxChange",
        "IcebergChange",
        "NonTariffChange",
        "Policy",
        "ProductivityChange",
        "RentOwner",
        "TariffChange",
        "TariffRateQuota",
    ),
    "hedgerow.trade.welfare": ("equivalent_variation", "welfare_change"),
    "hedgerow.world.io": ("load",),
    "hedgerow.world.world": ("World",),
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _ROOM_OF:
        raise AttributeError(f"module 'hedgerow' has no attribute {name!r}")
    return getattr(import_module(_ROOM_OF[name]), name)


def __dir__() -> list[str]:
    return __all__
