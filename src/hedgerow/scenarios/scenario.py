"""Scenarios: a policy with its title, date, source and standing, made from a file and the files it extends."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from hedgerow.errors import RequestError, UnknownNameError
from hedgerow.scenarios import schema
from hedgerow.scenarios.build import Builder
from hedgerow.scenarios.coalition import PLACE, Coalition, refuse_quotas, resolved
from hedgerow.scenarios.files import File, find, library_names, parameters, read
from hedgerow.scenarios.names import Names
from hedgerow.scenarios.schema import PARTS, Document, Standing, model_of
from hedgerow.trade.changes import Part
from hedgerow.trade.economy import Economy, calibrate
from hedgerow.trade.policy import DeficitRule, Policy
from hedgerow.world.memberships import CHECKED_TO
from hedgerow.world.world import World
from hedgerow.written.lines import Path as Place
from hedgerow.written.mistakes import Mistake, Mistakes, raise_all, suggestion


@dataclass(frozen=True)
class Entry:
    """One part of a scenario as it was written, and the changes it makes."""

    file: str
    """Id of the file it stands in."""
    kind: str
    written: schema.Part
    changes: tuple[Part, ...]
    holds: bool
    """False where the day is outside its dates: nothing changes."""


@dataclass(frozen=True)
class Scenario:
    """A policy that somebody could name, in one world."""

    id: str
    title: str
    date: date
    """Memberships and date ranges are read on this day."""
    source: str
    status: Standing
    notes: tuple[str, ...]
    """What is assumed, left out or not in this world."""
    policy: Policy
    coalition: Coalition | None
    """Who shares the burden of the policy; None where everyone bears its own."""
    entries: tuple[Entry, ...]
    settings: Mapping[str, str]
    """Values of the file's parameters."""
    extends: tuple[str, ...]
    """Ids of all files it is made from, itself excepted, in the order in which they apply."""
    sha256: str
    """Of all its files together."""


@dataclass(frozen=True)
class Listed:
    """What the library says about one of its scenarios."""

    id: str
    title: str
    date: date
    source: str
    status: Standing
    parameters: Mapping[str, str]
    """What ``--set`` may fill in, and what each means."""
    notes: tuple[str, ...]


def library() -> tuple[Listed, ...]:
    """Every scenario that ships, by name."""
    found = []
    for name in library_names():
        file = read(name, {})
        if file.document is None:
            raise_all(file.mistakes)
        found.append(_listed(name, file))
    return tuple(found)


def scenario(
    reference: str,
    world: World,
    *,
    settings: Mapping[str, str] | None = None,
    on: date | None = None,
    economy: Economy | None = None,
) -> Scenario:
    """A scenario of the library or of a file, as a policy for one world.

    Args:
        reference: a name of the library, or the path of a ``.toml`` file.
        world: gives actors, sectors and, for agreements, tariffs.
        settings: values of the file's parameters by name.
        on: the day to read memberships and date ranges on, instead of the file's own date.
        economy: calibrated from the world when omitted.

    Raises:
        ScenarioError: every mistake in the file and the files it extends, one line each.
        UnknownNameError: no such scenario, file or parameter.
    """
    wanted = dict(settings or {})
    files = _files(reference, wanted)
    main = files[-1]
    _check_settings(wanted, files)
    day = on or (main.document.date if main.document else _day(main))
    found: list[Mistake] = [mistake for file in files for mistake in file.mistakes]
    base = economy or calibrate(world)
    entries: list[Entry] = []
    notes: dict[str, None] = {}
    shared: tuple[Coalition, Mistakes] | None = None
    for file in files:
        names = Names(world, day, Mistakes(file.shown, file.lines))
        notes |= dict.fromkeys(file.document.notes if file.document else ())
        builder = Builder(names, base)
        if file.document is None:
            _check_rest(file, builder)
        entries += _entries(file, builder, day)
        if file.document and file.document.coalition:
            shared = resolved(file.document.coalition, names), names.wrong
        found += names.wrong.found
        notes |= names.notes
    if shared is not None:
        refuse_quotas((change for entry in entries for change in entry.changes), shared[1])
        found += shared[1].found
    raise_all(found)
    document = main.document
    assert document is not None  # noqa: S101  raise_all has raised otherwise
    return Scenario(
        id=main.id,
        title=document.title,
        date=day,
        source=document.source,
        status=document.status,
        notes=(*notes, *_idle(entries, day)),
        policy=Policy(tuple(c for e in entries for c in e.changes), deficits=_deficits(files), label=main.id),
        coalition=None if shared is None else shared[0],
        entries=tuple(entries),
        settings=_used(wanted, main),
        extends=tuple(file.id for file in files[:-1]),
        sha256=hashlib.sha256("".join(file.sha256 for file in files).encode()).hexdigest(),
    )


