"""What is uncertain, over which range, and who says so: one table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.special import ndtri

from hedgerow.planning.hypotheses import mean_elasticity
from hedgerow.provenance import Status
from hedgerow.scenarios.agreements import TradeEffect
from hedgerow.trade.economy import Economy
from hedgerow.trade.policy import DeficitRule

BLPN_LOWEST = 0.75
"""The lower end of what Boehm, Levchenko and Pandalai-Nayar (2023) report for the long run (1.75) less one."""


class Group(StrEnum):
    """What is varied together; the rows of the variance shares."""

    LEVEL = "level"
    SECTORS = "sectors"
    SERVICES = "services"
    SHARES = "shares"
    AGREEMENTS = "agreements"
    DEFICITS = "deficits"
    WORLD = "world"


@dataclass(frozen=True)
class Spread:
    """Log-uniform below the middle and above it, half of the draws on either side: the middle is the median."""

    low: float
    middle: float
    high: float

    def at(self, u: float) -> float:
        """The value below which a share ``u`` of all draws lies."""
        end = self.low if u < 0.5 else self.high
        return float(self.middle * (end / self.middle) ** abs(2 * u - 1))


@dataclass(frozen=True)
class Assumption:
    """One line of the table of what is varied."""

    group: Group
    title: str
    varied: str
    why: str
    status: Status


ASSUMPTIONS = (
    Assumption(
        Group.LEVEL,
        "Level of all goods elasticities",
        "one factor: log-uniform from a trade-weighted mean of 0.75 to the published level (half of the draws), and "
        "from there to twice that level",
        "The low end is that of Boehm, Levchenko and Pandalai-Nayar (2023), long-run tariff elasticity 1.75 less one; "
        "the high end is assumed.",
        Status.ASSUMED,
    ),
    Assumption(
        Group.SECTORS,
        "Elasticity of each goods sector",
        "its own factor: log-normal, median 1, standard deviation of the log 0.54",
        "Eleven sectors of Caliendo and Parro (2015) and of Fontagné, Guimbard and Orefice (2022) differ by a standard "
        "deviation of 0.77 in logs; as if both erred alike, each by 0.77/√2. The latter publish no standard errors by "
        "GTAP product that are at hand.",
        Status.DERIVED,
    ),
    Assumption(
        Group.SERVICES,
        "Elasticity of services",
        "one value for all services: log-uniform from 2 to 8, median 4",
        "No comparable estimate exists.",
        Status.ASSUMED,
    ),
    Assumption(
        Group.SHARES,
        "Who buys what from whom",
        "log-normal noise on every cell of pair and sector, home sales included, as wide as the world's own error "
        "report says; output, purchases and goods totals of pairs are kept",
        "Measured where the world is reconstructed; for a published table 5 % misplaced is assumed.",
        Status.DERIVED,
    ),
    Assumption(
        Group.AGREEMENTS,
        "Trade effect of an agreement beyond tariffs",
        "triangular between the low and the high end, mode at the centre; one draw for new and deeper agreements",
        "The range brackets gravity studies.",
        Status.ASSUMED,
    ),
    Assumption(
        Group.DEFICITS,
        "Trade deficits",
        "fixed or closed first, even odds",
        "The model has no theory of deficits.",
        Status.ASSUMED,
    ),
    Assumption(
        Group.WORLD,
        "World table",
        "the brief's own world and the other default worlds that have both sides, even odds; for the headline and the "
        "insurance value only",
        "Different years, publishers and sectors.",
        Status.ASSUMED,
    ),
)
"""Everything that is drawn."""

SECTOR_SPREAD = 0.54
"""Standard deviation of the log of a sector's elasticity, see :data:`ASSUMPTIONS`."""


@dataclass(frozen=True)
class Ranges:
    """Widths of everything that is drawn. Zero width is certainty; see :data:`CERTAIN`."""

    level: Spread
    sectors: float
    """Standard deviation of logs."""
    services: Spread
    """Factor on the assumed elasticity."""
    shares: float
    """Of the measured error: 1 is as wide as measured, 0 is none."""
    agreements: float
    """Of the way from the centre to either end of the assumed range."""
    deficits: tuple[DeficitRule, ...]


_ONE = Spread(1.0, 1.0, 1.0)
CERTAIN = Ranges(_ONE, 0.0, _ONE, 0.0, 0.0, (DeficitRule.FIXED,))
"""Nothing is varied: every draw is the central answer."""


def default_ranges(economy: Economy) -> Ranges:
    """The ranges of :data:`ASSUMPTIONS` for an economy with its published elasticities."""
    return Ranges(
        level=Spread(BLPN_LOWEST / mean_elasticity(economy), 1.0, 2.0),
        sectors=SECTOR_SPREAD,
        services=Spread(0.5, 1.0, 2.0),
        shares=1.0,
        agreements=1.0,
        deficits=(DeficitRule.FIXED, DeficitRule.ZERO),
    )


def lognormal(u: float, deviation: float) -> float:
    """The quantile of a log-normal factor with median 1."""
    return float(np.exp(deviation * ndtri(u)))


def triangular(u: float, effect: TradeEffect, width: float) -> float:
    """The quantile of a triangular trade effect whose ends are moved towards the centre by ``1 - width``."""
    low = effect.central + width * (effect.low - effect.central)
    high = effect.central + width * (effect.high - effect.central)
    if high <= low:
        return effect.central
    below = (effect.central - low) / (high - low)
    if u < below:
        return float(low + np.sqrt(u * (high - low) * (effect.central - low)))
    return float(high - np.sqrt((1 - u) * (high - low) * (high - effect.central)))
