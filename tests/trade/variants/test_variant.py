"""Variants are solved, by a further method where the first fails, or refused by name."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np
import pytest

from hedgerow.errors import DidNotConverge, RequestError
from hedgerow.trade.fixedpoint import Array, Mask
from hedgerow.trade.variants import variant
from hedgerow.trade.variants.variant import solve_variant


@dataclass(frozen=True, eq=False)
class Squares:
    """x^2 = target; the step is right, far too long, or in an arbitrary direction."""

    targets: Array
    """[b, n]"""
    length: float = 0.2
    names: tuple[str, ...] = ()
    seen: list[int] = field(default_factory=list)
    """Size of every batch that was evaluated."""

    @property
    def start(self) -> Array:
        return np.ones_like(self.targets)

    def correction(self, points: Array) -> tuple[Array, Array]:
        self.seen.append(len(points))
        gap = self.targets - points**2
        return self.length * gap, np.abs(gap).max(axis=1)

    def restricted(self, kept: Mask) -> Self:
        names = tuple(name for name, keep in zip(self.names, kept, strict=True) if keep)
        return replace(self, targets=self.targets[kept], names=names)

    def complaint(self, index: int, point: Array) -> str:
        worst = int(np.abs(self.targets[index] - point**2).argmax())
        return f"{self.names[index]}, worst in unknown {worst}"


def squares(*rows: list[float], length: float = 0.2) -> Squares:
    return Squares(np.array(rows), length, tuple(f"row {k}" for k in range(len(rows))))


def test_the_answers_are_roots() -> None:
    found = solve_variant(squares([2.0, 3.0], [4.0, 0.5]))
    np.testing.assert_allclose(found.points**2, [[2.0, 3.0], [4.0, 0.5]], atol=1e-9)
    assert found.converged.all()
    assert (found.iterations < variant.PLAIN_LIMIT).all()


@dataclass(frozen=True, eq=False)
class Edge(Squares):
    """Beyond 1.6 there is nothing: a full step from the start falls off, shorter ones do not."""

    def correction(self, points: Array) -> tuple[Array, Array]:
        step, error = super().correction(points)
        return step, np.where((points > 1.6).any(axis=1), np.nan, error)


def test_a_step_that_is_too_long_is_shortened() -> None:
    """1 + 0.8 (2 - 1) falls off the edge; 1 + 0.3 x 0.8 does not."""
    found = solve_variant(Edge(np.array([[2.0]]), 0.8, ("row 0",)))
    np.testing.assert_allclose(found.points, np.sqrt(2.0), atol=1e-9)
    assert 2 < found.iterations[0] < variant.DAMPED_LIMIT


def test_newton_finds_the_same_when_mixing_is_given_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = solve_variant(squares([2.0, 3.0, 0.5]))
    monkeypatch.setattr(variant, "PLAIN_LIMIT", 1)
    monkeypatch.setattr(variant, "DAMPED_LIMIT", 1)
    found = solve_variant(squares([2.0, 3.0, 0.5]))
    np.testing.assert_allclose(found.points, expected.points, atol=1e-9)
    assert found.errors.max() < 1e-10


def test_only_what_failed_is_tried_again() -> None:
    problem = Edge(np.array([[1.2], [2.0], [1.1]]), 0.8, ("a", "b", "c"))
    found = solve_variant(problem)
    np.testing.assert_allclose(found.points[:, 0] ** 2, [1.2, 2.0, 1.1], atol=1e-9)
    assert problem.seen[-1] == 1
    assert found.iterations[0] < found.iterations[1]


def test_what_has_no_answer_is_refused_with_its_name_and_residual() -> None:
    with pytest.raises(DidNotConverge, match=r"row 1, worst in unknown 0: .* residual \d.* iterations; try smaller"):
        solve_variant(squares([2.0, 2.0], [-1.0, 2.0]))


@pytest.mark.parametrize("tolerance", [0.0, 1.0, -1e-9, float("nan")])
def test_a_tolerance_that_is_none_is_refused(tolerance: float) -> None:
    with pytest.raises(RequestError, match="tolerance"):
        solve_variant(squares([2.0]), tolerance=tolerance)
