"""Readers for positions and agreement in the UN General Assembly (Bailey, Strezhnev and Voeten)."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from hedgerow.data.raw import raw_file

FIRST_SESSION = 1945
"""Session 1 opened in 1946: a session's year is its number plus this."""

_AGREEMENT = {"USAgree": "USA", "RUSSAgree": "RUS", "ChinaAgree": "CHN", "IndiaAgree": "IND"}


def read_ideal_points(folder: Path) -> pd.DataFrame:
    """Release of July 2025, votes on final passage.

    Columns ``code`` (Correlates of War), ``year``, ``value``, ``low`` and ``high`` (5 and 95 per cent), ``votes``;
    rows without an estimate are left out.
    """
    columns = {
        "ccode": "code",
        "year": "year",
        "idealpointfp": "value",
        "q5fp": "low",
        "q95fp": "high",
        "nvotesfp": "votes",
    }
    path = raw_file(folder, "idealpoints_july2025.csv.gz")
    rows = pd.read_csv(path, usecols=list(columns)).rename(columns=columns)[list(columns.values())]
    return rows.dropna(subset=["value"]).astype({"votes": int}).reset_index(drop=True)


def read_vote_agreement(folder: Path) -> pd.DataFrame:
    """Release of June 2024, all votes.

    Columns ``code``, ``power`` (ISO-3), ``year`` of the session, ``value``, ``votes`` that the state cast.
    """
    path = raw_file(folder, "idealpoints_all_jun2024_with_agreement.csv.gz")
    rows = pd.read_csv(path, usecols=["ccode", "session", "NVotesAll", *_AGREEMENT])
    named = rows.rename(columns={"ccode": "code", "NVotesAll": "votes", **_AGREEMENT})
    long = named.melt(["code", "session", "votes"], var_name="power")
    return long.dropna().assign(year=long["session"] + FIRST_SESSION)[["code", "power", "year", "value", "votes"]]
