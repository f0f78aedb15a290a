"""Scenario files: found by name or path, read, filled in, and checked for their shape."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from hedgerow.errors import RequestError, UnknownNameError
from hedgerow.scenarios.schema import PARTS, Document, Part
from hedgerow.written.lines import Lines
from hedgerow.written.lines import Path as Place
from hedgerow.written.mistakes import Mistake, Mistakes, suggestion
from hedgerow.written.shape import no_toml, shaped

_WORD = re.compile(r"\$(?:\{(\w+)\}|(\w+))")


@dataclass(frozen=True)
class File:
    """One file as it was read."""

    id: str
    """Name in the library, or the name of the file without its ending."""
    shown: str
    """How messages name it."""
    folder: Path | None
    """Where ``extends`` looks for neighbours; None in the library."""
    raw: Mapping[str, Any]
    lines: Lines
    sha256: str
    document: Document | None
    """None where the shape is wrong."""
    mistakes: tuple[Mistake, ...]

    def ordered_parts(self) -> Iterator[tuple[Place, Part]]:
        """Parts in the order in which they stand in the file, with their paths."""
        if self.document is None:
            return
        found = [((kind, at), part) for kind in PARTS for at, part in enumerate(getattr(self.document, kind))]
        yield from sorted(found, key=lambda pair: self.lines.at(pair[0]))


@cache
def library_names() -> tuple[str, ...]:
    """Names of the scenarios that ship, in alphabetical order."""
    found = (files("hedgerow.scenarios") / "library").iterdir()
    return tuple(sorted(path.name.removesuffix(".toml") for path in found if path.name.endswith(".toml")))


def find(reference: str, folder: Path | None = None) -> tuple[str, str, Path | None, str]:
    """Id, name for messages, folder and text of a file.

    Args:
        reference: a name of the library, or a path that ends in ``.toml``.
        folder: what a relative path starts from; the current folder when omitted.

    Raises:
        UnknownNameError: the library has no such scenario, or there is no such file.
        RequestError: the file cannot be read as text.
    """
    if reference in library_names():
        text = (files("hedgerow.scenarios") / "library" / f"{reference}.toml").read_text(encoding="utf-8")
        return reference, f"{reference}.toml", None, text
    if not reference.endswith(".toml"):
        hint = suggestion(reference, library_names()) or "; `hedgerow solve --list` shows them, a file ends in .toml"
        raise UnknownNameError(f"scenario: {reference!r} is not in the library{hint}")
    path = (folder or Path()) / reference
    try:
        return path.stem, path.name, path.parent, path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UnknownNameError(f"scenario: there is no file {reference}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise RequestError(f"scenario: cannot read {reference}: {error}") from None


def read(reference: str, settings: Mapping[str, str], folder: Path | None = None) -> File:
    """A file with its parameters filled in and every mistake of shape; names are not looked up yet.

    Args:
        reference: as in :func:`find`.
        settings: values of parameters by name; names that the file does not have are passed over.
        folder: as in :func:`find`.
    """
    name, shown, home, text = find(reference, folder)
    lines, sha256 = Lines.of(text), hashlib.sha256(text.encode()).hexdigest()
    wrong = Mistakes(shown, lines)
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return File(name, shown, home, {}, lines, sha256, None, (no_toml(error, shown, lines),))
    filled = _filled(raw, _values(raw, settings, wrong), wrong)
    document = _document(filled, wrong)
    return File(name, shown, home, filled, lines, sha256, document, tuple(wrong.found))


def parameters(raw: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    """The parameters of a file, whatever else is wrong with it."""
    found = raw.get("parameters", {})
    return {k: v for k, v in found.items() if isinstance(v, dict)} if isinstance(found, dict) else {}


def _values(raw: Mapping[str, Any], settings: Mapping[str, str], wrong: Mistakes) -> dict[str, str]:
    values: dict[str, str] = {}
    for name, entry in parameters(raw).items():
        value = settings.get(name, entry.get("default"))
        if value is None:
            wrong.add(("parameters", name), f"no value; add --set {name}=..., {entry.get('meaning', '')}")
        else:
            values[name] = str(value)
    return values


def _filled(raw: Mapping[str, Any], values: Mapping[str, str], wrong: Mistakes) -> dict[str, Any]:
    """Every ``$NAME`` in a text replaced; ``$`` before a word that is no parameter is a mistake."""
    known = parameters(raw)

    def fill(value: Any, path: Place) -> Any:
        if isinstance(value, dict):
            return {k: fill(v, (*path, k)) for k, v in value.items()}
        if isinstance(value, list):
            return [fill(v, (*path, at)) for at, v in enumerate(value)]
        if not isinstance(value, str):
            return value
        for one, other in _WORD.findall(value):
            if (one or other) not in known:
                hint = suggestion(one or other, known) or "; declare it under [parameters]"
                wrong.add(path, f"${one or other} is no parameter of this file{hint}", word=value)
        return _WORD.sub(lambda m: values.get(m[1] or m[2], m[0]), value)

    return {key: value if key == "parameters" else fill(value, (key,)) for key, value in raw.items()}


def _document(raw: Mapping[str, Any], wrong: Mistakes) -> Document | None:
    document = shaped(Document, raw, wrong)
    _check_choices(raw, wrong)
    return document


def _check_choices(raw: Mapping[str, Any], wrong: Mistakes) -> None:
    """What depends on several keys at once."""
    for kind in PARTS:
        entries = raw.get(kind, [])
        for at, entry in enumerate(entries if isinstance(entries, list) else []):
            if isinstance(entry, dict):
                _check_entry(kind, entry, (kind, at), wrong)


def _check_entry(kind: str, entry: Mapping[str, Any], place: Place, wrong: Mistakes) -> None:
    choices = _CHOICES.get(kind, ())
    given = [name for name in choices if name in entry]
    if choices and len(given) != 1:
        wrong.add(place, f"needs exactly one of {', '.join(choices)}; it has {' and '.join(given) or 'none'}")
    sides = [name for name in ("between", "among") if name in entry]
    if len(sides) == 2 or (sides and ({"exporters", "importers"} & set(entry))):
        wrong.add((*place, sides[0]), "stands instead of exporters and importers, and not beside another of its kind")
    if kind == "agreement" and not sides:
        wrong.add(place, "needs between = [one side, other side] or among = [members]")
    if kind in _DIRECTED and not sides and not ({"exporters", "importers"} & set(entry)):
        wrong.add(place, 'needs exporters, importers, between or among; write importers = "all" if all are meant')
    if kind == "schedule" and entry.get("table") == "us-2025-26" and "day" not in entry:
        wrong.add(place, "needs day, for example day = 2025-08-07")
    begin, end = entry.get("from"), entry.get("until")
    if begin is not None and end is not None and str(begin) > str(end):
        wrong.add((*place, "until"), f"{end} is before from, {begin}")


_CHOICES = {
    "tariff": ("add", "set", "cap", "floor"),
    "export_tax": ("add", "set"),
    "nontariff": ("set", "delta"),
    "quota": ("volume", "share_of_base"),
}
"""Keys of which an entry has exactly one."""

_DIRECTED = ("tariff", "iceberg", "nontariff", "export_tax", "embargo", "quota")


__all__ = ["File", "find", "library_names", "parameters", "read"]
