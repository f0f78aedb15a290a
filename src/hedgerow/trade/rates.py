"""Rates as people write them."""

from __future__ import annotations

import math

from hedgerow.errors import RateError

_HIGHEST = 10.0


def parse_rate(written: str, *, field: str) -> float:
    """A positive rate as a fraction: ``25%`` and ``0.25`` are both 0.25.

    A bare number of 1 or more is refused: nobody can tell whether ``25`` is 25 % or 2500 %.

    Args:
        written: what a person wrote.
        field: what they were asked for; named in the message.

    Raises:
        RateError: the text is no number, ambiguous, or not between 0 and 1000 %.
    """
    text = written.strip()
    number = text.removesuffix("%").strip()
    try:
        value = float(number)
    except ValueError:
        raise RateError(f"{field}: {written!r} is not a rate; write 25% or 0.25") from None
    if text.endswith("%"):
        value /= 100.0
    elif value >= 1:
        fraction = f" or {value / 100:.15g}" if value < 100 else ""
        raise RateError(f"{field}: {written!r} is ambiguous; write {number}%{fraction}")
    if not math.isfinite(value) or value <= 0:
        raise RateError(f"{field}: {written!r} is not above zero; write 25% or 0.25")
    if value > _HIGHEST:
        raise RateError(f"{field}: {written!r} is above the limit of {_HIGHEST:.0%}")
    return value
