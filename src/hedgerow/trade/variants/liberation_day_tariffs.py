"""Scenarios of the Liberation Day model: announced tariffs, answers in kind, and tariffs that the theory calls best."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from hedgerow.errors import RequestError
from hedgerow.trade.fixedpoint import Array
from hedgerow.trade.variants.liberation_day_base import POWER, Base

__all__ = [
    "Rebate",
    "Scenario",
    "announced",
    "answered",
    "balanced_with",
    "best_answer",
    "optimal_tariff",
    "published_scenarios",
    "uniform",
]

FLOOR = 0.10
"""Least rate on anybody: the paper puts it also on those whom the announcement spared."""
HIGHEST = 10.0
"""Beyond it a rate is a mistake, such as 25 for 25 %."""


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
            RequestError: a shape is wrong, a rate is not between -100 % and 1000 %, there is a tariff at home, or
                transfers do not sum to zero.
        """
        size = len(base.actors)
        rates = np.asarray(self.tariff, dtype=float)
        if rates.shape != (size, size):
            raise RequestError(f"{self.label}, tariff: has shape {rates.shape}, not importer by exporter {size, size}")
        if not ((rates > -1) & (rates <= HIGHEST)).all() or np.diagonal(rates).any():
            worst = float(rates.flat[int(np.nan_to_num(np.abs(rates), nan=np.inf).argmax())])
            raise RequestError(f"{self.label}, tariff: {worst:g}; rates are fractions such as 0.25, and zero at home")
        if self.transfer is not None:
            given = np.asarray(self.transfer, dtype=float)
            if given.shape != (size,) or not abs(given.sum()) <= 1e-9 * base.income.sum():
                raise RequestError(f"{self.label}, transfer: needs one number an actor that sum to zero")
        return rates


def announced(base: Base, rates: Mapping[str, float], *, importer: str = POWER, floor: float = FLOOR) -> Array:
    """[importer, exporter] one importer's rates by exporter, at least the floor on everyone.

    Args:
        base: gives the actors.
        rates: by exporter; who is absent pays the floor.
        importer: who sets them.
        floor: least rate.
    """
    tariff = np.zeros(base.trade_flow.shape)
    row = base.position(importer)
    tariff[row] = [max(floor, rates.get(actor, floor)) for actor in base.actors]
    tariff[row, row] = 0.0
    return tariff


def uniform(base: Base, rate: float, *, importer: str = POWER) -> Array:
    """[importer, exporter] one rate of one importer on everyone; a subsidy is negative."""
    return announced(base, {}, importer=importer, floor=rate)


def answered(tariff: Array, rate: float | None = None) -> Array:
    """[importer, exporter] the same rates, and an answer from everyone who is taxed: in kind, or at one rate."""
    return np.asarray(tariff + (tariff.T if rate is None else rate * (tariff.T > 0)))


def balanced_with(base: Base, actor: str) -> Array:
    """[N] transfers that leave one actor without a deficit, for :attr:`Scenario.transfer`; they sum to zero.

    Every partner's transfer changes by its base imbalance with the actor, net of distribution. The paper's Table 10
    takes gross imbalances instead, which leaves one market open.

    Raises:
        UnknownNameError: the actor is not in the base.
    """
    i = base.position(actor)
    kept = (1 - base.distribution_share)[:, None] * base.trade_flow  # [n, i] what sellers get of it
    transfer = base.transfer + kept[i] - kept[:, i]
    transfer[i] = 0.0
    return np.asarray(transfer)


def optimal_tariff(base: Base, actor: str, *, of_income: bool = False) -> float:
    """The uniform tariff t* = 1 / ((1 + delta epsilon) phi - 1) that the paper calls optimal, as a fraction.

    delta = sum over n other than i of X_in (1 - nu_n) (1 - lambda_in), over (1 - nu_i) (E_i - X_ii): how much of an
    actor's sales abroad it would lose to others, per unit of its imports.

    Args:
        base: the world before tariffs.
        actor: who sets the tariff.
        of_income: put income Y for expenditure E in delta, as the authors do wherever others answer; the two differ
            where trade is not balanced.

    Raises:
        UnknownNameError: the actor is not in the base.
    """
    i = base.position(actor)
    abroad = np.arange(len(base.actors)) != i
    sold = base.trade_flow[:, i] * (1 - base.distribution_share) * (1 - base.trade_share[:, i])
    spent = base.income[i] if of_income else base.expenditure[i]
    delta = sold[abroad].sum() / ((1 - base.distribution_share[i]) * (spent - base.trade_flow[i, i]))
    return float(1 / ((1 + delta * base.elasticities.trade) * base.tariff_response[i] - 1))


def best_answer(base: Base, power: str = POWER) -> float:
    """The uniform tariff that is best for all others together against one power, as a fraction.

    The formula of :func:`optimal_tariff` in a world of two regions, with income, as the authors compute it.

    Raises:
        UnknownNameError: the power is not in the base.
    """
    place = base.position(power)
    is_power = np.arange(len(base.actors)) == place
    region = np.array([~is_power, is_power], dtype=float)
    share = region @ (base.distribution_share * base.expenditure) / (region @ base.expenditure)
    two = Base(("others", power), region @ base.trade_flow @ region.T, share, base.elasticities)
    return optimal_tariff(two, "others", of_income=True)


def published_scenarios(base: Base, rates: Mapping[str, float]) -> tuple[Scenario, ...]:
    """The cases of the paper's Table 1 (three) and Table 2 (three), in their order.

    Args:
        base: has the actor ``USA``.
        rates: announced on 2 April 2025, by exporter.
    """
    ustr, best = announced(base, rates), uniform(base, optimal_tariff(base, POWER))
    later, answer = uniform(base, optimal_tariff(base, POWER, of_income=True)), best_answer(base)
    return (
        Scenario("USTR tariffs, income tax relief", ustr),
        Scenario("USTR tariffs, lump-sum rebate", ustr, Rebate.LUMP_SUM),
        Scenario("optimal US tariff, income tax relief", best),
        Scenario("USTR tariffs, answered in kind", answered(ustr)),
        Scenario("USTR tariffs, best answer", answered(ustr, answer)),
        Scenario("optimal US tariff, best answer", answered(later, answer)),
    )
