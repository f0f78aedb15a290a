"""An entry of the journal: one file, whose name says its number and the hash of its bytes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from hedgerow.ledger.records import AnyRecord, Id, Kind, Model, Record, Sha256, Text
from hedgerow.written.lines import Lines

NAME = re.compile(r"(?:(\d{3,})/)?(\d{6,})-([0-9a-f]{16})\.json")
"""Thousand, number, and the first 16 hexadecimal digits of the sha256 of the bytes."""
THOUSAND = 1_000
"""Entries in one folder, so that a writer finds the end of a chain as fast however long it is."""


class Entry(Model):
    """One record, chained to the entry before it in the same partnership."""

    format: Literal[1] = 1
    partnership: Id
    number: Annotated[int, Field(ge=1)]
    """from 1, without gaps"""
    previous: Sha256 | None = None
    """sha256 of the bytes of the entry before; absent in the first"""
    recorded: AwareDatetime
    """when it was entered, in UTC"""
    recorded_by: Text
    """who entered it"""
    replaces: Sha256 | None = None
    """sha256 of the entry that this one corrects"""
    reason: Text | None = None
    """why it corrects"""
    record: Record

    def to_bytes(self) -> bytes:
        """The file: JSON, one value a line, fields in the order of their model, what was not stated left out."""
        content = self.model_dump(mode="json", exclude_none=True)
        return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()


@dataclass(frozen=True)
class Stored:
    """An entry and its bytes."""

    entry: Entry
    file: str
    """Where it lies below the ledger's folder: the partnership, then :func:`file_name`."""
    sha256: str
    content: bytes

    @cached_property
    def lines(self) -> Lines:
        """Where its fields stand."""
        return Lines.of_json(self.content.decode(errors="replace"))


@dataclass(frozen=True)
class Draft:
    """What is to become an entry."""

    record: AnyRecord
    recorded_by: str
    recorded: datetime | None = None
    """Now when omitted."""
    correction: str | None = None
    """Why it replaces the record with the same id; None where it is new."""


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""Before every entry."""


@dataclass(frozen=True)
class Head:
    """Where a chain ends: what the next entry follows."""

    partnership: str
    length: int = 0
    sha256: str | None = None
    recorded: datetime = EPOCH

    def entry(self, draft: Draft, replaces: str | None = None) -> Stored:
        """The entry that a draft becomes here. Time never runs backwards in a chain, whatever the clock says."""
        entry = Entry(
            partnership=self.partnership,
            number=self.length + 1,
            previous=self.sha256,
            recorded=draft.recorded or max(datetime.now(UTC).replace(microsecond=0), self.recorded),
            recorded_by=draft.recorded_by,
            replaces=replaces,
            reason=draft.correction,
            record=draft.record,
        )
        content = entry.to_bytes()
        digest = sha256(content)
        return Stored(entry, f"{self.partnership}/{file_name(entry.number, digest)}", digest, content)

    def after(self, last: Stored) -> Head:
        """Where the chain ends once an entry is there."""
        return Head(self.partnership, last.entry.number, last.sha256, last.entry.recorded)


def chained(
    head: Head, drafts: Sequence[Draft], current: Mapping[tuple[Kind, str], str] = MappingProxyType({})
) -> list[Stored]:
    """The entries that drafts become, one after the other.

    Args:
        head: what the first of them follows.
        drafts: in their order.
        current: hash of the entry that holds a record now, by kind and id; where a correction finds what it replaces.
    """
    known, made = dict(current), []
    for draft in drafts:
        key = draft.record.type, draft.record.id
        made.append(head.entry(draft, known.get(key) if draft.correction else None))
        known[key] = made[-1].sha256
        head = head.after(made[-1])
    return made


def sha256(content: bytes) -> str:
    """The hash that chains are made of."""
    return hashlib.sha256(content).hexdigest()


def file_name(number: int, digest: str) -> str:
    """Where an entry lies below the folder of its partnership: ``000012-….json``, ``001/001234-….json``."""
    name = f"{number:06d}-{digest[:16]}.json"
    return name if number < THOUSAND else f"{number // THOUSAND:03d}/{name}"


def number_of(name: str) -> int:
    """The number in the name of an entry's file."""
    return int(name.rpartition("/")[2].partition("-")[0])


def stored(file: str, content: bytes) -> Stored:
    """An entry from its file.

    Raises:
        pydantic.ValidationError: the bytes are no entry.
    """
    return Stored(Entry.model_validate_json(content), file, sha256(content), content)
