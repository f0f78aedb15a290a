"""Who is reached by an entry: sides become pairs, and blocs stay whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import permutations

from hedgerow.scenarios.names import Names
from hedgerow.scenarios.schema import Entry
from hedgerow.world.memberships import members_on, organisations
from hedgerow.world.parties import Party
from hedgerow.world.partnerships import PartnershipKind
from hedgerow.world.world import World
from hedgerow.written.lines import Path

Codes = tuple[str, ...]


@dataclass(frozen=True)
class Flows:
    """From each of some exporters to each of some importers."""

    exporters: Codes
    importers: Codes


def blocs_on(world: World, day: date) -> dict[str, Codes]:
    """Members with accounts of each bloc that has two of them on a day."""
    found = {
        o.id: tuple(code for code in members_on(day, o.id) if code in world.codes)
        for o in organisations().values()
        if o.kind is PartnershipKind.BLOC
    }
    return {name: members for name, members in found.items() if len(members) > 1}


def flows(names: Names, entry: Entry, path: Path) -> tuple[Flows, ...]:
    """The flows that an entry names, domestic sales not left out; blocs are not looked at."""
    if entry.among is not None:
        inside = names.actors(entry.among, (*path, "among"))
        return (Flows(inside, inside),) if inside else ()
    if entry.between is not None:
        sides = between(names, entry.between, (*path, "between"))
        pairs = [(_without(one, other), other) for one, other in permutations(sides, 2)]
        return tuple(Flows(one, other) for one, other in pairs if one and other)
    exporters = names.actors(entry.exporters, (*path, "exporters"))
    importers = names.actors(entry.importers, (*path, "importers"))
    return (Flows(exporters, importers),) if exporters and importers else ()


def between(names: Names, written: Codes, path: Path) -> list[Codes]:
    """The sides of an entry, one a word; fewer than two are a mistake."""
    if len(written) < 2:
        names.wrong.add(path, 'needs two sides or more, for example ["EU", "IND"]; within one group write among')
    return [names.actors((word,), path) for word in written]


def set_by(names: Names, found: Iterable[Flows], setters: str, entry: Entry, path: Path) -> tuple[Flows, ...]:
    """Flows as blocs would treat them: one tariff for all members, none between them.

    Args:
        names: gives world and day, and takes mistakes.
        found: what the entry names.
        setters: the side that decides, ``importers`` or ``exporters``.
        entry: with ``alone`` nothing is changed.
        path: of the entry.
    """
    if entry.alone:
        return tuple(found)
    kept: list[Flows] = []
    for flow in found:
        kept += _apart(names, flow, setters, path)
    return tuple(kept)


def parties(world: World, day: date, codes: Codes) -> tuple[Party, ...]:
    """Who signs among some actors: each bloc once, the others for themselves."""
    found: list[Party] = []
    left = set(codes)
    for name, members in blocs_on(world, day).items():
        inside = tuple(code for code in members if code in left)
        if inside:
            found.append(Party(name, organisations()[name].title, inside))
            left -= set(inside)
    titles = {a.iso3: a.name for a in world.actors}
    return (*found, *(Party(code, titles[code], (code,)) for code in world.codes if code in left))


def _apart(names: Names, flow: Flows, setters: str, path: Path) -> list[Flows]:
    """One flow for each bloc among the setters, less what the bloc sells to itself, and one for all others."""
    side, other = getattr(flow, setters), "exporters" if setters == "importers" else "importers"
    kept, rest = [], side
    for name, members in blocs_on(names.world, names.day).items():
        inside = tuple(code for code in side if code in members)
        if not inside:
            continue
        if len(inside) < len(members):
            key = next((k for k in (setters, "between", "among") if (*path, k) in names.wrong.lines.known), setters)
            names.wrong.add(
                (*path, key), f"{', '.join(inside)} set no tariff alone on {names.day}, {name} sets one for all; add "
                f"{name}, or say alone = true if a member is meant to act without the others")  # fmt: skip
        rest = _without(rest, members)
        others = _without(getattr(flow, other), members)
        if others:
            kept.append(Flows(**{setters: inside, other: others}))
    if rest:
        kept.append(Flows(**{setters: rest, other: getattr(flow, other)}))
    return kept


def _without(codes: Codes, others: Codes) -> Codes:
    return tuple(code for code in codes if code not in others)
