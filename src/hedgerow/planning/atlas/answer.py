"""The sensitivity atlas: for one country or for all, in which corners of the unknown hedging pays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from hedgerow.compute import Work
from hedgerow.planning.atlas.bundles import Bundle, bundles, income_of, pairs_of
from hedgerow.planning.atlas.grid import CHANCES, MIDDLE, SEVERITIES
from hedgerow.planning.atlas.surface import Surface, break_even_cost, break_even_severity, surface
from hedgerow.planning.effects import SolverRecord
from hedgerow.planning.hypotheses import central
from hedgerow.planning.links import policy_of
from hedgerow.planning.portfolio.sureness import main_effects
from hedgerow.planning.question import Question, ask
from hedgerow.planning.swings import headline
from hedgerow.trade.batch import Batch
from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.equilibrium import Equilibrium, solve_many
from hedgerow.trade.policy import Policy
from hedgerow.world.parties import Party, party
from hedgerow.world.world import World

__all__ = ["Atlas", "Corner", "Decides", "atlas", "count_of_solves", "questions_of"]

PLACES = (0.0, 0.5, 1.0)
AVERSIONS = (1.0, 2.0, 4.0)


@dataclass(frozen=True, eq=False)
class Corner:
    """One country's surface."""

    question: Question
    bundle: Bundle
    surface: Surface
    cost: tuple[float, float, float]
    """Of the bundle at the low end, the centre and the high end of its range, share of income a year."""

    def at(self, values: Array, chance: float = MIDDLE, severity: float = MIDDLE) -> float:
        """A break-even cost at one chance and one severity of the grid."""
        return float(values[CHANCES.index(chance), SEVERITIES.index(severity)])

    @property
    def area(self) -> float:
        """Part of the grid in which insurance alone is worth the central cost."""
        return float(self.surface.pays(self.cost[1], whole=False).mean())

    @property
    def severity(self) -> float | None:
        """From which insurance alone is worth the central cost at the middle chance; None where it cannot be told."""
        return break_even_severity(SEVERITIES, self.surface.insurance[CHANCES.index(MIDDLE)], self.cost[1])

    @property
    def chance(self) -> float | None:
        """The least chance of the grid from which insurance alone is worth the central cost at the middle severity."""
        pays = self.surface.insurance[:, SEVERITIES.index(MIDDLE)] > self.cost[1]
        return CHANCES[int(pays.argmax())] if pays.any() and pays[int(pays.argmax()) :].all() else None


@dataclass(frozen=True, eq=False)
class Decides:
    """What the net worth of the bundle hangs on: every combination of chance, severity, cost, effect and aversion."""

    factors: tuple[str, ...]
    levels: tuple[tuple[str, ...], ...]
    whole: Array
    """One axis a factor: break-even cost less cost."""
    insurance: Array

    def shares(self, values: Array) -> dict[str, float]:
        """Part of the variance that each factor explains alone, and what is left to combinations."""
        found = main_effects(values)
        return dict(zip((*self.factors, "together"), (*found, 1 - found.sum()), strict=True))


@dataclass(frozen=True, eq=False)
class Atlas:
    """Surfaces of some countries, in the order asked for."""

    world: World
    power: Party
    corners: tuple[Corner, ...]
    decides: Decides | None
    """For a single country."""
    record: SolverRecord


def questions_of(world: World, power: str) -> tuple[Question, ...]:
    """A question for every named economy that is not in the power.

    Raises:
        UnknownNameError: a power that nobody knows; RequestError: one that sets no tariff of its own.
    """
    strong = party(world, power, field="--power")
    return tuple(ask(world, one.iso3, power) for one in world.actors if one.named and one.iso3 not in strong.members)


def count_of_solves(questions: Sequence[Question]) -> int:
    """How many equilibria :func:`atlas` solves: agreements of each signatory, then the surfaces."""
    pairs = pairs_of(questions[0].world, questions[0].power, _signatories(questions))
    more = len(PLACES) * (1 + len(SEVERITIES)) if len(questions) == 1 else 0
    return len(pairs) + len(questions) * (2 * len(SEVERITIES) + 1) + more


