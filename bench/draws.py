"""What a draw of the headline costs beside the bare solves inside it."""

from __future__ import annotations

import time
from functools import partial

import numpy as np

from hedgerow.planning.question import ask
from hedgerow.planning.swings import headline
from hedgerow.planning.uncertainty.draws import case_of, drawn, drawn_effect, points
from hedgerow.planning.uncertainty.headline import all_agreements, outputs_at
from hedgerow.planning.uncertainty.numbers import TOLERANCE
from hedgerow.trade.equilibrium import solve_many
from hedgerow.world import io

DRAWS = 24


def over_bare_solves(world_id: str) -> float:
    """Time of a whole draw (noise, balance, calibration, policies, solves) over that of the same three solves of one
    economy that is already there; the middle of many ratios, each of neighbours in time."""
    question = ask(io.load(world_id), "CAN", "USA")
    case = case_of(question)
    centre = np.full(case.coordinates, 0.5)
    economy = case.economy
    storm = headline(question).policy
    deals = all_agreements(question, economy, partial(drawn_effect, case, centre))
    bare = partial(solve_many, economy, [storm, deals, deals + storm], tolerance=TOLERANCE)
    outputs_at((case,), centre), bare(), drawn(case, centre)
    ratios = []
    for point in points(DRAWS, case.coordinates, 1):
        start = time.perf_counter()
        outputs_at((case,), point)
        middle = time.perf_counter()
        bare()
        ratios.append((middle - start) / (time.perf_counter() - middle))
    return float(np.median(ratios))
