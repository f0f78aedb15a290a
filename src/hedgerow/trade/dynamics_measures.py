"""What a path costs: the price of unwinding, the worth of speed, half-lives, and the short run against the long run.

The long run is the static answer with long-run elasticities under the policy of the last year (or of each year,
where it says so).
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
import xarray as xr

from hedgerow.dims import EXPORTER, IMPORTER
from hedgerow.errors import RequestError
from hedgerow.trade.cascade import model_of
from hedgerow.trade.dynamics import YEAR, Path, border_flow, path
from hedgerow.trade.dynamics_buyers import Buyers
from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.policy import Policy, apply

__all__ = [
    "DISCOUNT",
    "half_life",
    "long_run_welfare_change",
    "marginal_price_of_speed",
    "price_of_unwinding",
    "short_over_long",
    "shortfall",
]

DISCOUNT = 0.96
"""Value of next year in units of this year. Assumed."""
SMALLEST_CHANGE = 1e-6
"""Log changes below this are noise of the solver and have no ratio and no half-life."""


def price_of_unwinding(played: Path, *, discount: float = DISCOUNT) -> xr.DataArray:
    """A = sum over years of discount^year ln(P / P_LR), at the costs of each year. [actor], >= 0

    In units of one year's final spending: 0.01 is one per cent of it, once. P_LR is what the same costs would come
    to for buyers who had adapted, so A holds the extra price of final use alone; what sluggish buyers do to wages,
    to input costs and to the terms of trade is in :func:`shortfall`.
    """
    return _discounted(played.unadapted, discount).rename("price_of_unwinding")


def marginal_price_of_speed(played: Path, *, discount: float = DISCOUNT, step: float = 0.02) -> xr.DataArray:
    """-dA/dspeed by central difference: what a little more speed saves of the price of unwinding. [actor]

    Times 0.01 it is what one more point of the gap closed a year is worth. Two more paths are solved.
    """
    speed = played.options.speed
    if not 0 < step < speed <= 1 - step:
        raise RequestError(f"step: {step} around speed {speed} leaves (0, 1]; choose a smaller one")
    slower, faster = (
        path(played.economy, played.policies, options=replace(played.options, speed=speed + sign * step), check=False)
        for sign in (-1, 1)
    )
    gain = price_of_unwinding(slower, discount=discount) - price_of_unwinding(faster, discount=discount)
    return _noted((gain / (2 * step)).rename("marginal_price_of_speed"), played, "log points")


def shortfall(played: Path, *, discount: float = DISCOUNT) -> xr.DataArray:
    """Sum over years of discount^year (ln W of the year's long run - ln W). [actor], either sign

    In units of one year's real income. Unlike A this counts everything, and so may be negative: a large buyer whose
    partners cannot turn elsewhere yet sells and buys on better terms in the short run than in the long.
    """
    here = played.welfare_change
    goals = np.array([_long_run(played.economy, policy)[0] for policy in played.policies])
    gap = here.copy(data=np.log1p(goals) - np.log1p(here.values))
    return _noted(_discounted(gap, discount).rename("shortfall"), played, "log points")


def long_run_welfare_change(played: Path) -> xr.DataArray:
    """Real income in the long run of the last year's policy, as a fraction. [actor]"""
    values = _long_run(played.economy, played.policies[-1])[0]
    return played.economy.by_actor(values, "long_run_welfare_change", "fraction")


def short_over_long(played: Path) -> xr.DataArray:
    """ln W of the first year over ln W of the long run of the last policy. [actor]

    Above 1 the short run is worse than the long run. NaN where the long run changes nothing; negative where an
    actor gains at one end and loses at the other.
    """
    short = np.log1p(played.welfare_change.values[0])
    long = np.log1p(long_run_welfare_change(played).values)
    moved = np.abs(long) > SMALLEST_CHANGE
    ratio = np.where(moved, short / np.where(moved, long, 1), np.nan)
    return _noted(played.economy.by_actor(ratio, "short_over_long", "ratio"), played, "ratio")


def half_life(played: Path) -> xr.DataArray:
    """Years until half of the way from the first year's bilateral shares to the long-run ones is done.

    Shares are an exporter's part of an importer's purchases over all sectors, at the seller's price, in logs.
    Interpolated geometrically between years; NaN where nothing moves, where nothing is traded, or where the path
    ends before. [exporter, importer]
    """
    long = _long_run(played.economy, played.policies[-1])[1]
    gaps = np.array([_log_ratio(_traded(played, year), long) for year in range(len(played.policies))])
    labels = list(played.economy.actors)
    return _noted(
        xr.DataArray(_halved(gaps).T, dims=(EXPORTER, IMPORTER), coords={EXPORTER: labels, IMPORTER: labels}),
        played,
        "years",
    ).rename("half_life")


def _traded(played: Path, year: int) -> Array:
    """[importer, exporter] sales over all sectors, share of world value added."""
    return np.asarray(played.border_flow(year).sum(axis=0))


@lru_cache(maxsize=32)
def _long_run(economy: Economy, policy: Policy) -> tuple[Array, Array]:
    """Welfare change [N] and flows [importer, exporter] of the static long run."""
    buyers = Buyers(economy)
    answer = buyers.long_run(policy)
    kernel = apply(economy, policy).kernel
    spent = np.exp(answer.state.expenditure[0]) * (economy.expenditure > 0)
    flow = border_flow(kernel, answer.state.cost[0], spent, model_of(economy).technology)
    return buyers.welfare_hat(answer) - 1, flow.sum(axis=0)


def _log_ratio(flow: Array, other: Array) -> Array:
    """ln of shares over shares, [importer, exporter]; NaN without trade."""
    both = (flow > 0) & (other > 0)
    shares, others = (f / f.sum(axis=1, keepdims=True) for f in (flow, other))
    return np.where(both, np.log(np.where(both, shares, 1) / np.where(both, others, 1)), np.nan)


def _halved(gaps: Array) -> Array:
    """First year, [N, N], in which |gap| has come down to half of the first; [T, N, N] in."""
    size = np.abs(gaps)
    start = size[0]
    done = np.full(start.shape, np.nan)
    for year in range(1, len(size)):
        before, after = size[year - 1], size[year]
        crossed = np.isnan(done) & (start > SMALLEST_CHANGE) & (after <= start / 2)
        part = np.log(before[crossed] / (start[crossed] / 2)) / np.log(
            before[crossed] / np.maximum(after[crossed], SMALLEST_CHANGE * start[crossed])
        )
        done[crossed] = year - 1 + part
    return done


def _discounted(values: xr.DataArray, discount: float) -> xr.DataArray:
    if not 0 < discount <= 1:
        raise RequestError(f"discount: {discount} is not in (0, 1]; 0.96 values next year at 96 %")
    summed = (values * discount ** values[YEAR]).sum(YEAR)
    return summed.assign_attrs(values.attrs)


def _noted(values: xr.DataArray, played: Path, unit: str) -> xr.DataArray:
    return values.assign_attrs(units=unit, uniqueness=played.uniqueness)