def _signatories(questions: Sequence[Question]) -> tuple[Party, ...]:
    return tuple(dict.fromkeys(one.signatory for one in questions))


def atlas(questions: Sequence[Question], *, work: Work) -> Atlas:
    """Surfaces of the countries asked about; one power, one world.

    Args:
        questions: one a country.
        work: processes, a folder to resume from, progress.

    Raises:
        SolveError: a counterfactual has no answer; no number is returned.
    """
    world, power = questions[0].world, questions[0].power
    signatories = _signatories(questions)
    made, record = bundles(world, pairs_of(world, power, signatories), signatories, work)
    chosen = {one.signatory: one for one in made}
    economy = central(world).economy
    policies: list[Policy] = []
    for question in questions:
        signed = policy_of(economy, chosen[question.signatory].links)
        storms = [headline(replace(question, tariff=severity)).policy for severity in SEVERITIES]
        policies += [signed, *storms, *(signed + storm for storm in storms)]
    answers = _solved(economy, policies, work)
    each = 1 + 2 * len(SEVERITIES)
    corners = tuple(
        _corner(question, chosen[question.signatory], answers[k * each : (k + 1) * each])
        for k, question in enumerate(questions)
    )
    return Atlas(
        world=world,
        power=power,
        corners=corners,
        decides=_decides(corners[0], work) if len(corners) == 1 else None,
        record=record
        + SolverRecord(len(answers), max(one.residual for one in answers), max(one.iterations for one in answers)),
    )


def _solved(economy: Economy, policies: Sequence[Policy], work: Work) -> list[Equilibrium]:
    answers = solve_many(economy, policies, batch=Batch(processes=work.processes, cache=work.cache))
    if work.progress is not None:
        work.progress(len(answers))
    return answers


def _corner(question: Question, bundle: Bundle, answers: Sequence[Equilibrium]) -> Corner:
    income = np.array([income_of(one, question.actor) for one in answers])
    split = 1 + len(SEVERITIES)
    found = surface((0.0, float(income[0])), (income[1:split], income[split:]), chances=CHANCES, severities=SEVERITIES)
    return Corner(question, bundle, found, _cost(question, bundle))


def _cost(question: Question, bundle: Bundle) -> tuple[float, float, float]:
    """What the bundle costs the actor, as the signatory's share of income: a union pays together."""
    low, central_, high = (sum(one.cost(bundle.signatory, place) for one in bundle.links) for place in PLACES)
    return low, central_, high


def _decides(corner: Corner, work: Work) -> Decides:
    """The same bundle with its effects at the ends of their ranges, for one country."""
    question, bundle = corner.question, corner.bundle
    economy = central(question.world).economy
    storms = [headline(replace(question, tariff=severity)).policy for severity in SEVERITIES]
    policies = [
        signed + storm
        for signed in (policy_of(economy, bundle.links, place) for place in PLACES)
        for storm in (Policy(), *storms)
    ]
    answers = _solved(economy, policies, work)
    income = np.array([income_of(one, question.actor) for one in answers]).reshape(len(PLACES), -1)
    levels = CHANCES, SEVERITIES, corner.cost, PLACES, AVERSIONS
    whole, insurance = (np.empty([len(one) for one in levels]) for _ in range(2))
    cells = product(enumerate(CHANCES), enumerate(corner.cost), enumerate(income), enumerate(AVERSIONS))
    for (p, chance), (c, cost), (e, hedged), (a, aversion) in cells:
        calm, storm = (0.0, float(hedged[0])), (corner.surface.bare, hedged[1:])
        whole[p, :, c, e, a] = break_even_cost(calm, storm, chance, aversion) - cost
        deviations = storm[0], storm[1] - calm[1]
        insurance[p, :, c, e, a] = break_even_cost((0.0, 0.0), deviations, chance, aversion) - cost
    return Decides(
        ("chance", "severity", "cost", "effect", "risk aversion"),
        (
            tuple(f"{100 * p:g} %" for p in CHANCES),
            tuple(f"{100 * s:g} points" for s in SEVERITIES),
            ("low", "central", "high"),
            ("low", "central", "high"),
            tuple(f"{a:g}" for a in AVERSIONS),
        ),
        whole,
        insurance,
    )
