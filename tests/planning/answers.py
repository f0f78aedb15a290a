"""Briefs of the embedded world, each computed once for all tests that look at it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from hedgerow.planning.exposure import Exposure, exposure
from hedgerow.planning.partnerships import Partnerships, partnerships
from hedgerow.planning.question import Question, ask
from hedgerow.reporting.brief import Brief
from hedgerow.reporting.compose import compose
from hedgerow.world.io import detail_of, load


@dataclass(frozen=True)
class Answered:
    """A question with both halves of its answer and the brief made of them."""

    question: Question
    exposed: Exposure
    helped: Partnerships
    brief: Brief


@cache
def answered(actor: str, power: str, *, with_detail: bool = False) -> Answered:
    """The answer for two parties of the default world, at the tariff of 25 %."""
    question = ask(load(), actor, power)
    exposed = exposure(question, detail=detail_of(question.world.id) if with_detail else None)
    helped = partnerships(question)
    command = f"hedgerow brief {question.actor.code} --power {question.power.code} --tariff 25% --world wiod-2011"
    return Answered(question, exposed, helped, compose(question, exposed, helped, command=command, version="0"))
