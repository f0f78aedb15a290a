"""From placed indicators to four elements and one composite. Missing is not zero, and no merit either.

Two scores stand side by side. The *score* is the mean of what is known. The *assured* score is the least it could be,
with everything unknown at its least; a place in a ranking is earned by the assured score, so that nobody stands above
another merely for lack of data. The *possible* score has everything unknown at its greatest.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from hedgerow.errors import RequestError
from hedgerow.indicators.element import Element

Array = npt.NDArray[np.float64]

LEAST_PRESENT = 0.5
"""Part of an element's indicators that must be known, or the element has no score and the state no composite."""
FLOOR = 0.01
"""Least score of an element inside a composite: with 0 the geometric mean would forget the other three."""
LEAST, GREATEST = 0.0, 1.0
"""Ends of the scale that indicators are placed on."""


ORDER = tuple(Element)
"""In the order of every array with an axis ``element``."""


class Aggregation(StrEnum):
    """How the elements become one number."""

    ARITHMETIC = "arithmetic"
    GEOMETRIC = "geometric"


@dataclass(frozen=True)
class Profile:
    """Elements and composite of some states."""

    elements: Array
    """Mean of what is known; NaN where less than half is. [actor, element]"""
    elements_low: Array
    """Everything unknown at its least. [actor, element]"""
    elements_high: Array
    """Everything unknown at its greatest. [actor, element]"""
    coverage: Array
    """Part of the element's indicators that is known. [actor, element]"""
    score: Array
    """Composite of ``elements``; NaN where one of them has none. [actor]"""
    assured: Array
    """Composite of ``elements_low``; ranks are by this. [actor]"""
    possible: Array
    """Composite of ``elements_high``. [actor]"""


def element_scores(placed: Array, weights: Array) -> Array:
    """``B_e = Σ_i w_i x_i / Σ_i w_i`` over the indicators that are known; 0 where no weight is left.

    Args:
        placed: indicators on their scale, NaN where unknown. [actor, indicator]
        weights: of each indicator in each element, 0 outside its own. [..., indicator, element]

    Returns:
        [..., actor, element]
    """
    known = np.isfinite(placed)
    total = np.einsum("ai,...ie->...ae", np.where(known, placed, 0.0), weights)
    weight = np.einsum("ai,...ie->...ae", known.astype(float), weights)
    scores: Array = np.divide(total, weight, out=np.zeros_like(total), where=weight > 0)
    return scores


def composite(elements: Array, weights: Array, how: Aggregation) -> Array:
    """``Π_e max(B_e, 0.01)^w_e`` or ``Σ_e w_e max(B_e, 0.01)``; the first is never above the second.

    Args:
        elements: scores from 0 to 1. [..., element]
        weights: that add up to one. [..., element]
        how: which of the two.
    """
    floored = np.maximum(elements, FLOOR)
    if how is Aggregation.GEOMETRIC:
        return np.asarray(np.exp(np.sum(weights * np.log(floored), axis=-1)))
    return np.asarray(np.sum(weights * floored, axis=-1))


def coverage(placed: Array, belongs: Array) -> Array:
    """Part of each element's indicators that is known.

    Args:
        placed: NaN where unknown. [actor, indicator]
        belongs: whether an indicator is of an element; every element has one at least. [indicator, element]

    Returns:
        [actor, element]
    """
    known = np.isfinite(placed).astype(float)
    return np.asarray(known @ belongs.astype(float) / belongs.sum(axis=0))


def equal_weights(belongs: Array) -> Array:
    """Each indicator of an element counts alike. [indicator, element]"""
    weights: Array = belongs / belongs.sum(axis=0)
    return weights


def profile(placed: Array, belongs: Array, weights: Array) -> Profile:
    """Elements with equal weights of their indicators, and their geometric composite with its range.

    Args:
        placed: indicators from 0 to 1, NaN where unknown. [actor, indicator]
        belongs: 1 where an indicator is of an element, else 0. [indicator, element]
        weights: of the elements, that add up to one. [element]
    """
    inside, known = equal_weights(belongs), coverage(placed, belongs)
    scored = known >= LEAST_PRESENT
    known_only, at_least, at_most = (
        element_scores(np.where(np.isnan(placed), end, placed), inside) for end in (np.nan, LEAST, GREATEST)
    )

    def whole(elements: Array) -> Array:
        return np.where(scored.all(axis=1), composite(elements, weights, Aggregation.GEOMETRIC), np.nan)

    return Profile(
        elements=np.where(scored, known_only, np.nan),
        elements_low=np.where(scored, at_least, np.nan),
        elements_high=np.where(scored, at_most, np.nan),
        coverage=known,
        score=whole(known_only),
        assured=whole(at_least),
        possible=whole(at_most),
    )


def parse_weights(written: str, *, field: str) -> tuple[float, ...]:
    """Weights of the elements that add up to one, from ``blunting=1,broadening=2``; those not named count 1.

    Raises:
        RequestError: no such element, one named twice, or no weight from 0 on.
    """
    given: dict[str, float] = {}
    for pair in filter(None, written.split(",")):
        name, _, number = (part.strip() for part in pair.partition("="))
        known = [element.value for element in ORDER]
        if name.casefold() not in known:
            raise RequestError(f"{field}: {name!r} is no element; there are {', '.join(known)}")
        if name.casefold() in given:
            raise RequestError(f"{field}: {name} is weighed twice; write it once")
        given[name.casefold()] = _weight(number, f"{field}: {name}")
    weights = [given.get(element.value, 1.0) for element in ORDER]
    if not sum(weights):
        raise RequestError(f"{field}: all weights are 0; let one element count")
    return tuple(weight / sum(weights) for weight in weights)


def _weight(number: str, field: str) -> float:
    try:
        weight = float(number)
    except ValueError:
        weight = math.nan
    if not 0 <= weight < math.inf:
        raise RequestError(f"{field}={number} is no weight; write a number from 0 on, such as {field.split()[-1]}=2")
    return weight
