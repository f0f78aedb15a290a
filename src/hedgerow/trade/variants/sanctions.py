"""Coalitions that share the burden of a policy: transfers that leave every member with the same change of welfare.

Chowdhry, S., Hinz, J., Kamin, K. and Wanner, J. (2024), "Brothers in Arms: The Value of Coalitions in Sanctions
Regimes", Economic Policy 39(118). The model is that of :mod:`hedgerow.trade.equations`, and inside a coalition C

1. W_hat_C = sum_C I / sum_C (I_0 P_hat)        what all members have, over what their base real incomes cost now
2. T_c = W_hat_C I_0c P_hat_c - I_c             so that (I_c + T_c) / (I_0c P_hat_c) is W_hat_C for every member
3. I'_c = I_c + T_c,  D'_c = D_c + T_c          added to income, CP (13), and to the trade balance, CP (14)

I is income before the transfer, I_0 base income, P_hat the price of final use. From (1) and (2) sum_C T = 0. Transfers
move incomes and prices, and these move transfers, so T joins the unknowns of the trade model in one fixed point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import numpy as np
import xarray as xr

from hedgerow.errors import RequestError
from hedgerow.trade.cascade import Trade, model_of, stacked
from hedgerow.trade.changes import DeficitChange
from hedgerow.trade.chunk import check_suppliers, chunk_size, name_of, solve_chunk
from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.equilibrium import TOLERANCE, Equilibrium, without_deficits
from hedgerow.trade.fixedpoint import Mask
from hedgerow.trade.policy import DeficitRule, Policy, apply, positions
from hedgerow.trade.variants.variant import solve_variant

__all__ = ["BurdenSharing", "SharedBurden", "share_burden", "share_burdens", "transfers"]


def transfers(income: Array, consumer_price_hat: Array, base_income: Array, members: Array) -> Array:
    """(1) and (2): what each actor receives, [..., N]; sums to zero, and is zero outside the coalition.

    Args:
        income: [..., N] before the transfer.
        consumer_price_hat: [..., N].
        base_income: [N], same unit.
        members: [N] 1.0 in the coalition, else 0.0.
    """
    living = base_income * consumer_price_hat * members
    common = (income * members).sum(axis=-1, keepdims=True) / living.sum(axis=-1, keepdims=True)
    return np.asarray(common * living - income * members)


@dataclass(frozen=True, eq=False)
class BurdenSharing:
    """A batch of policies under one coalition, as a fixed point in the trade model's unknowns and T / I_0."""

    economy: Economy
    trade: Trade
    members: Array
    """[N] 1.0 in the coalition, else 0.0."""
    names: tuple[str, ...]
    """[b] of the scenarios, for messages."""

    @property
    def start(self) -> Array:
        """[b, N + 2 J N + N] the base, without transfers."""
        still = np.concatenate([self.trade.model.start, np.zeros((1, len(self.members)))], axis=1)
        return np.repeat(still, len(self.names), axis=0)

    def correction(self, points: Array) -> tuple[Array, Array]:
        """Step of all unknowns and the largest violation of any condition, transfers included."""
        trade, moved = self.at(points)
        step, error, outcome = trade.evaluated(points[:, : -len(self.members)])
        price = np.exp((self.economy.final_share * outcome.price).sum(axis=-2))
        wanted = transfers(outcome.income - moved, price, self.economy.income, self.members)
        gap = (wanted - moved) / self.economy.income
        return np.concatenate([step, gap], axis=1), np.maximum(error, np.abs(gap).max(axis=1))

    def restricted(self, kept: Mask) -> Self:
        """The same batch without the scenarios that are not kept."""
        names = tuple(name for name, keep in zip(self.names, kept, strict=True) if keep)
        return replace(self, trade=self.trade.restricted(kept), names=names)

    def at(self, points: Array) -> tuple[Trade, Array]:
        """(3): the trade model at the transfers of the points, and these, [b, N] in shares of world value added."""
        moved = points[:, -len(self.members) :] * self.economy.income
        kernel = self.trade.kernel
        level = self.economy.deficit if kernel.deficit is None else kernel.deficit
        return replace(self.trade, kernel=kernel._replace(deficit=level + moved)), moved

    def complaint(self, index: int, point: Array) -> str:
        """The scenario and the actor whose trade is furthest from balance."""
        one = self.restricted(np.arange(len(self.names)) == index)
        with np.errstate(all="ignore"):  # the point may be far out
            imbalance = one.at(point[None])[0].evaluated(point[None, : -len(self.members)])[2].imbalance[0]
        return f"{self.names[index]}, {self.economy.actors[int(np.nan_to_num(np.abs(imbalance), nan=np.inf).argmax())]}"


