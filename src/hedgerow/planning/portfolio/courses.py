"""From courses of the power's policy to utility: which node each year is in, and what the years add up to.

A node is a spell (regime before, regime now) and the years since the change, capped. Utility is discounted mean log
real income against the base, so that it reads as a constant change of consumption over the horizon.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hedgerow.planning.portfolio.process import Numbers, Paths

__all__ = ["Course", "courses", "discount_weights", "phased_utility"]

Array = npt.NDArray[np.float64]

AT_FIRST = -1
"""In place of the regime before: buyers are set up for the base itself."""


@dataclass(frozen=True, eq=False)
class Course:
    """Paths as rows of nodes."""

    spells: tuple[tuple[int, int], ...]
    """(regime before, regime now) of every spell that some path has; the first ones begin with ``AT_FIRST``."""
    spell: Numbers
    """[path, year] position in ``spells``."""
    age: Numbers
    """[path, year] years since the change."""


def courses(paths: Paths, *, ages: int) -> Course:
    """The nodes that paths run through.

    Args:
        paths: regimes by year.
        ages: years since a change that are told apart; later ones count as the last.
    """
    count, years = paths.regime.shape
    before, age = np.full((count, years), AT_FIRST), np.zeros((count, years), dtype=int)
    for year in range(1, years):
        changed = paths.regime[:, year] != paths.regime[:, year - 1]
        before[:, year] = np.where(changed, paths.regime[:, year - 1], before[:, year - 1])
        age[:, year] = np.where(changed, 0, age[:, year - 1] + 1)
    pairs, spell = np.unique(np.stack([before, paths.regime], axis=-1).reshape(-1, 2), axis=0, return_inverse=True)
    return Course(
        spells=tuple((int(one), int(other)) for one, other in pairs),
        spell=spell.reshape(count, years),
        age=np.minimum(age, ages - 1),
    )


def discount_weights(years: int, factor: float) -> Array:
    """[years] weights beta^t that sum to 1."""
    weights = factor ** np.arange(years)
    return np.asarray(weights / weights.sum())


def phased_utility(value: Array, course: Course, share: Array, weights: Array) -> Array:
    """Discounted mean over each path of a node value that is phased in. [P, ...]

    Args:
        value: [spell, age, ...] of each node.
        course: which node each path is in.
        share: [years] of the value that has been phased in by each year.
        weights: [years] discount weights.
    """
    along = value[course.spell, course.age]  # [P, T, ...]
    return np.asarray(np.tensordot(weights * share, along, axes=(0, 1)))
