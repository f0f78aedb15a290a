"""The numbers of the ledger: one function an equation, bare numbers in and out. See ``docs/ledger/scores.md``.

The equations are ours; no published index is meant. ``y0`` is the baseline, ``y1`` the outcome, ``goal`` the target.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

HIGHEST = 1.5
"""Achievement beyond this counts no more: a target set too low is not worth any number."""


class Bounds(NamedTuple):
    """A number and the ends between which it lies if everything that went in lies within its own."""

    value: float
    low: float
    high: float


def line(on: date, start: tuple[date, float], end: tuple[date, float]) -> float:
    """(1) Value on a day of the straight line between two dated values; beyond its ends it goes on."""
    part = (on - start[0]).days / (end[0] - start[0]).days
    return start[1] + part * (end[1] - start[1])


def achievement(y1: float, y0: float, goal: float) -> float:
    """(2) A = (y1 − y0) / (y* − y0), from 0 to 1.5: the part of the way that is behind us."""
    return min(max((y1 - y0) / (goal - y0), 0.0), HIGHEST)


def additionality(y1: Bounds, without: Bounds, y0: float, goal: float) -> Bounds:
    """(3) A* = (y1 − ŷ) / (y* − y0), where ``without`` is ŷ: the part of the way that would not have been gone anyway.

    Below zero where the outcome is worse than what would have been.
    """
    corners = [(a - b) / (goal - y0) for a in y1[1:] for b in without[1:]]
    return Bounds((y1.value - without.value) / (goal - y0), min(corners), max(corners))


def contribution(evidence: float, share: Bounds, additional: Bounds) -> Bounds:
    """(4) v α A*: what a goal adds to the score, as far as it is proved and the partnership's own work."""
    corners = [evidence * a * b for a in share[1:] for b in additional[1:]]
    return Bounds(evidence * share.value * additional.value, min(corners), max(corners))


def score(weights: Sequence[float], contributions: Sequence[Bounds]) -> Bounds:
    """(5) S = Σ w v α A* / Σ w over the goals that can be tested."""
    total = sum(weights)
    return Bounds(
        *(sum(w * c[k] for w, c in zip(weights, contributions, strict=True)) / total for k in range(3)),
    )


def completeness(criteria: Sequence[bool]) -> float:
    """(6) The part of the criteria that a goal meets."""
    return sum(criteria) / len(criteria)


def procedural_index(answers: Sequence[float | None]) -> float | None:
    """(7) Mean of the aspects that somebody assessed; None where nobody did. Never averaged with outcomes."""
    known = [answer for answer in answers if answer is not None]
    return sum(known) / len(known) if known else None
