"""Options outside of trade policy: stocks, arms, commitments and joint action, read off nodes solved anyway."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from hedgerow.dims import EXPORTER, IMPORTER, SECTOR
from hedgerow.errors import RequestError
from hedgerow.planning.instruments.gains import attacked, blunted, boosted, bound, spared
from hedgerow.planning.instruments.parameters import Instrument, label_of, parameters_of, years_of
from hedgerow.planning.means import Means, means_of
from hedgerow.planning.partnerships import Range
from hedgerow.planning.portfolio.courses import AT_FIRST
from hedgerow.planning.portfolio.options import Option, OptionKind, Strategy
from hedgerow.planning.portfolio.regimes import Outlook, first_alike
from hedgerow.planning.question import Question

__all__ = ["MIDDLE_POWERS", "NodeValues", "cross_of", "gain_of", "instruments", "relief", "under"]

Array = npt.NDArray[np.float64]

MIDDLE_POWERS = ("CAN", "MEX", "EU", "JPN", "KOR", "AUS", "GBR")
"""Our reading of the middle powers of the speech in Davos on 20 January 2026, which called for a bridge between the
trans-Pacific partnership and the European Union and gave no list. With them a country acts jointly, or in a coalition.
Assumed."""
NONE = Range(0.0, 0.0, 0.0)


@dataclass(frozen=True, eq=False)
class NodeValues:
    """What nodes say of the actor without any option. [spell, age]"""

    income: Array
    """Log real income."""
    wedge: Array
    """Log points that final use costs more because buyers have not adapted yet."""
    harm: Array
    """What the power's answer adds to log income; below zero."""
    spells: Sequence[tuple[int, int]]
    """(regime before, regime now)."""


def instruments(question: Question) -> tuple[Option, ...]:
    """Blunting, where the power has promised the actor protection that is at hand; binding; boosting."""
    means = means_of(question.power)
    gap = None if means is None else means.gap(question.actor.code, 0.5)
    found = [] if means is None or gap is None else [_blunting(question, means)]
    return (*found, _binding(question), _boosting(question))


def under(options: Sequence[Option], outlook: Outlook) -> tuple[Option, ...]:
    """The same options, those outside of trade policy with what the outlook's regimes promise and demand."""
    regimes = tuple(Strategy(one.reliability, one.exclusivity) for one in outlook.regimes)
    calm = int(first_alike(outlook)[outlook.chains[0].calm_at])
    return tuple(one if one.solved else replace(one, strategies=regimes, calm=calm) for one in options)


def gain_of(option: Option, values: NodeValues, effect: float) -> Array:
    """What an option adds to log income at every node. [spell, age]

    Args:
        option: outside of trade policy.
        values: of the nodes.
        effect: from the range of ``effect``.

    Raises:
        RequestError: an option of another kind.
    """
    if option.kind is OptionKind.STOCKPILE:
        return relief(values.wedge, months=effect)
    reliability, _ = _by_spell(option, values)
    if option.kind is OptionKind.BLUNTING:
        return np.zeros_like(values.income) + blunted(reliability, expected=effect)
    if option.kind is OptionKind.BINDING:
        return bound(_calm(option, values), values.income, reliability, share=effect)
    if option.kind is OptionKind.BOOSTING:
        return boosted(_calm(option, values), values.income, chance=effect)
    raise RequestError(f"{option.id}: {option.kind} works through trade policy; its nodes are solved")


def cross_of(option: Option, other: Option, values: NodeValues, *, chance: float, place: float) -> Array:
    """What two options add beside each other beyond what each adds alone. [spell, age]

    Binding spares part of another option's punishment; binding and boosting undo the same harm only once.

    Args:
        option: outside of trade policy, later in the list.
        other: earlier in the list.
        values: of the nodes.
        chance: that ``other`` is punished in a year of full exclusivity.
        place: where effects are read in their ranges.
    """
    nothing = np.zeros_like(values.income)
    if option.kind is OptionKind.BINDING:
        reliability, exclusivity = _by_spell(option, values)
        return nothing + spared(values.harm * exclusivity, reliability, share=option.effect.at(place), chance=chance)
    if option.kind is OptionKind.BOOSTING and other.kind is OptionKind.BINDING:
        return -option.effect.at(place) * gain_of(other, values, other.effect.at(place))
    return nothing


