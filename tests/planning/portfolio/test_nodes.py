"""Nodes: shared out or resumed, the digits are the same; each is the year of a path."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from bench.worlds import synthetic
from hedgerow.compute import Work
from hedgerow.planning.portfolio.courses import AT_FIRST
from hedgerow.planning.portfolio.nodes import Named, Settings, additions_of, solve_nodes
from hedgerow.trade.dynamics_buyers import Buyers
from hedgerow.trade.policy import Policy, TariffChange

WORLD = synthetic(5, 2, seed=4)
CALM = Named("calm", Policy())
STORM = Named("storm", Policy((TariffChange(importers=("A00",), add=0.25),)))
OPTIONS = [
    Policy((TariffChange(importers=("A01",), exporters=(other,), set_to=0.0),)) for other in ("A02", "A03", "A04")
]
SETTINGS = Settings(Buyers(WORLD), (CALM, STORM), additions_of(OPTIONS), ages=3)
SPELLS = [(AT_FIRST, 0), (0, 1), (1, 0)]


def test_additions_are_none_each_and_every_pair() -> None:
    members = SETTINGS.additions.members
    assert members == ((), (0,), (1,), (2,), (0, 1), (0, 2), (1, 2))
    assert SETTINGS.additions.policies[5].parts == OPTIONS[0].parts + OPTIONS[2].parts


def test_one_process_two_and_a_resumed_run_give_the_same_digits(tmp_path: Path) -> None:
    alone = solve_nodes(SETTINGS, SPELLS, Work())
    done: list[int] = []
    shared = solve_nodes(SETTINGS, SPELLS, Work(processes=2, cache=tmp_path, progress=done.append))
    np.testing.assert_array_equal(alone.log_income, shared.log_income)
    assert sum(done) == shared.solves == alone.solves == len(SPELLS) * 7 * 3
    (next(tmp_path.iterdir())).unlink()
    np.testing.assert_array_equal(solve_nodes(SETTINGS, SPELLS, Work(cache=tmp_path)).log_income, alone.log_income)
    assert len(list(tmp_path.iterdir())) == len(SPELLS)


def test_calm_from_the_base_is_the_base() -> None:
    found = solve_nodes(SETTINGS, [(AT_FIRST, 0)], Work())
    np.testing.assert_allclose(found.log_income[0, 0], 0, atol=1e-9)
