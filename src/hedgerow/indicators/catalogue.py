"""Every indicator, listed one family after the other: nothing registers itself."""

from __future__ import annotations

import difflib

from hedgerow.errors import UnknownNameError
from hedgerow.indicators.alignment import ALIGNMENT
from hedgerow.indicators.association import ASSOCIATION
from hedgerow.indicators.brokerage import BROKERAGE
from hedgerow.indicators.burden import BURDEN
from hedgerow.indicators.collective import COLLECTIVE
from hedgerow.indicators.communities import COMMUNITIES
from hedgerow.indicators.concentration import CONCENTRATION
from hedgerow.indicators.declare import Indicator
from hedgerow.indicators.elements import ELEMENT_INDICATORS
from hedgerow.indicators.geopolitics import GEOPOLITICS
from hedgerow.indicators.growth import GROWTH
from hedgerow.indicators.multialignment import MULTI_ALIGNMENT
from hedgerow.indicators.overextension import OVEREXTENSION
from hedgerow.indicators.partners import PARTNERS
from hedgerow.indicators.polarity import POLARITY
from hedgerow.indicators.residual import RESIDUAL
from hedgerow.indicators.sectoral import SECTORAL
from hedgerow.indicators.troops import TROOPS_ABROAD
from hedgerow.indicators.us_plus import US_PLUS

INDICATORS: tuple[Indicator, ...] = (
    *CONCENTRATION,
    *PARTNERS,
    *SECTORAL,
    *GROWTH,
    *RESIDUAL,
    *US_PLUS,
    *GEOPOLITICS,
    *ALIGNMENT,
    *ASSOCIATION,
    *MULTI_ALIGNMENT,
    *BROKERAGE,
    *COMMUNITIES,
    *COLLECTIVE,
    *POLARITY,
    *BURDEN,
    *OVEREXTENSION,
    *TROOPS_ABROAD,
    *ELEMENT_INDICATORS,
)
"""In the order in which they are listed and paged."""


def indicator(written: str) -> Indicator:
    """The indicator with this id.

    Raises:
        UnknownNameError: there is none; the message names the nearest.
    """
    for known in INDICATORS:
        if known.id == written.casefold():
            return known
    ids = [known.id for known in INDICATORS]
    close = difflib.get_close_matches(written.casefold(), ids, n=1, cutoff=0.5)
    hint = f"did you mean {close[0]}?" if close else "`hedgerow indicators` lists them"
    raise UnknownNameError(f"indicator: {written!r} is not in the catalogue; {hint}")