def relief(unadapted: Array, *, months: float) -> Array:
    """What a stockpile is worth: its months of the first year's extra price of purchases. [spell, age]

    Args:
        unadapted: [spell, age] log points.
        months: of purchases kept in store; spent in the year of a change, refilled before the next one.
    """
    found = np.zeros_like(unadapted)
    found[:, 0] = min(months, 12.0) / 12 * unadapted[:, 0]
    return found


def _by_spell(option: Option, values: NodeValues) -> tuple[Array, Array]:
    """Reliability and exclusivity of the regime in force. [spell, 1] each"""
    now = [option.strategies[regime] for _, regime in values.spells]
    found = np.array(now).reshape(len(now), 2)
    return found[:, :1], found[:, 1:]


def _calm(option: Option, values: NodeValues) -> Array:
    """Log income in the last year told apart of a calm that never ends; one number."""
    return np.asarray(values.income[values.spells.index((AT_FIRST, option.calm)), -1])


def _blunting(question: Question, means: Means) -> Option:
    """Its effect is the hazard times the log loss, where there is a gap to close."""
    hazard, harm, place = (one.range for one in parameters_of(Instrument.BLUNTING))
    gaps = [means.gap(question.actor.code, at) or 0.0 for at in (place.low, place.central, place.high)]
    worth = [
        attacked(chance, loss) if gap > 0 else 0.0
        for chance, loss, gap in zip(_ends(hazard), _ends(harm), gaps, strict=True)
    ]
    return _option(
        question,
        Instrument.BLUNTING,
        Range(*worth),
        Range(*gaps),
        f"Closes a shortfall of {100 * gaps[1]:.2f} % of GDP ({100 * gaps[0]:.2f} to {100 * gaps[2]:.2f}) against the "
        f"threat, by military spending of {means.year}. Where it is 0, nothing is closed and nothing gained.",
    )


def _binding(question: Question) -> Option:
    share, cost = (one.range for one in parameters_of(Instrument.BINDING))
    return _option(question, Instrument.BINDING, share, cost, "Counts only as far as the power keeps its word.")


def _boosting(question: Question) -> Option:
    """Its effect is the chance that the power goes back, times the share of its exports that those who act buy."""
    chance, cost = (one.range for one in parameters_of(Instrument.BOOSTING))
    bought = _bought(question)
    effect = Range(*(bought * one for one in _ends(chance)))
    return _option(
        question, Instrument.BOOSTING, effect, cost, f"Those who act buy {100 * bought:.0f} % of the power's goods."
    )


def _option(question: Question, instrument: Instrument, effect: Range, cost: Range, note: str) -> Option:
    first, years = years_of(instrument)
    return Option(
        id=instrument.value,
        label=label_of(instrument, question.power.name),
        kind=OptionKind(instrument.value),
        partner=None,
        effect=effect,
        cost=cost,
        punishment=NONE,
        first_year=first,
        years=years,
        note=note,
    )


def _bought(question: Question) -> float:
    """Share of the power's exports of goods that the middle powers and the actor buy."""
    world, power = question.world, question.power.members
    blocs = {one.id: one.members for one in world.partnerships if one.id in MIDDLE_POWERS}
    acting = {code for name in MIDDLE_POWERS for code in blocs.get(name, (name,))} | set(question.actor.members)
    buyers = [code for code in world.codes if code in acting and code not in power]
    sold = world["trade_flow"].sel({EXPORTER: list(power), SECTOR: list(world.goods)}).sum((EXPORTER, SECTOR))
    abroad = [code for code in world.codes if code not in power]
    return float(sold.sel({IMPORTER: buyers}).sum() / sold.sel({IMPORTER: abroad}).sum())


def _ends(one: Range) -> tuple[float, float, float]:
    return one.low, one.central, one.high
