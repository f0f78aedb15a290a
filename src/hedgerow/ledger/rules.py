"""What must hold of the records of a ledger: one rule a function, each of which tells every breach of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from hedgerow.ledger.book import Book, Item, Key
from hedgerow.ledger.records import (
    Attribution,
    Commitment,
    Direction,
    Goal,
    Kind,
    Level,
    MemberKind,
    Outcome,
    Partnership,
    Verification,
)
from hedgerow.written.lines import Path
from hedgerow.written.mistakes import suggestion

ROUNDING = 1e-9
"""Shares that were written with few decimals may add up to this much more than one."""


@dataclass(frozen=True)
class Breach:
    """One record that breaks a rule."""

    item: Item
    at: Path
    """The field, inside the record."""
    message: str


Rule = Callable[[Book], Iterator[Breach]]


def follows_what_is_there(book: Book) -> Iterator[Breach]:
    """Ids are new, corrections and withdrawals name what is there, and time does not run backwards."""
    for misfit in book.misfits:
        yield Breach(misfit.item, (misfit.key,), misfit.message)


def belongs_to_a_partnership(book: Book) -> Iterator[Breach]:
    """Every record belongs to a partnership of the ledger, and a partnership's id is the name of its folder."""
    for kind in book.current.values():
        for item in kind.values():
            if book.partnership(item.entry.partnership) is None:
                yield Breach(item, (), f"there is no partnership {item.entry.partnership!r}; enter it first")
    for item, partnership in book.items(Partnership):
        if partnership.id != item.entry.partnership:
            yield Breach(item, ("id",), f"stands among the entries of {item.entry.partnership!r}; give it that id")


def members_make_sense(book: Book) -> Iterator[Breach]:
    """Members that are no states have a name; spells run forwards, inside the partnership's time, one at a time."""
    for item, partnership in book.items(Partnership):
        spells: dict[str, list[tuple[date, date]]] = defaultdict(list)
        for at, member in enumerate(partnership.members):
            place = ("members", at)
            start, end = partnership.spell(member)
            if member.kind is not MemberKind.STATE and member.name is None:
                yield Breach(item, place, f"{member.id}: a member that is no state needs its name")
            if start < partnership.since:
                yield Breach(item, (*place, "joined"), f"{member.id} joined on {start}, before the partnership began")
            if end < start:
                yield Breach(item, (*place, "left"), f"{member.id} left on {end}, before it joined on {start}")
            spells[member.id].append((start, end))
        for name, known in spells.items():
            if any(later[0] <= earlier[1] for earlier, later in pairwise(sorted(known))):
                yield Breach(item, ("members",), f"{name} is listed twice for the same time; give one spell an end")


def names_a_known_goal(book: Book) -> Iterator[Breach]:
    """Commitments and outcomes name a goal of their partnership."""
    named = [(item, c.goal) for item, c in book.items(Commitment) if c.goal is not None]
    named += [(item, o.goal) for item, o in book.items(Outcome)]
    for item, goal in named:
        if book.goal(item.entry.partnership, goal) is None:
            known = [g.id for g in book.of_partnership(Goal, item.entry.partnership)]
            yield Breach(item, ("goal",), f"there is no goal {goal!r}{_known(goal, known)}")


def names_a_known_outcome(book: Book) -> Iterator[Breach]:
    """Verifications, attributions and ``same_as`` name an outcome of the ledger."""
    references = [(item, "outcome", v.outcome) for item, v in book.items(Verification)]
    references += [(item, "outcome", a.outcome) for item, a in book.items(Attribution)]
    references += [(item, "same_as", o.same_as) for item, o in book.items(Outcome) if o.same_as is not None]
    for item, key, reference in references:
        found = book.outcome(item.entry.partnership, reference)
        if found is None:
            known = [o.id for o in book.of_partnership(Outcome, item.entry.partnership)]
            yield Breach(item, (key,), f"there is no outcome {reference!r}{_known(reference, known)}")
        elif key == "same_as" and (found.same_as is not None or found is item.entry.record):
            yield Breach(item, (key,), f"{reference!r} is itself the same as another; name the first of them")


