from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from hedgerow.trade.fixedpoint import Array, Mask, Mixing, solve


@dataclass(frozen=True)
class Linear:
    """x = M x + v, for several M at once; counts the largest batch it was asked for."""

    matrices: Array
    targets: Array
    sizes: list[int]

    def correction(self, points: Array) -> tuple[Array, Array]:
        self.sizes.append(len(points))
        step = (self.matrices @ points[:, :, None])[..., 0] + self.targets - points
        return step, np.abs(step).max(axis=1)

    def restricted(self, kept: Mask) -> Self:
        return replace(self, matrices=self.matrices[kept], targets=self.targets[kept])


def contractions(seed: int, batch: int, size: int) -> Linear:
    rng = np.random.default_rng(seed)
    matrices = rng.normal(size=(batch, size, size))
    matrices *= (
        np.linspace(0.1, 0.95, batch)[:, None, None] / np.abs(np.linalg.eigvals(matrices)).max(axis=1)[:, None, None]
    )
    return Linear(matrices, rng.normal(size=(batch, size)), [])


def test_linear_problems_are_solved_exactly() -> None:
    problem = contractions(0, 8, 5)
    found = solve(problem, np.zeros((8, 5)), Mixing(longest=np.inf))
    expected = np.linalg.solve(np.eye(5) - problem.matrices, problem.targets[:, :, None])[..., 0]
    assert found.converged.all()
    assert (found.errors < 1e-10).all()
    np.testing.assert_allclose(found.points, expected, atol=1e-8)
    assert found.iterations.max() < 30


def test_finished_scenarios_leave_the_batch() -> None:
    problem = contractions(1, 16, 12)
    solve(problem, np.zeros((16, 12)), Mixing(longest=np.inf))
    assert problem.sizes[0] == 16
    assert problem.sizes[-1] <= 8


def test_a_start_that_is_the_answer_takes_one_look() -> None:
    problem = Linear(np.zeros((1, 2, 2)), np.array([[3.0, 4.0]]), [])
    found = solve(problem, np.array([[3.0, 4.0]]), Mixing())
    assert found.iterations[0] == 1
    assert found.converged[0]


def test_what_does_not_converge_says_so_and_spares_its_neighbours() -> None:
    """One scenario turns non-finite, one has no answer, one is easy."""
    matrices = np.array([[[0.5]], [[1.0]], [[0.5]]])
    problem = Linear(matrices, np.array([[np.inf], [1.0], [1.0]]), [])
    found = solve(problem, np.zeros((3, 1)), Mixing(limit=40))
    assert found.converged.tolist() == [False, False, True]
    assert found.iterations[0] == 1
    assert found.iterations[1] == 40
    assert abs(found.points[2, 0] - 2) < 1e-9
