"""The journal only grows, loses nothing it acknowledged, and lets several processes write: real ones, really killed."""

from __future__ import annotations

import errno
import os
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bench import ledgers
from hedgerow.errors import DataError, LedgerError, RequestError
from hedgerow.ledger.additions import add
from hedgerow.ledger.checks import check
from hedgerow.ledger.drafts import drafts_of
from hedgerow.ledger.entries import Draft
from hedgerow.ledger.index import items
from hedgerow.ledger.journal import Chain, shipped_ledger, writing
from tests.ledger.cases import CASE, changed, entered, more


def ids(ledger: Path) -> list[str]:
    return [item.entry.record.id for item in items(ledger)]


def contents(ledger: Path) -> dict[str, bytes]:
    return {p.relative_to(ledger).as_posix(): p.read_bytes() for p in ledger.rglob("*") if p.is_file()}


def test_an_addition_touches_no_earlier_byte(ledger: Path) -> None:
    entered(ledger)
    before = contents(ledger)
    correction = CASE[CASE.index("[[outcome]]") : CASE.index("[[verification]]")]
    entered(ledger, more(changed(correction, "value = 61", 'value = 60.5\ncorrection = "misread"')))
    after = contents(ledger)
    assert {name: after[name] for name in before} == before
    assert len(after) == len(before) + 1


def test_the_same_file_twice_adds_nothing(ledger: Path) -> None:
    entered(ledger)
    before = contents(ledger)
    again = entered(ledger)
    assert (again.entries, again.unchanged) == ((), 6)
    assert contents(ledger) == before


def test_a_record_can_be_said_again_for_a_reason(ledger: Path) -> None:
    """A verifier who looked again at a corrected outcome confirms with the same words."""
    entered(ledger)
    verdict = CASE[CASE.index("[[verification]]") : CASE.index("[[attribution]]")]
    again = more(changed(verdict, 'id = "audit"', 'id = "audit"\ncorrection = "looked at again"'))
    assert len(entered(ledger, again).entries) == 1
    assert entered(ledger, again).unchanged == 1


def test_the_records_of_a_day_are_put_in_the_order_in_which_one_needs_the_other(ledger: Path) -> None:
    """A verdict that stands above its outcome in the file counts all the same."""
    head, goal = CASE.split("[[goal]]")
    first, verdict = goal.split("[[verification]]")
    entered(ledger, f"{head}[[verification]]{verdict}[[goal]]{first}")
    assert [item.entry.record.type.value for item in items(ledger)] == [
        "partnership", "goal", "commitment", "outcome", "verification", "attribution"]  # fmt: skip


def test_writers_at_once_lose_nothing(ledger: Path) -> None:
    wrote = ledgers.write_together(ledger, "water", writers=4, entries=50)
    assert len(wrote) == 200
    assert wrote <= set(ids(ledger))
    assert len(ids(ledger)) == 202
    assert check(ledger) == []


def test_kills_lose_nothing_that_was_acknowledged_and_leave_no_half_entry(ledger: Path) -> None:
    acknowledged = ledgers.write_and_kill(ledger, "water", kills=20, seed=1)
    assert len(acknowledged) >= 20
    assert acknowledged <= set(ids(ledger))
    assert [problem for problem in check(ledger) if not problem.harmless] == []


