"""What a named government would choose: its best tariffs, a tariff war, the price of an ally's consent, courting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hedgerow.errors import RequestError
from hedgerow.planning.effects import Effect, Progress, effect
from hedgerow.planning.hypotheses import central
from hedgerow.trade.economy import Economy
from hedgerow.trade.optimal.alignment import Aligned, Motive, aligning_tariff
from hedgerow.trade.optimal.indifference import Indifference, Lever, Means, indifferent
from hedgerow.trade.optimal.instrument import Block, Detail, Instrument
from hedgerow.trade.optimal.nash import Nash, nash_tariffs
from hedgerow.trade.optimal.optimum import Optimum
from hedgerow.trade.optimal.response import optimal_tariffs
from hedgerow.trade.policy import DeficitRule, Embargo, Policy, TariffChange, positions
from hedgerow.trade.result import Equilibrium
from hedgerow.world.parties import Party, bloc_of, party, trade_parties
from hedgerow.world.world import World

__all__ = [
    "Ask",
    "Best",
    "Courting",
    "Persuasion",
    "Setting",
    "War",
    "best_tariffs",
    "courting",
    "effects_on_all",
    "persuasion",
    "rate_in_force",
    "tariff_war",
]


@dataclass(frozen=True)
class Setting:
    """Where tariffs are chosen, and how freely."""

    world: World
    detail: Detail = Detail.UNIFORM
    highest: float = 3.0
    """Largest rate anyone considers."""
    deficits: DeficitRule = DeficitRule.ZERO
    """Closed first by default. A fixed deficit is a transfer that a government could make dearer for its lenders by
    closing the border: with one sector the best American tariff would then be the highest of the range."""

    @property
    def economy(self) -> Economy:
        """Of the world, with its own elasticities."""
        return central(self.world).economy

    @property
    def background(self) -> Policy:
        """Nothing but the rule for deficits."""
        return Policy(deficits=self.deficits)


@dataclass(frozen=True)
class Best:
    """One setter's best tariffs while nobody answers."""

    setting: Setting
    setter: Party
    on: tuple[Party, ...]
    """Empty: everyone."""
    optimum: Optimum


@dataclass(frozen=True)
class War:
    """Several setters' tariffs against each other's."""

    setting: Setting
    players: tuple[Party, ...]
    nash: Nash
    alone: tuple[Optimum, ...]
    """What each would choose, and gain, if nobody else moved."""


@dataclass(frozen=True)
class Ask:
    """What a power asks of an ally, and with which means."""

    ally: str
    toward: str
    measure: float | None = None
    """Points of tariff that the ally would add on goods from ``toward``; None: all trade ends, both ways."""
    means: Means = Means.THREAT
    in_force: float = 0.0
    """Points that the power has added on the ally's goods beforehand; what a preference can be cut from."""


@dataclass(frozen=True)
class Persuasion:
    """What it takes for an ally to join a measure against a third country."""

    setting: Setting
    power: Party
    ally: Party
    toward: Party
    ask: Ask
    found: Indifference


@dataclass(frozen=True)
class Courting:
    """A tariff that also wins allies."""

    setting: Setting
    setter: Party
    targets: tuple[Party, ...]
    found: Aligned


def best_tariffs(setting: Setting, setter: str, on: Sequence[str] = (), *, progress: Progress | None = None) -> Best:
    """The tariffs that give a setter the highest real income if nobody answers.

    Args:
        setting: the world and the bounds.
        setter: an economy or a bloc that sets its own tariff.
        on: whom it may tax; everyone when empty.
        progress: told about every solve.

    Raises:
        UnknownNameError, RequestError: a name that fits nobody, a member of a bloc, or the setter itself.
        SolveError: no optimum was found.
    """
    one = _setter(setting.world, setter)
    taxed = tuple(party(setting.world, name, field="--on") for name in on)
    _refuse_overlap(one, taxed, "--on")
    instrument = _instrument(setting, one, tuple(code for other in taxed for code in other.members) or None)
    found = optimal_tariffs(setting.economy, instrument, background=setting.background, progress=progress)
    return Best(setting, one, taxed, found)


