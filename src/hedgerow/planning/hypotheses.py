"""Assumptions that another careful analyst might replace, each as an economy and a rule for deficits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import xarray as xr

from hedgerow.trade.economy import Economy, calibrate
from hedgerow.trade.policy import DeficitRule, Policy
from hedgerow.world.world import World

THETA_4_SOURCE = "simonovska-waugh-2014"
THETA_4 = 4.0
"""Trade elasticity of the mandatory second column (Simonovska and Waugh 2014)."""


BLPN_LEVEL = 1.12
"""Long-run trade elasticity of goods in Boehm, Levchenko and Pandalai-Nayar (2023): a tariff-exclusive elasticity of
2.12 less one."""


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
    found.append(blpn_level(world))
    if detail is not None:
        label = f"{len(detail.sectors)} sectors instead of {len(world.sectors)}"
        found.append(Hypothesis("detail", label, detail, calibrate(detail)))
    return tuple(found)


def blpn_level(world: World) -> Hypothesis:
    """Goods elasticities at the level of Boehm, Levchenko and Pandalai-Nayar (2023), their pattern kept."""
    economy = central(world).economy
    scaled = np.where(economy.goods, blpn_factor(economy) * economy.trade_elasticity, economy.trade_elasticity)
    label = f"Goods elasticities at the level of Boehm et al. (2023), mean {BLPN_LEVEL:g}"
    return Hypothesis("blpn-level", label, world, replace(economy, trade_elasticity=scaled))


def mean_elasticity(economy: Economy) -> float:
    """Elasticity of goods, weighted by world trade across borders."""
    traded = (economy.border_imports * economy.expenditure[:, :, None]).sum(axis=(1, 2))[economy.goods]
    return float(np.average(economy.trade_elasticity[economy.goods], weights=traded))


def blpn_factor(economy: Economy) -> float:
    """The factor that brings the mean elasticity of goods to :data:`BLPN_LEVEL`."""
    return BLPN_LEVEL / mean_elasticity(economy)


def _assumed_part(world: World) -> str:
    """What the assumed elasticities belong to."""
    return "Every" if bool(world["trade_elasticity_assumed"].all()) else "Services"


def _with_services(world: World, value: float) -> xr.DataArray:
    theta = world["trade_elasticity"]
    return theta.where(~world["trade_elasticity_assumed"], value)
