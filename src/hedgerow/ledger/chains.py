"""Whether the files of a ledger are the ones that were written: bytes, numbers, and what follows what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from hedgerow.ledger.entries import NAME, Entry, Stored, file_name, number_of, sha256
from hedgerow.ledger.journal import PARTIAL, listed, partnerships
from hedgerow.written.lines import Lines
from hedgerow.written.mistakes import Mistake


@dataclass(frozen=True, order=True)
class Problem(Mistake):
    """Something that is wrong with a ledger, and the rule that says so."""

    rule: str = ""
    harmless: bool = False
    """Nothing is lost or wrong by it."""


@dataclass
class Folder:
    """The files of one partnership as they lie there."""

    partnership: str
    entries: list[Stored] = field(default_factory=list)
    """Those that can be read, by number."""
    problems: list[Problem] = field(default_factory=list)


def read_folder(ledger: Path, partnership: str) -> Folder:
    """Read every entry of a partnership, and note what is wrong with the files and their chain."""
    found = Folder(partnership)
    for name in sorted(name for name, _ in listed(ledger / partnership)):
        shown = f"{partnership}/{name}"
        if name.endswith(PARTIAL):
            said = "left by a writer that was stopped before it was done; nothing was promised, delete it"
            found.problems.append(Problem(shown, 1, said, "left_over", harmless=True))
        elif not NAME.fullmatch(name):
            said = "is no entry: its name is not NUMBER-HASH.json; take it out of the ledger"
            found.problems.append(Problem(shown, 1, said, "foreign_file"))
        else:
            _read((ledger / shown).read_bytes(), name, found)
    found.problems += _links(found)
    return found


def read_ledger(ledger: Path) -> list[Folder]:
    """Every partnership of a ledger, see :func:`read_folder`."""
    return [read_folder(ledger, partnership) for partnership in partnerships(ledger)]


def _read(content: bytes, name: str, found: Folder) -> None:
    digest, number, shown = sha256(content), number_of(name), f"{found.partnership}/{name}"
    intact = name == file_name(number, digest)
    if not intact:
        said = f"its bytes have changed: their sha256 begins with {digest[:16]}; restore the file from git or a copy"
        found.problems.append(Problem(shown, 1, said, "bytes_changed"))
    try:
        entry = Entry.model_validate_json(content)
    except ValidationError as error:
        if intact:
            found.problems += _unreadable(error, shown, content)
        return
    if entry.number != number or entry.partnership != found.partnership:
        key = "number" if entry.number != number else "partnership"
        said = f"{key}: {getattr(entry, key)} is not what its name says; restore the file from git or a copy"
        found.problems.append(Problem(shown, Lines.of_json(content.decode()).at((key,)), said, "misplaced"))
    found.entries.append(Stored(entry, shown, digest, content))


def _unreadable(error: ValidationError, shown: str, content: bytes) -> Iterator[Problem]:
    """What keeps bytes that were written so from being an entry."""
    lines = Lines.of_json(content.decode(errors="replace"))
    for one in error.errors():
        place = one["loc"]
        if len(place) > 1 and place[0] == "record":
            place = (place[0], *place[2:])  # the second part is the type, which the file does not nest
        said = f"{'.'.join(map(str, place)) or 'file'}: {one['msg']}; entries are written by `hedgerow ledger add`"
        yield Problem(shown, lines.at(place), said, "no_entry")


def _links(found: Folder) -> Iterator[Problem]:
    """Gaps, forks, and entries that do not follow the one before."""
    by_number: dict[int, list[Stored]] = defaultdict(list)
    for entry in found.entries:
        by_number[entry.entry.number].append(entry)
    unreadable = {number_of(p.file) for p in found.problems if p.rule in {"bytes_changed", "no_entry"}}
    last = max(by_number, default=0)
    for number in range(1, last + 1):
        here, before = by_number.get(number, []), by_number.get(number - 1, [])
        if not here and number not in unreadable:
            said = f"entry {number} is missing; restore its file from git or a copy"
            yield Problem(f"{found.partnership}/", 1, said, "gap")
        if len(here) > 1:
            others = " and ".join(entry.file.rpartition("/")[2] for entry in here)
            said = f"a fork: {others} both are number {number}; keep one branch, add the records of the other again"
            yield Problem(here[1].file, here[1].lines.at(("previous",)), said, "fork")
        hashes = {entry.sha256 for entry in before}
        for entry in here:
            previous = entry.entry.previous
            if (number == 1 and previous is not None) or (number > 1 and hashes and previous not in hashes):
                said = f"previous: it does not follow entry {number - 1} as it lies here"
                remedy = "one of the two was changed, restore it from git or a copy"
                yield Problem(entry.file, entry.lines.at(("previous",)), f"{said}; {remedy}", "broken_chain")
