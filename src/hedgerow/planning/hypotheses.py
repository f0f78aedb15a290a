"""Assumptions that another careful analyst might replace, each as an economy and a rule for deficits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import xarray as xr

from hedgerow.trade.economy import Economy, calibrate
from hedgerow.trade.policy import DeficitRule, Policy
from hedgerow.world.world import World

THETA_4_SOURCE = "simonovska-waugh-2014"
THETA_4 = 4.0
"""Trade elasticity of the mandatory second column (Simonovska and Waugh 2014)."""


@dataclass(frozen=True)
class Hypothesis:
    """One way to fill in what the data leave open."""

    id: str
    label: str
    world: World
    economy: Economy
    deficits: DeficitRule = DeficitRule.FIXED

    def under(self, policy: Policy) -> Policy:
        """The policy under this hypothesis' rule for deficits."""
        return replace(policy, deficits=self.deficits)


@lru_cache(maxsize=8)
def central(world: World) -> Hypothesis:
    """The world's own elasticities, deficits fixed."""
    assumed = world["trade_elasticity_assumed"]
    label = "Elasticities assumed throughout" if bool(assumed.all()) else "Published elasticities, services 4 (assumed)"
    return Hypothesis("published", label, world, calibrate(world))


@lru_cache(maxsize=8)
def theta_4(world: World) -> Hypothesis:
    """One elasticity of 4 for every sector."""
    economy = calibrate(world, trade_elasticity=xr.full_like(world["trade_elasticity"], THETA_4))
    return Hypothesis("theta-4", "Elasticity 4 in every sector", world, economy)


def zero_deficits(world: World) -> Hypothesis:
    """The world's own elasticities; every trade deficit is closed before the swing."""
    return Hypothesis("zero-deficits", "Trade deficits closed first", world, central(world).economy, DeficitRule.ZERO)


def alternatives(world: World, detail: World | None) -> tuple[Hypothesis, ...]:
    """What the headline is recomputed under, besides the three hypotheses above.

    Args:
        world: the world of the brief.
        detail: the same world with finer sectors, if there is one.
    """
    found = [
        Hypothesis(
            f"services-{value:g}",
            f"{_assumed_part(world)} elasticity {value:g} instead of 4",
            world,
            calibrate(world, trade_elasticity=_with_services(world, value)),
        )
        for value in (2.0, 8.0)
    ]
    if detail is not None:
        label = f"{len(detail.sectors)} sectors instead of {len(world.sectors)}"
        found.append(Hypothesis("detail", label, detail, calibrate(detail)))
    return tuple(found)


def _assumed_part(world: World) -> str:
    """What the assumed elasticities belong to."""
    return "Every" if bool(world["trade_elasticity_assumed"].all()) else "Services"


def _with_services(world: World, value: float) -> xr.DataArray:
    theta = world["trade_elasticity"]
    return theta.where(~world["trade_elasticity_assumed"], value)
