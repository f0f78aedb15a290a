"""Noise on who buys what from whom, put back into balance: each draw is a base whose accounts close."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from hedgerow.trade.economy import Array, Economy, closed_base, implied_base
from hedgerow.world.composite.report import error_report

PUBLISHED_ERROR = 0.05
"""Share of trade misplaced in a table that was published as such. Assumed."""
GIVEN_IMPORTER = "USA"
"""Sector shares of this importer's goods are known in a reconstructed world."""
PILOT = 0.4
"""Width of the noise that is tried first, standard deviation of logs."""
ROUNDS = 20
"""Of proportional fitting; what is left of the margins is closed through the accounts."""
_PILOT_SEED = 0

_GOODS, _SERVICES = "goods outside the US column, misplaced", "services, misplaced"
_EXERCISE = "exercise 2000-2011"
"""Of the report: ingredients as old as the reconstructed world's own."""


@dataclass(frozen=True)
class Noise:
    """Width of the noise by cell."""

    goods: float
    """Standard deviation of logs."""
    services: float
    given: str | None
    """An importer whose goods are known by origin and sector."""


def measured_error(world_id: str) -> tuple[float, float]:
    """Share of goods and of services trade that a world misplaces, by its own error report where it has one."""
    rows = {r.item: r.value for r in error_report(world_id) if r.section == _EXERCISE}
    return rows.get(_GOODS, PUBLISHED_ERROR), rows.get(_SERVICES, PUBLISHED_ERROR)


def calibrated_noise(economy: Economy, world_id: str) -> Noise:
    """The noise under which as much trade is misplaced as :func:`measured_error` says, by one trial draw.

    Zero for a kind of goods whose cells the kept margins leave no freedom: one sector with known totals of pairs.
    """
    goods, services = measured_error(world_id)
    given = GIVEN_IMPORTER if error_report(world_id) and GIVEN_IMPORTER in economy.actors else None
    trial = noisy_base(economy, Noise(PILOT, PILOT, given), seed=_PILOT_SEED)
    found = misplaced(economy, trial, given)
    width = [PILOT * aim / got if got > 1e-3 else 0.0 for aim, got in zip((goods, services), found, strict=True)]
    return Noise(width[0], width[1], given)


def misplaced(economy: Economy, other: Economy, given: str | None = None) -> tuple[float, float]:
    """Half the absolute differences of trade across borders over all of it: of goods and of services.

    Args:
        economy: the base.
        other: the same actors and sectors with other trade.
        given: an importer whose goods are left out.
    """
    one, two = (e.border_imports * e.expenditure[:, :, None] for e in (economy, other))
    kept = np.array([code != given for code in economy.actors])

    def share(a: Array, b: Array) -> float:
        return float(np.abs(a - b).sum() / 2 / a.sum()) if a.sum() > 0 else 0.0

    goods = economy.goods
    return share(one[goods][:, kept], two[goods][:, kept]), share(one[~goods], two[~goods])


def noisy_base(economy: Economy, noise: Noise, *, seed: int) -> Economy:
    """The economy with noise on every flow; output, purchases and totals of goods by pair are kept.

    Proportional fitting brings the margins back to about a thousandth. Technology, tastes, tariffs and final spending
    are the economy's own; expenditure, value added and deficits follow from the new shares to the last digit.

    Args:
        economy: the base.
        noise: how wide.
        seed: of the noise.
    """
    if noise.goods == noise.services == 0:
        return economy
    width = np.where(economy.goods, noise.goods, noise.services)[:, None, None]
    factor = np.exp(width * np.random.default_rng(seed).standard_normal(economy.trade_share.shape))
    if noise.given is not None:
        factor[economy.goods, economy.actors.index(noise.given)] = 1.0
    border = economy.border_share * economy.expenditure[:, :, None]
    paid = _fitted(economy, border * factor) * (1 + economy.tariff)
    total = paid.sum(axis=2, keepdims=True)
    return implied_base(closed_base(replace(economy, trade_share=paid / np.where(total > 0, total, 1)), economy.income))


def _fitted(economy: Economy, flow: Array) -> Array:
    """Flows [J, importer, exporter] scaled in turn to goods by pair, output by sector and purchases by sector."""
    base = economy.border_share * economy.expenditure[:, :, None]
    goods, abroad = economy.goods, ~np.eye(len(economy.actors), dtype=bool)
    pairs, output, gross = base[goods].sum(axis=0), base.sum(axis=1), 1 + economy.tariff
    for _ in range(ROUNDS):
        flow[goods] *= np.where(abroad, _ratio(pairs, flow[goods].sum(axis=0)), 1.0)
        flow *= _ratio(output, flow.sum(axis=1))[:, None, :]
        flow *= _ratio(economy.expenditure, np.einsum("jni,jni->jn", flow, gross))[:, :, None]
    return flow


def _ratio(wanted: Array, found: Array) -> Array:
    return np.where(found > 0, wanted / np.where(found > 0, found, 1), 1.0)
