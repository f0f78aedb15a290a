"""Rewrite ``data/embedded/politics``: one compressed table an id of ``politics.toml``.

Needs the folder of raw files: ``python tools/build_politics.py ../shared/data``.
"""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

import pandas as pd

from hedgerow.data.politics import PoliticalTable, political_tables
from hedgerow.world.io import embedded_path, write_manifest
from tools.politics import forces, organisations, trade, votes
from tools.politics.states import state_codes, states


def tables(raw: Path) -> dict[str, pd.DataFrame]:
    """Every table by id, with the columns that ``politics.toml`` declares, rows in the order of their keys."""
    known = states(raw)
    years = organisations.organisation_years(raw, known)
    made = {
        "states": known,
        "state-codes": state_codes(),
        "ideal-points": votes.ideal_points(raw, known),
        "vote-agreement": votes.vote_agreement(raw, known),
        "vote-counts": votes.vote_counts(raw, known),
        "ukraine-votes": votes.ukraine_votes(raw, known),
        "military-spending": forces.military_spending(raw, known),
        "armed-forces": forces.armed_forces(raw, known),
        "us-troops": forces.us_troops(raw, known),
        "us-bases": forces.us_bases(raw, known),
        "exercises": forces.exercises(raw, known),
        "organisation-spells": organisations.organisation_spells(years),
        "organisation-titles": organisations.organisation_titles(raw, years),
        "organisation-counts": organisations.organisation_counts(years),
        "organisations-now": organisations.organisations_now(raw, known),
        "informal-organisations": organisations.informal_organisations(raw, known),
        "treaty-counts": organisations.treaty_counts(raw, known),
        "chinese-visits": organisations.chinese_visits(raw, known),
        "chinese-finance": organisations.chinese_finance(raw, known),
        "conflict": forces.conflict(raw, known),
        "exports-by-pair": trade.exports_by_pair(raw, known),
        "wiod-pairs": trade.wiod_pairs(raw),
        "trade-agreements": trade.trade_agreements(raw, known),
    }
    return {name: _ordered(made[name], table) for name, table in political_tables().items()}


def _ordered(frame: pd.DataFrame, table: PoliticalTable) -> pd.DataFrame:
    return frame[[column.name for column in table.columns]].sort_values(list(table.keys), ignore_index=True)


def written(frame: pd.DataFrame) -> bytes:
    """The table as it is embedded, before compression."""
    return frame.to_csv(index=False, lineterminator="\n").encode()


if __name__ == "__main__":
    for name, frame in tables(Path(sys.argv[1])).items():
        path = embedded_path() / political_tables()[name].file
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(gzip.compress(written(frame), compresslevel=9, mtime=0))
        print(f"{name}: {len(frame)} rows, {path.stat().st_size} bytes")
    write_manifest(embedded_path())
