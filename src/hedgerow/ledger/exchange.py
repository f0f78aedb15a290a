"""A ledger as one file: out for other tools, and back in again with the same bytes in every entry."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from hedgerow.data.parquet import parquet_bytes
from hedgerow.errors import LedgerError, RequestError
from hedgerow.ledger.additions import Added, head_of
from hedgerow.ledger.book import Item
from hedgerow.ledger.checks import breaches_of_addition
from hedgerow.ledger.entries import Entry, Head, Stored, file_name, sha256
from hedgerow.ledger.index import items
from hedgerow.ledger.journal import require_own, writing
from hedgerow.ledger.records import Model, Sha256
from hedgerow.written.lines import Lines
from hedgerow.written.lines import Path as Place
from hedgerow.written.mistakes import Mistakes, raise_all
from hedgerow.written.shape import shaped

FORMATS = ("csv", "json", "parquet")
FROM_ENTRY = ("partnership", "number", "sha256", "previous", "recorded", "recorded_by", "replaces", "reason")
FROM_RECORD = ("type", "id", "goal", "outcome", "date", "value", "level", "share", "by", "reported_by")
"""Fields that stand in columns of their own, empty where a record has none; ``record`` holds all of it as JSON."""
COLUMNS = (*FROM_ENTRY, *FROM_RECORD, "record")


class ExportedEntry(Entry):
    """An entry and its hash."""

    sha256: Sha256


class Export(Model):
    """A whole ledger, entries by partnership and number."""

    format: Literal["hedgerow-ledger-1"] = "hedgerow-ledger-1"
    entries: tuple[ExportedEntry, ...]


def exported(held: Iterable[Item], form: str) -> bytes:
    """Entries as one file.

    Args:
        held: by partnership and number.
        form: one of :data:`FORMATS`.
    """
    rows = [{**item.entry.model_dump(mode="json", exclude_none=True), "sha256": item.sha256} for item in held]
    if form == "json":
        content = {"format": "hedgerow-ledger-1", "entries": rows}
        return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()
    flat = [_flat(row) for row in rows]
    if form == "parquet":
        numeric = dict.fromkeys(("value", "share"), "float64")
        texts = {name: "string" for name in COLUMNS if name not in {*numeric, "number"}}
        return parquet_bytes(pd.DataFrame(flat, columns=[*COLUMNS]).astype({**numeric, **texts, "number": "int64"}))
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(flat)
    return text.getvalue().encode()


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    record = row["record"]
    kept = {name: row[name] for name in FROM_ENTRY if name in row}
    kept |= {name: record[name] for name in FROM_RECORD if name in record}
    return {**kept, "record": json.dumps(record, ensure_ascii=False)}


@dataclass(frozen=True)
class Imported:
    """An exported file, and where its entries stand."""

    file: str
    lines: Lines
    entries: tuple[Stored, ...]


def read_export(path: Path) -> Imported:
    """The entries of a file that :func:`exported` made as JSON or CSV.

    Raises:
        RequestError: there is no such file, or it is of another kind.
        LedgerError: every mistake in it, one line each.
    """
    try:
        text = path.read_text(encoding="utf-8")
        raw, lines, rows = _parsed(text, path.suffix.lower())
    except FileNotFoundError:
        raise RequestError(f"FILE: there is no file {path}") from None
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise RequestError(f"FILE: cannot read {path} as an exported ledger: {error}; name .json or .csv") from None
    wrong = Mistakes(path.name, lines)
    export = shaped(Export, raw, wrong)
    entries = []
    for at, row in enumerate(export.entries if export else ()):
        entry = Entry.model_validate(row.model_dump(exclude={"sha256"}))
        content = entry.to_bytes()
        digest = sha256(content)
        shown = _flat({**entry.model_dump(mode="json", exclude_none=True), "sha256": digest})
        if digest != row.sha256 or (rows and any(rows[at][name] != str(shown.get(name, "")) for name in shown)):
            wrong.add(("entries", at), "was changed after it was exported; export it again, or enter a correction")
        entries.append(Stored(entry, f"{entry.partnership}/{file_name(entry.number, digest)}", digest, content))
    raise_all(wrong.found, error=LedgerError)
    return Imported(path.name, lines, tuple(entries))


def _parsed(text: str, suffix: str) -> tuple[dict[str, Any], Lines, list[dict[str, str]]]:
    """Content, where its entries stand, and the rows of a table."""
    if suffix == ".json":
        return json.loads(text), Lines.of_json(text), []
    if suffix != ".csv":
        raise ValueError("its name ends neither in .json nor in .csv")
    table = csv.DictReader(io.StringIO(text))
    if tuple(table.fieldnames or ()) != COLUMNS:
        raise ValueError("its columns are not those of an exported ledger")
    rows = list(table)
    entries = [
        {name: row[name] for name in FROM_ENTRY if row[name]} | {"record": json.loads(row["record"])} for row in rows
    ]
    lines = Lines(tuple(text.splitlines()), {("entries", at): at + 2 for at in range(len(rows))})
    return {"format": "hedgerow-ledger-1", "entries": entries}, lines, rows


def import_entries(ledger: Path, given: Imported) -> Added:
    """Append the entries that a ledger does not hold yet; chains that both have go on where the ledger's ends.

    Raises:
        LedgerError: every entry that does not follow what is there, or that breaks a rule; nothing was written.
        RequestError: the ledger is the shipped one, or cannot be written to.
        DataError: the ledger is damaged.
    """
    require_own(ledger)
    held = items(ledger) if ledger.is_dir() else []
    files = {f"{i.entry.partnership}/{file_name(i.entry.number, i.sha256)}" for i in held}
    new: list[tuple[Place, Stored]] = [
        (("entries", at, "record"), entry) for at, entry in enumerate(given.entries) if entry.file not in files
    ]
    wrong = Mistakes(given.file, given.lines)
    ends: dict[str, Head] = {}
    for place, one in new:
        name = one.entry.partnership
        end = ends.get(name) or head_of(held, name)
        if (one.entry.number, one.entry.previous) != (end.length + 1, end.sha256):
            said = f"{name} ends with entry {end.length} here, and this one does not follow it"
            wrong.add(place, f"{said}; the two ledgers have parted, add the records of one to the other")
        ends[name] = end.after(one)
    raise_all(wrong.found, error=LedgerError)
    added = [Item(one.entry, one.sha256, given, place) for place, one in new]
    raise_all(breaches_of_addition(held, added), error=LedgerError)
    for name, entries in groupby((one for _, one in new), key=lambda one: one.entry.partnership):
        ours = list(entries)
        with writing(ledger, name) as chain:
            if ours[0].entry.previous != chain.head.sha256:
                raise RequestError(f"--ledger: somebody else wrote to {name} meanwhile; import again")
            chain.write(ours)
    return Added(tuple(one for _, one in new), len(given.entries) - len(new))