def names_a_known_member(book: Book) -> Iterator[Breach]:
    """Who commits, and who answers for a goal, is a member."""
    named: list[tuple[Item, Path, str]] = [(item, ("by",), c.by) for item, c in book.items(Commitment)]
    named += [(item, ("responsible", at), who) for item, g in book.items(Goal) for at, who in enumerate(g.responsible)]
    for item, place, who in named:
        partnership = book.partnership(item.entry.partnership)
        known = [m.id for m in partnership.members] if partnership else [who]
        if who not in known:
            yield Breach(item, place, f"{who!r} is no member of {item.entry.partnership}{_known(who, known)}")


def commits_while_a_member(book: Book) -> Iterator[Breach]:
    """A commitment is made on a day on which its giver is a member."""
    for item, commitment in book.items(Commitment):
        partnership = book.partnership(item.entry.partnership)
        spells = [partnership.spell(m) for m in partnership.members if m.id == commitment.by] if partnership else []
        if spells and not any(start <= commitment.date <= end for start, end in spells):
            said = " and ".join(f"from {start}" + (f" to {end}" if end < date.max else "") for start, end in spells)
            yield Breach(item, ("date",), f"{commitment.date}: {commitment.by} is a member {said}")


def numbers_have_units(book: Book) -> Iterator[Breach]:
    """A baseline, target or amount has a unit, and a target says what is measured."""
    for item, goal in book.items(Goal):
        given = "target" if goal.target is not None else "baseline" if goal.baseline is not None else None
        if given and goal.unit is None:
            value = goal.target if goal.target is not None else goal.baseline and goal.baseline.value
            yield Breach(item, (given,), f"{value:g} has no unit; add unit, such as per cent or million people")
        if given and goal.indicator is None:
            yield Breach(item, (given,), "nothing says what is measured; add indicator")
    for item, commitment in book.items(Commitment):
        if commitment.amount is not None and commitment.unit is None:
            yield Breach(item, ("amount",), f"{commitment.amount:g} has no unit; add unit, such as million USD")


def goals_run_forwards(book: Book) -> Iterator[Breach]:
    """Deadline and counterfactual lie after the baseline, and the target lies on its better side."""
    for item, goal in book.items(Goal):
        base, target = goal.baseline, goal.target
        if base is None:
            if goal.counterfactual is not None:
                yield Breach(item, ("counterfactual",), "has nothing to start from; add baseline")
            continue
        if goal.deadline is not None and goal.deadline <= base.date:
            yield Breach(item, ("deadline",), f"{goal.deadline} is not after the baseline, {base.date}; correct one")
        if goal.counterfactual is not None and goal.counterfactual.date <= base.date:
            said = f"{goal.counterfactual.date} is not after the baseline, {base.date}; correct one"
            yield Breach(item, ("counterfactual", "date"), said)
        if target is not None and (target - base.value) * (1 if goal.direction is Direction.UP else -1) < 0:
            said = f"{target:g} is worse than the baseline, {base.value:g}, when {goal.direction} is better"
            yield Breach(item, ("target",), f"{said}; correct direction, target or baseline")


def outcomes_follow_the_baseline(book: Book) -> Iterator[Breach]:
    """No outcome is older than the baseline of its goal."""
    for item, outcome in book.items(Outcome):
        goal = book.goal(item.entry.partnership, outcome.goal)
        if goal and goal.baseline and outcome.date < goal.baseline.date:
            yield Breach(item, ("date",), f"{outcome.date} is before the baseline of {goal.id}, {goal.baseline.date}")


def bounds_hold_their_value(book: Book) -> Iterator[Breach]:
    """A value lies between its low and its high bound."""
    bounded: list[tuple[Item, Path, float, float | None, float | None]]
    bounded = [(item, ("value",), o.value, o.low, o.high) for item, o in book.items(Outcome)]
    bounded += [(item, ("share",), a.share, a.low, a.high) for item, a in book.items(Attribution)]
    bounded += [
        (item, ("counterfactual", "value"), c.value, c.low, c.high)
        for item, g in book.items(Goal)
        if (c := g.counterfactual)
    ]
    for item, place, value, low, high in bounded:
        if (low is not None and low > value) or (high is not None and high < value):
            yield Breach(item, place, f"{value:g} lies outside its own bounds, {low} to {high}")


