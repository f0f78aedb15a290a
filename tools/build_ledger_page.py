"""Rewrite ``docs/ledger/cases.md``: what the shipped ledger says, beside the words of ``ledger_words.toml``.

Run after ``tools/build_ledger.py``; a test fails while the page and the ledger differ.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from hedgerow.ledger.book import Book
from hedgerow.ledger.index import items
from hedgerow.ledger.journal import shipped_ledger
from hedgerow.ledger.records import MemberKind, Outcome, Partnership, PartnershipKind
from hedgerow.ledger.scores import GoalScore, PartnershipScore, scores
from hedgerow.ledger.status import State
from tools.ledger_from_tables import DUE, FIRST, GUIDELINE, members_of, spending

TARGET = Path(__file__).parents[1] / "docs" / "ledger" / "cases.md"
WORDS = Path(__file__).with_name("ledger_words.toml")
ON = date(2026, 11, 25)
"""The day the page tells of: that on which the cases were recorded."""
NO_STATE = {
    MemberKind.SUBNATIONAL,
    MemberKind.FIRM,
    MemberKind.FOUNDATION,
    MemberKind.CIVIL_SOCIETY,
    MemberKind.RESEARCH,
}
"""Members that are neither states nor made of states."""
PER_ALLY = ("wales-", "hague-core-")
"""Goals of the NATO case that are told by year instead of one by one."""


def with_others(book: Book) -> list[Partnership]:
    """Partnerships that have firms, foundations, civil society, research or regions among their members."""
    return [p for _, p in book.items(Partnership) if any(member.kind in NO_STATE for member in p.members)]


def text() -> str:
    """The page."""
    book = Book.of(items(shipped_ledger()))
    found = {one.partnership.id: one for one in scores(book, ON)}
    words = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    deals = [one for one in found.values() if one.partnership.kind is PartnershipKind.TRADE_AGREEMENT]
    cases = [found[name] for name in words]
    outcomes = [outcome for _, outcome in book.items(Outcome)]
    return f"""\
# The cases of the ledger that ships

{len(cases)} partnerships and the {len(deals)} trade deals of the scenario library, with {len(outcomes)} outcomes;
{len(with_others(book))} have members that are no states. `hedgerow ledger show gavi` shows one with its evidence,
`hedgerow ledger status --as-of {ON}` all goals. How it is meant: [records](records.md). Beside it, the counts of
[288 climate initiatives](climate-initiatives.md).

Every number has its source in its entry. Sources are pages of the partnerships, of official bodies or of the press,
some of them in copies, as they could be read; none was compared with a treaty or an audited account. What could not be
sourced is left out, and the case says so. Written by `python tools/build_ledger_page.py` from the ledger of {ON}.

## What became of the promises

{_states(cases, deals)}

A goal is met or missed by what is reported, whoever reports it; how well that is proved is the other column. Where the
partnership alone says so, the evidence weighs nothing in the scores. What was *added* to what would have happened
anyway can be tested for {sum(one.tested for one in found.values())} goals only: a counterfactual and a share have to be
stated, and nearly nobody states them.

How complete the goals are, those of single allies apart, as far as this ledger has them:

{_completeness(cases, deals)}

{_chapters(cases, words)}
## Trade deals of the scenario library

Of {len(deals)} deals {sum(bool(one.goals) for one in deals)} have a goal with a number, by the words of a party. An
expectation of a ministry is entered as a goal because there is nothing else to hold a deal against. Where none is
shown, none was found in what could be searched; the texts of the agreements were not read for it.

{_deals(deals)}
"""


def _completeness(cases: Sequence[PartnershipScore], deals: Sequence[PartnershipScore]) -> str:
    smart = [goal.smart for one in [*cases, *deals] for goal in one.goals if not _per_ally(goal)]
    named = (
        ("measured what, and where", sum(s.specific for s in smart)),
        ("unit, baseline and target", sum(s.measurable for s in smart)),
        ("who answers for it", sum(s.assignable for s in smart)),
        ("something given for it", sum(s.realistic for s in smart)),
        ("deadline", sum(s.time_related for s in smart)),
        ("all five", sum(all(s.met) for s in smart)),
    )
    rows = "\n".join(f"| {what} | {count} of {len(smart)} |" for what, count in named)
    return f"| stated | goals |\n|---|---:|\n{rows}"


def _states(cases: Sequence[PartnershipScore], deals: Sequence[PartnershipScore]) -> str:
    goals = [goal for one in [*cases, *deals] for goal in one.goals]
    ours = [goal for goal in goals if not _per_ally(goal)]
    rows = "\n".join(
        f"| {state.value} | {_in(ours, state)} | {_in(goals, state) - _in(ours, state)} |" for state in State
    )
    return f"| state | goals | goals of single NATO allies |\n|---|---:|---:|\n{rows}"


def _in(goals: Sequence[GoalScore], state: State) -> int:
    return sum(goal.standing.state is state for goal in goals)


def _per_ally(goal: GoalScore) -> bool:
    return goal.standing.goal.id.startswith(PER_ALLY)


def _chapters(cases: Sequence[PartnershipScore], words: Mapping[str, Mapping[str, str]]) -> str:
    chapters = []
    for one in cases:
        said = words[one.partnership.id]
        parts = [
            f"## {one.partnership.title}",
            f"`{one.partnership.id}`. {said['reading']}",
            f"*Doubts.* {said['doubts']}",
            _goals(one),
            *([_by_year()] if one.partnership.id == "nato-spending" else []),
        ]
        chapters.append("\n\n".join(parts))
    return "\n\n".join(chapters) + "\n"


def _goals(one: PartnershipScore) -> str:
    rows = [_row(goal) for goal in one.goals if not _per_ally(goal)]
    head = "| goal | target | by | reported | evidence | state |\n|---|---|---|---|---|---|\n"
    return head + "\n".join(rows)


def _row(scored: GoalScore) -> str:
    goal, told = scored.standing.goal, scored.standing.telling
    target = "-" if goal.target is None else f"{goal.target:,g} {goal.unit}"
    value = f"{told.outcome.value:,g} ({told.outcome.date})" if told else "-"
    evidence = told.evidence.level.value if told else "-"
    return (
        f"| {goal.title} | {target} | {goal.deadline or '-'} | {value} | {evidence} | {scored.standing.state.value} |"
    )


def _by_year() -> str:
    shares = spending()
    rows = []
    for year in range(FIRST, DUE + 1):
        there = members_of(year)
        reached = [who for who in there if shares[who, year] >= GUIDELINE]
        rows.append(f"| {year} | {len(reached)} of {len(there)} | {', '.join(reached)} |")
    head = "| year | at 2% of GDP by SIPRI's count | who |\n|---|---|---|\n"
    return head + "\n".join(rows)


def _deals(deals: Sequence[PartnershipScore]) -> str:
    rows = []
    for one in deals:
        told = "; ".join(f"{g.standing.goal.title} ({g.standing.state.value})" for g in one.goals)
        rows.append(f"| {one.partnership.title} | {told or 'no measurable goal found'} |")
    return "| deal | goal |\n|---|---|\n" + "\n".join(rows)


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
