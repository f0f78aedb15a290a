"""Which options enter a plan: the ones named, or the most promising of all by exact static solves."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from hedgerow.errors import RequestError, UnknownNameError
from hedgerow.planning.effects import effect, solve_all
from hedgerow.planning.hypotheses import Hypothesis
from hedgerow.planning.portfolio.options import Option, OptionKind, options
from hedgerow.planning.portfolio.outside import instruments
from hedgerow.planning.question import Question
from hedgerow.planning.swings import headline
from hedgerow.world.parties import party

__all__ = ["MOST", "named", "promising"]

MOST = 12
"""Options of one plan: 4,096 bundles are ranked one by one."""
ALONE = (OptionKind.SUBSIDY, OptionKind.STOCKPILE)


def named(question: Question, written: Sequence[str]) -> tuple[Option, ...]:
    """The options with these ids or partners' names, in the order of the list of all.

    Raises:
        UnknownNameError: a name that fits no option; RequestError: more of them than a plan takes.
    """
    known = {option.id: option for option in (*options(question), *instruments(question))}
    wanted = [_id(question, word, known) for word in written]
    if len(set(wanted)) > MOST:
        raise RequestError(
            f"--options: {len(set(wanted))} options are more than the {MOST} whose bundles can be ranked one by one; "
            "drop some"
        )
    return tuple(option for option in known.values() if option.id in wanted)


def promising(question: Question, hypothesis: Hypothesis, *, most: int = MOST) -> tuple[Option, ...]:
    """What a country can do alone, and the agreements worth most: calm gain plus loss avoided under the headline.

    Exact static solves decide; leaving an agreement is never chosen here.

    Args:
        question: who acts against which power.
        hypothesis: the economy.
        most: how many options at most.
    """
    every = [option for option in options(question) if option.kind is not OptionKind.LEAVE]
    alone = [option for option in every if option.kind in ALONE]
    rest = [option for option in every if option.kind not in ALONE]
    storm, persons = headline(question).policy, question.world["population"]
    policies = {("", "storm"): storm}
    for option in rest:
        policy = option.policy(question, hypothesis.economy, option.effect.central)
        policies |= {(option.id, "calm"): policy, (option.id, "storm"): policy + storm}
    solved = solve_all(hypothesis, policies).equilibria

    def income(key: tuple[str, str]) -> float:
        return effect(solved[key], question.actor, persons).share

    worth = {o.id: income((o.id, "storm")) - income(("", "storm")) - o.cost.central for o in rest}
    kept = sorted(rest, key=lambda option: -worth[option.id])[: most - len(alone)]
    ids = {option.id for option in (*kept, *alone)}
    return tuple(option for option in every if option.id in ids)


def _id(question: Question, written: str, known: dict[str, Option]) -> str:
    """The id of the option that a person named."""
    for option in known:
        if option.casefold() == written.strip().casefold():
            return option
    try:
        code = party(question.world, written, field="--options").code
    except UnknownNameError:
        code = ""
    if code in known:
        return code
    close = difflib.get_close_matches(written, known, n=1, cutoff=0.6)
    hint = f"; did you mean {close[0]!r}" if close else ""
    raise UnknownNameError(
        f"--options: {written!r} is nothing that {question.actor.name} can do{hint}. "
        "Write partners as ISO-3 codes, blocs by id, subsidy, stockpile, binding, boosting, blunting where the power "
        "has promised protection, or leave:CODE"
    )
