"""Measurements beside what is demanded of them: one line each, as they become known."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from typing import NamedTuple


class Line(NamedTuple):
    """One measurement beside what is demanded."""

    target: int
    what: str
    measured: float | None
    """None where this machine cannot measure it."""
    demand: float
    at_least: bool = False
    lacking: str = ""
    """What the machine would need."""

    @property
    def met(self) -> bool | None:
        """Whether the demand is met; None where it could not be measured."""
        if self.measured is None:
            return None
        return self.measured >= self.demand if self.at_least else self.measured <= self.demand


def show(measured: Iterator[Line], argv: list[str] | None, description: str | None) -> None:
    """Print every line as it becomes known; exit code 1 if one is missed."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--json", action="store_true", help="print one JSON array")
    options = parser.parse_args(argv)
    lines: list[Line] = []
    for line in measured:
        lines.append(line)
        if not options.json:
            sign = ">=" if line.at_least else "<="
            verdict = f"no {line.lacking}" if line.met is None else "pass" if line.met else "MISS"
            found = "-" if line.measured is None else f"{line.measured:.3g}"
            print(f"{line.target:>2}  {line.what:<58} {found:>10}  {sign} {line.demand:<8g} {verdict}", flush=True)
    if options.json:
        json.dump([{**line._asdict(), "met": line.met} for line in lines], sys.stdout, indent=1)
        print()
    sys.exit(any(line.met is False for line in lines))
