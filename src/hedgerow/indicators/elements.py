"""The four elements of hedging: which indicators belong to which."""

from __future__ import annotations

from collections.abc import Mapping

from hedgerow.indicators.binding import BINDING, CLOSENESS
from hedgerow.indicators.blunting import BLUNTING, EQUIPMENT_SHARE
from hedgerow.indicators.boosting import BOOSTING, MOVEMENT
from hedgerow.indicators.broadening import BROADENING
from hedgerow.indicators.declare import Indicator
from hedgerow.indicators.element import Element

SCORED: tuple[Indicator, ...] = (*BLUNTING, *BROADENING, *BOOSTING, *BINDING)
"""Indicators from which elements are made."""
ELEMENT_INDICATORS: tuple[Indicator, ...] = (
    *BLUNTING, EQUIPMENT_SHARE, *BROADENING, *BOOSTING, MOVEMENT, *BINDING, CLOSENESS
)  # fmt: skip
"""These, and three that are shown beside them."""
ELEMENTS: Mapping[Element, tuple[str, ...]] = {
    element: tuple(one.id for one in SCORED if one.family == element.value) for element in Element
}
"""Ids of the indicators of each element."""
