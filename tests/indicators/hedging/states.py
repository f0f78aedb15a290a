"""Made-up states: placed indicators with gaps, and measures by year."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hedgerow.indicators.hedging.classify import Ties
from hedgerow.indicators.hedging.composite import Array
from hedgerow.indicators.hedging.measures import Measures
from hedgerow.indicators.hedging.normalise import Normalisation

BELONGS: Array = np.kron(np.eye(4), np.ones((3, 1))).astype(np.float64)
"""Three indicators an element."""
EQUAL = np.full(4, 0.25)
STATES = 6

SCORES = st.floats(0, 1, width=16)


@st.composite
def placed_states(draw: st.DrawFn, *, gaps: bool = True) -> Array:
    """Indicators of six states from 0 to 1; the first state is complete. [actor, indicator]"""
    found = draw(arrays(np.float64, (STATES, len(BELONGS)), elements=SCORES))
    unknown = draw(arrays(np.bool_, found.shape, elements=st.sampled_from([False, False, True])))
    unknown[0] = False
    return np.where(unknown, np.nan, found) if gaps else found


def by_every_way(placed: Array) -> dict[Normalisation, Array]:
    """The same order of states by each normalisation, with other distances."""
    powers = dict(zip(Normalisation, (1.0, 2.0, 0.5), strict=True))
    return {way: placed**power for way, power in powers.items()}


def made_up(states: int = 30, *, seed: int = 0, years: range = range(2000, 2024)) -> Measures:
    """Measures of some states, a sixth of them unknown, in one series."""
    rng = np.random.default_rng(seed)
    actors = tuple(f"S{k:02d}" for k in range(states))
    names = tuple(f"indicator-{k}" for k in range(len(BELONGS)))
    frames = {}
    for name in names:
        keys = [(actor, year) for actor in actors if rng.random() < 5 / 6 for year in years]
        frame = pd.DataFrame(keys, columns=["actor", "year"])
        frames[name] = frame.assign(value=rng.gamma(2.0, size=len(keys)), series="made-up", source="illustration")
    return Measures(actors, names, BELONGS, frames)


def ties_of(measures: Measures, years: int = 1, *, seed: int = 1) -> Ties:
    """Ties with two powers, the same in all years; of one state unknown. [year, actor, power]"""
    rng = np.random.default_rng(seed)
    found = rng.random((len(measures.actors), 2))
    found[-1, 0] = np.nan
    return Ties(np.stack([found] * years), np.stack([rng.random(found.shape) < 0.2] * years))
