"""What is read off the nodes besides the ranking: partners, break-even points, whole solves, the audit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hedgerow.compute import Work
from hedgerow.planning.portfolio.bundles import log_income_of, utilities
from hedgerow.planning.portfolio.courses import courses, phased_utility
from hedgerow.planning.portfolio.exact import Audit, audit, solve_whole
from hedgerow.planning.portfolio.layout import Request, Solved
from hedgerow.planning.portfolio.nodes import Nodes
from hedgerow.planning.portfolio.options import Option
from hedgerow.planning.portfolio.participation import ROUNDING
from hedgerow.planning.portfolio.process import Paths
from hedgerow.planning.portfolio.ranking import Ranking, Reading, effects_of
from hedgerow.planning.portfolio.risk import surrogate
from hedgerow.planning.question import Question
from hedgerow.trade.economy import Economy
from hedgerow.world.parties import Party

__all__ = ["Partner", "audited", "partners_of", "place_of", "solved_whole"]

Array = npt.NDArray[np.float64]

AUDITED = 20
"""Courses that are solved year by year."""


@dataclass(frozen=True)
class Partner:
    """What an option does to the one with whom it is made. Log units, discounted mean over the horizon."""

    option: Option
    calm: float
    """If the storm never comes."""
    expected: float
    """Over all courses."""
    asked: bool
    """Whether it has to sign; nobody is asked before an agreement is left."""
    signs: float
    """Part of the bundles with this option in which it gains by it."""

    @property
    def agrees(self) -> bool:
        """Nobody signs what costs it income, in calm or on average."""
        return min(self.calm, self.expected) >= -ROUNDING


def partners_of(solved: Solved, ranking: Ranking, request: Request) -> tuple[Partner, ...]:
    """What each option made with somebody does to that party, by itself and within bundles.

    Args:
        solved: nodes of a chain.
        ranking: gives the options, in the order of the nodes' additions, and the bundles.
        request: gives the horizon.
    """
    options, bundles = ranking.options, ranking.bundles
    consent = solved.consent(options, request.horizon)
    gains = consent.gain(bundles) >= -ROUNDING
    return tuple(
        Partner(
            option,
            calm=float(consent.alone[k, 0]),
            expected=float(consent.alone[k, 1]),
            asked=bool(consent.asked[k]),
            signs=float(gains[bundles[:, k], k].mean()),
        )
        for k, option in enumerate(options)
        if option.partner is not None
    )


def place_of(ranking: Ranking, bundle: npt.NDArray[np.bool_]) -> int:
    """Where a bundle stands."""
    return int(np.flatnonzero((ranking.bundles == bundle).all(axis=1))[0])


def solved_whole(
    question: Question, solved: Solved, ranking: Ranking, places: Sequence[int], *, request: Request, work: Work
) -> tuple[Ranking, Nodes]:
    """Some bundles again, each solved with all its options at once.

    What the surrogate leaves out at a node is phased in with the slowest option of the bundle.

    Args:
        question: who plans.
        solved: nodes of the surrogate.
        ranking: by the surrogate.
        places: of the bundles in it.
        request: gives the horizon.
        work: processes, a folder to resume from, progress.

    Returns:
        The ranking of these bundles, and the nodes solved.
    """
    options, bundles = ranking.options, ranking.bundles[list(places)]
    solvable = [k for k, option in enumerate(options) if option.solved]
    held = [tuple(k for k in solvable if bundle[k]) for bundle in bundles]
    nodes = solve_whole(solved.settings, held, solved.laid.course.spells, work)
    exact = _income(solved.economy, question.actor, nodes)[:, 1:].swapaxes(0, 1)
    effects, _ = effects_of(question.actor, solved.economy, options, solved.nodes, Reading())
    acting = bundles & np.isin(np.arange(len(options)), solvable)
    missing = exact - surrogate(effects.empty, effects.single, effects.pair, acting)
    shares = np.array([option.share(request.horizon.years) for option in options])
    utility, calm = ranking.utility[:, list(places)].copy(), ranking.calm[list(places)].copy()
    for column, bundle in enumerate(bundles):
        slowest = shares[bundle].min(axis=0) if bundle.any() else np.zeros(request.horizon.years)
        extra = phased_utility(missing[column], solved.laid.course, slowest, request.horizon.weights)
        utility[:, column] += extra[:-1]
        calm[column] += extra[-1]
    return Ranking(options, bundles, utility, calm, ranking.weight, ranking.cost[list(places)]), nodes


def audited(question: Question, solved: Solved, ranking: Ranking, place: int, *, request: Request, work: Work) -> Audit:
    """Some courses year by year, with a bundle and with nothing, beside their shortcut.

    The likeliest courses of the draw are taken, so that the audit tells about what counts most.

    Args:
        question: who plans.
        solved: nodes of the surrogate.
        ranking: by the surrogate.
        place: of the bundle in it.
        request: gives the horizon.
        work: processes.
    """
    paths, options, horizon = solved.laid.paths, ranking.options, request.horizon
    taken = np.sort(np.argsort(-paths.weight, kind="stable")[:AUDITED])
    quiet = np.full((1, horizon.years), solved.laid.chain.calm_at)
    regime = np.concatenate([paths.regime[taken], quiet])
    acting = np.array([option.solved for option in options])
    bundles = ranking.bundles[[0, place]] & acting
    shares = np.array([option.share(horizon.years) for option in options])
    effects, _ = effects_of(question.actor, solved.economy, options, solved.nodes, Reading())
    course = courses(Paths(regime, np.full(len(regime), 1 / len(regime))), ages=horizon.ages)
    reordered = [solved.laid.course.spells.index(spell) for spell in course.spells]
    near = utilities(effects.taken(reordered), course, bundles, shares=shares, weights=horizon.weights)
    members = [solved.economy.actors.index(code) for code in question.actor.members]
    exact = [
        audit(solved.settings, regime, np.flatnonzero(held).tolist(), shares=shares, members=members, work=work)
        for held in bundles
    ]
    years = np.stack(exact, axis=-1)  # [course, year, 2]
    return Audit(years.swapaxes(1, 2) @ horizon.weights, near, years.size)


def _income(economy: Economy, party: Party, nodes: Nodes) -> Array:
    """[spell, B, age] log real income of a party."""
    at = [economy.actors.index(code) for code in party.members]
    return log_income_of(nodes.log_income[..., at], economy.income[at])
