"""Standings of all years as they ship, so that a brief need not measure; ``tools/build_hedging.py`` writes them."""

from __future__ import annotations

import gzip
from functools import cache
from io import BytesIO

import pandas as pd

from hedgerow.data.embedded import read_embedded

FILE = "hedging/standings.csv.gz"
DIGITS = 4
"""Decimals kept."""


@cache
def _read() -> pd.DataFrame:
    content = gzip.decompress(read_embedded(FILE))
    frame = pd.read_csv(BytesIO(content), keep_default_na=False, na_values=[""], dtype={"actor": str})
    return frame.fillna({"course": "", "treaty": ""})


def stored() -> pd.DataFrame:
    """Columns :data:`hedgerow.indicators.hedging.tidy.COLUMNS`, one row a state and year."""
    return _read().copy()


def last_year() -> pd.DataFrame:
    """The rows of the last year."""
    frame = _read()
    last: pd.DataFrame = frame[frame["year"] == frame["year"].max()].reset_index(drop=True)
    return last


def packed(frame: pd.DataFrame) -> bytes:
    """Standings as they ship."""
    text = frame.round(DIGITS).to_csv(index=False, lineterminator="\n")
    return gzip.compress(text.encode(), compresslevel=9, mtime=0)
