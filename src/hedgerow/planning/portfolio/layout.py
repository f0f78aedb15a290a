"""From an outlook to nodes: which courses, which spells they need, and what is solved for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from hedgerow.planning.portfolio.cases import Case
from hedgerow.planning.portfolio.courses import Course
from hedgerow.planning.portfolio.limits import Limits
from hedgerow.planning.portfolio.nodes import Named, Nodes, Settings, additions_of
from hedgerow.planning.portfolio.options import Option, answer_tariff
from hedgerow.planning.portfolio.participation import Consent, consent_of
from hedgerow.planning.portfolio.process import Paths, RegimeProcess, sample_paths
from hedgerow.planning.portfolio.ranking import Horizon, Reading, Setting, course_of
from hedgerow.planning.portfolio.regimes import Outlook, Retaliation, first_alike, policies
from hedgerow.planning.question import Question
from hedgerow.planning.swings import tariff_on
from hedgerow.trade.dynamics_buyers import Buyers
from hedgerow.trade.economy import Economy

__all__ = ["Laid", "Request", "Solved", "for_good", "laid_out", "of_course", "settings_of", "spells_of"]


@dataclass(frozen=True)
class Request:
    """What a plan is asked for."""

    horizon: Horizon = field(default_factory=Horizon)
    paths: int = 500
    """Courses drawn."""
    seed: int = 20261125
    retaliation: Retaliation = Retaliation.NONE
    sure: bool = True
    """Whether to try every reading of the world, which takes three times as long."""
    limits: Limits = field(default_factory=Limits)
    paired: tuple[str, ...] | None = None
    """Ids of options whose pairs are solved; None for all. Pairs that are not are taken to add up."""


@dataclass(frozen=True, eq=False)
class Laid:
    """One chain's courses."""

    chain: RegimeProcess
    paths: Paths
    course: Course
    """Of the paths, the calm one last."""

    def setting(self, outlook: Outlook, horizon: Horizon, reading: Reading | None = None) -> Setting:
        """What turns values of nodes into utilities."""
        exclusivity = np.array([regime.exclusivity for regime in outlook.regimes])
        return Setting(horizon, self.paths.weight, exclusivity, reading or Reading())


@dataclass(frozen=True, eq=False)
class Solved:
    """The nodes of one chain under one reading of the world."""

    case: Case
    settings: Settings
    laid: Laid
    nodes: Nodes
    """Of the chain's course, in its order."""

    @property
    def economy(self) -> Economy:
        """In which they were solved."""
        return self.case.economy

    def consent(self, options: Sequence[Option], horizon: Horizon) -> Consent:
        """What options, in the order of the additions, bring the partners with whom they are made."""
        return consent_of(
            self.economy,
            options,
            self.nodes,
            course=self.laid.course,
            path_weight=self.laid.paths.weight,
            weights=horizon.weights,
        )


def laid_out(chain: RegimeProcess, outlook: Outlook, request: Request, *, ages: int) -> Laid:
    """Draw the courses of a chain and lay them out on nodes."""
    paths = sample_paths(chain, years=request.horizon.years, count=request.paths, seed=request.seed)
    return _laid(chain, outlook, paths, ages)


def for_good(chain: RegimeProcess, outlook: Outlook, request: Request, *, ages: int) -> Laid:
    """One course for each regime, on which it rules from the first year to the last."""
    count = len(chain.regimes)
    regime = np.repeat(np.arange(count)[:, None], request.horizon.years, axis=1)
    return _laid(chain.frozen(), outlook, Paths(regime, np.full(count, 1 / count)), ages)


def _laid(chain: RegimeProcess, outlook: Outlook, paths: Paths, ages: int) -> Laid:
    """Courses on nodes, regimes that do the same taken as one."""
    same = first_alike(outlook)
    merged = Paths(same[paths.regime], paths.weight)
    return Laid(chain, merged, course_of(merged, int(same[chain.calm_at]), ages))


def spells_of(laid: Iterable[Laid]) -> tuple[tuple[int, int], ...]:
    """Every spell of all chains, once."""
    return tuple(sorted({spell for one in laid for spell in one.course.spells}))


def of_course(nodes: Nodes, spells: Sequence[tuple[int, int]], course: Course) -> Nodes:
    """The nodes of one course, in its order."""
    places = [spells.index(spell) for spell in course.spells]
    return replace(nodes, log_income=nodes.log_income[places], unadapted=nodes.unadapted[places], spells=course.spells)


def settings_of(question: Question, case: Case, options: Sequence[Option], request: Request, *, ages: int) -> Settings:
    """What is solved under one reading of the world.

    What works outside of trade policy is not: its worth is read off the same nodes.
    """
    found = policies(case.outlook, question, retaliation=request.retaliation)
    regimes = tuple(Named(one.id, policy) for one, policy in zip(case.outlook.regimes, found, strict=True))
    solved = [option for option in options if option.solved]
    answer = tariff_on(question, question.actor.members, answer_tariff().central)
    wanted = request.paired
    paired = None if wanted is None else [k for k, option in enumerate(solved) if option.id in wanted]
    additions = additions_of(case.policies(question, solved), answer, paired)
    return Settings(Buyers(case.economy), regimes, additions, ages)
