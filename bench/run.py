"""Benchmarks of the solver, as ratios inside one run: ``python -m bench.run [--json]``."""

from __future__ import annotations

import os

os.environ.update(dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"))

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from bench import nested, shocks, worlds
from bench.witness import violations
from hedgerow.errors import DidNotConverge, HedgerowError, NoSupplierError
from hedgerow.trade.cascade import model_of, solve_kernels, stacked
from hedgerow.trade.chunk import CHUNK_BYTES
from hedgerow.trade.economy import Economy, calibrate
from hedgerow.trade.equations import Kernel, matvec, vecmat
from hedgerow.trade.equilibrium import TOLERANCE, solve
from hedgerow.trade.policy import Policy, TariffChange, apply
from hedgerow.trade.welfare import welfare_change
from hedgerow.world import io

REPEATS = 7
SCREEN = 1e-4


def main(argv: list[str] | None = None) -> None:
    """Print the report, or the same numbers as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--quick", action="store_true", help="the first world only")
    options = parser.parse_args(argv)
    economies = named_worlds()
    if options.quick:
        economies = dict(list(economies.items())[:1])
    report: dict[str, Any] = {}
    for name, economy in economies.items():
        report[name] = measure(economy)
        if not options.json:
            _show(name, report[name])
    report["adversarial"] = adversarial()
    if options.json:
        json.dump(report, sys.stdout, indent=1)
        print()
    else:
        _show("adversarial", report["adversarial"])


def named_worlds() -> dict[str, Economy]:
    """The embedded world where there is one, and synthetic ones of the usual sizes."""
    try:
        found = {"wiod-2011": calibrate(io.load("wiod-2011"))}
    except HedgerowError:
        found = {"synthetic 41x15": worlds.synthetic(41, 15)}
    sizes = ((31, 40), (77, 45), (194, 1))
    return found | {f"synthetic {n}x{j}": worlds.synthetic(n, j) for n, j in sizes}


def measure(economy: Economy) -> dict[str, Any]:
    """Everything about one world. Times are medians; the slow solver runs once per shock."""
    model, policies = model_of(economy), shocks.realistic(economy)
    iterations, times, ratios, residuals = {}, {}, {}, {}
    for name, policy in policies.items():
        applied = apply(economy, policy)
        kernel = stacked([applied.kernel])
        times[name] = _seconds(partial(solve_kernels, model, kernel, TOLERANCE))
        start = time.perf_counter()
        nested.solve(economy, tariff=applied.tariff, tolerance=TOLERANCE)
        ratios[name] = (time.perf_counter() - start) / times[name]
        iterations[name] = solve(economy, policy).iterations
        found = violations(solve(economy, policy)) if len(policy.parts) < 100 else None
        if found is not None:
            residuals[name] = found.largest, found.walras
    return {
        "iterations": iterations,
        "iterations_median_max": [statistics.median(iterations.values()), max(iterations.values())],
        "solver_ms": {name: 1e3 * seconds for name, seconds in times.items()},
        "nested_over_ours": ratios,
        "nested_over_ours_median": statistics.median(ratios.values()),
        "solve_call_ms_us10": 1e3 * _seconds(lambda: solve(economy, policies["us10"])),
        "policy_build_over_solver_us10": _seconds(lambda: apply(economy, policies["us10"])) / times["us10"],
        "iteration_over_three_matvecs": times["us10"] / iterations["us10"] / _bare_products(model.base),
        "chunked_over_single": _chunked(economy),
        "screening": _screening(economy, policies["libday"]),
        "independent_residual": max(r[0] for r in residuals.values()),
        "walras": max(r[1] for r in residuals.values()),
    }


def adversarial(count: int = 60) -> dict[str, Any]:
    """Share of nasty scenarios solved; the others must raise, and what is returned must be true."""
    rng = np.random.default_rng(21)
    tally = {"solved": 0, "not_converged": 0, "no_supplier": 0, "silent_errors": 0}
    for _ in range(count):
        economy = worlds.adversarial(rng)
        try:
            found = solve(economy, shocks.adversarial(economy, rng))
        except NoSupplierError:
            tally["no_supplier"] += 1
        except DidNotConverge:
            tally["not_converged"] += 1
        else:
            tally["solved"] += 1
            tally["silent_errors"] += violations(found).largest > 1e-9
    return tally | {"solved_share": tally["solved"] / (tally["solved"] + tally["not_converged"])}


def _seconds(call: Callable[[], object]) -> float:
    """Median time of a call after one to warm up."""
    call()
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def _bare_products(kernel: Kernel) -> float:
    """Time of the three batched products that one iteration cannot do without."""
    vector = np.ones_like(kernel.home)

    def products() -> None:
        for _ in range(20):
            matvec(kernel.purchases, vector)
            matvec(kernel.imports, vector)
            vecmat(vector, kernel.imports)

    return _seconds(products) / 20


def _chunked(economy: Economy) -> float | None:
    """Time per scenario in a full chunk over the time alone; None where a chunk holds one scenario."""
    sectors, actors = economy.expenditure.shape
    size = max(1, CHUNK_BYTES // (16 * actors * actors * sectors))
    if size == 1:
        return None
    model, rng = model_of(economy), np.random.default_rng(3)
    power = economy.actors[int(np.argmax(economy.value_added))]
    kernels = [
        apply(economy, Policy((TariffChange(importers=(power,), add=float(rng.uniform(0.1, 0.5))),))).kernel
        for _ in range(size)
    ]
    together = _seconds(lambda: solve_kernels(model, stacked(kernels), TOLERANCE))
    alone = _seconds(lambda: [solve_kernels(model, stacked([kernel]), TOLERANCE) for kernel in kernels])
    return together / alone


def _screening(economy: Economy, policy: Policy) -> dict[str, float]:
    """A rough solve over a full one: time, and error as a share of the largest effect."""
    model, kernel = model_of(economy), stacked([apply(economy, policy).kernel])
    rough, full = (_seconds(partial(solve_kernels, model, kernel, t)) for t in (SCREEN, TOLERANCE))
    guess, exact = (welfare_change(solve(economy, policy, tolerance=t)) for t in (SCREEN, TOLERANCE))
    return {"time": rough / full, "error": float(np.abs(guess - exact).max() / np.abs(exact).max())}


def _show(name: str, numbers: dict[str, Any]) -> None:
    print(f"\n{name}")
    for key, value in numbers.items():
        print(f"  {key:<32} {_text(value)}")


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return "  ".join(f"{key} {_text(part)}" for key, part in value.items())
    if isinstance(value, list):
        return " ".join(map(_text, value))
    return f"{value:.3g}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    main()