def _files(reference: str, settings: Mapping[str, str]) -> tuple[File, ...]:
    """What :func:`_chain` finds; a file that two others extend applies once."""
    once: dict[tuple[Path | None, str], File] = {}
    for file in _chain(reference, settings):
        once.setdefault((file.folder, file.shown), file)
    return tuple(once.values())


def _chain(
    reference: str, settings: Mapping[str, str], folder: Path | None = None, above: tuple[str, ...] = ()
) -> Iterator[File]:
    """The files a scenario is made from, those it extends first, each with what it extends."""
    file = read(reference, settings, folder)
    key = file.shown if file.folder is None else str((file.folder / file.shown).resolve())
    wrong = Mistakes(file.shown, file.lines)
    extended = file.raw.get("extends", ())
    listed = (extended,) if isinstance(extended, str) else extended
    for name in listed if isinstance(listed, list | tuple) else ():
        if key in above:
            wrong.add(("extends",), f"{file.id} extends itself", word=name)
            break
        try:
            find(str(name), file.folder)
        except RequestError as error:
            wrong.add(("extends",), str(error).removeprefix("scenario: "), word=name)
            continue
        yield from _chain(str(name), settings, file.folder, (*above, key))
    yield replace(file, mistakes=(*file.mistakes, *wrong.found))


def _entries(file: File, builder: Builder, day: date) -> list[Entry]:
    found = []
    for path, part in file.ordered_parts():
        holds = part.holds(day)
        changes = builder.changes(part, path)
        found.append(Entry(file.id, str(path[0]), part, changes if holds else (), holds))
    return found


def _check_rest(file: File, builder: Builder) -> None:
    """Look at every entry of a file whose shape is wrong, so that all mistakes are told at once."""
    coalition = file.raw.get("coalition")
    if isinstance(coalition, dict):
        _check_entry(coalition, PLACE, builder.names)
    for kind in PARTS:
        entries = file.raw.get(kind, [])
        for at, entry in enumerate(entries if isinstance(entries, list) else []):
            if not isinstance(entry, dict):
                continue
            try:
                part = model_of(kind).model_validate(entry)
            except ValidationError:
                _check_entry(entry, (kind, at), builder.names)
            else:
                builder.changes(part, (kind, at))


def _check_entry(entry: Mapping[str, object], path: Place, names: Names) -> None:
    for key in ("exporters", "importers", "between", "among", "actors", "members", "target", "sectors"):
        value = entry.get(key, ())
        words = (value,) if isinstance(value, str) else value
        if isinstance(words, tuple | list) and words and all(isinstance(word, str) for word in words):
            look = names.sectors if key == "sectors" else names.actors
            look(words, (*path, key))


def _check_settings(settings: Mapping[str, str], files: tuple[File, ...]) -> None:
    known = [name for file in files for name in parameters(file.raw)]
    for name in settings:
        if name not in known:
            hint = suggestion(name, known) or (f"; it has {', '.join(known)}" if known else "; it has none")
            raise UnknownNameError(f"--set: {name!r} is no parameter of this scenario{hint}")


def _used(settings: Mapping[str, str], file: File) -> Mapping[str, str]:
    own = parameters(file.raw)
    return {name: settings.get(name, str(entry.get("default", ""))) for name, entry in own.items()}


def _deficits(files: tuple[File, ...]) -> DeficitRule:
    """The rule of the last file that has one; fixed where none has."""
    rules = [file.document.deficits for file in files if file.document and file.document.deficits]
    return DeficitRule(rules[-1]) if rules else DeficitRule.FIXED


def _day(file: File) -> date:
    written = file.raw.get("date")
    return written if isinstance(written, date) else CHECKED_TO


def _idle(entries: list[Entry], day: date) -> tuple[str, ...]:
    idle = [f"{entry.kind} of {entry.file}" for entry in entries if not entry.holds]
    return (f"Outside their dates on {day}, and so without effect: {', '.join(idle)}.",) if idle else ()


def _listed(name: str, file: File) -> Listed:
    document = file.document
    assert isinstance(document, Document)  # noqa: S101  the caller has looked
    meanings = {key: value.meaning for key, value in document.parameters.items()}
    return Listed(name, document.title, document.date, document.source, document.status, meanings, document.notes)