@dataclass(frozen=True, eq=False)
class SharedBurden:
    """An equilibrium with the transfers that equalise the members' change of welfare."""

    members: tuple[str, ...]
    equilibrium: Equilibrium
    """Its policy holds the transfers as deficits, so that solving that policy gives the same answer."""
    received: Array
    """[N] share of world value added; negative where an actor pays."""

    def __repr__(self) -> str:
        return f"<SharedBurden of {len(self.members)} members: welfare {self.welfare:+.3%} each>"

    @property
    def welfare(self) -> float:
        """The members' common change of welfare, a fraction: (1) less one."""
        place = self.equilibrium.economy.actors.index(self.members[0])
        return float(self.equilibrium.welfare_hat[place] - 1)

    @cached_property
    def transfer(self) -> xr.DataArray:
        """Actor: what it receives, MUSD/yr; sums to zero."""
        economy = self.equilibrium.economy
        return economy.by_actor(self.received * economy.world_value_added, "transfer", "MUSD/yr")

    @cached_property
    def transfer_share(self) -> xr.DataArray:
        """Actor: the same over base gross domestic product at market prices (value added and tariff revenue)."""
        economy = self.equilibrium.economy
        product = economy.value_added + economy.tariff_revenue
        return economy.by_actor(self.received / product, "transfer_share", "fraction")


def share_burden(
    economy: Economy, policy: Policy, *, members: Sequence[str], tolerance: float = TOLERANCE
) -> SharedBurden:
    """The equilibrium of a policy whose burden a coalition shares.

    Args:
        economy: the base.
        policy: what changes, for everyone; no quotas.
        members: labels of the coalition; a coalition of one makes no transfers.
        tolerance: on every condition, transfers over base income included.

    Raises:
        RequestError: no member, one named twice, or a policy with quotas.
        UnknownNameError: a member that the economy does not have.
        NoSupplierError, DidNotConverge: as :func:`hedgerow.trade.equilibrium.solve`.
    """
    return share_burdens(economy, [policy], members=members, tolerance=tolerance)[0]


def share_burdens(
    economy: Economy, policies: Sequence[Policy], *, members: Sequence[str], tolerance: float = TOLERANCE
) -> list[SharedBurden]:
    """Several policies under one coalition, in their order: for example one for each draw of estimated trade costs.

    Args:
        economy: the base.
        policies: all with the same rule for deficits.
        members: see :func:`share_burden`.
        tolerance: see :func:`share_burden`.

    Raises:
        RequestError: two rules for deficits, or see :func:`share_burden`.
        UnknownNameError, NoSupplierError, DidNotConverge: see :func:`share_burden`.
    """
    rules = {policy.deficits for policy in policies}
    if len(rules) > 1:
        raise RequestError(f"deficits: the policies have {len(rules)} rules; share burdens under one rule at a time")
    base = without_deficits(economy) if DeficitRule.ZERO in rules else economy
    inside = _inside(base, members)
    found: list[SharedBurden] = []
    for first in range(0, len(policies), size := chunk_size(economy)):
        found += _chunk(base, policies[first : first + size], inside, tolerance, first)
    return found


def _chunk(
    economy: Economy, policies: Sequence[Policy], inside: Array, tolerance: float, first: int
) -> list[SharedBurden]:
    names = tuple(name_of(policy, first + k) for k, policy in enumerate(policies))
    kernels = [apply(economy, policy).kernel for policy in policies]
    for policy, kernel, name in zip(policies, kernels, names, strict=True):
        if policy.quotas:
            raise RequestError(f"{name}: quotas are not solved under a shared burden; use TariffChange instead")
        check_suppliers(economy, kernel, name)
    problem = BurdenSharing(economy, Trade(model_of(economy), stacked(kernels)), inside, names)
    answer = solve_variant(problem, tolerance=tolerance)
    trade, received = problem.at(answer.points)
    points = answer.points[:, : -len(inside)]
    levels = trade.evaluated(points)[2].deficit * economy.world_value_added
    settled = [_settled(economy, policy, level) for policy, level in zip(policies, levels, strict=True)]
    solved = solve_chunk(economy, settled, tolerance=tolerance, first=first, starts=points)
    members = tuple(actor for actor, one in zip(economy.actors, inside, strict=True) if one)
    return [
        SharedBurden(members, replace(one, iterations=int(count)), moved)
        for one, count, moved in zip(solved, answer.iterations, received, strict=True)
    ]


def _settled(economy: Economy, policy: Policy, level: Array) -> Policy:
    """The policy with D' as found, transfers included, written into it."""
    rule = DeficitRule.ZERO if policy.deficits is DeficitRule.ZERO else DeficitRule.FIXED
    part = DeficitChange(tuple(zip(economy.actors, level.tolist(), strict=True)))
    return replace(policy, parts=(*policy.parts, part), deficits=rule)


def _inside(economy: Economy, members: Sequence[str]) -> Array:
    if isinstance(members, str):
        raise RequestError(f"members: {members!r} is a text, write ({members!r},)")
    if not members:
        raise RequestError("members: the coalition has none; name one or more actors")
    twice = next((name for name in members if list(members).count(name) > 1), None)
    if twice is not None:
        raise RequestError(f"members: {twice!r} is named twice; name each member once")
    inside = np.zeros(len(economy.actors))
    inside[positions("member", tuple(members), economy.actors)] = 1
    return inside
