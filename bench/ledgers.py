"""Synthetic ledgers, and rough treatment for any ledger: many writers, kills, flipped bytes. Real processes."""

from __future__ import annotations

import multiprocessing
import random
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

from hedgerow.ledger.entries import Draft, Head, chained
from hedgerow.ledger.journal import writing
from hedgerow.ledger.records import (
    AnyRecord,
    Attribution,
    Direction,
    Goal,
    Level,
    Measured,
    Member,
    Outcome,
    Partnership,
    PartnershipKind,
    Source,
    Verification,
)

SOURCE = Source(title="Synthetic", url="https://example.org/synthetic")
START = date(2000, 1, 1)
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["bench.ledgers"])


def write_synthetic(ledger: Path, *, partnerships: int, entries: int) -> None:
    """A ledger without a fault: so many partnerships with so many entries each. Written fast, not durably."""
    when = datetime(2026, 1, 1, tzinfo=UTC)
    for at in range(partnerships):
        name = f"partnership-{at}"
        drafts = [Draft(record, "bench", when) for record, _ in zip(records(name), range(entries), strict=False)]
        for entry in chained(Head(name), drafts):
            path = ledger / entry.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(entry.content)


def records(name: str) -> Iterator[AnyRecord]:
    """A partnership, then goals without end, each with reports, verdicts and a share of the last report."""
    yield partnership(name)
    for g in count():
        goal = f"goal-{g}"
        yield _goal(goal)
        for k in range(8):
            report = outcome(f"{goal}-report-{k}", goal, day=START + timedelta(days=365 * (k + 1)), value=10.0 * k)
            yield report
            yield Verification(id=report.id, outcome=report.id, level=Level.AUDITED, by="Auditors",
                               evidence="https://example.org/audit", date=report.date)  # fmt: skip
        yield Attribution(id=goal, outcome=f"{goal}-report-7", share=0.4, method="assumed", date=date(2020, 1, 1))


def partnership(name: str) -> Partnership:
    """Two states, since 2000."""
    return Partnership(id=name, title=f"The {name}", kind=PartnershipKind.INITIATIVE, issue="climate", since=START,
                       members=(Member(id="CAN"), Member(id="USA")), source=SOURCE)  # fmt: skip


def outcome(name: str, goal: str, *, day: date = date(2020, 1, 1), value: float = 1.0) -> Outcome:
    """One report."""
    return Outcome(id=name, goal=goal, value=value, date=day, reported_by="Secretariat", source=SOURCE)


def _goal(name: str) -> Goal:
    return Goal(id=name, title=name, indicator="access", unit="per cent", direction=Direction.UP, target=100.0,
                baseline=Measured(value=0.0, date=START), deadline=date(2030, 12, 31), source=SOURCE)  # fmt: skip


def found(ledger: Path, name: str) -> None:
    """A partnership with one goal, to which writers add reports."""
    with writing(ledger, name) as chain:
        chain.append(Draft(partnership(name), "bench"))
        chain.append(Draft(_goal("goal"), "bench"))


def append_all(ledger: Path, name: str, writer: int, entries: int) -> None:
    """What one writer does: take the lock and let it go again for every entry."""
    for k in range(entries):
        with writing(ledger, name) as chain:
            chain.append(Draft(outcome(f"by-{writer}-{k}", "goal"), "bench"))


def write_together(ledger: Path, name: str, *, writers: int, entries: int) -> set[str]:
    """Several processes write to one partnership at once. Returns the ids that they wrote."""
    found(ledger, name)
    running = [_PROCESSES.Process(target=append_all, args=(ledger, name, w, entries)) for w in range(writers)]
    for process in running:
        process.start()
    for process in running:
        process.join()
        if process.exitcode:
            raise RuntimeError(f"a writer ended with {process.exitcode}")
    return {f"by-{w}-{k}" for w in range(writers) for k in range(entries)}


def append_until_killed(ledger: Path, name: str, life: int, told: Connection) -> None:
    """Append for ever, and say so after every entry."""
    for k in count():
        with writing(ledger, name) as chain:
            chain.append(Draft(outcome(f"life-{life}-{k}", "goal"), "bench"))
        told.send(f"life-{life}-{k}")


def write_and_kill(ledger: Path, name: str, *, kills: int, seed: int) -> set[str]:
    """Writers that are killed with SIGKILL at random moments. Returns the ids that they acknowledged."""
    found(ledger, name)
    rng, acknowledged = random.Random(seed), set[str]()  # noqa: S311  no secret
    for life in range(kills):
        here, there = _PROCESSES.Pipe(duplex=False)
        process = _PROCESSES.Process(target=append_until_killed, args=(ledger, name, life, there))
        process.start()
        there.close()
        acknowledged.add(here.recv())  # it is at work
        time.sleep(rng.uniform(0, 0.01))
        process.kill()
        process.join()
        with suppress(EOFError, OSError):
            while here.poll():
                acknowledged.add(here.recv())
        here.close()
    return acknowledged


def flipped(path: Path, rng: random.Random) -> bytes:
    """Change one bit of a file at random; returns what it was."""
    content = path.read_bytes()
    at = rng.randrange(len(content))
    path.write_bytes(content[:at] + bytes([content[at] ^ (1 << rng.randrange(8))]) + content[at + 1 :])
    return content
