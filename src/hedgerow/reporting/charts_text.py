"""How numbers and labels are written, the same in tables and in pictures."""

from __future__ import annotations

import textwrap

from hedgerow.reporting.brief import Cell

MISSING = "n/a"
MINUS = "\N{MINUS SIGN}"


def written(cell: Cell, digits: int) -> str:
    """A cell as people read it: thousands separators, a real minus, never a minus zero."""
    if cell is None:
        return MISSING
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, str):
        return cell
    text = f"{abs(cell):,.{digits}f}"
    return MINUS + text if cell < 0 and text.strip("0.,") else text


def plain(number: float) -> str:
    """A round number with no more decimals than it needs, for classes and rates."""
    return (MINUS if number < 0 else "") + f"{abs(number):,.10g}"


def wrapped(label: str, width: int = 32) -> str:
    """Lines of a label beside a bar; the chart splits them at the line break."""
    return "\n".join(textwrap.wrap(label, width)) or label
