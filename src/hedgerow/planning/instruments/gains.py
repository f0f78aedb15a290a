"""What each instrument is worth in a year under a regime: bare arrays, log income, expected values.

All three act on top of trade, which they leave as it is; a regime's ``reliability`` enters two of them.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["attacked", "blunted", "boosted", "bound", "spared"]

Array = npt.NDArray[np.float64]


def attacked(hazard: float, harm: float) -> float:
    """pi (-ln(1 - H)): expected log income lost in a year to an attack that nobody comes to meet.

    Args:
        hazard: pi, the chance of an attack in a year.
        harm: H, the share of income that it costs; below 1.
    """
    return float(-hazard * np.log1p(-harm))


def blunted(reliability: Array, *, expected: float) -> Array:
    """(1 - r) times the expected loss: what own arms save where the power does not come. [...]

    Closing the whole gap takes all of it away.

    Args:
        reliability: r, the chance that the power keeps its promise in a year.
        expected: see :func:`attacked`.
    """
    return np.asarray((1 - reliability) * expected)


def bound(calm: Array, income: Array, reliability: Array, *, share: float) -> Array:
    """s r [ln W_calm - ln W]_+: what a commitment undoes, as far as the power keeps its word. [...]

    Args:
        calm: log income under the calm regime.
        income: log income under the regime in force.
        reliability: r of that regime.
        share: s of the harm.
    """
    return np.asarray(share * reliability * np.maximum(0.0, calm - income))


def boosted(calm: Array, income: Array, *, chance: float) -> Array:
    """q [ln W_calm - ln W]_+: with chance q the power goes back to calm for the year. [...]"""
    return np.asarray(chance * np.maximum(0.0, calm - income))


def spared(punishment: Array, reliability: Array, *, share: float, chance: float) -> Array:
    """-s r p h: what binding takes off the expected punishment of another option. [...]

    Args:
        punishment: h, what being punished adds to log income; below zero.
        reliability: r of the regime in force.
        share: s of the harm.
        chance: p, that the other option is punished in a year of full exclusivity.
    """
    return np.asarray(-share * reliability * chance * np.minimum(0.0, punishment))
