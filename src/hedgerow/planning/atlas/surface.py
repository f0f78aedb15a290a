"""The set of (chance, severity, cost) in which a bundle is better than nothing, from incomes at a few severities.

Given chance and severity, a bundle pays exactly below one cost, so the whole set is one surface: the break-even cost
over chance and severity. Nothing between solved severities is needed for it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hedgerow.planning.portfolio.ranking import RELATIVE_AVERSION
from hedgerow.planning.portfolio.value import certainty_equivalent
from hedgerow.trade.economy import Array

__all__ = ["Surface", "break_even_cost", "break_even_severity", "surface"]


@dataclass(frozen=True, eq=False)
class Surface:
    """Break-even costs of one bundle, share of income a year. S severities, P chances."""

    chances: tuple[float, ...]
    severities: tuple[float, ...]
    bare: Array
    """[S] log real income without the bundle."""
    hedged: Array
    """[S] with it, before its cost."""
    calm: tuple[float, float]
    """Log real income if the tariff never comes: without and with the bundle."""
    whole: Array
    """[P, S] growth and insurance together."""
    insurance: Array
    """[P, S] insurance alone: what the bundle adds in calm weather taken out."""

    @property
    def calm_gain(self) -> float:
        """What the bundle adds if the tariff never comes."""
        return self.calm[1] - self.calm[0]

    def pays(self, cost: float, *, whole: bool) -> Array:
        """[P, S] True where the bundle is better than nothing at a cost."""
        return np.asarray((self.whole if whole else self.insurance) > cost)


def break_even_cost(calm: tuple[float, float], storm: tuple[Array, Array], chance: float, aversion: float) -> Array:
    """The yearly cost that makes a bundle just as good as nothing under CRRA. [S]

    Costs are log units of consumption, so that k* = ln CE(with) - ln CE(without), and phi > 0 exactly where k < k*.

    Args:
        calm: log income without the bundle, with it.
        storm: [S] the same under tariffs of S severities.
        chance: of the tariff, 0 to 1.
        aversion: relative risk aversion.
    """
    weight = np.array([1 - chance, chance])
    bare, hedged = (
        certainty_equivalent(np.stack([np.full_like(bad, good), bad]), weight, aversion)
        for good, bad in zip(calm, storm, strict=True)
    )
    return np.asarray(hedged - bare)


def surface(
    calm: tuple[float, float],
    storm: tuple[Array, Array],
    *,
    chances: tuple[float, ...],
    severities: tuple[float, ...],
    aversion: float = RELATIVE_AVERSION,
) -> Surface:
    """Both break-even costs over chances and severities; arguments as of :func:`break_even_cost`."""
    deviations = storm[0] - calm[0], storm[1] - calm[1]
    return Surface(
        chances=chances,
        severities=severities,
        bare=storm[0],
        hedged=storm[1],
        calm=calm,
        whole=np.array([break_even_cost(calm, storm, p, aversion) for p in chances]),
        insurance=np.array([break_even_cost((0.0, 0.0), deviations, p, aversion) for p in chances]),
    )


def break_even_severity(severities: tuple[float, ...], worth: Array, cost: float) -> float | None:
    """The severity from which a bundle is worth its cost, straight between solved ones.

    None where it never is within the severities solved, or where its worth does not rise with every step: then two
    points do not tell what lies between them.

    Args:
        severities: rising, the first above 0.
        worth: [S] break-even cost at each; 0 at a severity of 0.
        cost: to be covered.
    """
    at, value = np.array([0.0, *severities]), np.array([0.0, *worth])
    if cost <= 0 or value[-1] < cost or not (np.diff(value) > 0).all():
        return None
    return float(np.interp(cost, value, at))
