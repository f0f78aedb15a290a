"""On which line of a TOML or JSON file a key stands; the standard readers do not say."""

from __future__ import annotations

import re
from dataclasses import dataclass

Path = tuple[str | int, ...]
"""Keys and positions, as in ``("tariff", 0, "add")``."""

_HEADER = re.compile(r"\s*(\[\[?)([^\[\]]+)\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*((?:[\w-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[\w-]+|\"[^\"]*\"|'[^']*'))*)\s*=(.*)$")
_JSON = re.compile(r' *(?:"((?:[^"\\]|\\.)*)": )?(.)')
_TRIPLE = ('"""', "'''")


@dataclass(frozen=True)
class Lines:
    """Line numbers by path; the first line is 1."""

    text: tuple[str, ...]
    known: dict[Path, int]

    @classmethod
    def of(cls, text: str) -> Lines:
        """Scan a TOML file; it need not be valid."""
        return cls(tuple(text.splitlines()), _scan(text.splitlines()))

    @classmethod
    def of_json(cls, text: str) -> Lines:
        """Scan a JSON file that has one blank of indent a level and one value a line, as the ledger writes it."""
        lines = text.split("\n")
        return cls(tuple(lines), _scan_json(lines))

    def at(self, path: Path, word: object = None) -> int:
        """The line of a path, or of the nearest thing around it.

        Args:
            path: as an error names it; positions in lists are not known and stand for the list.
            word: a text in the value of a key; in a list over many lines its own line is found.
        """
        for end in range(len(path), 0, -1):
            first = next((line for key, line in self.known.items() if key[:end] == path[:end]), None)
            if first is not None:
                return self._within(first, str(word)) if isinstance(word, str) and word else first
        return 1

    def _within(self, first: int, word: str) -> int:
        following = [number for number in self.known.values() if number > first]
        for number in range(first, min(following, default=len(self.text) + 1)):
            if re.search(rf"[\"']{re.escape(word)}[\"']", self.text[number - 1]):
                return number
        return first


def _scan(lines: list[str]) -> dict[Path, int]:
    known: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    depth, quote = 0, ""
    for number, line in enumerate(lines, start=1):
        if quote or depth > 0:
            depth, quote = _after(line, depth, quote)
            continue
        header, key = _HEADER.match(line), _KEY.match(line)
        if header:
            table = _parts(header[2])
            if header[1] == "[[":
                at = counts.get(table, 0)
                counts[table] = at + 1
                table = (*table, at)
            known.setdefault(table, number)
        elif key:
            known.setdefault((*table, *_parts(key[1])), number)
            depth, quote = _after(key[2], 0, "")
    return known


def _scan_json(lines: list[str]) -> dict[Path, int]:
    known: dict[Path, int] = {}
    opened: dict[int, Path] = {0: ()}
    items: dict[Path, int] = {}
    for number, line in enumerate(lines, start=1):
        found, depth = _JSON.match(line), len(line) - len(line.lstrip(" "))
        if not found or depth == 0 or found[2] in "]}":
            continue
        parent = opened.get(depth - 1, ())
        if found[1] is None:
            items[parent] = items.get(parent, -1) + 1
        path = (*parent, items[parent] if found[1] is None else found[1])
        opened[depth] = path
        known.setdefault(path, number)
    return known


def _parts(written: str) -> Path:
    return tuple(part.strip().strip("\"'") for part in written.split("."))


def _after(line: str, depth: int, quote: str) -> tuple[int, str]:
    """Open brackets and the open long text at the end of a line."""
    at = 0
    while at < len(line):
        if quote:
            if line.startswith(quote, at):
                at, quote = at + len(quote), ""
                continue
            at += 2 if line[at] == "\\" and quote[0] == '"' else 1
            continue
        if line[at] == "#":
            break
        opened = next((mark for mark in (*_TRIPLE, '"', "'") if line.startswith(mark, at)), "")
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(line[at], 0)
        quote, at = opened, at + max(1, len(opened))
    return max(0, depth), quote if quote in _TRIPLE else ""
