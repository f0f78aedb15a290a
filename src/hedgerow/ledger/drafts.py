"""Files that people add to a ledger: TOML, one partnership a file, explained in ``docs/ledger/records.md``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from hedgerow.errors import LedgerError, RequestError
from hedgerow.ledger.entries import EPOCH, Draft
from hedgerow.ledger.records import (
    AnyRecord,
    Attribution,
    Commitment,
    Goal,
    Id,
    Kind,
    Model,
    Outcome,
    Partnership,
    Text,
    Verification,
    Withdrawal,
)
from hedgerow.written.lines import Lines
from hedgerow.written.lines import Path as Place
from hedgerow.written.mistakes import Mistakes, raise_all
from hedgerow.written.shape import no_toml, shaped


class Entering(Model):
    """How a record is entered: may stand in each record, beside its own fields, and in the file for all of them."""

    recorded: datetime | date | None = None
    """the day it is recorded under; now when left out"""
    recorded_by: Text | None = None
    """who enters it"""
    correction: Text | None = None
    """why this replaces the record with the same id"""


class Document(Model):
    """A whole file, without the keys of :class:`Entering` in its records."""

    add_to: Id | None = None
    """id of a partnership that is in the ledger, in place of [partnership]"""
    recorded: datetime | date | None = None
    recorded_by: Text | None = None
    partnership: Partnership | None = None
    goal: tuple[Goal, ...] = ()
    commitment: tuple[Commitment, ...] = ()
    outcome: tuple[Outcome, ...] = ()
    verification: tuple[Verification, ...] = ()
    attribution: tuple[Attribution, ...] = ()
    withdrawal: tuple[Withdrawal, ...] = ()


class _Entered(Model):
    """The keys of :class:`Entering` alone, by record."""

    partnership: Entering = Entering()
    goal: tuple[Entering, ...] = ()
    commitment: tuple[Entering, ...] = ()
    outcome: tuple[Entering, ...] = ()
    verification: tuple[Entering, ...] = ()
    attribution: tuple[Entering, ...] = ()
    withdrawal: tuple[Entering, ...] = ()


@dataclass(frozen=True)
class Written:
    """A file of the right shape: its drafts in order, and where each stands."""

    file: str
    lines: Lines
    partnership: str
    drafts: tuple[Draft, ...]
    places: tuple[Place, ...]
    """One a draft."""


def read_drafts(path: Path, *, recorded_by: str | None = None) -> Written:
    """The records of a file.

    Args:
        path: a TOML file.
        recorded_by: who enters what does not say so itself.

    Raises:
        RequestError: there is no such file, or it is no text.
        LedgerError: every mistake of shape, one line each.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise RequestError(f"FILE: there is no file {path}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise RequestError(f"FILE: cannot read {path}: {error}") from None
    return drafts_of(text, path.name, recorded_by=recorded_by)


def drafts_of(text: str, shown: str, *, recorded_by: str | None = None) -> Written:
    """As :func:`read_drafts`, of a text; ``shown`` is how messages name it."""
    lines = Lines.of(text)
    wrong = Mistakes(shown, lines)
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise_all([no_toml(error, shown, lines)], error=LedgerError)
    records, entering = _parted(raw)
    document, entered = shaped(Document, records, wrong), shaped(_Entered, entering, wrong)
    if document is None or entered is None:
        raise_all(wrong.found, error=LedgerError)
        raise AssertionError("a shape that is wrong has its mistakes")
    partnership = _partnership(document, wrong)
    found = []
    for place, record in _records(document):
        own: Entering = _at(entered, place)
        author = own.recorded_by or document.recorded_by or recorded_by
        if author is None:
            wrong.add(place, "nobody enters it; add recorded_by, or say --by")
        draft = Draft(record, author or "", _moment(own.recorded or document.recorded), own.correction)
        found.append((draft, place))
    raise_all(wrong.found, error=LedgerError)
    found.sort(key=lambda pair: pair[0].recorded or EPOCH)  # of one day: as one kind needs the other, as they stand
    return Written(shown, lines, partnership, tuple(d for d, _ in found), tuple(p for _, p in found))


def _parted(raw: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The records, and how they are entered, each in the shape of the file."""
    ours = set(Entering.model_fields)

    def parted(value: Any, keep: bool) -> Any:
        if isinstance(value, list):
            return [parted(one, keep) for one in value]
        return {k: v for k, v in value.items() if (k in ours) is keep} if isinstance(value, dict) else value

    kinds = {kind: value for kind, value in raw.items() if kind in set(Kind)}
    tables = {
        kind: value
        for kind, value in kinds.items()
        if isinstance(value, dict) or (isinstance(value, list) and all(isinstance(one, dict) for one in value))
    }
    records = {key: parted(value, False) if key in kinds else value for key, value in raw.items()}
    return records, {kind: parted(value, True) for kind, value in tables.items()}


def _partnership(document: Document, wrong: Mistakes) -> str:
    """Whose chain the file belongs to."""
    if (document.partnership is None) == (document.add_to is None):
        wrong.add((), 'needs either [partnership], which is new or corrected, or add_to = "id of one in the ledger"')
    return document.partnership.id if document.partnership else document.add_to or ""


def _records(document: Document) -> list[tuple[Place, AnyRecord]]:
    found: list[tuple[Place, AnyRecord]] = []
    if document.partnership is not None:
        found.append((("partnership",), document.partnership))
    for kind in [kind for kind in Kind if kind is not Kind.PARTNERSHIP]:
        found += [((kind.value, at), record) for at, record in enumerate(getattr(document, kind.value))]
    return found


def _at(entered: _Entered, place: Place) -> Entering:
    held = getattr(entered, str(place[0]))
    found: Entering = held[place[1]] if len(place) > 1 else held
    return found


def _moment(day: datetime | date | None) -> datetime | None:
    """A day is its first moment, in UTC."""
    if day is None or isinstance(day, datetime):
        return day if day is None or day.tzinfo else day.replace(tzinfo=UTC)
    return datetime.combine(day, time(), UTC)
