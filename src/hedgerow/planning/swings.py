"""What the power may do: swings of its trade policy, written as policies."""

from __future__ import annotations

import math
from dataclasses import dataclass

from hedgerow.planning.question import Question
from hedgerow.trade.policy import Embargo, Policy, TariffChange
from hedgerow.world.parties import bloc_of

CUT_OFF = "cut-off"
"""Id of the swing that ends all trade."""

MILD_TARIFF = 0.10
"""The smaller swing shown beside the one asked about."""


@dataclass(frozen=True)
class Swing:
    """One thing the power may do."""

    id: str
    label: str
    policy: Policy


def tariff_on(question: Question, targets: tuple[str, ...], rate: float) -> Policy:
    """The power adds ``rate`` to its tariff on all goods from ``targets``."""
    goods = question.world.goods
    return Policy((TariffChange(exporters=targets, importers=question.power.members, sectors=goods, add=rate),))


def retaliation_in_kind(question: Question, rate: float) -> Policy:
    """The actor, or the bloc that sets its tariff, adds the same rate on all goods from the power."""
    side, power, goods = question.signatory.members, question.power.members, question.world.goods
    return Policy((TariffChange(exporters=power, importers=side, sectors=goods, add=rate),))


def headline(question: Question) -> Swing:
    """The swing that was asked about: the power's tariff on the actor alone, answered in kind if so asked."""
    return _on_actor(question, question.tariff)


def swings(question: Question) -> tuple[Swing, ...]:
    """The swings of a brief: tariffs on the actor alone, on its bloc, on everyone, and the end of all trade."""
    actor, power = question.actor, question.power
    mild = () if math.isclose(question.tariff, MILD_TARIFF, rel_tol=1e-3) else (MILD_TARIFF,)
    rates = sorted((*mild, question.tariff))
    others = tuple(code for code in question.world.codes if code not in power.members)
    union = bloc_of(question.world, actor.code)
    answer = ", answered in kind" if question.retaliation else ""
    found = [_on_actor(question, rate) for rate in rates]
    if union is not None:
        label = f"{percent(question.tariff)} on the {union.name}{answer}"
        found.append(Swing("bloc", label, _answered(question, union.members, question.tariff)))
    found += [
        Swing(f"everyone-{rate!r}", f"{percent(rate)} on everyone{answer}", _answered(question, others, rate))
        for rate in rates
    ]
    found.append(
        Swing(
            CUT_OFF,
            "All trade cut off, both ways",
            Policy(
                (
                    Embargo(exporters=actor.members, importers=power.members),
                    Embargo(exporters=power.members, importers=actor.members),
                )
            ),
        )
    )
    return tuple(found)


def percent(rate: float) -> str:
    """A rate as people write it: 0.25 is ``25%``."""
    return f"{100 * rate:.15g}%"


def _on_actor(question: Question, rate: float) -> Swing:
    answer = ", answered in kind" if question.retaliation else ""
    label = f"{percent(rate)} on {question.actor.name} alone{answer}"
    return Swing(f"alone-{rate!r}", label, _answered(question, question.actor.members, rate))


def _answered(question: Question, targets: tuple[str, ...], rate: float) -> Policy:
    policy = tariff_on(question, targets, rate)
    return policy + retaliation_in_kind(question, rate) if question.retaliation else policy
