"""Seeded draws: points of the unit cube, and the economy that each stands for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TypeVar

import numpy as np

from hedgerow.errors import HedgerowError
from hedgerow.planning.hypotheses import Hypothesis, blpn_factor, central
from hedgerow.planning.question import Question, ask
from hedgerow.planning.uncertainty.parameters import (
    CERTAIN,
    Group,
    Ranges,
    Spread,
    default_ranges,
    lognormal,
    triangular,
)
from hedgerow.planning.uncertainty.shares import Noise, calibrated_noise, noisy_base
from hedgerow.scenarios.agreements import TradeEffect
from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.horizon import LOWEST
from hedgerow.world.io import WORLDS, load

Value = TypeVar("Value")

SINGLE = (Group.LEVEL, Group.SERVICES, Group.SHARES, Group.AGREEMENTS, Group.DEFICITS, Group.WORLD)
"""Groups of one coordinate each; those of the sectors follow."""
_HEADLINE_WORLDS = ("composite-2023", "wiod-2011", "baci-2023")


@dataclass(frozen=True, eq=False)
class Case:
    """A question in one world, with everything that a draw needs there."""

    question: Question
    ranges: Ranges
    noise: Noise

    @cached_property
    def economy(self) -> Economy:
        """The central economy."""
        return central(self.question.world).economy

    @property
    def coordinates(self) -> int:
        """Length of a point."""
        return len(SINGLE) + len(self.question.world.sectors)


def case_of(question: Question, ranges: Ranges | None = None) -> Case:
    """A question with the ranges of its world; ``ranges`` replaces them."""
    economy = central(question.world).economy
    ranges = ranges or default_ranges(economy)
    noise = calibrated_noise(economy, question.world.id) if ranges.shares > 0 else Noise(0.0, 0.0, None)
    return Case(question, ranges, noise)


def blpn_case(question: Question) -> Case:
    """The central assumptions with goods elasticities at the level of Boehm, Levchenko and Pandalai-Nayar (2023)."""
    factor = blpn_factor(central(question.world).economy)
    return case_of(question, replace(CERTAIN, level=Spread(factor, factor, factor)))


def cases_of(question: Question) -> tuple[Case, ...]:
    """The question in its own world and in every other default world that has both sides."""
    found = [case_of(question)]
    own = next((entry.folder for entry in WORLDS if entry.id == question.world.id), None)
    for world_id in _HEADLINE_WORLDS if own is not None else ():
        if world_id == own:
            continue
        try:
            other = ask(
                load(world_id),
                question.actor.code,
                question.power.code,
                tariff=question.tariff,
                retaliation=question.retaliation,
            )
        except HedgerowError:
            continue  # this world lacks one of the two
        found.append(case_of(other))
    return tuple(found)


def points(count: int, coordinates: int, seed: int) -> Array:
    """[count, coordinates] scrambled Sobol' points of the open unit cube.

    Args:
        count: how many; whole powers of two fill the cube most evenly.
        coordinates: of each.
        seed: of the scrambling.
    """
    from scipy.stats import qmc  # takes a third of a second to load, and pages without draws need none of it

    power = max(0, int(np.ceil(np.log2(max(count, 1)))))
    cube = qmc.Sobol(coordinates, scramble=True, seed=seed).random_base2(power)[:count]
    return np.asarray(np.clip(cube, 1e-9, 1 - 1e-9))


def columns(group: Group, coordinates: int) -> slice:
    """Where a group's coordinates stand in a point."""
    if group is Group.SECTORS:
        return slice(len(SINGLE), coordinates)
    at = SINGLE.index(group)
    return slice(at, at + 1)


def drawn(case: Case, point: Array) -> Hypothesis:
    """The economy and the deficit rule of one point."""
    u = dict(zip(SINGLE, point, strict=False))
    rule = chosen(case.ranges.deficits, u[Group.DEFICITS])
    theta = _elasticities(case, u, point[len(SINGLE) :])
    base = _base(case, float(u[Group.SHARES]))
    return Hypothesis("draw", "One draw", case.question.world, replace(base, trade_elasticity=theta), rule)


def drawn_effect(case: Case, point: Array, effect: TradeEffect) -> float:
    """The trade effect of an agreement at one point."""
    return triangular(float(point[SINGLE.index(Group.AGREEMENTS)]), effect, case.ranges.agreements)


def chosen(values: tuple[Value, ...], u: float) -> Value:
    """One of several values with even odds."""
    return values[min(int(u * len(values)), len(values) - 1)]


def _elasticities(case: Case, u: dict[Group, float], sectors: Array) -> Array:
    """[J] goods move with the level and each with its own factor, services together; none below 0.2."""
    economy, ranges = case.economy, case.ranges
    own = np.array([lognormal(float(x), ranges.sectors) for x in sectors[: len(economy.sectors)]])
    goods = ranges.level.at(float(u[Group.LEVEL])) * own
    factor = np.where(economy.goods, goods, ranges.services.at(float(u[Group.SERVICES])))
    return np.asarray(np.maximum(factor * economy.trade_elasticity, np.minimum(LOWEST, economy.trade_elasticity)))


@lru_cache(maxsize=16)
def _base(case: Case, u: float) -> Economy:
    """The noisy base whose seed is the coordinate itself, so that a point says everything about its draw."""
    wide = case.ranges.shares
    noise = replace(case.noise, goods=wide * case.noise.goods, services=wide * case.noise.services)
    return noisy_base(case.economy, noise, seed=int(u * 2**53))
