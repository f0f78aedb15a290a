"""Which options enter a plan: the ones named, or the most promising of all by exact static solves."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hedgerow.errors import RequestError, UnknownNameError
from hedgerow.planning.effects import NOISE, effect, solve_all
from hedgerow.planning.hypotheses import Hypothesis
from hedgerow.planning.portfolio.options import Option, OptionKind, options
from hedgerow.planning.portfolio.outside import instruments
from hedgerow.planning.portfolio.sanctions import SanctionRow, sanctions_between
from hedgerow.planning.question import Question
from hedgerow.planning.swings import headline
from hedgerow.world.parties import Party, party

__all__ = ["LARGEST", "MOST", "Selection", "id_of", "named", "promising", "selected"]

MOST = 12
"""Options whose bundles are ranked one by one, 4,096 of them; beyond, an integer programme finds the best."""
LARGEST = 40
"""Options of one plan."""


def named(question: Question, written: Sequence[str]) -> tuple[Option, ...]:
    """The options with these ids or partners' names, in the order of the list of all.

    Raises:
        UnknownNameError: a name that fits no option; RequestError: more of them than a plan takes.
    """
    every = (*options(question), *instruments(question))
    wanted = [id_of(question, word, every, field="--options") for word in written]
    if len(set(wanted)) > LARGEST:
        raise RequestError(f"--options: {len(set(wanted))} options are more than the {LARGEST} of a plan; drop some")
    return tuple(option for option in every if option.id in wanted)


def promising(question: Question, hypothesis: Hypothesis, *, most: int = MOST) -> tuple[Option, ...]:
    """What :func:`selected` takes."""
    return selected(question, hypothesis, most=most).options


@dataclass(frozen=True)
class Selection:
    """What enters a plan, and whom it passes over."""

    options: tuple[Option, ...]
    sanctioned: tuple[tuple[Option, SanctionRow], ...] = ()
    """Agreements with a partner under sanctions, or one that has the actor under them."""
    unwilling: tuple[tuple[Option, float], ...] = ()
    """Agreements that are worth more to the actor than the last one taken, and what they cost the partner, as a
    fraction of its income in the long run."""


def selected(question: Question, hypothesis: Hypothesis, *, most: int = MOST) -> Selection:
    """What a country can do alone, and the agreements worth most: calm gain plus loss avoided under the headline.

    Exact static solves decide. Leaving an agreement is never chosen here, nor is an agreement across sanctions or one
    that costs the partner income in calm.

    Args:
        question: who acts against which power.
        hypothesis: the economy.
        most: how many options at most.
    """
    every = [option for option in options(question) if option.kind is not OptionKind.LEAVE]
    alone = [option for option in every if option.partner is None]
    between = {o.id: sanctions_between(question, o.partner) for o in every if o.partner is not None}
    rest = [option for option in every if option.partner is not None and between[option.id] is None]
    storm, persons = headline(question).policy, question.world["population"]
    policies = {("", "storm"): storm}
    for option in rest:
        policy = option.policy(question, hypothesis.economy, option.effect.central)
        policies |= {(option.id, "calm"): policy, (option.id, "storm"): policy + storm}
    solved = solve_all(hypothesis, policies).equilibria

    def income(key: tuple[str, str], who: Party) -> float:
        return effect(solved[key], who, persons).share

    worth = {o.id: income((o.id, "storm"), question.actor) - o.cost.central for o in rest}
    partner = {o.id: income((o.id, "calm"), o.partner) for o in rest if o.partner is not None}
    order = sorted(rest, key=lambda option: -worth[option.id])
    kept = [option for option in order if partner[option.id] >= -NOISE][: most - len(alone)]
    ids = {option.id for option in (*kept, *alone)}
    last = worth[kept[-1].id] if kept else -np.inf
    return Selection(
        tuple(option for option in every if option.id in ids),
        tuple((option, row) for option in every if (row := between.get(option.id)) is not None),
        tuple((o, partner[o.id]) for o in order if partner[o.id] < -NOISE and worth[o.id] > last),
    )


def id_of(question: Question, written: str, among: Sequence[Option], *, field: str) -> str:
    """The id of the option that a person named.

    Raises:
        UnknownNameError: it is none of these.
    """
    known = [option.id for option in among]
    for option in known:
        if option.casefold() == written.strip().casefold():
            return option
    try:
        code = party(question.world, written, field=field).code
    except UnknownNameError:
        code = ""
    if code in known:
        return code
    close = difflib.get_close_matches(written, known, n=1, cutoff=0.6)
    hint = f"; did you mean {close[0]!r}" if close else ""
    whose = f"nothing that {question.actor.name} can do" if field == "--options" else "none of the options of this plan"
    raise UnknownNameError(
        f"{field}: {written!r} is {whose}{hint}. Write partners as ISO-3 codes, blocs by id, subsidy, stockpile, "
        "binding, boosting, blunting where the power has promised protection, or leave:CODE"
    )
