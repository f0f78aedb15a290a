"""Scenarios of the Liberation Day model: announced tariffs, answers in kind, and tariffs that the theory calls best."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from hedgerow.errors import RequestError
from hedgerow.trade.fixedpoint import Array
from hedgerow.trade.variants.liberation_day_base import Base

__all__ = [
    "Rebate",
    "Scenario",
    "announced",
    "answered",
    "best_answer",
    "optimal_tariff",
    "uniform",
]

FLOOR = 0.10
"""Least rate on anybody: the paper puts it also on those whom the announcement spared."""


class Rebate(StrEnum):
    """What becomes of the revenue."""

    INCOME_TAX = "income_tax"
    """It cuts the tax on incomes, so that work pays more."""
    LUMP_SUM = "lump_sum"
    """It is given back whatever people do."""


@dataclass(frozen=True, eq=False)
class Scenario:
    """Tariffs from a base without any."""

    label: str
    tariff: Array
    """[importer, exporter] rates, fractions; the diagonal is zero."""
    rebate: Rebate = Rebate.INCOME_TAX
    transfer: Array | None = None
    """[N] transfers received at base world income, in the unit of the base; the base's own when omitted."""

    def checked(self, base: Base) -> Array:
        """The tariffs, if they fit the base.

        Raises:
            RequestError: a shape is wrong, a rate is -100 % or less, there is a tariff at home, or transfers do not
                sum to zero.
        """
        size = len(base.actors)
        rates = np.asarray(self.tariff, dtype=float)
        if rates.shape != (size, size):
            raise RequestError(f"{self.label}, tariff: has shape {rates.shape}, not importer by exporter {size, size}")
        if not (np.isfinite(rates) & (rates > -1)).all() or np.diagonal(rates).any():
            raise RequestError(f"{self.label}, tariff: rates are fractions above -1, and zero at home")
        if self.transfer is not None:
            given = np.asarray(self.transfer, dtype=float)
            if given.shape != (size,) or not abs(given.sum()) <= 1e-9 * base.income.sum():
                raise RequestError(f"{self.label}, transfer: needs one number an actor that sum to zero")
        return rates


def announced(base: Base, rates: Mapping[str, float], *, importer: str = "USA", floor: float = FLOOR) -> Array:
    """[importer, exporter] one importer's rates by exporter, at least the floor on everyone.

    Args:
        base: gives the actors.
        rates: by exporter; who is absent pays the floor.
        importer: who sets them.
        floor: least rate.
    """
    tariff = np.zeros(base.trade_flow.shape)
    row = base.position(importer)
    tariff[row] = [max(floor, rates.get(actor, 0.0)) for actor in base.actors]
    tariff[row, row] = 0.0
    return tariff


def uniform(base: Base, rate: float, *, importer: str = "USA") -> Array:
    """[importer, exporter] one rate of one importer on everyone."""
    return announced(base, {}, importer=importer, floor=rate)


def answered(tariff: Array) -> Array:
    """[importer, exporter] the same rates with everyone answering in kind."""
    return tariff + tariff.T


def optimal_tariff(base: Base, actor: str) -> float:
    """The uniform tariff t* = 1 / ((1 + delta epsilon) phi - 1) that the paper calls optimal, as a fraction.

    delta = sum over n other than i of X_in (1 - nu_n) (1 - lambda_in), over (1 - nu_i) (E_i - X_ii): how much of an
    actor's sales abroad it would lose to others, per unit of its imports. At kappa = psi = 0 and nu = 0 and with
    balanced trade it tends to 1 / epsilon for small countries.
    """
    i = base.position(actor)
    return _best(base, i, base.expenditure[i])


def best_answer(base: Base, power: str = "USA") -> float:
    """The uniform tariff that all others together set best on one power, as a fraction.

    The formula of :func:`optimal_tariff` for a world of two regions, with the income of the region where that has its
    expenditure, as the authors compute it.
    """
    is_power = np.array([actor == power for actor in base.actors])
    base.position(power)
    region = np.array([~is_power, is_power], dtype=float)
    rest = int((~is_power).argmax())
    share = base.distribution_share[[rest, base.position(power)]]
    two = Base(("rest", power), region @ base.trade_flow @ region.T, share, base.elasticities)
    return _best(two, 0, float(base.income[~is_power].sum()))


def _best(base: Base, i: int, spent: float) -> float:
    abroad = np.arange(len(base.actors)) != i
    sold = base.trade_flow[:, i] * (1 - base.distribution_share) * (1 - base.trade_share[:, i])
    bought = (1 - base.distribution_share[i]) * (spent - base.trade_flow[i, i])
    delta = float(sold[abroad].sum() / bought)
    return float(1 / ((1 + delta * base.elasticities.trade) * base.tariff_response[i] - 1))
