"""From the panel of indicators to the arrays of this room: all states but the two powers themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from hedgerow.data.politics import states_in
from hedgerow.indicators.binding import TIES
from hedgerow.indicators.catalogue import indicator
from hedgerow.indicators.element import POWERS
from hedgerow.indicators.elements import ELEMENTS
from hedgerow.indicators.evidence import Evidence
from hedgerow.indicators.hedging.composite import ORDER, Array
from hedgerow.indicators.hedging.measures import Measures, by_actor
from hedgerow.indicators.hedging.standing import Setting, standings
from hedgerow.indicators.hedging.tidy import COLUMNS, tidy
from hedgerow.indicators.panel import measured

FIRST = 2000
"""First year of standings, that of the pool."""
TODAY = 2026
"""Year whose states are measured, in all years."""


@dataclass(frozen=True, eq=False)
class Gathered:
    """Everything that standings are computed from."""

    measures: Measures
    ties: pd.DataFrame
    """Columns actor, power, year, value, series."""

    def ties_in(self, year: int) -> Array:
        """Closeness with each of the two powers. [actor, power]"""
        toward = [self.ties[self.ties["power"] == power] for power in POWERS]
        return np.stack([by_actor(frame, self.measures.actors, year) for frame in toward], axis=-1)

    @property
    def years(self) -> tuple[int, ...]:
        """Years from 2000 on in which every element has a value of the year itself."""
        found = []
        for e in range(self.measures.belongs.shape[1]):
            names = [n for n, own in zip(self.measures.indicators, self.measures.belongs[:, e], strict=True) if own]
            found.append({int(year) for name in names for year in self.measures.frames[name]["year"].unique()})
        return tuple(sorted(year for year in set.intersection(*found) if year >= FIRST))


def gather(evidence: Evidence) -> Gathered:
    """The indicators of the four elements, and the ties with each power, from some evidence.

    An indicator whose evidence is not at hand, as arms without the publisher's file, is not asked of anybody.
    """
    actors = tuple(sorted(set(states_in(TODAY)) - set(POWERS)))
    listed = (name for element in ORDER for name in ELEMENTS[element])
    names = tuple(name for name in listed if evidence.makers.keys() >= set(indicator(name).inputs))
    belongs = np.array([[float(name in ELEMENTS[element]) for element in ORDER] for name in names])
    frames = {name: measured(indicator(name), evidence) for name in (*names, TIES)}
    kept = {name: frame[frame["actor"].isin(actors)] for name, frame in frames.items()}
    ties = kept.pop(TIES)
    return Gathered(Measures(actors, names, belongs, kept), ties)


def standings_of(found: Gathered, years: Sequence[int], *, setting: Setting, processes: int = 1) -> pd.DataFrame:
    """Standings of some years as tidy rows, columns :data:`hedgerow.indicators.hedging.tidy.COLUMNS`."""
    ties = np.stack([found.ties_in(year) for year in years])
    made = standings(found.measures, ties, years, setting=setting, processes=processes)
    parts = [tidy(one, found.measures.actors, own) for one, own in zip(made, ties, strict=True) if one is not None]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(COLUMNS))
