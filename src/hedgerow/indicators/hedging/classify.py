"""Hedging, balancing, bandwagoning or neutrality: a rule with visible cut-offs, all of them ours.

Alignment is kept apart from the four elements, as D. J. Lim and Z. Cooper (2015), Security Studies 24(4), ask: a
state that arms may do so for a power or against it, so blunting alone has no direction. With them, a treaty of defence
with one power alone is a choice, however even the other ties: hedging is ambiguity over alignment.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from hedgerow.indicators.element import Element
from hedgerow.indicators.hedging.composite import ORDER

Array = npt.NDArray[np.float64]


class Course(StrEnum):
    """What a state does between the two powers."""

    HEDGING = "hedging"
    """Ties with both, at least as close as usual, and arms or partners of its own."""
    BALANCING = "balancing"
    """Ties or a treaty of defence with one, and arms."""
    BANDWAGONING = "bandwagoning"
    """Ties or a treaty of defence with one, without arms."""
    NEUTRALITY = "neutrality"
    """Few ties with either, or even ties without arms and partners of its own."""


COURSES = tuple(Course)


@dataclass(frozen=True, eq=False)
class Ties:
    """What ties states to each of the two powers."""

    closeness: Array
    """From 0 to 1, NaN where unknown. [..., actor, power]"""
    promised: npt.NDArray[np.bool_]
    """Whether a treaty of defence with the power stands. [..., actor, power]"""

    def __getitem__(self, at: Any) -> Ties:
        """Those of some years, or some actors."""
        return Ties(self.closeness[at], self.promised[at])


@dataclass(frozen=True)
class CutOffs:
    """Where one course ends and the next begins. Numbers, or arrays [draw, 1]."""

    tied: float | Array = 0.20
    """A power with which ties are below this is no partner."""
    aligned: float | Array = 0.33
    """Alignment beyond this, on either side, is a choice."""


CUT_OFFS = CutOffs()
DRAWN_TIED = (0.15, 0.25)
"""Between these the first cut-off is drawn."""
DRAWN_ALIGNED = (0.25, 0.41)
"""Between these the second cut-off is drawn."""


def alignment(ties: Array) -> Array:
    """``A = (b_US − b_CN) / (b_US + b_CN)``: 1 all ties with the first power, −1 all with the second; NaN without any.

    Args:
        ties: closeness of ties from 0 to 1 with each of the two powers. [..., power]
    """
    total = ties.sum(axis=-1)
    leaning: Array = np.divide(ties[..., 0] - ties[..., 1], total, out=np.full(total.shape, np.nan), where=total > 0)
    return leaning


def courses(elements: Array, ties: Ties, cut: CutOffs = CUT_OFFS) -> Array:
    """The course of each state, as a place in :data:`COURSES`; NaN where ties are unknown.

    Neutrality where no tie reaches ``tied``. Else, with |A| < ``aligned`` and no treaty of defence with one power
    alone: hedging where binding reaches its median and blunting or broadening its own; neutrality where not. Else
    balancing where blunting reaches its median, and bandwagoning where not. Medians are those of the states given.

    Args:
        elements: scores. [..., actor, element]
        ties: with each of the two powers.
        cut: the cut-offs.
    """
    at_least = elements >= np.median(elements, axis=-2, keepdims=True)
    arms, partners, bound = (
        at_least[..., ORDER.index(e)] for e in (Element.BLUNTING, Element.BROADENING, Element.BINDING)
    )
    ambiguous = ties.promised.all(axis=-1) == ties.promised.any(axis=-1)
    even = ambiguous & (np.abs(np.nan_to_num(alignment(ties.closeness))) < cut.aligned)
    alone = ties.closeness.max(axis=-1) < cut.tied
    named = [alone, even & bound & (arms | partners), even, arms]
    order = (Course.NEUTRALITY, Course.HEDGING, Course.NEUTRALITY, Course.BALANCING)
    shape = np.broadcast_shapes(*(np.shape(one) for one in named))
    found = np.select(
        [np.broadcast_to(one, shape) for one in named],
        [float(COURSES.index(one)) for one in order],
        float(COURSES.index(Course.BANDWAGONING)),
    )
    return np.where(np.isnan(ties.closeness).any(axis=-1), np.nan, found)
