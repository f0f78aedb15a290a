"""Tariff-rate quotas: the price wedge of each, found around the solver so that exactly one regime holds.

A quota is *open* (imports below it, inside rate), *binding* (imports just the quota, wedge between the rates) or
*exceeded* (imports beyond it, outside rate at the margin). With tau = ln(1 + wedge), the three are one condition:
tau = clip(tau + ln(imports / quota) / (1 + theta), ln(1 + inside), ln(1 + outside)). The rent (wedge - inside) times
the value inside the quota goes to its owner; foreign owners receive it as a transfer. Wedges and transfers are solved
together by Anderson mixing over whole equilibria. Our own formulation.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple, Self

import numpy as np

from hedgerow.errors import DidNotConverge, RequestError
from hedgerow.trade import equations
from hedgerow.trade.cascade import Answers, model_of, solve_kernels, stacked
from hedgerow.trade.changes import RentOwner, TariffRateQuota
from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.fixedpoint import Mask, Mixing
from hedgerow.trade.fixedpoint import solve as mix
from hedgerow.trade.policy import Applied, Policy, apply, cells
from hedgerow.trade.result import QuotaOutcome, QuotaStatus

__all__ = ["Rationed", "limits", "solve_quotas"]

ROUNDS = 80
"""Equilibria solved before giving up."""


class Rationed(NamedTuple):
    """An equilibrium under quotas."""

    answers: Answers
    outcomes: tuple[QuotaOutcome, ...]
    error: float
    """Largest violation of a quota's condition."""


class _Quota(NamedTuple):
    """A quota in the arrays of an economy."""

    part: TariffRateQuota
    index: Any
    foreign: Mask
    """[importers, exporters] reached"""
    limit: float
    """At base prices, share of world value added."""
    slope: float
    """1 + theta of what it covers."""


class _Use(NamedTuple):
    """How a quota is used at one equilibrium."""

    volume: float
    """At base prices, share of world value added."""
    rent: Array
    """[N importer, N exporter] share of world value added."""


def limits(economy: Economy, policy: Policy) -> list[float]:
    """The size of each quota, MUSD/yr at base prices.

    Raises:
        RequestError: a quota on flows without base trade, or larger than world trade in its sectors.
    """
    return [quota.limit * economy.world_value_added for quota in _located(economy, policy)]


def solve_quotas(economy: Economy, policy: Policy, *, tolerance: float, name: str) -> Rationed:
    """One policy with quotas.

    Raises:
        RequestError: see :func:`limits`.
        DidNotConverge: no wedges were found at which every quota holds.
    """
    problem = _Wedges(economy, policy, tuple(_located(economy, policy)), tolerance)
    lowest, _ = problem.bounds
    start = np.concatenate([lowest, np.zeros(len(economy.actors))])[None]
    found = mix(problem, start, Mixing(tolerance, ROUNDS, depth=5, longest=1.0))
    if not found.converged[0]:
        found = mix(problem, found.points, Mixing(tolerance, 4 * ROUNDS, depth=2, longest=0.1))
    if not found.converged[0]:
        raise DidNotConverge(
            f"{name}: no equilibrium found under its quotas, error {found.errors[0]:.1e} after {problem.solves[0]} "
            "solves; try smaller changes or one quota at a time"
        )
    answers, applied, _ = problem.evaluate(problem.snapped(found.points[0]))
    if not answers.converged[0]:
        raise DidNotConverge(f"{name}: lost the equilibrium under its quotas; try smaller changes")
    iterations = np.array([problem.solves[1]])
    outcomes = tuple(
        _outcome(economy, quota, _use(economy, quota, applied, answers), applied.tariff) for quota in problem.quotas
    )
    return Rationed(answers._replace(iterations=iterations), outcomes, float(found.errors[0]))


