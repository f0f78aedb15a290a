"""Answers of ``hedgerow ledger``: the list, where goals stand, scores, and the page of one partnership."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from hedgerow.errors import UnknownNameError
from hedgerow.ledger.additions import Added
from hedgerow.ledger.book import Book, Item
from hedgerow.ledger.chains import Problem
from hedgerow.ledger.checks import check
from hedgerow.ledger.index import items
from hedgerow.ledger.journal import file_names, partnerships, shipped_ledger
from hedgerow.ledger.records import MemberKind, Partnership, Source
from hedgerow.ledger.scores import PartnershipScore, scores
from hedgerow.ledger.status import State
from hedgerow.reporting.brief import Figure, Passage, SourceNote, Table
from hedgerow.reporting.charts_text import written
from hedgerow.reporting.ledger import tables as tables
from hedgerow.reporting.ledger.report import AddedReport, CheckReport, EntryNote, LedgerReport, ProblemNote
from hedgerow.written.mistakes import suggestion

LIMITS = Passage(
    title="What these numbers are, and are not",
    paragraphs=(
        "Facts stand as their sources have them; whoever reports a fact is named beside it, and nothing counts as "
        "proved because it was said twice. The weights of evidence (claimed 0, audited 0.5, independent 0.8, "
        "counterfactual 1), the straight line to the target and the equations are ours.",
        "What the ledger does not hold is not zero: a goal without a stated counterfactual, or without the "
        "partnership's share, has no score. The procedural index and the completeness of goals are never averaged "
        "with outcomes.",
        "The hash chain shows that nothing was changed after it was entered. It does not show that it was true, nor "
        "that the last entries are still there: keep the hash of the last entry somewhere else.",
    ),
)


@dataclass(frozen=True)
class Asked:
    """What was asked of which ledger."""

    ledger: Path | None
    """None for the one that ships."""
    partnership: str | None
    """None for all."""
    on: date
    command: str

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self.ledger or shipped_ledger()

    @property
    def shown(self) -> str:
        """How people call it."""
        return "shipped" if self.ledger is None else str(self.ledger)


@dataclass(frozen=True)
class _Read:
    """A ledger as it was read, and what was asked for."""

    items: list[Item]
    book: Book
    found: list[PartnershipScore]


def compose_list(asked: Asked) -> LedgerReport:
    """All partnerships.

    Raises:
        RequestError: there is no such ledger.
        DataError: it is damaged.
    """
    read = _read(asked)
    return _report(
        asked, read, "Partnerships and their goals", (tables.partnerships_table(read.found, asked.on, asked.command),)
    )


def compose_status(asked: Asked) -> LedgerReport:
    """Where every goal stands; raises as :func:`compose_list`, and UnknownNameError for a partnership nobody knows."""
    read = _read(asked)
    standings = [goal.standing for one in read.found for goal in one.goals]
    title = f"Where the goals stand on {asked.on}"
    return _report(asked, read, title, (tables.status_table(standings, asked.command),))


def compose_score(asked: Asked) -> LedgerReport:
    """Scores of partnerships and goals; raises as :func:`compose_status`."""
    read = _read(asked)
    made = (tables.scores_table(read.found, asked.command), tables.goal_scores_table(read.found, asked.command))
    return _report(asked, read, f"Scores on {asked.on}", made)


def compose_page(asked: Asked) -> LedgerReport:
    """Everything about one partnership; raises as :func:`compose_status`."""
    read = _read(asked)
    (one,) = read.found
    p, command = one.partnership, asked.command
    standings = [goal.standing for goal in one.goals]
    mine = [item for item in read.items if item.entry.partnership == p.id]
    problems = [problem for problem in check(asked.folder) if problem.file.startswith(f"{p.id}/")]
    progress = tables.progress_table(standings, command)
    made: tuple[Table, ...] = (
        progress,
        tables.members_table(p, asked.on, command),
        tables.status_table(standings, command),
        tables.evidence_table(read.book, p.id, command),
        tables.commitments_table(read.book, p.id, command),
        tables.scores_table(read.found, command),
        tables.goal_scores_table(read.found, command),
        tables.checks_table(problems, command),
        tables.journal_table(mine, command),
    )
    report = _report(asked, read, p.title, tuple(table for table in made if table.rows or table.id == "checks"))
    figures = (_figure(progress, one),) if tables.drawn(progress) else ()
    lines = (_who(p, asked.on), *report.bottom_line, _whole(problems))
    current = [
        item for known in read.book.current.values() for item in known.values() if item.entry.partnership == p.id
    ]
    sources, method = _sources(current), (*_notes(current), LIMITS)
    return report.model_copy(update={"figures": figures, "bottom_line": lines, "sources": sources, "method": method})


def compose_check(ledger: Path | None) -> CheckReport:
    """Whether a ledger is whole, read from its files.

    Raises:
        RequestError: there is no such ledger.
    """
    folder = ledger or shipped_ledger()
    problems = check(folder)
    return CheckReport(
        ledger="shipped" if ledger is None else str(ledger),
        entries=sum(len(file_names(folder / name)) for name in partnerships(folder)),
        whole=all(problem.harmless for problem in problems),
        problems=tuple(
            ProblemNote(file=p.file, line=p.line, rule=p.rule, message=p.message, harmless=p.harmless) for p in problems
        ),
    )


def compose_added(added: Added, ledger: Path) -> AddedReport:
    """What came of an addition."""
    notes = [
        EntryNote(file=e.file, sha256=e.sha256, type=e.entry.record.type.value, id=e.entry.record.id)
        for e in added.entries
    ]
    return AddedReport(ledger=str(ledger), entries=tuple(notes), unchanged=added.unchanged)


def _read(asked: Asked) -> _Read:
    held = items(asked.folder)
    book = Book.of(held)
    found = sorted(scores(book, asked.on), key=lambda one: one.partnership.id)
    if asked.partnership is not None:
        known = [one.partnership.id for one in found]
        if asked.partnership not in known:
            hint = suggestion(asked.partnership, known) or "; `hedgerow ledger list` shows them"
            raise UnknownNameError(f"PARTNERSHIP: {asked.partnership!r} is not in the ledger on {asked.on}{hint}")
        found = [one for one in found if one.partnership.id == asked.partnership]
    return _Read(held, book, found)


def _report(asked: Asked, read: _Read, title: str, made: tuple[Table, ...]) -> LedgerReport:
    wanted = {one.partnership.id for one in read.found}
    return LedgerReport(
        version=version("hedgerow"),
        command=asked.command,
        title=title,
        ledger=asked.shown,
        heads={item.entry.partnership: item.sha256 for item in read.items if item.entry.partnership in wanted},
        as_of=str(asked.on),
        bottom_line=(_kept(read.found), _proved(read.found)),
        tables=made,
        sources=(),
    )


def _kept(found: Iterable[PartnershipScore]) -> str:
    """How many goals stand where."""
    counts = Counter(goal.standing.state for one in found for goal in one.goals)
    if not counts:
        return "No goal is entered."
    parts = ", ".join(f"{counts[state]} {state.value}" for state in State if counts[state])
    return f"{_plural(counts.total(), 'goal')}: {parts}."


def _proved(found: Iterable[PartnershipScore]) -> str:
    """How much of it is confirmed, and what was added."""
    goals = [goal for one in found for goal in one.goals]
    reported = [goal.scored for goal in goals if goal.scored is not None]
    proved = sum(one.evidence.weight > 0 for one in reported)
    tested = [one for one in goals if one.contribution is not None]
    told = f"{_plural(len(reported), 'goal')} with a report, {proved} of them confirmed by somebody else."
    if not tested:
        lacking = "no goal has all of report, counterfactual and share"
        return f"{told} What was added is not testable with the data at hand: {lacking}."
    return f"{told} What was added can be tested for {_plural(len(tested), 'goal')}."


def _who(p: Partnership, on: date) -> str:
    members = p.members_on(on)
    states = sum(m.kind is MemberKind.STATE for m in members)
    others = f" and {_plural(len(members) - states, 'other member')}" if len(members) > states else ""
    some = "" if p.members_complete else ", as far as they are listed"
    return f"A partnership on {p.issue} since {p.since}: {_plural(states, 'state')}{others}{some}."


def _whole(problems: list[Problem]) -> str:
    harmful = sum(not problem.harmless for problem in problems)
    return f"The checks find {_plural(harmful, 'problem')}." if harmful else "The checks find nothing wrong."


def _figure(progress: Table, one: PartnershipScore) -> Figure:
    """The picture, and the same in words."""
    shown, labels = tables.drawn(progress), tables.labels([goal.standing for goal in one.goals])
    said = [f"Panels, one a goal, for {len(shown)} of {len(labels)}; the table has all of them."]
    for standing in (goal.standing for goal in one.goals if labels[goal.standing.goal.id] in shown):
        goal = standing.goal
        unit = f" {goal.unit}" if goal.unit else ""
        said.append(f"{labels[goal.id]}: {standing.state.value}.")
        if goal.baseline and goal.target is not None:
            said.append(
                f"From {goal.baseline.value:,g} on {goal.baseline.date} to {goal.target:,g}{unit} by {goal.deadline}."
            )
        said += [
            f"{o.date}: {o.value:,g}, {tables.level_of(report.evidence)}, reported by {o.reported_by}."
            for report in standing.reports
            for o in (report.outcome,)
        ]
    return Figure(id="progress", title="Goals against outcomes over time", alt=" ".join(said), table=tables.PROGRESS)


def _notes(mine: Iterable[Item]) -> tuple[Passage, ...]:
    """What whoever entered the records had to say of them."""
    records = [item.entry.record for item in mine]
    notes = [f"{r.type.value} {r.id}: {note}" for r in records if (note := getattr(r, "note", None))]
    return (Passage(title="Notes of those who entered it", paragraphs=tuple(notes)),) if notes else ()


def _sources(mine: Iterable[Item]) -> tuple[SourceNote, ...]:
    """Each document once, under the first record that cites it."""
    found: dict[tuple[str, str | None], SourceNote] = {}
    for item in mine:
        source: Source | None = getattr(item.entry.record, "source", None)
        if source is not None and (source.title, source.url) not in found:
            parts = [source.title, source.place, str(source.published) if source.published else None]
            citation = ", ".join(part for part in parts if part) + "."
            name = f"{item.entry.record.type.value}-{item.entry.record.id}"
            note = SourceNote(id=name, citation=citation, licence="only facts are taken", url=source.url or "")
            found[source.title, source.url] = note
    return tuple(found.values())


def _plural(count: int, noun: str) -> str:
    return f"{written(float(count), 0)} {noun}{'' if count == 1 else 's'}"