def tariff_war(setting: Setting, players: Sequence[str], *, progress: Progress | None = None) -> War:
    """Tariffs that are best responses to each other, and what each player would do alone.

    Raises:
        UnknownNameError, RequestError: a name that fits nobody, a member of a bloc, or a player twice.
        SolveError: a best response was not found.
    """
    sides = tuple(_setter(setting.world, name) for name in players)
    for k, side in enumerate(sides):
        _refuse_overlap(side, sides[k + 1 :], "--nash")
    instruments = [_instrument(setting, side, None) for side in sides]
    nash = nash_tariffs(setting.economy, instruments, background=setting.background, progress=progress)
    alone = tuple(
        optimal_tariffs(setting.economy, one, background=setting.background, progress=progress) for one in instruments
    )
    return War(setting, sides, nash, alone)


def persuasion(setting: Setting, power: str, ask: Ask, *, progress: Progress | None = None) -> Persuasion:
    """The tariff at which an ally would as soon join a measure as stay out.

    A member of a bloc may be asked to end its trade, but not to set a tariff of its own.

    Raises:
        UnknownNameError, RequestError: a name that fits nobody, or two that are the same.
        SolveError: an equilibrium on the way was not found.
    """
    world = setting.world
    one = _setter(world, power)
    named = party if ask.measure is None else _setter
    ally = named(world, ask.ally, field="--indifferent")
    third = party(world, ask.toward, field="--toward")
    _refuse_overlap(one, (ally,), "--indifferent")
    _refuse_overlap(one, (third,), "--toward")
    _refuse_overlap(ally, (third,), "--toward")
    background = setting.background
    if ask.in_force:
        background = background + _added(world, ally, one, ask.in_force)
    if ask.measure is None:
        measure = Policy(
            (
                Embargo(exporters=third.members, importers=ally.members),
                Embargo(exporters=ally.members, importers=third.members),
            )
        )
    else:
        measure = Policy((_added(world, third, ally, ask.measure),))
    lever = Lever(power=one.members, ally=ally.members, means=ask.means, highest=setting.highest)
    found = indifferent(setting.economy, lever, measure, background=background, progress=progress)
    return Persuasion(setting, one, ally, third, ask, found)


def courting(
    setting: Setting, setter: str, targets: Sequence[str], *, weight: float, progress: Progress | None = None
) -> Courting:
    """The uniform tariff on everyone that serves income and the alignment of the targets together.

    Raises:
        UnknownNameError, RequestError: a name that fits nobody, or the setter itself.
        SolveError: no optimum was found.
    """
    one = _setter(setting.world, setter)
    courted = tuple(party(setting.world, name, field="--courting") for name in targets)
    for k, other in enumerate(courted):
        _refuse_overlap(one, (other,), "--courting")
        _refuse_overlap(other, courted[k + 1 :], "--courting")
    motive = Motive(weight=weight, targets=tuple(other.members for other in courted))
    found = aligning_tariff(
        setting.economy, _instrument(setting, one, None), motive, background=setting.background, progress=progress
    )
    return Courting(setting, one, courted, found)


def effects_on_all(world: World, equilibrium: Equilibrium) -> tuple[tuple[Party, Effect], ...]:
    """What an equilibrium means for everyone who signs agreements, greatest gain first."""
    found = [(one, effect(equilibrium, one, world["population"])) for one in trade_parties(world)]
    return tuple(sorted(found, key=lambda pair: (-pair[1].share, pair[0].code)))


def rate_in_force(economy: Economy, setter: Sequence[str], block: Block) -> float:
    """The average tariff of a block at the base, weighted by border imports, a fraction."""
    index = np.ix_(
        positions("sector", block.sectors, economy.sectors),
        positions("importer", tuple(setter), economy.actors),
        positions("exporter", block.exporters, economy.actors),
    )
    bought = (economy.border_share * economy.expenditure[:, :, None])[index]
    return float((economy.tariff[index] * bought).sum() / bought.sum())


def _instrument(setting: Setting, setter: Party, exporters: tuple[str, ...] | None) -> Instrument:
    return Instrument(setter=setter.members, exporters=exporters, detail=setting.detail, highest=setting.highest)


def _setter(world: World, written: str, *, field: str = "setter") -> Party:
    one = party(world, written, field=field)
    union = bloc_of(world, one.code)
    if union is not None:
        raise RequestError(f"{field}: {one.name} sets no tariff of its own; ask about {union.code}")
    return one


def _refuse_overlap(one: Party, others: Sequence[Party], field: str) -> None:
    for other in others:
        if set(one.members) & set(other.members):
            raise RequestError(f"{field}: {other.name} and {one.name} are the same side; name two")


def _added(world: World, exporter: Party, importer: Party, points: float) -> TariffChange:
    return TariffChange(exporters=exporter.members, importers=importer.members, sectors=world.goods, add=points)