@dataclass(frozen=True, eq=False)
class _Wedges:
    """Points are ln(1 + wedge) of every quota, then transfers of rent per own value added of every actor."""

    economy: Economy
    policy: Policy
    quotas: tuple[_Quota, ...]
    tolerance: float
    solves: list[int] = field(default_factory=lambda: [0, 0])
    """Equilibria and iterations so far."""
    last: list[Array] = field(default_factory=list)
    """Where the next solve starts."""

    @property
    def bounds(self) -> tuple[Array, Array]:
        return (
            np.log1p([quota.part.inside for quota in self.quotas]),
            np.log1p([quota.part.outside for quota in self.quotas]),
        )

    def snapped(self, point: Array) -> Array:
        """Wedges that are a bound up to the tolerance become it."""
        count, (lowest, highest) = len(self.quotas), self.bounds
        wedge = np.where(point[:count] < lowest + 2 * self.tolerance, lowest, point[:count])
        wedge = np.where(wedge > highest - 2 * self.tolerance, highest, wedge)
        return np.concatenate([np.clip(wedge, lowest, highest), point[count:]])

    def evaluate(self, point: Array) -> tuple[Answers, Applied, Array]:
        """The equilibrium at given wedges and transfers."""
        count = len(self.quotas)
        wedge = np.clip(point[:count], *self.bounds)
        lowest, highest = self.bounds
        rates = [
            q.part.inside if w <= low else q.part.outside if w >= high else float(np.expm1(w))
            for q, w, low, high in zip(self.quotas, wedge, lowest, highest, strict=True)
        ]
        applied = apply(self.economy, self.policy, rates)
        rent: Array = point[count:] * self.economy.value_added
        moved = applied.kernel._replace(deficit=rent + np.asarray(applied.kernel.deficit))
        model = model_of(self.economy)
        if self.last:
            model = model._replace(start=self.last[0])
        answers = solve_kernels(model, stacked([moved]), max(0.1 * self.tolerance, 1e-12))
        self.solves[0] += 1
        self.solves[1] += int(answers.iterations[0])
        if answers.converged[0]:
            self.last[:] = [np.concatenate([part.reshape(1, -1) for part in answers.state], axis=1)]
        return answers, applied, wedge

    def correction(self, points: Array) -> tuple[Array, Array]:
        answers, applied, wedge = self.evaluate(points[0])
        if not answers.converged[0]:
            return np.zeros_like(points), np.array([np.inf])
        uses = [_use(self.economy, quota, applied, answers) for quota in self.quotas]
        pressure = [
            np.log(use.volume / quota.limit) / quota.slope if use.volume > 0 else -1.0
            for use, quota in zip(uses, self.quotas, strict=True)
        ]
        wanted = np.clip(wedge + np.clip(pressure, -1, 1), *self.bounds)
        moved = np.zeros(len(self.economy.actors))
        for use, quota in zip(uses, self.quotas, strict=True):
            if quota.part.owner is RentOwner.EXPORTERS:
                moved += use.rent.sum(axis=0) - use.rent.sum(axis=1)
        aim = np.concatenate([wanted, moved / self.economy.value_added])
        return (aim - points[0])[None], np.array([np.abs(aim - points[0]).max()])

    def restricted(self, kept: Mask) -> Self:
        return self


def _located(economy: Economy, policy: Policy) -> list[_Quota]:
    found = []
    for number, part in enumerate(policy.quotas, start=1):
        index, foreign = cells(economy, part)
        flow = economy.border_share * economy.expenditure[:, :, None]
        traded = float((flow[index] * foreign).sum())
        if traded <= 0:
            raise RequestError(f"quota {number}: nothing is traded at the base on the flows it covers")
        sectors = np.unique(np.arange(len(economy.sectors))[index[0]])
        world = float((economy.border_imports[sectors] * economy.expenditure[sectors, :, None]).sum())
        stated = (part.volume or 0.0) / economy.world_value_added
        limit = stated if part.share_of_base is None else part.share_of_base * traded
        if limit > world:
            money = economy.world_value_added
            raise RequestError(
                f"quota {number}: {limit * money:.6g} MUSD/yr is more than all world trade in its sectors, "
                f"{world * money:.6g}; volumes are in MUSD/yr at base prices"
            )
        slope = 1 + float(economy.trade_elasticity[sectors].mean())
        found.append(_Quota(part, index, foreign, limit, slope))
    return found


def _use(economy: Economy, quota: _Quota, applied: Applied, answers: Answers) -> _Use:
    """Volume at base prices and rent by pair; the price of a flow is unit cost times export tax times iceberg cost."""
    tech = model_of(economy).technology
    state = answers.state
    competing = equations.competitiveness(state.cost[0], tech)
    phi = equations.purchase_sum(applied.kernel, competing, tech)
    per_phi = np.exp(state.expenditure[0]) * tech.bought / phi
    value = per_phi[:, :, None] * applied.kernel.imports * competing[:, None, :]
    price = np.broadcast_to(np.exp(state.cost[0])[:, None, :], value.shape)
    if applied.export_tax is not None:
        price = price * (1 + applied.export_tax)
    if applied.iceberg is not None:
        price = price * applied.iceberg
    inside = np.where(quota.foreign, value[quota.index], 0.0)
    volume = float((inside / price[quota.index]).sum())
    if volume > 0:
        inside = inside * min(1.0, quota.limit / volume)
    rent = np.zeros(value.shape)
    rent[quota.index] = (applied.tariff[quota.index] - quota.part.inside) * inside
    return _Use(volume, rent.sum(axis=0))


def _outcome(economy: Economy, quota: _Quota, use: _Use, tariff: Array) -> QuotaOutcome:
    money, part = economy.world_value_added, quota.part
    rate = float(tariff[quota.index][:, quota.foreign].max())
    beyond = use.volume > quota.limit if part.inside == part.outside else rate > part.inside
    status = QuotaStatus.BINDING if part.inside < rate < part.outside else QuotaStatus.OPEN
    if rate >= part.outside and beyond:
        status = QuotaStatus.EXCEEDED
    arises, shipped = use.rent.sum(axis=1) * money, use.rent.sum(axis=0) * money
    received = shipped if part.owner is RentOwner.EXPORTERS else arises
    return QuotaOutcome(
        quota=part,
        status=status,
        rate=rate,
        limit=quota.limit * money,
        volume=use.volume * money,
        rent=float(arises.sum()),
        paid=_named(economy, arises),
        received=_named(economy, received),
    )


def _named(economy: Economy, amounts: Array) -> tuple[tuple[str, float], ...]:
    return tuple((actor, float(a)) for actor, a in zip(economy.actors, amounts, strict=True) if a)
