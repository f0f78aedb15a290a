"""Policies over the years: how trade moves from the short run to the long run.

:func:`path` solves the world once a year. Within a year buyers have the short-run elasticity around the relative
costs they are set up for; between years the set-up follows (:mod:`hedgerow.trade.dynamics_nest`). The first year is
exactly the static model with short-run elasticities; the distant future is exactly the one with long-run ones.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import numpy as np
import numpy.typing as npt
import xarray as xr

from hedgerow.dims import ACTOR, SECTOR
from hedgerow.errors import RequestError
from hedgerow.trade import equations
from hedgerow.trade.cascade import Answers, model_of
from hedgerow.trade.dynamics_buyers import Adjustment, Buyers
from hedgerow.trade.dynamics_year import Branch, answer_of_year, branches_of_year, point_of
from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.equations import Kernel
from hedgerow.trade.equilibrium import without_deficits
from hedgerow.trade.policy import DeficitRule, Policy

__all__ = ["YEAR", "Adjustment", "Branch", "Path", "border_flow", "path"]

YEAR: Final = "year"
"""Dimension: years since the path began; 0 is the first."""
DEFAULT_YEARS = 15
SAME = 1e-6
"""Answers nearer to each other than this, in logs, are one answer."""


@dataclass(frozen=True, eq=False, repr=False)
class Path:
    """A world over the years. Hats are ratios to ``economy``; T years, N actors, J sectors."""

    economy: Economy
    """What the hats compare with: under ``DeficitRule.ZERO`` the world without deficits."""
    policies: tuple[Policy, ...]
    """[T] in force in each year."""
    options: Adjustment
    log_wage: Array
    """[T, N]"""
    log_cost: Array
    """[T, J, N] unit cost."""
    log_price: Array
    """[T, J, N] price index of purchases."""
    spent: Array
    """[T, J, N] expenditure at the purchaser's price, share of world value added."""
    received: Array
    """[T, N] income: value added, tariff revenue and transfers, share of world value added."""
    residual: Array
    """[T] largest violation of any condition."""
    iterations: npt.NDArray[np.int_]
    """[T]"""
    branches: tuple[Branch, ...]
    """What other starting points led to, in the years in which they were tried."""

    def __repr__(self) -> str:
        worst = float(self.residual.max())
        return f"<Path of {len(self.policies)} years: residual {worst:.1e}, {self.uniqueness}>"

    @property
    def multiple(self) -> bool:
        """True where another starting point led to another answer: the numbers of the path are one of several."""
        return any(branch.distance > SAME for branch in self.branches)

    @property
    def uniqueness(self) -> str:
        """One sentence that must accompany any number of this path."""
        found = [branch for branch in self.branches if math.isfinite(branch.distance)]
        if self.multiple:
            far = max(found, key=lambda branch: branch.distance)
            return (
                f"SEVERAL ANSWERS: in year {far.year} the {far.start} start leads to one {far.distance:.2g} log points "
                "away; the path follows the answer nearest to the year before"
            )
        if not self.branches:
            return "one answer from one starting point; no other was tried"
        fewest = min(sum(branch.year == year for branch in found) for year in {branch.year for branch in self.branches})
        if not fewest:
            return "one answer; in some year the other starting points found none"
        return f"the same answer from {1 + fewest} starting points or more, in every year that was checked"

    @property
    def welfare_change(self) -> xr.DataArray:
        """[year, actor] real income against the base, I_hat / P_hat - 1, as a fraction."""
        values = self.received / self.economy.income / self._consumer_price_hat - 1
        return self._by_actor(values, "welfare_change", "fraction")

    @property
    def consumer_price(self) -> xr.DataArray:
        """[year, actor] P_hat of the base basket of final use."""
        return self._by_actor(self._consumer_price_hat, "consumer_price_hat", "ratio")

    @property
    def wage(self) -> xr.DataArray:
        """[year, actor] wage_hat, in units of world value added."""
        return self._by_actor(np.exp(self.log_wage), "wage_hat", "ratio")

    @property
    def price(self) -> xr.DataArray:
        """[year, actor, sector] price_hat of purchases."""
        return self._by_account(np.exp(self.log_price), "price_hat", "ratio")

    @property
    def unadapted(self) -> xr.DataArray:
        """[year, actor] ln(P / P_LR) >= 0 of final use: what it costs not to have adapted to the year's own costs."""
        buyers = Buyers(self.economy, self.options)
        shocks = {policy: buyers.shock(policy) for policy in self.policies}
        wedges = [
            buyers.wedge(price, cost, shocks[policy])
            for price, cost, policy in zip(self.log_price, self.log_cost, self.policies, strict=True)
        ]
        values = (self.economy.final_share * np.array(wedges)).sum(axis=1)
        return self._by_actor(values, "unadapted", "log points")

    def trade_flow(self, year: int) -> xr.DataArray:
        """Exporter, importer, sector: sales at the seller's price, MUSD/yr."""
        economy = self.economy
        money = self.border_flow(year) * economy.world_value_added
        return economy.by_flow(money, "trade_flow", "MUSD/yr")

    def border_flow(self, year: int) -> Array:
        """[J, importer, exporter] sales at the seller's price, share of world value added."""
        if not 0 <= year < len(self.policies):
            raise RequestError(f"year: {year} is not on this path; it has the years 0 to {len(self.policies) - 1}")
        kernel = next(islice(self._kernels(), year, None))
        tech = model_of(Buyers(self.economy, self.options).short).technology
        return border_flow(kernel, self.log_cost[year], self.spent[year], tech)

    def _kernels(self) -> Iterator[Kernel]:
        """The kernels of the years, from the stored costs; they are too large to keep."""
        buyers = Buyers(self.economy, self.options)
        shocks = {policy: buyers.shock(policy) for policy in self.policies}
        set_up = buyers.unmoved
        for year, policy in enumerate(self.policies):
            yield buyers.kernel(shocks[policy], set_up)
            later = self.policies[min(year + 1, len(self.policies) - 1)]
            set_up = buyers.moved(set_up, self.log_cost[year], shocks[policy], shocks[later])

    @property
    def _consumer_price_hat(self) -> Array:
        return np.asarray(np.exp((self.economy.final_share * self.log_price).sum(axis=1)))

    def _by_actor(self, values: Array, name: str, unit: str) -> xr.DataArray:
        coords = {YEAR: range(len(values)), ACTOR: list(self.economy.actors)}
        return xr.DataArray(values, dims=(YEAR, ACTOR), coords=coords, name=name, attrs=self._attributes(unit))

    def _by_account(self, values: Array, name: str, unit: str) -> xr.DataArray:
        coords = {YEAR: range(len(values)), ACTOR: list(self.economy.actors), SECTOR: list(self.economy.sectors)}
        swapped, dims = values.swapaxes(1, 2), (YEAR, ACTOR, SECTOR)
        return xr.DataArray(swapped, dims=dims, coords=coords, name=name, attrs=self._attributes(unit))

    def _attributes(self, unit: str) -> dict[str, str]:
        return {"units": unit, "uniqueness": self.uniqueness}


