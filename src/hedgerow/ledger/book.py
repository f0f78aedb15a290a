"""What holds now: the records of a ledger after corrections and withdrawals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar, cast

from hedgerow.ledger.entries import Entry, Stored
from hedgerow.ledger.records import AnyRecord, Goal, Kind, Model, Outcome, Partnership, Withdrawal
from hedgerow.written.lines import Lines, Path

R = TypeVar("R", bound=AnyRecord)
Key = tuple[str, str]
"""Partnership and id."""


class Page(Protocol):
    """Where a person finds a record: in its entry, or in the file that is to be added."""

    @property
    def file(self) -> str:
        """As messages name it."""
        ...

    @property
    def lines(self) -> Lines:
        """Where keys stand."""
        ...


@dataclass(frozen=True)
class Item:
    """An entry, and where a person finds its record."""

    entry: Entry
    sha256: str
    page: Page
    place: Path = ("record",)
    """The record's place in the page."""

    @classmethod
    def of(cls, stored: Stored) -> Item:
        """An entry of the journal, found in its own file."""
        return cls(stored.entry, stored.sha256, stored)

    @property
    def key(self) -> Key:
        """Partnership and id of the record."""
        return self.entry.partnership, self.entry.record.id


@dataclass(frozen=True)
class Misfit:
    """An entry that the ones before it do not allow."""

    item: Item
    key: str
    """The field that is wrong."""
    message: str


@dataclass
class Book:
    """Current records by kind, partnership and id."""

    current: dict[Kind, dict[Key, Item]] = field(default_factory=lambda: {kind: {} for kind in Kind})
    misfits: list[Misfit] = field(default_factory=list)
    latest: dict[str, datetime] = field(default_factory=dict)
    """Partnership to the time of its last entry."""

    @classmethod
    def of(cls, items: Iterable[Item]) -> Book:
        """Read entries in the order of each chain."""
        book = cls()
        for item in items:
            book._take(item)
        return book

    def _take(self, item: Item) -> None:
        record, recorded = item.entry.record, item.entry.recorded
        before = self.latest.setdefault(item.entry.partnership, recorded)
        if recorded < before:
            said = f"{recorded:%Y-%m-%d %H:%M} is before {before:%Y-%m-%d %H:%M}, when the entry before was recorded"
            self.misfits.append(Misfit(item, "recorded", f"{said}; give a later day, or leave it out"))
        self.latest[item.entry.partnership] = max(before, recorded)
        if isinstance(record, Withdrawal):
            if self.current[record.of].pop(item.key, None) is None:
                self.misfits.append(Misfit(item, "id", f"there is no {record.of} {record.id!r} to withdraw"))
            return
        held = self.current[record.type].get(item.key)
        if item.entry.reason is not None and (held is None or held.sha256 != item.entry.replaces):
            said = "which is not there" if held is None else "which another entry has replaced since"
            self.misfits.append(Misfit(item, "id", f"corrects {record.type} {record.id!r}, {said}"))
        elif item.entry.reason is None and held is not None:
            said = f"{record.type} {record.id!r} is there already, in {held.page.file}"
            self.misfits.append(Misfit(item, "id", f"{said}; choose another id, or give correction = the reason"))
        else:
            self.current[record.type][item.key] = item

    def items(self, model: type[R]) -> Iterator[tuple[Item, R]]:
        """Current records of one kind, each with its item."""
        for item in self.current[_kind(model)].values():
            yield item, cast(R, item.entry.record)

    def of_partnership(self, model: type[R], partnership: str) -> list[R]:
        """Current records of one kind in one partnership."""
        return [record for item, record in self.items(model) if item.entry.partnership == partnership]

    def partnership(self, partnership: str) -> Partnership | None:
        """The partnership with an id."""
        return self._find(Partnership, (partnership, partnership))

    def goal(self, partnership: str, goal: str) -> Goal | None:
        """A goal of a partnership."""
        return self._find(Goal, (partnership, goal))

    def outcome(self, partnership: str, reference: str) -> Outcome | None:
        """An outcome by its id, or by ``partnership/id``."""
        return self._find(Outcome, resolved(partnership, reference))

    def _find(self, model: type[R], key: Key) -> R | None:
        found = self.current[_kind(model)].get(key)
        return None if found is None else cast(R, found.entry.record)

    def fact(self, partnership: str, reference: str) -> Key:
        """The fact that an outcome tells of, the same for all outcomes that are one."""
        key = resolved(partnership, reference)
        found = self._find(Outcome, key)
        return resolved(key[0], found.same_as) if found and found.same_as else key


def _kind(model: type[Model]) -> Kind:
    """The kind of records of a model."""
    return Kind(model.model_fields["type"].default)


def resolved(partnership: str, reference: str) -> Key:
    """Partnership and id that a reference means."""
    first, slash, rest = reference.partition("/")
    return (first, rest) if slash else (partnership, first)
