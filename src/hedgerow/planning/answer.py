"""Everything a brief needs, computed in one go, and the half of it that is about exposure."""

from __future__ import annotations

from dataclasses import dataclass

from hedgerow.planning import deals, exposure, history, partnerships, policies_abroad, published
from hedgerow.planning.deals import DealResult
from hedgerow.planning.effects import Progress, SolverRecord
from hedgerow.planning.exposure import Exposure
from hedgerow.planning.history import History
from hedgerow.planning.partnerships import Partnerships
from hedgerow.planning.policies_abroad import PoliciesAbroad
from hedgerow.planning.published import Comparison
from hedgerow.planning.question import Question
from hedgerow.planning.standing import Standing, standing
from hedgerow.planning.uncertainty.answer import Uncertainty
from hedgerow.world.world import World


@dataclass(frozen=True)
class Exposed:
    """The parts of an answer about exposure alone."""

    question: Question
    exposure: Exposure
    abroad: PoliciesAbroad
    record: SolverRecord


@dataclass(frozen=True)
class Answer:
    """The parts of a brief."""

    question: Question
    exposure: Exposure
    partnerships: Partnerships
    abroad: PoliciesAbroad
    history: History | None
    """None for a power whose dated schedule is not at hand."""
    published: tuple[Comparison, ...]
    """Empty for a power nobody has published comparable numbers on."""
    deals: tuple[DealResult, ...]
    """Every deal of the list, for each party that has accounts in this world."""
    standing: Standing | None
    """None for an actor without a year of recorded trade and GDP."""
    record: SolverRecord
    uncertainty: Uncertainty | None = None
    """None where no draws were asked for."""


def exposed(question: Question, *, detail: World | None = None, progress: Progress | None = None) -> Exposed:
    """Solve every counterfactual about exposure.

    Args and errors are those of :func:`answer`.
    """
    found = exposure.exposure(question, detail=detail, progress=progress)
    abroad = policies_abroad.policies_abroad(question, progress=progress)
    return Exposed(question, found, abroad, found.record + abroad.record)


def answer(question: Question, *, detail: World | None = None, progress: Progress | None = None) -> Answer:
    """Solve every counterfactual of a brief.

    Args:
        question: who is exposed to whom.
        detail: the same world with finer sectors, for the sensitivity to them.
        progress: called with the number of solves done since the last call.

    Raises:
        SolveError: a counterfactual has no answer; no number is returned.
    """
    first = exposed(question, detail=detail, progress=progress)
    helped = partnerships.partnerships(question, progress=progress)
    past = history.swings_that_happened(question, progress)
    dealt, solved = deals.deal_results(question, progress=progress)
    record = first.record + helped.record + solved
    compared: tuple[Comparison, ...] = ()
    if past is not None:
        record += past.record
    if published.applies(question):
        compared, solved = published.published_estimates(question.world, progress=progress)
        record += solved
    return Answer(question, first.exposure, helped, first.abroad, past, compared, dealt, standing(question), record)


def count_of_exposed(question: Question, *, detail: World | None = None) -> int:
    """How many counterfactuals :func:`exposed` solves."""
    return exposure.count_of_solves(question, detail=detail) + policies_abroad.count_of_solves(question)


def count_of_solves(question: Question, *, detail: World | None = None) -> int:
    """How many counterfactuals :func:`answer` solves."""
    return (
        count_of_exposed(question, detail=detail)
        + partnerships.count_of_solves(question)
        + deals.count_of_solves(question)
        + history.count_of_solves(question)
        + (published.SOLVES if published.applies(question) else 0)
    )
