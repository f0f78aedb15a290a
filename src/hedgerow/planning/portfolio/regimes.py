"""Regimes: named policies of a power, and what each means for tariffs in one world."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from hedgerow.errors import RequestError
from hedgerow.planning.portfolio.process import RegimeProcess
from hedgerow.planning.portfolio.sides import Sides
from hedgerow.planning.question import Question
from hedgerow.provenance import Status
from hedgerow.scenarios.announced import answers_in_kind
from hedgerow.scenarios.reach import Codes
from hedgerow.trade.policy import Policy, TariffChange

__all__ = ["VECTOR", "Outlook", "Points", "Regime", "Retaliation", "draws", "first_alike", "policies", "scaled"]

Array = npt.NDArray[np.float64]

VECTOR: Final = ("ally", "rival", "other", "reliability", "burden", "exclusivity", "public_good")
"""The numbers of a regime, in the order of the factors that scale them."""


@dataclass(frozen=True)
class Points:
    """What a power adds to its tariffs by side; 0.25 is 25 points."""

    ally: float = 0.0
    rival: float = 0.0
    other: float = 0.0


@dataclass(frozen=True)
class Regime:
    """A named policy of a power.

    Tariffs are what it does to trade. ``exclusivity`` enters the chance that it punishes an option, ``reliability``
    what blunting and binding are worth; ``burden`` and ``public_good`` enter no number of a plan.
    """

    id: str
    label: str
    tariff: Points = Points()
    """On all goods."""
    by_sector: Mapping[str, Points] = field(default_factory=dict)
    """In place of ``tariff`` on some goods sectors."""
    policy: Policy | None = None
    """The whole policy, in place of tariffs by side."""
    reliability: float = 1.0
    """Probability that it keeps a promise in a year."""
    burden: float = 0.0
    """Share of common costs that it asks partners to take over."""
    exclusivity: float = 0.0
    """How far it demands that partners have no others: 0 not at all, 1 fully."""
    public_good: float = 0.0
    """Share of common goods that it pays for."""
    status: Status = Status.ASSUMED
    note: str = ""


@dataclass(frozen=True, eq=False)
class Outlook:
    """What a power may do over the years: regimes, and chains that lead from one to another."""

    name: str
    regimes: tuple[Regime, ...]
    chains: tuple[RegimeProcess, ...]
    """Over the same regimes in the same order; the first is the default."""
    sides: Sides
    note: str
    sources: tuple[str, ...]

    def chain(self, name: str) -> RegimeProcess:
        """A chain by its name.

        Raises:
            RequestError: there is none.
        """
        for one in self.chains:
            if one.name == name:
                return one
        raise RequestError(f"--chain: {name!r} is none of {self.name}; it has {', '.join(c.name for c in self.chains)}")

    def planned_for(self, name: str | None) -> Outlook:
        """The same outlook with the chain of this name first; unchanged for None.

        Raises:
            RequestError: there is no such chain.
        """
        if name is None:
            return self
        first = self.chain(name)
        return replace(self, chains=(first, *(one for one in self.chains if one is not first)))


def first_alike(outlook: Outlook) -> npt.NDArray[np.int_]:
    """[R] position of the first regime that does the same to trade and asks for the same exclusivity.

    A change between regimes that differ in name only is no change, and nobody has to adapt to it.
    """
    does = [(one.tariff, dict(one.by_sector), one.policy, one.exclusivity) for one in outlook.regimes]
    return np.array([does.index(one) for one in does])


class Retaliation(StrEnum):
    """Who answers the power's tariffs in kind: the same points on the same sectors of the power's goods."""

    NONE = "none"
    ACTOR = "actor"
    """The actor, or the bloc that sets its tariff, at the rate that the actor is charged."""
    EVERYONE = "everyone"
    """Whoever is charged, at its own rate."""


def policies(outlook: Outlook, question: Question, *, retaliation: Retaliation) -> tuple[Policy, ...]:
    """What every regime changes, in the order of ``outlook.regimes``.

    Points come on top of the tariffs of the world. Only added points are answered: a rate that a scenario sets or
    bounds, a quota and an embargo are not.

    Args:
        outlook: its regimes are of the question's power and world.
        question: who acts, against which power.
        retaliation: who answers in kind.
    """
    found = []
    for regime in outlook.regimes:
        charged = _charged(regime, outlook.sides, question) if regime.policy is None else regime.policy
        found.append(replace(charged + _answers(charged, question, retaliation), label=regime.label))
    return tuple(found)


def scaled(outlook: Outlook, factors: Array) -> Outlook:
    """The same outlook with every number of every regime times its factor; shares stay at most 1.

    The policy of a regime that is given whole does not change, its other numbers do.

    Args:
        outlook: to scale.
        factors: [R, 7] in the order of ``VECTOR``.

    Raises:
        RequestError: factors of another shape, or a negative one.
    """
    wanted = (len(outlook.regimes), len(VECTOR))
    if factors.shape != wanted or not (factors >= 0).all():
        raise RequestError(f"factors: shape {factors.shape}, need {wanted} numbers of 0 or more")
    pairs = zip(outlook.regimes, factors, strict=True)
    return replace(outlook, regimes=tuple(_times(regime, *row) for regime, row in pairs))


def draws(outlook: Outlook, *, count: int, width: float, seed: int) -> tuple[Outlook, ...]:
    """Outlooks with every number drawn on its own from a Latin hypercube around what it is.

    McKay, Beckman and Conover (1979): each factor takes one value in each of ``count`` strips of equal width.

    Args:
        outlook: the centre.
        count: how many.
        width: 0.5 is half more and half less.
        seed: of the draw.

    Raises:
        RequestError: no draw, or a width that is no share.
    """
    if count < 1:
        raise RequestError(f"draws: {count} is no number of draws; give 1 or more")
    if not 0 <= width <= 1:
        raise RequestError(f"width: {width:g} must lie between 0 and 1; 0.5 is half more and half less")
    from scipy.stats import qmc  # takes a third of a second to load, and a quick plan needs none of it

    size = (len(outlook.regimes), len(VECTOR))
    unit = qmc.LatinHypercube(size[0] * size[1], seed=np.random.default_rng(seed)).random(count)
    return tuple(scaled(outlook, 1 + width * (2 * row.reshape(size) - 1)) for row in unit)


def _charged(regime: Regime, sides: Sides, question: Question) -> Policy:
    """Tariffs by side and sector; nothing where there are no points."""
    groups: dict[Points, list[str]] = {}
    for sector in question.world.goods:
        groups.setdefault(regime.by_sector.get(sector, regime.tariff), []).append(sector)
    parts = [
        TariffChange(exporters=who, importers=question.power.members, sectors=tuple(sectors), add=rate)
        for points, sectors in groups.items()
        for who, rate in _by_side(points, sides)
        if who and rate != 0
    ]
    return Policy(tuple(parts))


def _by_side(points: Points, sides: Sides) -> tuple[tuple[Codes, float], ...]:
    return (sides.ally, points.ally), (sides.rival, points.rival), (sides.other, points.other)


def _answers(charged: Policy, question: Question, retaliation: Retaliation) -> Policy:
    if retaliation is Retaliation.NONE:
        return Policy()
    power, actor = set(question.power.members), set(question.actor.members)
    raised = [
        part
        for part in charged.parts
        if isinstance(part, TariffChange)
        and (part.add or 0) > 0
        and power >= set(part.importers or question.world.codes)
    ]
    if retaliation is Retaliation.EVERYONE:
        return answers_in_kind(Policy(tuple(raised)))
    own = [
        replace(part, exporters=question.signatory.members) for part in raised if actor & set(part.exporters or actor)
    ]
    return answers_in_kind(Policy(tuple(own)))


def _times(regime: Regime, ally: float, rival: float, other: float, *shares: float) -> Regime:
    def points(was: Points) -> Points:
        return Points(was.ally * ally, was.rival * rival, was.other * other)

    of_shares = {
        name: min(1.0, getattr(regime, name) * factor) for name, factor in zip(VECTOR[3:], shares, strict=True)
    }
    by_sector = {sector: points(was) for sector, was in regime.by_sector.items()}
    return replace(regime, tariff=points(regime.tariff), by_sector=by_sector, **of_shares)
