"""What is wrong with the shape of a file, in our words instead of those of the readers that found it."""

from __future__ import annotations

import re
import tomllib
import types
import typing
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from hedgerow.written.lines import Lines, Path
from hedgerow.written.mistakes import Mistake, Mistakes, suggestion

__all__ = ["no_toml", "shaped"]

Model = TypeVar("Model", bound=BaseModel)

_SYNTAX = re.compile(r"(.*) \(at line (\d+), column \d+\)")


def no_toml(error: tomllib.TOMLDecodeError, shown: str, lines: Lines) -> Mistake:
    """The mistake that keeps a text from being TOML at all."""
    place = _SYNTAX.fullmatch(str(error))
    line = int(place[2]) if place else len(lines.text)
    said = place[1] if place else str(error).removesuffix(" (at end of document)")
    return Mistake(shown, line, f"not valid TOML: {said}")


def shaped(model: type[Model], raw: Mapping[str, Any], wrong: Mistakes) -> Model | None:
    """What a file says; None where its shape is wrong, with every mistake noted."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        for one in error.errors():
            place = tuple("from" if part == "from_" else part for part in one["loc"] if part != "[key]")
            value = one["input"] if isinstance(one["input"], str) else None
            wrong.add(place, _said(one, place, model), word=value)
        return None


def _said(error: Any, place: Path, model: type[BaseModel]) -> str:
    """Pydantic's message in our words."""
    kind, value = error["type"], error["input"]
    if kind == "extra_forbidden":
        return "is no key here" + (suggestion(str(place[-1]), _keys(place[:-1], model)) or "")
    if kind == "missing":
        return "is missing" + _described(place, model)
    if kind in ("enum", "literal_error"):
        known = re.findall(r"'([^']*)'", str(error["ctx"].get("expected", "")))
        return f"{value!r} is none of {', '.join(known)}{suggestion(str(value), known)}"
    if kind.startswith("date"):
        return f"{str(value)!r} is no date; write 2026-01-31"
    if kind == "value_error":
        return str(error["ctx"]["error"])
    if kind in _EXPECTED:
        if len(place) == 1 and isinstance(value, dict) and _keys(place, model):
            return f"is one table; write [[{place[0]}]] for each entry"
        return f"{value!r} is no {_EXPECTED[kind]}"
    if kind == "string_too_short":
        return "is empty; write something or leave it out"
    if kind == "too_short":
        return "names nothing; leave it out or name something"
    return f"{error['msg'][:1].lower()}{error['msg'][1:]}"


_EXPECTED = {
    "tuple_type": 'list; write ["one", "two"]',
    "dict_type": "table",
    "model_type": "table",
    "model_attributes_type": "table",
    "string_type": "text",
    "bool_type": "choice; write true or false",
    "bool_parsing": "choice; write true or false",
}
"""What should stand there, by the kind of error."""


def _described(place: Path, model: type[BaseModel]) -> str:
    """What a missing key is for, where its model says so."""
    inside = _model_at(place[:-1], model)
    field = inside.model_fields.get(str(place[-1])) if inside else None
    return f": {field.description}" if field and field.description else ""


def _keys(place: Path, model: type[BaseModel]) -> list[str]:
    """Keys that a table at a path may have; none where it is no table of known keys."""
    inside = _model_at(place, model)
    return [field.alias or name for name, field in inside.model_fields.items()] if inside else []


def _model_at(place: Path, model: type[BaseModel]) -> type[BaseModel] | None:
    """The model of the table at a path; None where it is no table of known keys."""
    for part in place:
        if isinstance(part, str) and part in model.model_fields:
            inner = list(_models(model.model_fields[part].annotation))
            if not inner:
                return None
            model = inner[0]
    return model


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if (
        isinstance(annotation, type)
        and not isinstance(annotation, types.GenericAlias)
        and issubclass(annotation, BaseModel)
    ):
        yield annotation
    for inner in get_args(annotation) if typing.get_origin(annotation) else ():
        yield from _models(inner)
