"""Studies that ship, so that a brief can tell what they add to a plan; ``tools/build_studies.py`` writes them."""

from __future__ import annotations

import gzip

from hedgerow.data.embedded import checksums, read_embedded
from hedgerow.reporting.studies.study import Study, Verb

__all__ = ["FOLDER", "KEPT", "file_of", "packed", "stored_studies"]

FOLDER = "studies"
KEPT = {Verb.ATLAS: "countries", Verb.COALITION: "members", Verb.PATRON: "hedgers"}
"""The one table of each that ships."""


def stored_studies(power: str) -> tuple[Study, ...]:
    """What ships about a power, whatever world it was computed in."""
    names = [name for verb in KEPT if (name := file_of(verb, power)) in checksums()]
    return tuple(Study.model_validate_json(gzip.decompress(read_embedded(name))) for name in names)


def file_of(verb: Verb, power: str) -> str:
    """Where a study lies below the embedded folder."""
    return f"{FOLDER}/{verb.value}-{power}.json.gz"


def packed(study: Study) -> bytes:
    """A study as it ships: the numbers that a brief tells, and its bottom line."""
    kept = study.model_copy(update={"tables": (study.table(KEPT[study.verb]),), "figures": (), "method": ()})
    return gzip.compress(kept.model_dump_json().encode(), compresslevel=9, mtime=0)