def test_who_was_slower_looks_again_at_what_is_there(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody takes the id between the check and the lock."""
    entered(ledger)
    report = CASE[CASE.index("[[outcome]]") : CASE.index("[[verification]]")]
    mine = more(changed(report, 'id = "access-2023"', 'id = "taken"'))
    calls: list[str] = []

    def slow(folder: Path, name: str) -> AbstractContextManager[Chain]:
        if not calls:
            with writing(folder, name) as chain:
                chain.append(Draft(ledgers.outcome("taken", "access", day=date(2023, 1, 1)), "faster"))
        calls.append(name)
        return writing(folder, name)

    monkeypatch.setattr("hedgerow.ledger.additions.writing", slow)
    with pytest.raises(LedgerError, match="outcome 'taken' is there already"):
        entered(ledger, changed(mine, "recorded = 2024-07-01\n", ""))
    assert len(calls) == 1
    assert check(ledger) == []


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_what_a_stopped_writer_leaves_is_harmless(share: float, ledger: Path) -> None:
    entered(ledger)
    whole = next((ledger / "water").glob("000006-*"))
    content = whole.read_bytes()
    (ledger / "water" / f".{whole.name}.partial").write_bytes(content[: int(share * len(content))])
    (problem,) = check(ledger)
    assert problem.harmless
    assert "delete it" in problem.message
    entered(ledger, more('[[withdrawal]]\nid = "grants"\nof = "commitment"\nreason = "fell through"\n'))
    assert len(ids(ledger)) == 7


def test_a_long_chain_goes_on_in_folders_of_a_thousand(ledger: Path) -> None:
    ledgers.write_synthetic(ledger, partnerships=1, entries=1998)
    with writing(ledger, "partnership-0") as chain:
        names = [chain.append(Draft(ledgers.outcome(f"more-{k}", "goal-0"), "bench")).file for k in range(4)]
    assert [name.split("/")[1] for name in names] == ["001", "002", "002", "002"]
    assert check(ledger) == []
    assert len(items(ledger)) == 2002
    assert [item.entry.number for item in items(ledger)] == list(range(1, 2003))
    (ledger / names[-2]).unlink()
    assert {problem.rule for problem in check(ledger)} >= {"gap"}
    with pytest.raises(DataError, match="a gap or a fork"), writing(ledger, "partnership-0"):
        raise AssertionError("nobody may append to it")


def test_a_full_disk_leaves_the_ledger_as_it_was(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entered(ledger)
    before = ids(ledger)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("hedgerow.ledger.journal.os.fsync", full)
    with pytest.raises(RequestError, match=r"cannot write .*: No space left on device"):
        entered(ledger, more('[[withdrawal]]\nid = "grants"\nof = "commitment"\nreason = "fell through"\n'))
    monkeypatch.undo()
    monkeypatch.setenv("XDG_CACHE_HOME", str(ledger.parent / "cache"))
    assert ids(ledger) == before
    assert check(ledger) == []


def test_time_never_runs_backwards_whatever_the_clock_says(ledger: Path) -> None:
    future = datetime(2999, 1, 1, tzinfo=UTC)
    with writing(ledger, "water") as chain:
        chain.append(Draft(ledgers.partnership("water"), "a", future))
        assert chain.append(Draft(ledgers.outcome("x", "g"), "a")).entry.recorded == future


def test_an_earlier_day_than_the_last_entry_is_refused(ledger: Path) -> None:
    entered(ledger)
    with pytest.raises(LedgerError, match="2024-01-01 00:00 is before 2024-06-01 00:00"):
        entered(ledger, more('[[withdrawal]]\nid = "own"\nof = "attribution"\nreason = "x"\n', recorded="2024-01-01"))


def test_the_shipped_ledger_is_read_only() -> None:
    with pytest.raises(RequestError, match=r"--ledger: the ledger that ships is read-only; name a folder of your own"):
        add(shipped_ledger(), drafts_of(CASE, "case.toml"))


def test_a_broken_chain_takes_no_more(ledger: Path) -> None:
    entered(ledger)
    next((ledger / "water").glob("000003-*")).unlink()
    with pytest.raises(DataError, match="a gap or a fork"):
        entered(ledger, more('[[withdrawal]]\nid = "own"\nof = "attribution"\nreason = "x"\n'))


def test_a_withdrawn_record_is_gone_and_stays_in_the_journal(ledger: Path) -> None:
    entered(ledger)
    entered(ledger, more('[[withdrawal]]\nid = "own"\nof = "attribution"\nreason = "x"\n'))
    assert ids(ledger).count("own") == 2
    with pytest.raises(LedgerError, match="there is no attribution 'own' to withdraw"):
        entered(ledger, more('[[withdrawal]]\nid = "own"\nof = "attribution"\nreason = "again"\n'))


def test_what_others_need_cannot_be_withdrawn(ledger: Path) -> None:
    entered(ledger)
    with pytest.raises(LedgerError, match="there is no outcome 'access-2023'"):
        entered(ledger, more('[[withdrawal]]\nid = "access-2023"\nof = "outcome"\nreason = "x"\n'))
