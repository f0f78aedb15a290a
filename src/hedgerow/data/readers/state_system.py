"""Readers for the lists of states: Correlates of War (version 2016) and Gleditsch-Ward (2017)."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from hedgerow.data.raw import raw_file

LAST_COW, LAST_GW = 2016, 2017
"""Year in which each list ends: a state that goes on leaves in it."""


def read_cow_spells(folder: Path) -> pd.DataFrame:
    """Columns ``code``, ``entry`` and ``exit`` (years), one row a spell of membership in the state system."""
    rows = pd.read_csv(raw_file(folder, "cow_states.csv"), keep_default_na=False)
    return rows[["ccode", "styear", "endyear"]].astype(int).set_axis(["code", "entry", "exit"], axis=1)


def read_gw_spells(folder: Path) -> pd.DataFrame:
    """Columns ``code``, ``entry`` and ``exit`` (years), one row a spell of independence."""
    rows = pd.read_csv(raw_file(folder, "gw_states.csv"), keep_default_na=False)
    years = {side: rows[f"{name}date"].str[:4].astype(int) for side, name in (("entry", "start"), ("exit", "end"))}
    return pd.DataFrame({"code": rows["gwcode"].astype(int), **years})


def read_cow_years(folder: Path) -> pd.DataFrame:
    """Columns ``code`` and ``year``: every year in which the Correlates of War list has the state, to 2025."""
    rows = pd.read_csv(raw_file(folder, "isard_cw_gw_panel.csv.gz"), usecols=["ccode", "year"]).dropna()
    return rows.astype(int).set_axis(["year", "code"], axis=1).drop_duplicates(ignore_index=True)
