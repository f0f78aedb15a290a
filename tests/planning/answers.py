"""Briefs of the embedded worlds, each computed once for all tests that look at it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from hedgerow.planning.answer import Answer, answer
from hedgerow.planning.exposure import Exposure
from hedgerow.planning.partnerships import Partnerships
from hedgerow.planning.question import Question, ask
from hedgerow.reporting.brief import Brief
from hedgerow.reporting.compose import compose
from hedgerow.world.io import detail_of, load

WORLD = "wiod-2011"
"""An as-published world: laws are checked where no reconstruction can blur them."""


@dataclass(frozen=True)
class Answered:
    """An answer and the brief made of it."""

    answer: Answer
    brief: Brief

    @property
    def question(self) -> Question:
        return self.answer.question

    @property
    def exposed(self) -> Exposure:
        return self.answer.exposure

    @property
    def helped(self) -> Partnerships:
        return self.answer.partnerships


@cache
def answered(actor: str, power: str, *, with_detail: bool = False) -> Answered:
    """The answer for two parties, at the tariff of 25 %."""
    question = ask(load(WORLD), actor, power)
    found = answer(question, detail=detail_of(WORLD) if with_detail else None)
    command = f"hedgerow brief {question.actor.code} --power {question.power.code} --tariff 25% --world {WORLD}"
    return Answered(found, compose(found, command=command, version="0"))
