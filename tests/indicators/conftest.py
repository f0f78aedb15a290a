"""The evidence that ships, and the values of every indicator on it, computed once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pandas as pd
import pytest

from hedgerow.indicators.catalogue import indicator
from hedgerow.indicators.evidence import Evidence, embedded_evidence
from hedgerow.indicators.panel import measured

Values = Callable[[str], pd.DataFrame]
"""From an indicator's id to its values."""


@pytest.fixture(name="shipped", scope="session")
def shipped_evidence() -> Evidence:
    return embedded_evidence()


@pytest.fixture(name="values_of", scope="session")
def computed_once(shipped: Evidence) -> Values:
    return cache(lambda name: measured(indicator(name), shipped))
