"""The solver against its targets, as ratios inside one run: ``hedgerow bench solver``."""

from __future__ import annotations

import os

os.environ.update(dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"))

import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from bench import draws, nested, plans, shocks, studies, worlds
from bench.lines import Line, show
from bench.run import _bare_products, _chunked, _screening, _seconds, adversarial
from bench.witness import violations
from hedgerow.errors import DidNotConverge, RequestError
from hedgerow.trade.cascade import model_of, solve_kernels, stacked
from hedgerow.trade.economy import Economy, calibrate
from hedgerow.trade.equilibrium import TOLERANCE, Batch, solve, solve_many
from hedgerow.trade.exposures.jacobian import exposures
from hedgerow.trade.policy import DeficitRule, Policy, TariffChange, apply
from hedgerow.world import io

try:
    from bench import accelerated
except RequestError:  # JAX is an extra
    accelerated = None  # type: ignore[assignment]


def main(argv: list[str] | None = None) -> None:
    """Print every target as it becomes known; exit code 1 if one is missed."""
    show(measurements(), argv, __doc__)


def measurements() -> Iterator[Line]:
    """All targets, in their order."""
    synthetic = {f"{n}x{j}": worlds.synthetic(n, j) for n, j in ((31, 40), (77, 45), (194, 1))}
    known = {name: calibrate(io.load(name)) for name in ("composite-2023", "wiod-2011")}
    yield from _iterations(known | synthetic)
    for (name, economy), demand in zip(synthetic.items(), (400.0, 180.0, 600.0), strict=True):
        yield Line(2, f"plain nested solver / ours, {name}", _over_nested(economy), demand, at_least=True)
    yield Line(3, "iteration / three bare products, 77x45", _per_iteration(synthetic["77x45"]), 4.0)
    yield Line(3, "iteration / three bare products, 194x45", _per_iteration(worlds.synthetic(194, 45)), 3.0)
    for name, demand in (("31x40", 0.6), ("194x1", 0.3)):
        yield Line(4, f"chunked / single, per scenario, {name}", _chunked(synthetic[name]) or np.nan, demand)
    for name, economy in (known | synthetic).items():
        rough = _screening(economy, shocks.realistic(economy)["libday"])
        yield Line(5, f"screening / full, time, {name}", rough["time"], 0.5)
        yield Line(5, f"screening, error of the largest effect, {name}", rough["error"], 0.01)
    for name, economy in (known | synthetic).items():
        yield Line(6, f"policy build / solve, a row, {name}", _build(economy), 0.05)
    yield from _gradients(synthetic)
    wrong = [violations(solve(e, p)) for e in synthetic.values() for p in (shocks.realistic(e)["us10"],)]
    yield Line(8, "independent residual with explicit shares", max(w.largest for w in wrong), 1e-9)
    yield Line(8, "Walras", max(w.walras for w in wrong), 1e-11)
    nasty = adversarial(200)
    yield Line(9, "adversarial worlds solved", nasty["solved_share"], 0.97, at_least=True)
    yield Line(9, "silent errors among them", nasty["silent_errors"], 0)
    yield from _card(synthetic["77x45"])
    for name in known:
        yield Line(12, f"a draw / its bare solves, {name}", draws.over_bare_solves(name), 3.0)
        yield from _plan(name)
        # at least as fast as solving singly, with a tenth for what a busy machine adds
        over = studies.atlas_over_single(name), studies.coalition_over_single(name)
        for study, ratio in zip(("an atlas", "a coalition"), over, strict=True):
            yield Line(14, f"solves per second of {study} / single solves, {name}", ratio, 0.9, at_least=True)
    yield Line(11, "two processes, speed over one", _two_processes(known["composite-2023"]), 1.7, at_least=True)


def _iterations(economies: dict[str, Economy]) -> Iterator[Line]:
    calm: list[int] = []
    for name, economy in economies.items():
        found = [solve(economy, policy).iterations for policy in shocks.realistic(economy).values()]
        calm += found
        yield Line(1, f"iterations, realistic shocks, largest, {name}", max(found), 30)
    yield Line(1, "iterations, realistic shocks, median of all worlds", statistics.median(calm), 22)
    for name, economy in economies.items():
        world200 = Policy((TariffChange(add=2.0),), label="world200")
        try:
            yield Line(1, f"iterations, world200, {name}", solve(economy, world200).iterations, 60)
        except DidNotConverge:  # in wiod-2011 Luxembourg lends more than its wages would then be worth
            moving = world200 + Policy(deficits=DeficitRule.OWN_SHARE)
            yield Line(1, f"iterations, world200, own-share, {name}", solve(economy, moving).iterations, 60)


def _plan(world_id: str) -> Iterator[Line]:
    """A plan of twelve options solves some 22,000 years and has three minutes on two cores: 61 a second on each."""
    node = plans.speed(world_id)
    yield Line(13, f"years of a plan solved in a second, one core, {world_id}", node.solves_per_second, 61.0, True)
    yield Line(13, f"plain nested solver / ours, a year of a plan, {world_id}", node.nested_over_ours, 180.0, True)
    yield Line(13, f"the two apart, log income, {world_id}", node.difference, 1e-8)


def _gradients(economies: dict[str, Economy]) -> Iterator[Line]:
    for name, economy in economies.items():
        ratio = accelerated.gradient_over_solve(economy) if accelerated else None
        yield Line(7, f"gradient of one country / solve, both JAX, {name}", ratio, 1.5, lacking="JAX")
    yield Line(7, "exposures of all countries / solve, 77x45", _all_exposures(economies["77x45"]), 40.0)


def _card(economy: Economy) -> Iterator[Line]:
    card = accelerated if accelerated and accelerated.has_card() else None
    copying = card.card_over_copying(economy) if card else None
    yield Line(10, "graphics card, 1024 scenarios: bytes moved / copying", copying, 0.4, True, "accelerator")
    core = card.card_over_core(economy) if card else None
    yield Line(10, "graphics card, solves per second / one core", core, 40.0, True, "accelerator")


def _over_nested(economy: Economy) -> float:
    applied = apply(economy, shocks.realistic(economy)["us10"])
    ours = _ours(economy)
    start = time.perf_counter()
    nested.solve(economy, tariff=applied.tariff, tolerance=TOLERANCE)
    return (time.perf_counter() - start) / ours


def _ours(economy: Economy) -> float:
    kernel = stacked([apply(economy, shocks.realistic(economy)["us10"]).kernel])
    return _seconds(partial(solve_kernels, model_of(economy), kernel, TOLERANCE))


def _per_iteration(economy: Economy) -> float:
    """The middle of five ratios, each of neighbours in time."""
    count = solve(economy, shocks.realistic(economy)["us10"]).iterations
    return statistics.median(_ours(economy) / count / _bare_products(model_of(economy).base) for _ in range(5))


def _build(economy: Economy) -> float:
    build: Callable[[], object] = partial(apply, economy, shocks.realistic(economy)["us10"])
    return _seconds(build) / _ours(economy)


def _all_exposures(economy: Economy) -> float:
    """The middle of five ratios, each of neighbours in time."""
    exposures(economy)
    ratios = []
    for _ in range(5):
        solve_ = _ours(economy)
        start = time.perf_counter()
        exposures(economy)
        ratios.append((time.perf_counter() - start) / solve_)
    return statistics.median(ratios)


def _two_processes(economy: Economy) -> float:
    """Starting the processes is part of it, as it is of anybody's wait."""
    power = economy.actors[int(np.argmax(economy.value_added))]
    policies = [Policy((TariffChange(importers=(power,), add=0.1 + 1e-4 * k),)) for k in range(4000)]
    spent = []
    for processes in (1, 2):
        start = time.perf_counter()
        solve_many(economy, policies, batch=Batch(processes=processes))
        spent.append(time.perf_counter() - start)
    return spent[0] / spent[1]


if __name__ == "__main__":
    main()
