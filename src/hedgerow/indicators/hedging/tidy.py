"""Standings as tidy rows, one a state and year: what files hold, what ships, and what reports are made of."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from hedgerow.indicators.element import POWERS
from hedgerow.indicators.hedging.classify import COURSES, Ties, alignment
from hedgerow.indicators.hedging.composite import ORDER, Array
from hedgerow.indicators.hedging.standing import Standing

PARTS = ("", "_low", "_high", "_coverage")
"""Of an element: its score, the interval of the draws, the part of its indicators that is known."""
COLUMNS = (
    "actor", "year", *(f"{element.value}{part}" for element in ORDER for part in PARTS),
    "score", "score_low", "score_high", "assured", "possible", "coverage", "rank", "rank_low", "rank_high", "states",
    "tie_usa", "tie_chn", "alignment", "treaty", "course", "course_share", "source",
)  # fmt: skip
"""Empty where there is no number. A score never stands without its coverage; only a state with all four has a rank.

Treaty: the powers with which a treaty of defence stands.
"""


def tidy(found: Standing, actors: Sequence[str], ties: Ties) -> pd.DataFrame:
    """Every state of which anything is known in the year, by code.

    Args:
        found: where the states stand.
        actors: codes in the order of the profile.
        ties: with each of the two powers.

    Returns:
        Columns :data:`COLUMNS`.
    """
    columns: dict[str, object] = {"actor": list(actors), "year": found.placed.year}
    known = found.profile
    for e, element in enumerate(ORDER):
        columns[element.value] = known.elements[:, e]
        columns[f"{element.value}_low"] = found.elements_low[:, e]
        columns[f"{element.value}_high"] = found.elements_high[:, e]
        columns[f"{element.value}_coverage"] = known.coverage[:, e]
    columns |= {name: getattr(known, name) for name in ("score", "assured", "possible")}
    drawn = ("score_low", "score_high", "rank", "rank_low", "rank_high")
    columns |= {name: _of_ranked(found, getattr(found, name)) for name in drawn}
    columns["coverage"] = np.isfinite(found.placed.values).mean(axis=1)
    near = ties.closeness
    columns |= {"states": len(found.ranked), "tie_usa": near[:, 0], "tie_chn": near[:, 1], "alignment": alignment(near)}
    columns["treaty"] = [" ".join(p for p, held in zip(POWERS, one, strict=True) if held) for one in ties.promised]
    columns |= _courses(found) | {"source": " ".join(found.placed.sources)}
    frame = pd.DataFrame(columns)[list(COLUMNS)]
    kept: pd.DataFrame = frame[known.coverage.sum(axis=1) > 0].sort_values("actor", ignore_index=True)
    return kept


def _courses(found: Standing) -> dict[str, object]:
    places = _of_ranked(found, found.course)
    shares = [np.nan if np.isnan(place) else found.course_share[k, int(place)] for k, place in enumerate(found.course)]
    names = ["" if np.isnan(place) else COURSES[int(place)].value for place in places]
    return {"course": names, "course_share": _of_ranked(found, np.array(shares, dtype=float))}


def _of_ranked(found: Standing, values: Array) -> Array:
    """Values of the states with a composite, among all actors; NaN for the others. [state] to [actor]"""
    everyone = np.full(len(found.profile.score), np.nan)
    everyone[found.ranked] = values
    return everyone