def nothing_is_attributed_twice(book: Book) -> Iterator[Breach]:
    """The central shares of a fact add up to no more than one, over all partnerships; each states one share of it."""
    claims: dict[Key, list[tuple[Item, Attribution]]] = defaultdict(list)
    for item, attribution in book.items(Attribution):
        claims[book.fact(item.entry.partnership, attribution.outcome)].append((item, attribution))
    for fact, known in claims.items():
        total, claimants = 0.0, set()
        for item, attribution in known:
            total += attribution.share
            if item.entry.partnership in claimants:
                yield Breach(item, ("outcome",), f"{item.entry.partnership} has a share of {'/'.join(fact)} already")
            claimants.add(item.entry.partnership)
            if total > 1 + ROUNDING:
                said = f"{attribution.share:.0%} brings what is attributed of {'/'.join(fact)} to {total:.0%}"
                yield Breach(item, ("share",), f"{said}; all shares of it may add up to 100%, lower this one or others")


def verifiers_are_others(book: Book) -> Iterator[Breach]:
    """The partnership and its members measure nothing independently, and do not audit what they report themselves."""
    for item, verification in book.items(Verification):
        outcome = book.outcome(item.entry.partnership, verification.outcome)
        partnership = book.partnership(item.entry.partnership)
        if outcome is None or partnership is None or verification.level is Level.CLAIMED:
            continue
        if not _is_inside(verification.by, partnership):
            continue
        if verification.level is not Level.AUDITED:
            yield Breach(item, ("by",), f"{verification.by!r} is part of it and not independent; that is level audited")
        elif verification.by.casefold() == outcome.reported_by.casefold():
            yield Breach(item, ("by",), f"{verification.by!r} reported the outcome itself; that is level claimed")


def counterfactual_needs_one(book: Book) -> Iterator[Breach]:
    """The level counterfactual is for goals that state a counterfactual."""
    for item, verification in book.items(Verification):
        outcome = book.outcome(item.entry.partnership, verification.outcome)
        goal = book.goal(item.entry.partnership, outcome.goal) if outcome else None
        if verification.level is Level.COUNTERFACTUAL and goal and goal.counterfactual is None:
            yield Breach(item, ("level",), f"goal {goal.id!r} states no counterfactual; correct the goal, or the level")


def nothing_comes_from_the_future(book: Book) -> Iterator[Breach]:
    """Outcomes, verdicts, commitments and shares are of days up to the one they were recorded on, in that order."""
    dated = [
        *((item, record.date) for item, record in book.items(Commitment)),
        *((item, record.date) for item, record in book.items(Outcome)),
        *((item, record.date) for item, record in book.items(Verification)),
        *((item, record.date) for item, record in book.items(Attribution)),
    ]
    for item, day in dated:
        if day > item.entry.recorded.date():
            yield Breach(item, ("date",), f"{day} is after {item.entry.recorded.date()}, when it was recorded")
    for item, verification in book.items(Verification):
        outcome = book.outcome(item.entry.partnership, verification.outcome)
        told = book.current[Kind.OUTCOME].get((item.entry.partnership, verification.outcome))
        if outcome and verification.date < outcome.date:
            yield Breach(item, ("date",), f"{verification.date} is before the outcome's own day, {outcome.date}")
        if told and told.entry.replaces is None and item.entry.number < told.entry.number:
            yield Breach(item, ("outcome",), f"{verification.outcome!r} is entered later; nobody can verify it before")


RULES: tuple[Rule, ...] = (
    follows_what_is_there,
    belongs_to_a_partnership,
    members_make_sense,
    names_a_known_goal,
    names_a_known_outcome,
    names_a_known_member,
    commits_while_a_member,
    numbers_have_units,
    goals_run_forwards,
    outcomes_follow_the_baseline,
    bounds_hold_their_value,
    nothing_is_attributed_twice,
    verifiers_are_others,
    counterfactual_needs_one,
    nothing_comes_from_the_future,
)
"""All of them; the order does not matter."""


def _is_inside(who: str, partnership: Partnership) -> bool:
    """Whether a name is that of a member, or holds that of the partnership, as its secretariat's does."""
    name = who.casefold()
    ours = {partnership.id, partnership.title.casefold()}
    theirs = {known.casefold() for m in partnership.members for known in (m.id, m.label)}
    return name in theirs or any(part in name for part in ours)


def _known(word: str, known: list[str]) -> str:
    """What a person may have meant."""
    if hint := suggestion(word, known):
        return hint
    return f"; there are {', '.join(sorted(set(known)))}" if known else "; there is none yet"
