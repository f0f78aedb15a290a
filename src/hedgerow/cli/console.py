"""Where text goes: a terminal of its own width, or a pipe."""

from __future__ import annotations

from rich.console import Console

PIPE = 150
"""Columns of a pipe, which has no width of its own: rows stay whole."""


def console(pipe: int = PIPE) -> Console:
    """The standard output."""
    found = Console()
    return found if found.is_terminal else Console(width=pipe)
