"""Reader for the UCDP/PRIO Armed Conflict Dataset (parties unnested, one row a combination)."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from hedgerow.data.raw import raw_file

_ROLES = {"gwno_a": "party", "gwno_b": "party", "gwno_a_2nd": "supporting", "gwno_b_2nd": "supporting"}
WAR = 2
"""Intensity with at least 1000 deaths in battle in the year."""


def read_conflict_parties(folder: Path) -> pd.DataFrame:
    """Columns ``code`` (Gleditsch-Ward), ``year``, ``conflict``, ``role`` (party, supporting), ``war``, ``interstate``.

    One row a state, conflict, role and year; the file's combinations of parties are not counted twice.
    """
    rows = pd.read_csv(raw_file(folder, "ucdp_acd.csv.gz"))
    war, interstate = rows["intensity_level"] == WAR, rows["type_of_conflict"] == "interstate"
    told = rows.assign(conflict=rows["conflict_id"].astype(int), war=war, interstate=interstate)
    sides = [
        told.assign(code=told[column], role=role)[["code", "year", "conflict", "role", "war", "interstate"]]
        for column, role in _ROLES.items()
    ]
    parties = pd.concat(sides).dropna(subset=["code"]).astype({"code": int, "year": int})
    return parties.drop_duplicates(ignore_index=True)
