"""What a year of a plan costs: solves per second at a node, and the plain nested solver beside it."""

from __future__ import annotations

import time
from typing import NamedTuple

import numpy as np

from bench import nested
from hedgerow.compute import Work
from hedgerow.planning.hypotheses import central
from hedgerow.planning.portfolio.cases import central_case
from hedgerow.planning.portfolio.courses import AT_FIRST
from hedgerow.planning.portfolio.layout import Request, settings_of
from hedgerow.planning.portfolio.nodes import solve_nodes
from hedgerow.planning.portfolio.outlooks import OUTLOOKS, outlook
from hedgerow.planning.portfolio.selection import promising
from hedgerow.planning.question import ask
from hedgerow.trade.equilibrium import TOLERANCE
from hedgerow.trade.policy import apply
from hedgerow.world import io


class Speed(NamedTuple):
    """Of the years at the nodes of a plan."""

    solves_per_second: float
    """On one core, with what buyers remember and every pair of options."""
    nested_over_ours: float
    """Time of one plain nested solve of such a year over ours."""
    difference: float
    """Largest difference of log income between the two."""


def speed(world_id: str, *, ages: int = 3) -> Speed:
    """Canada against the United States: one spell of the costliest regime from the base, all pairs of its options.

    Args:
        world_id: of an embedded world.
        ages: years since the change.
    """
    question = ask(io.load(world_id), "CAN", "USA")
    options = promising(question, central(question.world))
    seen = outlook(OUTLOOKS[0], question)
    settings = settings_of(question, central_case(question, seen), options, Request(), ages=ages)
    storm = [regime.name for regime in settings.regimes].index("transactional")
    solve_nodes(settings, [(AT_FIRST, storm)], Work())
    start = time.perf_counter()
    nodes = solve_nodes(settings, [(AT_FIRST, storm)], Work())
    ours = (time.perf_counter() - start) / nodes.solves
    pair = len(settings.additions.members) - 2  # the last but the power's answer
    year = apply(settings.buyers.short, settings.regimes[storm].policy + settings.additions.policies[pair])
    start = time.perf_counter()
    plain = nested.solve(settings.buyers.short, tariff=year.tariff, iceberg=year.iceberg, tolerance=TOLERANCE)
    slow = time.perf_counter() - start
    economy = settings.buyers.economy
    prices = (economy.final_share * np.log(plain.price_hat)).sum(axis=0)
    income = np.log(plain.income / economy.income) - prices
    off = np.abs(income - nodes.log_income[0, pair, 0]).max()
    return Speed(1 / ours, slow / ours, float(off))
