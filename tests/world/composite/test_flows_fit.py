"""The fit of flows: what must hold holds exactly, and nothing lies nearer to the prior than what it finds."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedgerow.errors import UnbalancedError
from hedgerow.world.composite.flows_fit import Block, Knowledge, fit_flows

LAWS = settings(max_examples=25, deadline=None, derandomize=True)
SEEDS = st.integers(0, 10_000)
N, S, GOODS = 5, 4, 3

Array = npt.NDArray[np.float64]


def problem(seed: int, *, fixed_importer: int | None = 1, floor: float = 1e-6) -> tuple[Knowledge, Array, Array]:
    """A made-up world of five economies and four sectors, with targets near what the prior implies."""
    rng = np.random.default_rng(seed)
    prior = rng.lognormal(1.0, 1.0, (N, N, S))
    prior[np.arange(N), np.arange(N)] *= 20.0
    fixed = np.zeros(prior.shape, dtype=bool)
    goods = prior[:, :, :GOODS].sum(axis=2) * rng.uniform(0.7, 1.3, (N, N))
    if fixed_importer is not None:
        fixed[:, fixed_importer, :GOODS] = True
        fixed[fixed_importer, fixed_importer] = False
        held = prior[:, fixed_importer, :GOODS]
        rows = np.arange(N) != fixed_importer
        prior[rows, fixed_importer, :GOODS] = (held / held.sum(axis=1, keepdims=True) * goods[:, [fixed_importer]])[
            rows
        ]
    services = prior[:, :, GOODS:].sum(axis=2) * rng.uniform(0.7, 1.3, (N, N))
    blocks = (Block(slice(0, GOODS), goods), Block(slice(GOODS, None), services))
    known = Knowledge(prior, fixed, blocks, np.full((N, S), floor), weight=5.0)
    targets = (prior.sum(axis=axis) * rng.uniform(0.8, 1.2, (N, S)) for axis in (1, 0))
    return (known, *targets)


def fitted(known: Knowledge, output: Array, absorption: Array) -> Array:
    """To convergence."""
    return fit_flows(known, output, absorption, sweeps=3000, tolerance=1e-13)


def objective(flow: Array, known: Knowledge, output: Array, absorption: Array) -> float:
    """The stated objective."""

    def divergence(a: Array, b: Array) -> float:
        return float((a * np.log(a / b) - a + b).sum())

    totals = divergence(flow.sum(axis=1), output) + divergence(flow.sum(axis=0), absorption)
    return divergence(flow, known.prior) + known.weight * totals


@LAWS
@given(SEEDS)
def test_pair_totals_hold_and_fixed_cells_do_not_move(seed: int) -> None:
    known, output, absorption = problem(seed)
    flow = fit_flows(known, output, absorption, sweeps=7, tolerance=0.0)
    off = ~np.eye(N, dtype=bool)
    for block in known.blocks:
        np.testing.assert_allclose(flow[:, :, block.sectors].sum(axis=2)[off], block.total[off], rtol=1e-12)
    np.testing.assert_array_equal(flow[known.fixed], known.prior[known.fixed])
    assert (flow > 0).all()


@LAWS
@given(SEEDS, SEEDS)
def test_no_allowed_move_lies_nearer(seed: int, other: int) -> None:
    """Moves inside a pair, or of home sales, only raise the objective."""
    known, output, absorption = problem(seed)
    flow = fitted(known, output, absorption)
    best = objective(flow, known, output, absorption)
    rng = np.random.default_rng(other)
    move = rng.normal(0.0, 1.0, flow.shape) * flow
    move[known.fixed] = 0.0
    off = ~np.eye(N, dtype=bool)
    for block in known.blocks:
        inside = move[:, :, block.sectors]
        free = flow[:, :, block.sectors] * ~known.fixed[:, :, block.sectors]
        share = free / np.where(free.sum(axis=2, keepdims=True) > 0, free.sum(axis=2, keepdims=True), 1.0)
        inside[off] -= (share * inside.sum(axis=2, keepdims=True))[off]
    for size in (1e-3, -1e-3):
        assert objective(flow + size * move, known, output, absorption) >= best * (1 - 1e-12)


def test_a_prior_that_fits_everything_is_returned() -> None:
    known, _, _ = problem(3)
    off = (Block(b.sectors, known.prior[:, :, b.sectors].sum(axis=2)) for b in known.blocks)
    exact = Knowledge(known.prior, known.fixed, tuple(off), known.least_home, known.weight)
    flow = fitted(exact, known.prior.sum(axis=1), known.prior.sum(axis=0))
    np.testing.assert_allclose(flow, known.prior, rtol=1e-12)


def test_a_heavier_weight_meets_the_targets_better() -> None:
    known, output, absorption = problem(8)
    gaps = []
    for weight in (1.0, 10.0, 100.0):
        flow = fitted(Knowledge(known.prior, known.fixed, known.blocks, known.least_home, weight), output, absorption)
        gaps.append(np.abs(flow.sum(axis=1) - output).sum() + np.abs(flow.sum(axis=0) - absorption).sum())
    assert gaps[0] > gaps[1] > gaps[2]


@LAWS
@given(SEEDS)
def test_home_sales_keep_their_floor(seed: int) -> None:
    known, output, absorption = problem(seed, floor=0.6)
    flow = fit_flows(known, output, absorption, sweeps=30, tolerance=1e-9)
    home = np.einsum("nns->ns", flow) / flow.sum(axis=0)
    assert home.min() >= 0.6 - 1e-12


def test_the_same_problem_gives_the_same_digits() -> None:
    known, output, absorption = problem(11)
    assert fitted(known, output, absorption).tobytes() == fitted(known, output, absorption).tobytes()


def test_a_lost_number_is_refused() -> None:
    known, output, absorption = problem(2)
    known.prior[0, 2, 0] = np.nan
    with pytest.raises(UnbalancedError, match="lost a number"):
        fit_flows(known, output, absorption, sweeps=3, tolerance=0.0)
