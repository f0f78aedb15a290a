"""Mistakes in files that people write: gathered, put in order, and told all at once."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field

from hedgerow.errors import RequestError, ScenarioError
from hedgerow.written.lines import Lines, Path


@dataclass(frozen=True, order=True)
class Mistake:
    """One thing that is wrong in one file."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass
class Mistakes:
    """The mistakes found so far in one file."""

    file: str
    lines: Lines
    found: set[Mistake] = field(default_factory=set)

    def add(self, path: Path, message: str, *, word: object = None) -> None:
        """Note a mistake at a path; ``word`` is the text of the value that is wrong."""
        self.found.add(Mistake(self.file, self.lines.at(path, word), f"{written(path)}: {message}"))


def raise_all(found: Iterable[Mistake], *, error: type[RequestError] = ScenarioError) -> None:
    """Raise ``error`` if there is any mistake: one line for each, by file and line."""
    known = set(found)
    if known:
        raise error(told(known))


def told(found: Iterable[Mistake]) -> str:
    """One line for each, by file and line."""
    return "\n".join(str(mistake) for mistake in sorted(set(found)))


def written(path: Path) -> str:
    """A path as people count: ``tariff 2, add``."""
    words: list[str] = []
    for part in path:
        if isinstance(part, int) and words:
            words[-1] = f"{words[-1]} {part + 1}"
        else:
            words.append(str(part))
    return ", ".join(words) or "file"


def suggestion(word: str, known: Iterable[str]) -> str:
    """``; did you mean 'x'?`` for the closest known word; empty where none is close."""
    by_folded = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return f"; did you mean {by_folded[close[0]]!r}?" if close else ""
