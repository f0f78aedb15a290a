"""From the panel of indicators to the arrays of this room: all states but the two powers themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from hedgerow.data.politics import states_in
from hedgerow.indicators.binding import TIES, promised
from hedgerow.indicators.catalogue import indicator
from hedgerow.indicators.element import POWERS
from hedgerow.indicators.elements import ELEMENTS
from hedgerow.indicators.evidence import Evidence
from hedgerow.indicators.hedging.classify import Ties
from hedgerow.indicators.hedging.composite import ORDER
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
    promises: tuple[pd.DataFrame, ...]
    """1 where a treaty of defence stands, else 0; one a power. [year, actor]"""

    def ties_in(self, years: Sequence[int]) -> Ties:
        """With each of the two powers. [year, actor, power]"""
        actors = self.measures.actors
        toward = [self.ties[self.ties["power"] == power] for power in POWERS]
        near = [[by_actor(frame, actors, year) for frame in toward] for year in years]
        held = [
            frame.reindex(index=list(years), columns=list(actors), fill_value=0.0).to_numpy() > 0
            for frame in self.promises
        ]
        return Ties(np.moveaxis(np.array(near), 1, -1), np.stack(held, axis=-1))

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
    promises = tuple(promised(evidence, power) for power in POWERS)
    return Gathered(Measures(actors, names, belongs, kept), ties, promises)


def standings_of(found: Gathered, years: Sequence[int], *, setting: Setting, processes: int = 1) -> pd.DataFrame:
    """Standings of some years as tidy rows, columns :data:`hedgerow.indicators.hedging.tidy.COLUMNS`."""
    ties = found.ties_in(years)
    told = replace(setting, sensitivity=False)  # no column holds it, and it takes two thirds of the time
    made = standings(found.measures, ties, years, setting=told, processes=processes)
    parts = [tidy(one, found.measures.actors, ties[at]) for at, one in enumerate(made) if one is not None]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(COLUMNS))
