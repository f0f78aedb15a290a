"""Rates, factors and shares as files have them: ``"25%"`` or ``0.25``, never a bare ``25``."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import BeforeValidator

HIGHEST = 10.0


def rate(value: object) -> float:
    """A rate of any sign as a fraction; zero is allowed, a bare number of 1 or more is refused.

    Raises:
        ValueError: no number, ambiguous, or outside -100 % to 1000 %.
    """
    percent = isinstance(value, str) and value.strip().endswith("%")
    number = _number(value.strip().removesuffix("%") if isinstance(value, str) else value, value)
    if not percent and abs(number) >= 1:
        raise ValueError(f'{value!r} is ambiguous; write "{number:.15g}%" or {number / 100:.15g}')
    found = number / 100 if percent else number
    if not -1 < found <= HIGHEST:
        raise ValueError(f"{value!r} is outside -100% to {HIGHEST:.0%}")
    return found


def factor(value: object) -> float:
    """A positive ratio: 1.1 is a tenth more.

    Raises:
        ValueError: no positive number.
    """
    if isinstance(value, str) and value.strip().endswith("%"):
        raise ValueError(f"{value!r} is a rate; a factor is a ratio, 1.1 is a tenth more")
    found = _number(value, value)
    if found <= 0:
        raise ValueError(f"{value!r} is not above zero; 1.1 is a tenth more, use [[embargo]] to stop trade")
    return found


def share(value: object) -> float:
    """A part of a whole, or a probability: 0 to 1, both included.

    Raises:
        ValueError: no number, or outside 0 to 1.
    """
    percent = isinstance(value, str) and value.strip().endswith("%")
    number = _number(value.strip().removesuffix("%") if isinstance(value, str) else value, value)
    found = number / 100 if percent else number
    if not 0 <= found <= 1:
        raise ValueError(f"{value!r} must lie between 0 and 1")
    return found


def _number(text: object, value: object) -> float:
    if isinstance(text, bool) or not isinstance(text, int | float | str):
        raise ValueError(f'{value!r} is no number; write "25%" or 0.25')
    try:
        found = float(text)
    except ValueError:
        raise ValueError(f'{value!r} is no number; write "25%" or 0.25') from None
    if not math.isfinite(found):
        raise ValueError(f"{value!r} is no finite number")
    return found


Rate = Annotated[float, BeforeValidator(rate)]
Factor = Annotated[float, BeforeValidator(factor)]
Share = Annotated[float, BeforeValidator(share)]
