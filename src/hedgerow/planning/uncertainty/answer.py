"""How sure a brief is, computed in one go."""

from __future__ import annotations

from dataclasses import dataclass

from hedgerow.compute import Work
from hedgerow.planning.question import Question
from hedgerow.planning.uncertainty.bands import Bands, bands
from hedgerow.planning.uncertainty.draws import cases_of
from hedgerow.planning.uncertainty.variance import Headline, headline_draws

ROWS_PER_DRAW = 4
"""Rows of the two samples behind the headline for each draw of all tables; the headline alone is cheap."""


@dataclass(frozen=True)
class Uncertainty:
    """Bands on every number, and what decides the two numbers a brief is about."""

    bands: Bands
    """In the brief's own world."""
    headline: Headline
    """Over all worlds."""


def uncertainty(question: Question, *, draws: int, seed: int, work: Work | None = None) -> Uncertainty:
    """Bands and variance shares of a brief.

    Args:
        question: what the brief answers.
        draws: of every table; the headline has eight times as many.
        seed: same seed, same digits, on one process or many.
        work: processes, a folder to resume from, and a function to report progress to.

    Raises:
        RequestError: fewer than eight draws.
        DidNotConverge: more than 5 % of what is drawn has no answer.
    """
    cases = cases_of(question)
    return Uncertainty(
        bands=bands(cases[0], draws=draws, seed=seed, work=work),
        headline=headline_draws(cases, rows=ROWS_PER_DRAW * draws, seed=seed, work=work),
    )


def count_of_tasks(draws: int) -> int:
    """How many steps :func:`uncertainty` reports to ``progress``."""
    return draws + 1 + ROWS_PER_DRAW * draws
