"""What an instrument is worth by itself over all values of its assumptions, and which of them decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from hedgerow.planning.instruments.gains import attacked, blunted, boosted, bound
from hedgerow.planning.instruments.parameters import Instrument, Parameter, parameters_of
from hedgerow.planning.means import means_of
from hedgerow.planning.portfolio.options import Option, OptionKind
from hedgerow.planning.portfolio.plan import Plan
from hedgerow.planning.portfolio.sureness import main_effects

__all__ = ["INSTRUMENTS", "InstrumentWorth", "worth_of"]

Array = npt.NDArray[np.float64]
Net = Callable[[tuple[float, ...]], Array]
"""[R] worth under each regime that never ends, net of cost, at one value of each parameter."""

INSTRUMENTS = (OptionKind.BLUNTING, OptionKind.BINDING, OptionKind.BOOSTING)


@dataclass(frozen=True, eq=False)
class InstrumentWorth:
    """In full, a year drawn from the horizon, regimes as if each never ended, nothing else done. Log units."""

    option: Option
    parameters: tuple[Parameter, ...]
    values: Array
    """One axis of three a parameter, low to high, and a last one for the chains; net of cost."""

    @property
    def central(self) -> float:
        """At all central values, first chain."""
        return float(self.values[(1,) * len(self.parameters)][0])

    @property
    def shares(self) -> Array:
        """Of the variance that each parameter explains alone, then the chain; [parameters + 1]."""
        return main_effects(self.values)


def worth_of(found: Plan, option: Option) -> InstrumentWorth:
    """The worth of one instrument of a plan.

    Args:
        found: gives income under every regime, and the chains.
        option: one of its instruments.
    """
    instrument = Instrument(option.kind.value)
    parameters = parameters_of(instrument)
    income, calm = found.lasting.utility[:, 0], found.lasting.calm[0]
    reliability = np.array([one.reliability for one in option.strategies])
    net = _net(found, option, income=income, calm=np.asarray(calm), reliability=reliability)
    horizon = found.request.horizon
    weights = np.array([horizon.weights @ chain.chances(horizon.years) for chain in found.outlook.chains])
    grid = product(*((one.range.low, one.range.central, one.range.high) for one in parameters))
    values = np.array([weights @ net(point) for point in grid])
    return InstrumentWorth(option, parameters, values.reshape(*(3 for _ in parameters), len(weights)))


def _net(found: Plan, option: Option, *, income: Array, calm: Array, reliability: Array) -> Net:
    if option.kind is OptionKind.BINDING:
        return lambda at: bound(calm, income, reliability, share=at[0]) - at[1]
    if option.kind is OptionKind.BOOSTING:
        bought = option.effect.central / parameters_of(Instrument.BOOSTING)[0].range.central
        return lambda at: boosted(calm, income, chance=at[0] * bought) - at[1]
    means, code = means_of(found.question.power), found.question.actor.code

    def blunting(at: tuple[float, ...]) -> Array:
        gap = 0.0 if means is None else means.gap(code, at[2]) or 0.0
        return blunted(reliability, expected=attacked(at[0], at[1]) if gap > 0 else 0.0) - gap

    return blunting