def path(
    economy: Economy,
    policies: Policy | Sequence[Policy],
    *,
    years: int | None = None,
    options: Adjustment | None = None,
    check: bool = True,
) -> Path:
    """Play a policy, or one policy after another, over the years.

    Args:
        economy: the base, with long-run elasticities.
        policies: one for all years, or the one in force in year 0, 1, and so on; the last one stays. Each is a whole
            policy, not an addition to the one before: ``Policy()`` ends everything.
        years: how many; 15 for a single policy, as many as there are policies for a sequence.
        options: how buyers adapt.
        check: look for other answers from other starting points in the first year, the last, and after every change
            of policy. Without it no number of the path is known to be the only one.

    Raises:
        RequestError: no year, more policies than years, quotas, different rules for deficits, or too high a
            speed.
        NoSupplierError, DidNotConverge: names the first year without an answer; no path is returned.
    """
    played = _played(policies, years)
    base = without_deficits(economy) if played[0].deficits is DeficitRule.ZERO else economy
    buyers = Buyers(base, options or Adjustment())
    if buyers.options.speed >= buyers.fastest:
        raise RequestError(
            f"speed: at {buyers.options.speed:g} a year buyers overshoot more and more; these elasticities need one "
            f"below {buyers.fastest:.2f}; lower it or raise short_run"
        )
    shocks = {policy: buyers.shock(policy) for policy in played}
    model = model_of(buyers.short)
    set_up, start, answers, branches = buyers.unmoved, model.start, [], []
    for year, policy in enumerate(played):
        kernel = buyers.kernel(shocks[policy], set_up)
        answer = answer_of_year(buyers, model, kernel, start, year)
        if check and (year in (0, len(played) - 1) or policy != played[year - 1]):
            branches += branches_of_year(buyers, model, kernel, answer, policy=policy, year=year)
        later = shocks[played[min(year + 1, len(played) - 1)]]
        set_up = buyers.moved(set_up, answer.state.cost[0], shocks[policy], later)
        start = point_of(answer)
        answers.append(answer)
    return _collected(buyers, tuple(played), answers, tuple(branches))


def _played(policies: Policy | Sequence[Policy], years: int | None) -> list[Policy]:
    given = [policies] if isinstance(policies, Policy) else list(policies)
    wanted = years if years is not None else DEFAULT_YEARS if isinstance(policies, Policy) else len(given)
    if not given or wanted < 1:
        raise RequestError(f"years: {wanted} with {len(given)} policies is no path; give at least one of each")
    if len(given) > wanted:
        raise RequestError(f"policies: {len(given)} of them do not fit into {wanted} years; raise years or drop some")
    if any(policy.quotas for policy in given):
        raise RequestError("policies: quotas have no path; use TariffChange with the rate that a static answer finds")
    if len({policy.deficits for policy in given}) > 1:
        raise RequestError("policies: all years need the same rule for deficits; write it into every policy")
    return given + [given[-1]] * (wanted - len(given))


def _collected(
    buyers: Buyers, played: tuple[Policy, ...], answers: list[Answers], branches: tuple[Branch, ...]
) -> Path:
    states = [answer.state for answer in answers]
    return Path(
        economy=buyers.economy,
        policies=played,
        options=buyers.options,
        log_wage=np.array([state.wage[0] for state in states]),
        log_cost=np.array([state.cost[0] for state in states]),
        log_price=np.array([answer.outcome.price[0] for answer in answers]),
        spent=np.array([np.exp(state.expenditure[0]) for state in states]) * (buyers.economy.expenditure > 0),
        received=np.array([answer.outcome.income[0] for answer in answers]),
        residual=np.array([answer.error[0] for answer in answers]),
        iterations=np.array([answer.iterations[0] for answer in answers]),
        branches=branches,
    )


def border_flow(kernel: Kernel, log_cost: Array, spent: Array, tech: equations.Technology) -> Array:
    """[J, importer, exporter] sales at the seller's price under a kernel without the scenario axis."""
    competing = equations.competitiveness(log_cost, tech)
    per_phi = spent / equations.purchase_sum(kernel, competing, tech)
    flow = kernel.imports * competing[:, None, :] * per_phi[:, :, None]
    diagonal = np.arange(flow.shape[1])
    flow[:, diagonal, diagonal] = kernel.home * competing * per_phi
    return np.asarray(flow)
