"""The register of sources: reads ``registry.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from hedgerow.errors import DataError
from hedgerow.provenance import Source


@cache
def sources() -> Mapping[str, Source]:
    """Every registered source by id."""
    entries = tomllib.loads((files("hedgerow.data") / "registry.toml").read_text(encoding="utf-8"))
    return {
        name: Source(id=name, **{key: value for key, value in entry.items() if key != "embed"})
        for name, entry in entries.items()
        if entry["embed"]
    }


def cited(ids: Iterable[str]) -> tuple[Source, ...]:
    """The sources with these ids, each once, in order of first mention.

    Raises:
        DataError: an id is not in the register, or its licence forbids embedding.
    """
    wanted = tuple(dict.fromkeys(ids))
    missing = [name for name in wanted if name not in sources()]
    if missing:
        raise DataError(f"source {missing[0]!r} is not in data/registry.toml as one we may embed")
    return tuple(sources()[name] for name in wanted)
