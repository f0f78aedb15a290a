"""Tables of the General Assembly: positions, agreement with the powers, counts of roll calls."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd

from hedgerow.data.readers.ideal_points import read_ideal_points, read_vote_agreement
from hedgerow.data.readers.roll_calls import read_roll_calls, read_ukraine_votes
from tools.politics.states import coded, existing, named

POWERS = ("USA", "RUS", "CHN", "IND")
CELLS = tuple(f"{own}{other}" for own in "yan" for other in "yan")
"""First letter the state's vote, second the power's."""
SMALL_SHARE = 4
FEWEST_VOTES = 25
"""With fewer votes cast, chance alone moves a share by more than a tenth: √(¼ / 25) = 0.1."""


def ideal_points(raw: Path, states: pd.DataFrame) -> pd.DataFrame:
    """Columns actor, year, value, low, high, votes."""
    rows = existing(coded(read_ideal_points(raw / "politics" / "unga-ideal-points"), "cow"), states)
    return rows[["actor", "year", "value", "low", "high", "votes"]].round(SMALL_SHARE)


def vote_agreement(raw: Path, states: pd.DataFrame) -> pd.DataFrame:
    """Columns actor, power, year, value: a state with itself is left out, and a year of too few votes."""
    cast = read_vote_agreement(raw / "politics" / "unga-ideal-points")
    rows = existing(coded(cast[cast["votes"] >= FEWEST_VOTES], "cow"), states)
    rows = existing(rows[rows["actor"] != rows["power"]], states, actor="power")
    return rows[["actor", "power", "year", "value"]].round(SMALL_SHARE)


def vote_counts(raw: Path, states: pd.DataFrame) -> pd.DataFrame:
    """Columns actor, power, year and the nine cells of the table of both votes."""
    calls = named(read_roll_calls(raw / "politics" / "unga-roll-calls"), where="roll calls")
    calls = existing(calls, states)
    cells = ", ".join(f"count(*) FILTER (a.vote = '{c[0]}' AND b.vote = '{c[1]}') AS {c}" for c in CELLS)
    query = f"""
        SELECT a.actor, b.actor AS power, a.year, {cells} FROM calls a JOIN calls b USING (roll_call)
        WHERE a.actor <> b.actor AND b.actor IN {POWERS} GROUP BY a.actor, b.actor, a.year
    """  # noqa: S608 - the names are those above
    with duckdb.connect() as connection:
        connection.register("calls", calls)
        counts: pd.DataFrame = connection.execute(query).df()
    return counts


def ukraine_votes(raw: Path, states: pd.DataFrame) -> pd.DataFrame:
    """Columns actor, year, resolution, vote."""
    rows = named(read_ukraine_votes(raw / "politics" / "unga-roll-calls"), where="votes on Ukraine")
    return existing(rows, states)[["actor", "year", "resolution", "vote"]]
