"""The four elements of hedging for all states, as ratios inside one run: ``hedgerow bench hedging``."""

from __future__ import annotations

import os

os.environ.update(dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"))

import time
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from bench.lines import Line, show
from hedgerow.indicators.element import POWERS
from hedgerow.indicators.evidence import embedded_evidence
from hedgerow.indicators.hedging.composite import profile
from hedgerow.indicators.hedging.draws import ranks
from hedgerow.indicators.hedging.gather import Gathered, gather, standings_of
from hedgerow.indicators.hedging.normalise import Normalisation
from hedgerow.indicators.hedging.standing import Setting, standing

ALLOWED_S = 60.0
"""What all states and years may take together, in seconds."""
PLAIN = Setting(sensitivity=False)


def main(argv: list[str] | None = None) -> None:
    """Print every target as it becomes known; exit code 1 if one is missed."""
    show(measurements(), argv, __doc__)


def measurements() -> Iterator[Line]:
    """Everything from the evidence on: no cache is used."""
    start = time.perf_counter()
    found = gather(embedded_evidence(POWERS))
    gathered = time.perf_counter() - start
    drawn = _seconds(partial(standings_of, found, found.years, setting=PLAIN))
    yield Line(1, "all states and years, 2,000 draws each: part of a minute", (gathered + drawn) / ALLOWED_S, 1.0)
    yield Line(2, "2,000 draws of a year / 2,000 indices one by one", _over_one_by_one(found), 1.0)


def _over_one_by_one(found: Gathered) -> float:
    """A year with its draws, against the index and its ranks as often, without any choice drawn."""
    year = found.years[-1]
    placed, belongs, ties = found.measures.at(year), found.measures.belongs, found.ties_in([year])[0]
    together = _seconds(partial(standing, placed, belongs, ties, setting=PLAIN))
    values, weights = placed.placed[Normalisation.MIN_MAX], np.asarray(PLAIN.weights)
    states = np.isfinite(profile(values, belongs, weights).score)
    start = time.perf_counter()
    for _ in range(PLAIN.draws):
        ranks(profile(values, belongs, weights).assured[states])
    return together / (time.perf_counter() - start)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
