"""Tables of the ledger: partnerships, goals, scores, members, promises, reports, evidence, entries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from hedgerow.ledger.book import Book, Item
from hedgerow.ledger.chains import Problem
from hedgerow.ledger.equations import Bounds
from hedgerow.ledger.records import Attribution, Commitment, Goal, MemberKind, Partnership, Verification
from hedgerow.ledger.scores import PartnershipScore
from hedgerow.ledger.status import Evidence, Standing, State, holds
from hedgerow.provenance import Status
from hedgerow.reporting.brief import Cell, Column, Table

PROGRESS = "progress"
"""Id of the table that the figure of a page is drawn from."""
PANELS = 8
"""Goals drawn; a partnership with more has all of them in its table."""


def partnerships_table(found: Sequence[PartnershipScore], on: date, command: str) -> Table:
    """One row a partnership: who, what, and how many goals stand where."""
    rows: list[tuple[Cell, ...]] = []
    for one in found:
        p = one.partnership
        there = p.members_on(on)
        others = sum(m.kind is not MemberKind.STATE for m in there)
        states = [goal.standing.state for goal in one.goals]
        kept = sum(s in {State.MET, State.MET_LATE} for s in states)
        rows.append(
            (p.id, p.title, words(p.kind), p.issue, str(p.since), len(there) - others, others, len(states), kept,
             states.count(State.MISSED), states.count(State.NO_REPORT))
        )  # fmt: skip
    return Table(
        id="partnerships",
        title="Partnerships",
        reading="Members of the day. Goals are met or missed by what is reported, whoever reports it.",
        columns=(
            Column(id="id", title="Id"),
            Column(id="title", title="Partnership"),
            Column(id="kind", title="Kind"),
            Column(id="issue", title="Issue"),
            Column(id="since", title="Since"),
            *(Column(id=i, title=t, digits=0, status=Status.DERIVED)
              for i, t in (("states", "States"), ("others", "Other members"), ("goals", "Goals"), ("met", "Met"),
                           ("missed", "Missed"), ("no_report", "No report"))),
        ),
        rows=tuple(rows),
        formula="counts",
        command=command,
    )  # fmt: skip


def status_table(found: Sequence[Standing], command: str) -> Table:
    """One row a goal: what it promised, what is reported, what follows."""
    rows = tuple(
        (
            s.partnership,
            s.goal.title,
            s.state.value,
            s.goal.target,
            s.goal.unit,
            day(s.goal.deadline),
            s.telling.outcome.value if s.telling else None,
            s.telling.outcome.status.value if s.telling else None,
            day(s.telling.outcome.date) if s.telling else None,
            level_of(s.telling.evidence) if s.telling else None,
            s.verdict,
        )
        for s in found
    )
    return Table(
        id="status",
        title="Where the goals stand",
        reading="While the deadline is ahead, the latest report is held against a straight line from baseline to "
        "target, which is our assumption: few goals were promised that way. Past the deadline, what counts is the last "
        "report of its year, or else the first one after it.",
        columns=(
            Column(id="partnership", title="Partnership"),
            Column(id="goal", title="Goal"),
            Column(id="state", title="State", status=Status.DERIVED),
            Column(id="target", title="Target", status=Status.PUBLISHED),
            Column(id="unit", title="Unit"),
            Column(id="deadline", title="By"),
            Column(id="value", title="Reported"),
            Column(id="number", title="Number"),
            Column(id="date", title="For"),
            Column(id="evidence", title="Evidence"),
            Column(id="verdict", title="Why"),
        ),
        rows=rows,
        formula="y(t) = y0 + (y* − y0) (t − t0) / (t* − t0)",
        command=command,
    )


def scores_table(found: Sequence[PartnershipScore], command: str) -> Table:
    """One row a partnership: the three measures, which are never averaged."""
    rows = tuple(
        (p.partnership.id, *_three(p.score), p.tested, len(p.goals), p.completeness, p.procedural) for p in found
    )
    return Table(
        id="scores",
        title="Scores of partnerships",
        reading="Score: the part of the way to its targets that a partnership added, as far as it is proved and its "
        "own work; 1 is all of it. It is over the goals that can be tested only; where none can there is no number, "
        "which is no zero. Completeness and procedure are measures of their own.",
        columns=(
            Column(id="partnership", title="Partnership"),
            *_score_columns("score", "Score"),
            Column(id="tested", title="Goals tested", digits=0, status=Status.DERIVED),
            Column(id="goals", title="Goals", digits=0, status=Status.DERIVED),
            Column(id="completeness", title="Completeness of goals", status=Status.DERIVED),
            Column(id="procedure", title="Procedural index", status=Status.DERIVED),
        ),
        rows=rows,
        formula="S = Σ w v α A* / Σ w",
        command=command,
    )


def goal_scores_table(found: Sequence[PartnershipScore], command: str) -> Table:
    """One row a goal: every factor of its contribution, and what is lacking."""
    rows = tuple(
        (
            p.partnership.id,
            g.standing.goal.title,
            g.achievement,
            *_three(g.additionality),
            g.scored.evidence.weight if g.scored else None,
            g.scored.evidence.level.value if g.scored else None,
            *_three(g.share),
            *_three(g.contribution),
            "".join(letter if met else "·" for letter, met in zip("SMART", g.smart.met, strict=True)),
            f"no: lacks {g.lacking}" if g.lacking else "yes",
        )
        for p in found
        for g in p.goals
    )
    return Table(
        id="goal-scores",
        title="Scores of goals",
        reading="Achievement: the part of the way from baseline to target that is behind us, 1 at the target. Added: "
        "what would not have come anyway, by the stated counterfactual. A dot stands for a criterion of SMART that is "
        "not met.",
        columns=(
            Column(id="partnership", title="Partnership"),
            Column(id="goal", title="Goal"),
            Column(id="achievement", title="Achievement A", status=Status.DERIVED),
            *_score_columns("added", "Added A*"),
            Column(id="weight", title="Weight of evidence v", status=Status.ASSUMED),
            Column(id="evidence", title="Evidence"),
            *_score_columns("share", "Own share α", Status.ASSUMED),
            *_score_columns("contribution", "v α A*"),
            Column(id="smart", title="SMART", status=Status.DERIVED),
            Column(id="lacking", title="Testable"),
        ),
        rows=rows,
        formula="A = (y1 − y0) / (y* − y0) within 0 to 1.5; A* = (y1 − ŷ) / (y* − y0)",
        command=command,
    )


def members_table(p: Partnership, on: date, command: str) -> Table:
    """One row a spell of membership."""
    rows = tuple(
        (m.label, words(m.kind), m.role, float(m.seats) if m.seats is not None else None, str(p.spell(m)[0]),
         day(m.left or p.until), m in p.members_on(on))
        for m in p.members
    )  # fmt: skip
    columns = (
        Column(id="member", title="Member"),
        Column(id="kind", title="Kind"),
        Column(id="role", title="Role"),
        Column(id="seats", title="Seats", digits=0, status=Status.PUBLISHED),
        Column(id="joined", title="Joined"),
        Column(id="left", title="Left"),
        Column(id="now", title=f"Member on {on}"),
    )
    notes = () if p.members_complete else ("The list names only some of the members.",)
    reading = "States by name, all others with their kind. Seats are those in the governing body."
    return Table(id="members", title="Members", reading=reading, columns=columns, rows=rows, formula="as entered",
                 command=command, notes=notes)  # fmt: skip


def progress_table(found: Sequence[Standing], command: str) -> Table:
    """One row a point in time: baseline, target and every report of each goal that has a unit."""
    rows: list[tuple[Cell, ...]] = []
    named, nobody = labels(found), (None, None, None, None)
    for s in found:
        goal, label = s.goal, named[s.goal.id]
        if goal.baseline is not None:
            base = goal.baseline
            rows.append((label, "baseline", str(base.date), base.value, goal.unit, base.status.value, *nobody))
        for report in s.reports:
            o = report.outcome
            told = (o.status.value, level_of(report.evidence), o.reported_by, o.coverage, o.id)
            rows.append((label, "report", str(o.date), o.value, goal.unit, *told))
        if goal.target is not None and goal.deadline is not None:
            rows.append((label, "target", str(goal.deadline), goal.target, goal.unit, "published", *nobody))
    return Table(
        id=PROGRESS,
        title="Goals against outcomes",
        reading="Baseline, every report and the target of each goal, with who reports it and how it is confirmed.",
        columns=(
            Column(id="goal", title="Goal"),
            Column(id="what", title="What"),
            Column(id="date", title="On"),
            Column(id="value", title="Value"),
            Column(id="unit", title="Unit"),
            Column(id="number", title="Number"),
            Column(id="evidence", title="Evidence"),
            Column(id="by", title="Reported by"),
            Column(id="coverage", title="Coverage"),
            Column(id="id", title="Id"),
        ),
        rows=tuple(rows),
        formula="as entered",
        command=command,
    )


def drawn(progress: Table) -> list[str]:
    """The goals in the figure: those with a report before those with none, given that there are two points to see."""
    goals = Counter(str(goal) for goal in progress.column("goal"))
    told = {g for g, what in zip(progress.column("goal"), progress.column("what"), strict=True) if what == "report"}
    return sorted((goal for goal, points in goals.items() if points > 1), key=lambda goal: goal not in told)[:PANELS]


def commitments_table(book: Book, partnership: str, command: str) -> Table:
    """One row a commitment."""
    members = {m.id: m.label for p in book.of_partnership(Partnership, partnership) for m in p.members}
    goals = {g.id: g.title for g in book.of_partnership(Goal, partnership)}
    rows = tuple(
        (
            members.get(c.by, c.by),
            c.what,
            c.amount,
            c.unit,
            str(c.date),
            day(c.due),
            goals.get(c.goal or "", "all goals"),
        )
        for c in book.of_partnership(Commitment, partnership)
    )
    columns = (
        Column(id="by", title="Who"),
        Column(id="what", title="Gives"),
        Column(id="amount", title="Amount", status=Status.PUBLISHED),
        Column(id="unit", title="Unit"),
        Column(id="date", title="Promised"),
        Column(id="due", title="Due"),
        Column(id="goal", title="For"),
    )
    reading = "Who promised to give what, when, and by when."
    return Table(id="commitments", title="Commitments", reading=reading, columns=columns, rows=rows,
                 formula="as entered", command=command)  # fmt: skip


def evidence_table(book: Book, partnership: str, command: str) -> Table:
    """One row a verdict, then one an attribution."""
    verdicts = [
        (v.outcome, _verdict(v, lapsed=not holds(book, item, v)), v.by, str(v.date), v.evidence, None)
        for item, v in book.items(Verification)
        if item.entry.partnership == partnership
    ]
    shares = [
        (a.outcome, "own share", partnership, str(a.date), a.source.url if a.source else None, a.share)
        for a in book.of_partnership(Attribution, partnership)
    ]
    columns = (
        Column(id="outcome", title="Outcome"),
        Column(id="what", title="What"),
        Column(id="by", title="By"),
        Column(id="date", title="On"),
        Column(id="link", title="Evidence"),
        Column(id="share", title="Share", status=Status.ASSUMED),
    )
    reading = "Who confirmed which outcome, how, and on what evidence; and which part the partnership takes as its own."
    return Table(id="evidence", title="Evidence", reading=reading, columns=columns, rows=(*verdicts, *shares),
                 formula="as entered", command=command)  # fmt: skip


def journal_table(items: Iterable[Item], command: str) -> Table:
    """One row an entry, as it was recorded."""
    rows = tuple(
        (float(i.entry.number), f"{i.entry.recorded:%Y-%m-%d %H:%M}", i.entry.recorded_by, i.entry.record.type.value,
         i.entry.record.id, i.entry.reason, i.sha256[:16])
        for i in items
    )  # fmt: skip
    columns = (
        Column(id="number", title="No", digits=0),
        Column(id="recorded", title="Recorded (UTC)"),
        Column(id="by", title="By"),
        Column(id="type", title="Type"),
        Column(id="id", title="Id"),
        Column(id="reason", title="Corrects, because"),
        Column(id="hash", title="Hash"),
    )
    reading = (
        "Every entry ever made, corrections beside what they correct. The hash covers the entry and all before it."
    )
    return Table(id="journal", title="Journal", reading=reading, columns=columns, rows=rows,
                 formula="first 16 digits of the sha256 of the entry's bytes", command=command)  # fmt: skip


def checks_table(problems: Sequence[Problem], command: str) -> Table:
    """One row a problem; none where all is well."""
    rows = tuple((p.file, float(p.line), p.rule.replace("_", " "), p.message, p.harmless) for p in problems)
    columns = (
        Column(id="file", title="File"),
        Column(id="line", title="Line", digits=0),
        Column(id="rule", title="Rule"),
        Column(id="problem", title="Problem"),
        Column(id="harmless", title="Harmless"),
    )
    reading = "What `hedgerow ledger check` finds in the entries of this partnership; no row, no problem."
    return Table(id="checks", title="Checks", reading=reading, columns=columns, rows=rows, formula="rules",
                 command=command)  # fmt: skip


def labels(found: Sequence[Standing]) -> dict[str, str]:
    """Goal id to its title, with the id where goals of one partnership share a title."""
    titles = [s.goal.title for s in found]
    return {
        s.goal.id: s.goal.title if titles.count(s.goal.title) == 1 else f"{s.goal.title} ({s.goal.id})" for s in found
    }


def words(kind: str) -> str:
    """A kind as people write it."""
    return kind.replace("_", " ")


def day(on: date | None) -> str | None:
    """A day, or nothing."""
    return None if on is None else str(on)


def level_of(evidence: Evidence) -> str:
    """How a report is confirmed, in a word or two."""
    return f"{evidence.level}{', disputed' if evidence.disputed else ''}"


def _verdict(verification: Verification, *, lapsed: bool) -> str:
    """What a verifier said, and whether the outcome was corrected since."""
    said = verification.level.value + ("" if verification.confirms else ": found wrong")
    return f"{said} (the outcome was corrected since)" if lapsed else said


def _three(bounds: Bounds | None) -> tuple[float | None, float | None, float | None]:
    return (None, None, None) if bounds is None else (bounds.value, bounds.low, bounds.high)


def _score_columns(name: str, title: str, status: Status = Status.DERIVED) -> tuple[Column, Column, Column]:
    return (
        Column(id=name, title=title, status=status),
        Column(id=f"{name}_low", title="low", status=status),
        Column(id=f"{name}_high", title="high", status=status),
    )
