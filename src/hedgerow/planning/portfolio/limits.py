"""What a bundle may hold: a budget, a number, options that exclude each other, that need another, or that must be in.

Every limit is linear, so that the same rows mask bundles ranked one by one and bound the integer programme.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hedgerow.errors import RequestError
from hedgerow.planning.portfolio.risk import Mask

__all__ = ["SLACK", "Limits", "Rows"]

Array = npt.NDArray[np.float64]

SLACK = 1e-6
"""How far a limit may be exceeded, as a share of its largest coefficient: the tolerance of the integer solver."""


@dataclass(frozen=True, eq=False)
class Rows:
    """Limits on K options as A x <= b."""

    matrix: Array
    """[R, K]"""
    upper: Array
    """[R]"""
    required: Mask
    """[K] in every bundle."""
    written: str
    """As on the command line."""

    def allow(self, bundles: Mask) -> Mask:
        """[B] True where a bundle keeps every limit."""
        room = self.upper + SLACK * np.abs(self.matrix).max(axis=1, initial=0)
        return np.asarray((bundles @ self.matrix.T <= room).all(axis=1))

    def infeasible(self) -> RequestError:
        """What to say where no bundle is left."""
        return RequestError(f"{self.written}: no bundle that partners sign keeps all of these limits; loosen one")


@dataclass(frozen=True)
class Limits:
    """Limits by ids of options; by default none."""

    budget: float | None = None
    """Most that a bundle may cost, a share of the actor's real income a year."""
    at_most: int | None = None
    """Options in a bundle."""
    exclude: tuple[tuple[str, ...], ...] = ()
    """Groups of which one at most is taken."""
    after: tuple[tuple[str, str], ...] = ()
    """(b, a): b only where a is taken too."""
    require: tuple[str, ...] = ()
    """In every bundle; their partners are taken to sign."""

    def rows(self, ids: Sequence[str], cost: Array) -> Rows:
        """As rows over options in this order.

        Args:
            ids: of K options; all that the limits name.
            cost: [K]
        """
        found: list[tuple[Array, float]] = []
        unit = dict(zip(ids, np.eye(len(ids)), strict=True))
        if self.budget is not None:
            found.append((cost, self.budget))
        if self.at_most is not None:
            found.append((np.ones(len(ids)), float(self.at_most)))
        found += [(np.sum([unit[one] for one in group], axis=0), 1.0) for group in self.exclude]
        found += [(unit[later] - unit[first], 0.0) for later, first in self.after]
        found += [(-unit[one], -1.0) for one in self.require]
        matrix = np.array([row for row, _ in found]).reshape(len(found), len(ids))
        required = np.array([one in self.require for one in ids], dtype=bool)
        return Rows(matrix, np.array([upper for _, upper in found]), required, str(self))

    def __str__(self) -> str:
        """As on the command line."""
        return " ".join(
            [
                *([] if self.budget is None else [f"--budget {100 * self.budget:g}%"]),
                *([] if self.at_most is None else [f"--at-most {self.at_most}"]),
                *(f"--exclude {'+'.join(group)}" for group in self.exclude),
                *(f"--after {later}:{first}" for later, first in self.after),
                *(f"--require {one}" for one in self.require),
            ]
        )
