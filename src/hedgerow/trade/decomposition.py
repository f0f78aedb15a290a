"""Where a change of real income comes from, exactly: along a path of small steps from the base to the policy.

With M border value, m = M / I, Y sales at the seller's price, t the tariff and d the iceberg cost, the model of
:mod:`hedgerow.trade.equations` implies, for every actor and at every point,

    d ln W = sum (Y / I) d ln c - sum m d ln c            terms of trade: what it sells less what it buys
           + sum t m (d ln M - d ln c)                    volume: tariff revenue on more or fewer goods
           - sum (1 + t) m d ln d + sum (Y / I) d ln a    technical: goods burnt on the way, productivity a
           + dD / I                                       transfers

Our derivation; the first two lines are section 2.3 of Caliendo and Parro (2015), who evaluate them once, at the base
(:func:`hedgerow.trade.welfare.caliendo_parro_linear`). Own
sales cancel in the first line. We integrate over K steps, equal in ln(1 + t), ln d and ln a,
with the mean of both ends as weight. The error falls with 1 / K^2; K doubles until it is small enough. How much of
an effect is called terms of trade depends on the way from base to policy; ours is the straight one in logs.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
import xarray as xr

from hedgerow.dims import ACTOR, SECTOR
from hedgerow.errors import DidNotConverge, RequestError
from hedgerow.trade.cascade import Answers, Model, model_of, solve_kernels, stacked
from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.equations import Kernel, competitiveness, purchase_sum
from hedgerow.trade.equilibrium import TOLERANCE, without_deficits
from hedgerow.trade.policy import DeficitRule, Policy, apply

__all__ = ["PARTNER", "Decomposition", "decompose"]

PARTNER: Final = "partner"
"""Dimension: the actor on the other side of a flow; the actor itself for what happens at home."""
FEWEST_STEPS, MOST_STEPS = 8, 1024
ACCURACY = 1e-5
"""Default for the largest gap between the sum of the parts and ln W."""


@dataclass(frozen=True, eq=False, repr=False)
class Decomposition:
    """The parts of ln W_hat of every actor. Log points; 0.01 is about one per cent of real income."""

    economy: Economy
    """The base: under ``DeficitRule.ZERO`` the world without deficits."""
    policy: Policy
    terms: Array
    """[J, actor, partner] prices of what it sells to the partner less those of what it buys from it."""
    revenue: Array
    """[J, actor, partner] tariffs on the volume of imports from the partner."""
    waste: Array
    """[J, actor, partner] minus goods burnt on the way from the partner; productivity stands at home."""
    transferred: Array
    """[N] changes of the deficit."""
    exact: Array
    """[N] ln W_hat by the exact model."""
    steps: int

    def __repr__(self) -> str:
        return f"<Decomposition in {self.steps} steps: largest gap {np.abs(self.gap.values).max():.1e}>"

    @property
    def parts(self) -> xr.Dataset:
        """[actor] ``terms_of_trade``, ``volume``, ``technical``, ``transfers``, and ``total``, their sum."""
        sums = {name: values.sum(axis=(0, 2)) for name, values in self._cells.items()} | {"transfers": self.transferred}
        sums["total"] = np.sum(list(sums.values()), axis=0)
        return xr.Dataset({name: self.economy.by_actor(part, name, "log points") for name, part in sums.items()})

    @property
    def by_partner(self) -> xr.Dataset:
        """[actor, partner] ``terms_of_trade``, ``volume`` and ``technical``: who gains from whom."""
        labels = list(self.economy.actors)
        coords = {ACTOR: labels, PARTNER: labels}
        sums = {name: ((ACTOR, PARTNER), values.sum(axis=0)) for name, values in self._cells.items()}
        return xr.Dataset(sums, coords=coords, attrs={"units": "log points"})

    @property
    def by_sector(self) -> xr.Dataset:
        """[actor, sector] ``terms_of_trade``, ``volume`` and ``technical``."""
        coords = {ACTOR: list(self.economy.actors), SECTOR: list(self.economy.sectors)}
        sums = {name: ((ACTOR, SECTOR), values.sum(axis=2).T) for name, values in self._cells.items()}
        return xr.Dataset(sums, coords=coords, attrs={"units": "log points"})

    @property
    def gap(self) -> xr.DataArray:
        """[actor] the sum of the parts less the exact ln W_hat."""
        total = sum(values.sum(axis=(0, 2)) for values in self._cells.values()) + self.transferred
        return self.economy.by_actor(total - self.exact, "gap", "log points")

    @property
    def _cells(self) -> dict[str, Array]:
        return {"terms_of_trade": self.terms, "volume": self.revenue, "technical": self.waste}


def decompose(
    economy: Economy, policy: Policy, *, accuracy: float = ACCURACY, steps: int | None = None
) -> Decomposition:
    """Integrate the parts from the base to the policy.

    Args:
        economy: the base; accounts that do not fit each other need :func:`hedgerow.trade.equilibrium.rebased` first.
        policy: tariffs, iceberg costs, productivity and deficits. Not supported: export taxes and quotas, whose rents
            would need terms of their own, and embargoes, which are infinitely far away in logs.
        accuracy: largest gap between the sum of the parts and ln W; the number of steps doubles until it is reached.
        steps: a fixed number instead.

    Raises:
        RequestError: the policy holds what is not supported.
        DidNotConverge: a step has no answer, or too many steps would be needed.
    """
    if not accuracy > 0 or (steps is not None and steps < 1):
        raise RequestError(f"accuracy: {accuracy} in {steps} steps is impossible; give 1e-5, or one step or more")
    base = without_deficits(economy) if policy.deficits is DeficitRule.ZERO else economy
    target = apply(base, policy).kernel
    _refuse(base, policy, target)
    points: dict[float, _Point] = {}
    count = steps or FEWEST_STEPS
    while True:
        found = _integrated(base, policy, _walk(base, target, count, points))
        if steps is not None or np.abs(found.gap.values).max() <= accuracy:
            return found
        count *= 2
        if count > MOST_STEPS:
            raise DidNotConverge(
                f"decomposition: {np.abs(found.gap.values).max():.1e} is missing after {found.steps} steps, more than "
                f"{accuracy:g}; raise accuracy"
            )


class _Point(NamedTuple):
    """An answer on the way; [J, n, i] importer and exporter, home on the diagonal."""

    flow: Array
    """At border value."""
    tariff: Array
    """Rate; 0 at home."""
    log_cost: Array
    """[J, N]"""
    log_iceberg: Array
    """Ratio to the base."""
    log_productivity: Array
    """[J, N] or 0."""
    income: Array
    """[N]"""
    deficit: Array
    """[N]"""
    welfare: Array
    """[N] ln W_hat."""


def _refuse(economy: Economy, policy: Policy, target: Kernel) -> None:
    cut = (economy.trade_share > 0) & (target.purchases <= 0)
    if cut.any():
        j, n, i = np.argwhere(cut)[0]
        raise RequestError(
            f"decomposition: an embargo stops {economy.sectors[j]} from {economy.actors[i]} to {economy.actors[n]}; no "
            "path in logs leads there, use IcebergChange(factor=10.0) instead, which stops nearly all of it"
        )
    if target.sold is not None:
        raise RequestError("decomposition: export taxes are not supported; leave them out")
    if policy.quotas:
        raise RequestError("decomposition: quotas are not supported; use TariffChange with the rate in force")


def _walk(economy: Economy, target: Kernel, steps: int, points: dict[float, _Point]) -> list[_Point]:
    """The answers at 0, 1 / steps, ..., 1; those in ``points`` are not solved again."""
    model = model_of(economy)
    start = model.start
    for step in range(steps + 1):
        share = step / steps
        if share not in points:
            kernel = _between(model.base, target, share)
            answer = solve_kernels(model._replace(start=start), kernel, TOLERANCE)
            if not answer.converged[0]:
                raise DidNotConverge(f"decomposition: no equilibrium {share:.0%} of the way; try a smaller change")
            points[share] = _point(economy, model, kernel, answer)
            start = np.concatenate([part.reshape(1, -1) for part in answer.state], axis=1)
    return [points[step / steps] for step in range(steps + 1)]


def _between(base: Kernel, target: Kernel, share: float) -> Kernel:
    """A share of the way: trade geometric, which is linear in ln(1 + t) and ln d; the rest linear."""
    new = stacked([target])
    return new._replace(
        purchases=_geometric(base.purchases, new.purchases, share),
        imports=_geometric(base.imports, new.imports, share),
        deficit=new.deficit if base.deficit is None or new.deficit is None else _mean(base.deficit, new.deficit, share),
        own_share=None if new.own_share is None else share * new.own_share,
        productivity=None if new.productivity is None else share * new.productivity,
    )


def _geometric(one: Array, other: Array, share: float) -> Array:
    traded = one > 0
    return np.where(traded, one ** (1 - share) * np.where(traded, other, 1) ** share, 0)


def _point(economy: Economy, model: Model, kernel: Kernel, answer: Answers) -> _Point:
    theta = economy.trade_elasticity[:, None, None]
    cost, tech = answer.state.cost[0], model.technology
    competing = competitiveness(cost, tech)
    purchases, imports = kernel.purchases[0], kernel.imports[0].copy()
    diagonal = np.arange(len(economy.actors))
    imports[:, diagonal, diagonal] = kernel.home[0]
    spent = np.exp(answer.state.expenditure[0]) * (economy.expenditure > 0)
    flow = imports * competing[:, None, :] * (spent / purchase_sum(kernel, competing, tech)[0])[:, :, None]
    traded = (imports > 0) & (economy.trade_share > 0)
    factor = np.where(traded, purchases, 1) / np.where(traded, imports, 1)
    response = np.where(traded, purchases, 1) / np.where(traded, economy.trade_share, 1)
    tariff_hat = np.where(traded, factor / (1 + economy.tariff), 1)
    price = (economy.final_share * answer.outcome.price[0]).sum(axis=0)
    productivity = kernel.productivity
    return _Point(
        flow=flow,
        tariff=factor - 1,
        log_cost=cost,
        log_iceberg=-np.log(response) / theta - np.log(tariff_hat),
        log_productivity=np.zeros_like(cost) if productivity is None else productivity[0],
        income=answer.outcome.income[0],
        deficit=flow.sum(axis=(0, 2)) - flow.sum(axis=(0, 1)),
        welfare=np.log(answer.outcome.income[0] / economy.income) - price,
    )


def _integrated(economy: Economy, policy: Policy, points: list[_Point]) -> Decomposition:
    steps = [_step(*pair) for pair in pairwise(points)]
    terms, revenue, waste, transferred = (np.sum(parts, axis=0) for parts in zip(*steps, strict=True))
    return Decomposition(
        economy, policy, terms, revenue, waste, transferred, points[-1].welfare - points[0].welfare, len(steps)
    )


def _step(before: _Point, after: _Point) -> tuple[Array, Array, Array, Array]:
    """The four parts between two points, with the mean of both as weights. [J, actor, partner] thrice and [N]."""
    bought = _mean(before.flow / before.income[:, None], after.flow / after.income[:, None])
    sold = _mean(before.flow / before.income, after.flow / after.income).swapaxes(1, 2)
    dearer = after.log_cost - before.log_cost
    terms = sold * dearer[:, :, None] - bought * dearer[:, None, :]
    traded = (before.flow > 0) & (after.flow > 0)
    growth = np.log(np.where(traded, after.flow, 1) / np.where(traded, before.flow, 1)) - dearer[:, None, :] * traded
    taxed = _mean(
        before.tariff * before.flow / before.income[:, None], after.tariff * after.flow / after.income[:, None]
    )
    paid = bought + taxed
    waste = -paid * (after.log_iceberg - before.log_iceberg)
    output = _mean(before.flow.sum(axis=1) / before.income, after.flow.sum(axis=1) / after.income)
    diagonal = np.arange(output.shape[1])
    waste[:, diagonal, diagonal] += output * (after.log_productivity - before.log_productivity)
    lent = (after.deficit - before.deficit) * _mean(1 / before.income, 1 / after.income)
    return terms, taxed * growth, waste, lent


def _mean(one: Array, other: Array, share: float = 0.5) -> Array:
    return (1 - share) * one + share * other
