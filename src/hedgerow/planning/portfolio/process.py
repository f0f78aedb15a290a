"""How a power moves from one regime of its trade policy to another: a Markov chain over years."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hedgerow.errors import RequestError

__all__ = ["Paths", "RegimeProcess", "sample_paths"]

Array = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int_]

ROW_GAP = 1e-9
"""How far a row of probabilities may be from one."""


@dataclass(frozen=True, eq=False)
class RegimeProcess:
    """A Markov chain over named regimes; year 0 is in ``initial``.

    Raises:
        RequestError: no regime, one named twice, a matrix of another size, a probability outside 0 to 1, a row that
            does not sum to one, or a start or calm regime that is not in the list.
    """

    name: str
    regimes: tuple[str, ...]
    """Ids of R regimes."""
    matrix: Array
    """[R, R] probability of next year's regime (column) given this year's (row)."""
    initial: str
    """In force in year 0."""
    calm: str
    """The regime that losses are measured against: on the calm path it never ends."""
    note: str = ""
    """Where the numbers come from."""

    def __post_init__(self) -> None:
        if not self.regimes:
            raise RequestError(f"{self.name}: has no regime; name at least one")
        twice = [name for name in self.regimes if self.regimes.count(name) > 1]
        if twice:
            raise RequestError(f"{self.name}: regime {twice[0]!r} is named twice; give each one id")
        for field in ("initial", "calm"):
            if getattr(self, field) not in self.regimes:
                raise RequestError(
                    f"{self.name}: {field} {getattr(self, field)!r} is none of its regimes ({', '.join(self.regimes)})"
                )
        self._check_matrix()

    def _check_matrix(self) -> None:
        given, size = np.asarray(self.matrix, dtype=float), len(self.regimes)
        if given.shape != (size, size):
            raise RequestError(f"{self.name}: matrix has shape {given.shape}, {size} regimes need {(size, size)}")
        wrong = ~((given >= 0) & (given <= 1))
        if wrong.any():
            row, column = np.argwhere(wrong)[0]
            raise RequestError(
                f"{self.name}: matrix row {self.regimes[row]!r} gives {self.regimes[column]!r} the probability "
                f"{given[row, column]:g}; it must lie between 0 and 1"
            )
        sums = given.sum(axis=1)
        worst = int(np.abs(sums - 1).argmax())
        if abs(sums[worst] - 1) > ROW_GAP:
            raise RequestError(
                f"{self.name}: matrix row {self.regimes[worst]!r} sums to {sums[worst]:g}; its chances must sum to 1"
            )
        frozen = given.copy()
        frozen.setflags(write=False)
        object.__setattr__(self, "matrix", frozen)

    @property
    def start(self) -> int:
        """Position of the initial regime."""
        return self.regimes.index(self.initial)

    @property
    def calm_at(self) -> int:
        """Position of the calm regime."""
        return self.regimes.index(self.calm)

    def frozen(self) -> RegimeProcess:
        """The same regimes, and whoever rules in year 0 stays."""
        return RegimeProcess(
            f"{self.name}, frozen", self.regimes, np.eye(len(self.regimes)), self.initial, self.calm, self.note
        )

    def chances(self, years: int) -> Array:
        """[years, R] probability of each regime in each year."""
        found = [np.eye(len(self.regimes))[self.start]]
        for _ in range(years - 1):
            found.append(found[-1] @ self.matrix)
        return np.array(found)


@dataclass(frozen=True, eq=False)
class Paths:
    """Courses that the power's policy may take; each is as likely as its weight."""

    regime: Numbers
    """[path, year] position of the regime."""
    weight: Array
    """[path] sums to 1."""


def sample_paths(process: RegimeProcess, *, years: int, count: int, seed: int) -> Paths:
    """Sample courses in antithetic pairs; equal courses become one with the sum of their weights.

    Args:
        process: the chain.
        years: length of a path; year 0 is in the initial regime.
        count: how many are drawn.
        seed: of the draw.

    Raises:
        RequestError: less than one year or path.
    """
    if years < 1:
        raise RequestError(f"--horizon: {years} years is no horizon; give 1 or more, for example 15")
    if count < 1:
        raise RequestError(f"--paths: {count} is no number of paths; give 1 or more, for example 500")
    rng = np.random.default_rng(seed)
    half = rng.random((-(-count // 2), years - 1))
    uniform = np.concatenate([half, 1 - half])[:count]  # 1 - u visits the other tail of every year
    ladder = process.matrix.cumsum(axis=1)
    ladder[:, -1] = 1.0
    regime = np.empty((count, years), dtype=int)
    regime[:, 0] = process.start
    for year in range(1, years):
        regime[:, year] = (
            (uniform[:, year - 1, None] >= ladder[regime[:, year - 1]]).sum(axis=1).clip(max=len(ladder) - 1)
        )
    distinct, times = np.unique(regime, axis=0, return_counts=True)
    return Paths(distinct, times / count)
