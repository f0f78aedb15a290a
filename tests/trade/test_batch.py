"""Many scenarios: processes, chunks, resuming, screening and starts change the time, never the answer."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bench.worlds import synthetic
from hedgerow.errors import DidNotConverge, RequestError
from hedgerow.trade.chunk import solve_chunk
from hedgerow.trade.equilibrium import Batch, Equilibrium, solve, solve_best, solve_grid, solve_many
from hedgerow.trade.policy import DeficitRule, Embargo, ExportTaxChange, Policy, ProductivityChange, TariffChange
from hedgerow.trade.policy import TariffRateQuota as Quota

WORLD = synthetic(6, 4, seed=3)
POLICIES = [
    Policy((TariffChange(importers=("A00",), add=0.05 * k),), label=f"step {k}", deficits=rule)
    for k, rule in zip(range(8), [DeficitRule.FIXED, DeficitRule.ZERO, DeficitRule.OWN_SHARE] * 3, strict=False)
] + [
    Policy((ExportTaxChange(exporters=("A01",), add=0.1), ProductivityChange(factor=1.1, actors=("A02",)))),
    Policy((Quota(importers=("A00",), inside=0.0, outside=0.3, share_of_base=0.8),)),
]


def same(one: list[Equilibrium], other: list[Equilibrium]) -> None:
    for a, b in zip(one, other, strict=True):
        np.testing.assert_array_equal(a.wage_hat, b.wage_hat)
        np.testing.assert_array_equal(a.spent, b.spent)
        assert (a.iterations, a.quotas, a.method) == (b.iterations, b.quotas, b.method)


def test_one_or_two_processes_give_the_same_digits() -> None:
    alone = solve_many(WORLD, POLICIES, batch=Batch(chunk=3))
    calls: list[int] = []
    together = solve_many(WORLD, POLICIES, batch=Batch(chunk=3, processes=2), progress=calls.append)
    same(alone, together)
    assert calls == sorted(calls)
    assert calls[-1] == len(POLICIES)
    assert all(found.policy is policy for found, policy in zip(together, POLICIES, strict=True))


def test_kinds_of_change_mix_in_a_chunk() -> None:
    for found, policy in zip(solve_many(WORLD, POLICIES), POLICIES, strict=True):
        np.testing.assert_allclose(found.welfare, solve(WORLD, policy).welfare, atol=1e-9)


def test_interrupted_work_resumes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    options = Batch(chunk=2, cache=tmp_path / "results")
    siege = Policy((Embargo(importers=("A03",)), Embargo(exporters=("A03",))))
    with pytest.raises(DidNotConverge, match="scenario 8"):
        solve_many(WORLD, [*POLICIES[:8], siege], batch=options)
    solved: list[int] = []

    def counting(economy: object, policies: list[Policy], **options: object) -> list[Equilibrium]:
        solved.append(len(policies))
        return solve_chunk(economy, policies, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("hedgerow.trade.batch.solve_chunk", counting)
    again = solve_many(WORLD, POLICIES, batch=options)
    assert sum(solved) == 2
    same(again, solve_many(WORLD, POLICIES, batch=Batch(chunk=2)))


def test_a_damaged_result_is_solved_again_and_another_question_is_another_result(tmp_path: Path) -> None:
    options = Batch(cache=tmp_path)
    first = solve_many(WORLD, POLICIES[:2], batch=options)
    for path in tmp_path.iterdir():
        path.write_bytes(path.read_bytes()[:-7])
    same(first, solve_many(WORLD, POLICIES[:2], batch=options))
    count = len(list(tmp_path.iterdir()))
    solve_many(WORLD, POLICIES[:2], batch=options, tolerance=1e-4)
    assert len(list(tmp_path.iterdir())) == 2 * count


def test_screening_confirms_exactly() -> None:
    def best(rough: object) -> list[int]:
        assert isinstance(rough, list)
        return [int(np.argmax([float(one.welfare.sel(actor="A00")) for one in rough]))]

    steps = [Policy((TariffChange(importers=("A00",), add=0.02 * k),)) for k in range(12)]
    (number, found), *rest = solve_best(WORLD, steps, choose=best).items()
    assert not rest
    exact = [float(solve(WORLD, policy).welfare.sel(actor="A00")) for policy in steps]
    assert number == int(np.argmax(exact))
    assert found.residual < 1e-10
    assert float(found.welfare.sel(actor="A00")) == pytest.approx(exact[number], abs=1e-9)
    assert solve_best(WORLD, steps, choose=lambda rough: []) == {}


def test_additive_starts_save_iterations() -> None:
    regimes = [Policy((TariffChange(importers=("A00",), add=add),)) for add in (0.1, 0.3)]
    bundles = [Policy(), Policy((TariffChange(importers=("A01",), set_to=0.0),))]
    grid = solve_grid(WORLD, regimes, bundles)
    for regime, row in zip(regimes, grid, strict=True):
        for bundle, found in zip(bundles, row, strict=True):
            plain = solve(WORLD, regime + bundle)
            np.testing.assert_allclose(found.welfare, plain.welfare, atol=1e-9)
            assert found.iterations < plain.iterations
    mixed = solve_grid(WORLD, regimes, [Policy(), Policy(deficits=DeficitRule.ZERO)])
    np.testing.assert_allclose(
        mixed[0][1].welfare, solve(WORLD, regimes[0] + Policy(deficits=DeficitRule.ZERO)).welfare, atol=1e-9
    )
    assert solve_grid(WORLD, regimes, []) == [[], []]


def test_impossible_options_are_refused() -> None:
    with pytest.raises(RequestError, match="1 or more"):
        Batch(processes=0)
