"""Files that people add to a ledger: TOML, one partnership a file, explained in ``docs/ledger/records.md``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from hedgerow.errors import LedgerError, RequestError
from hedgerow.ledger.entries import Draft
from hedgerow.ledger.records import (
    MODELS,
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
from hedgerow.written.mistakes import Mistakes, raise_all, told
from hedgerow.written.shape import no_toml, shaped


class Entering(Model):
    """How a record is entered; may stand in each record beside its own fields."""

    recorded: datetime | date | None = None
    """the day it is recorded under; that of the file, or now, when left out"""
    recorded_by: Text | None = None
    """who enters it; whoever enters the file when left out"""
    correction: Text | None = None
    """why this replaces the record with the same id"""


class EnteredPartnership(Entering, Partnership):
    """As :class:`Partnership`, with how it is entered."""


class EnteredGoal(Entering, Goal):
    """As :class:`Goal`, with how it is entered."""


class EnteredCommitment(Entering, Commitment):
    """As :class:`Commitment`, with how it is entered."""


class EnteredOutcome(Entering, Outcome):
    """As :class:`Outcome`, with how it is entered."""


class EnteredVerification(Entering, Verification):
    """As :class:`Verification`, with how it is entered."""


class EnteredAttribution(Entering, Attribution):
    """As :class:`Attribution`, with how it is entered."""


class EnteredWithdrawal(Entering, Withdrawal):
    """As :class:`Withdrawal`, with how it is entered."""


class Document(Model):
    """A whole file."""

    add_to: Id | None = None
    """id of a partnership that is in the ledger, in place of [partnership]"""
    recorded: datetime | date | None = None
    """the day the records are recorded under; now when left out"""
    recorded_by: Text | None = None
    """who enters the records"""
    partnership: EnteredPartnership | None = None
    goal: tuple[EnteredGoal, ...] = ()
    commitment: tuple[EnteredCommitment, ...] = ()
    outcome: tuple[EnteredOutcome, ...] = ()
    verification: tuple[EnteredVerification, ...] = ()
    attribution: tuple[EnteredAttribution, ...] = ()
    withdrawal: tuple[EnteredWithdrawal, ...] = ()


AnyEntered = (
    EnteredPartnership
    | EnteredGoal
    | EnteredCommitment
    | EnteredOutcome
    | EnteredVerification
    | EnteredAttribution
    | EnteredWithdrawal
)

NOW = datetime.max.replace(tzinfo=UTC)
"""Sorts what is recorded now, which is not known yet, after everything that has a day."""


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
        raise LedgerError(str(no_toml(error, shown, lines))) from None
    document = shaped(Document, raw, wrong)
    if document is None:
        raise LedgerError(told(wrong.found))
    partnership = _partnership(document, wrong)
    found = []
    for place, entered in _entered(document):
        author = entered.recorded_by or document.recorded_by or recorded_by
        if author is None:
            wrong.add(place, "nobody enters it; add recorded_by, or say --by")
        moment = _moment(entered.recorded or document.recorded)
        found.append((Draft(_record(entered), author or "", moment, entered.correction), place))
    raise_all(wrong.found, error=LedgerError)
    found.sort(key=lambda pair: pair[0].recorded or NOW)  # of one day: as one kind needs the other, as they stand
    return Written(shown, lines, partnership, tuple(d for d, _ in found), tuple(p for _, p in found))


def _partnership(document: Document, wrong: Mistakes) -> str:
    """Whose chain the file belongs to."""
    if (document.partnership is None) == (document.add_to is None):
        wrong.add((), 'needs either [partnership], which is new or corrected, or add_to = "id of one in the ledger"')
    return document.partnership.id if document.partnership else document.add_to or ""


def _entered(document: Document) -> list[tuple[Place, AnyEntered]]:
    """The records of a file with their places, as one kind needs the other."""
    found: list[tuple[Place, AnyEntered]] = []
    if document.partnership is not None:
        found.append((("partnership",), document.partnership))
    for kind in [kind for kind in Kind if kind is not Kind.PARTNERSHIP]:
        found += [((kind.value, at), record) for at, record in enumerate(getattr(document, kind.value))]
    return found


def _record(entered: AnyEntered) -> AnyRecord:
    """The record alone."""
    model = MODELS[entered.type]
    return model.model_validate({name: getattr(entered, name) for name in model.model_fields})


def _moment(day: datetime | date | None) -> datetime | None:
    """A day is its first moment, in UTC."""
    if day is None or isinstance(day, datetime):
        return day if day is None or day.tzinfo else day.replace(tzinfo=UTC)
    return datetime.combine(day, time(), UTC)
