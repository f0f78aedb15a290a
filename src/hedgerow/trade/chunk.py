"""Scenarios that are solved together: validated, iterated in one batch, and wrapped as answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from hedgerow.errors import DidNotConverge, NoSupplierError
from hedgerow.trade.cascade import Answers, model_of, solve_kernels, stacked
from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.equations import Kernel
from hedgerow.trade.policy import Policy, apply
from hedgerow.trade.quotas import solve_quotas
from hedgerow.trade.result import Equilibrium, QuotaOutcome

__all__ = ["CHUNK_BYTES", "check_suppliers", "chunk_size", "equilibrium_of", "name_of", "point_of", "solve_chunk"]

CHUNK_BYTES = 6_000_000
"""Kernels iterated together; more would leave the processor's cache."""


def chunk_size(economy: Economy) -> int:
    """How many scenarios are iterated together."""
    sectors, actors = economy.expenditure.shape
    return max(1, CHUNK_BYTES // int(16 * actors * actors * sectors))


def solve_chunk(
    economy: Economy, policies: Sequence[Policy], *, tolerance: float, first: int = 0, starts: Array | None = None
) -> list[Equilibrium]:
    """Solve a few policies of one base together; those with quotas one by one.

    Args:
        economy: the base; a policy's rule to close deficits must have been carried out on it.
        policies: what changes in each scenario.
        tolerance: on every condition.
        first: number of the first scenario, for messages.
        starts: [b, N + 2 J N] where to start (see :func:`point_of`); the base when omitted.

    Raises:
        NoSupplierError, DidNotConverge: names the first scenario without an answer; none is returned.
    """
    applied = [apply(economy, policy) for policy in policies]
    for offset, (policy, one) in enumerate(zip(policies, applied, strict=True)):
        check_suppliers(economy, one.kernel, name_of(policy, first + offset))
    found: dict[int, Equilibrium] = {}
    for k, policy in enumerate(policies):
        if policy.quotas:
            rationed = solve_quotas(economy, policy, tolerance=tolerance, name=name_of(policy, first + k))
            answer = equilibrium_of(economy, policy, rationed.answers, 0)
            found[k] = _with_quotas(answer, rationed.outcomes, rationed.error)
    plain = [k for k in range(len(policies)) if k not in found]
    if plain:
        kernel = stacked([applied[k].kernel for k in plain])
        answers = solve_kernels(model_of(economy), kernel, tolerance, None if starts is None else starts[plain])
        if not answers.converged.all():
            failed = int(answers.converged.argmin())
            name = name_of(policies[plain[failed]], first + plain[failed])
            raise DidNotConverge(_complaint(economy, answers, failed, name))
        found |= {k: equilibrium_of(economy, policies[k], answers, index) for index, k in enumerate(plain)}
    return [found[k] for k in range(len(policies))]


def point_of(equilibrium: Equilibrium) -> Array:
    """[N + 2 J N] unknowns of the solver at an answer: logs of wage and cost ratios and of expenditure."""
    spent = equilibrium.spent + (equilibrium.spent <= 0)
    logs = np.log(equilibrium.wage_hat), np.log(equilibrium.cost_hat).ravel(), np.log(spent).ravel()
    return np.concatenate(logs)


def equilibrium_of(economy: Economy, policy: Policy, answers: Answers, index: int) -> Equilibrium:
    """One of many converged answers."""
    return Equilibrium(
        economy=economy,
        policy=policy,
        wage_hat=np.exp(answers.state.wage[index]),
        cost_hat=np.exp(answers.state.cost[index]),
        price_hat=np.exp(answers.outcome.price[index]),
        spent=np.exp(answers.state.expenditure[index]) * (economy.expenditure > 0),
        income=answers.outcome.income[index],
        transfer=answers.outcome.deficit[index],
        residual=float(answers.error[index]),
        iterations=int(answers.iterations[index]),
        method=answers.method[index],
    )


def _with_quotas(answer: Equilibrium, outcomes: tuple[QuotaOutcome, ...], error: float) -> Equilibrium:
    return replace(answer, quotas=outcomes, residual=max(answer.residual, error))


def check_suppliers(economy: Economy, kernel: Kernel, name: str) -> None:
    """Refuse a policy that leaves a buyer without any supplier.

    Args:
        economy: the base.
        kernel: of one scenario, without the scenario axis.
        name: of the scenario, for the message.

    Raises:
        NoSupplierError: names the first buyer and sector.
    """
    stranded = (economy.expenditure > 0) & (kernel.purchases.sum(axis=-1) <= 0)
    if stranded.any():
        sector, actor = np.argwhere(stranded)[0]
        raise NoSupplierError(
            f"{name}: {economy.actors[actor]} has no supplier of {economy.sectors[sector]} left "
            f"({int(stranded.sum())} such cells); leave one open or merge the sector with another"
        )


def _complaint(economy: Economy, answers: Answers, index: int, name: str) -> str:
    gaps = np.abs(answers.residual.balance[index]) + np.abs(answers.residual.expenditure[index]).max(axis=0)
    worst = economy.actors[int(np.nan_to_num(gaps, nan=np.inf).argmax())]
    return (
        f"{name}: no equilibrium found, residual {answers.error[index]:.1e} after {answers.iterations[index]} "
        f"iterations, worst in {worst}; try smaller changes or DeficitRule.ZERO"
    )


def name_of(policy: Policy, index: int) -> str:
    """How messages name a scenario: its number, and its label if it has one."""
    return f"scenario {index} ({policy.label})" if policy.label else f"scenario {index}"
