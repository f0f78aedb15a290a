"""Tables of trade by pair and year, and of trade agreements in force."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pandas as pd

from hedgerow.data.readers.comtrade2016 import read_exports_by_year
from hedgerow.data.readers.wiod_series import read_wiod_pairs
from hedgerow.dims import REST_OF_WORLD
from hedgerow.world.agreements import agreements_in_force
from hedgerow.world.partnerships import PartnershipKind
from tools.politics.states import existing

_TERRITORIES = ("HKG", "MAC")
"""Customs territories that are not states and trade too much to be hidden in the rest."""
_COMTRADE = {
    "BLX": "BEL", "KN1": "KNA", "MNT": "MNE", "ROM": "ROU", "SVR": "RVN", "SVU": "RUS", "TAN": "TZA", "TMP": "TLS",
    "VDR": "VNM", "YDR": "YMD", "ZAR": "COD", "ZPM": "EAZ",
}  # fmt: skip
"""Codes of Comtrade that are not ISO-3: Belgium with Luxembourg, Zaire, the Soviet Union and others."""
DIGITS = 4
"""Significant digits that are kept of exports."""


def exports_by_pair(raw: Path, states: pd.DataFrame) -> pd.DataFrame:
    """Columns exporter, importer, year, value in MUSD, agreement; partners outside the list as ROW."""
    rows = read_exports_by_year(raw / "economy" / "trade-agreements")
    rows = rows[rows["value"] > 0]
    rows = rows.assign(**{side: rows[side].replace(_COMTRADE) for side in ("exporter", "importer")})
    rows = _known(rows, states, "exporter")
    told = _known(rows, states, "importer")
    keys = ["exporter", "importer", "year"]
    rest = rows[~rows.set_index(keys).index.isin(told.set_index(keys).index)]
    rest = rest.drop(columns="agreement").assign(importer=REST_OF_WORLD)
    both = pd.concat([told, rest]).astype({"agreement": "Int64"})
    pairs = both.groupby(keys, as_index=False).agg({"value": "sum", "agreement": "max"})
    pairs["value"] = pairs["value"].map(lambda value: float(f"{value:.{DIGITS}g}"))
    return pairs[pairs["exporter"] != pairs["importer"]]


def _known(rows: pd.DataFrame, states: pd.DataFrame, side: str) -> pd.DataFrame:
    territory = rows[side].isin(_TERRITORIES)
    return pd.concat([rows[territory], existing(rows[~territory], states, actor=side)])


def wiod_pairs(raw: Path) -> pd.DataFrame:
    """Columns exporter, importer, year, goods, all in MUSD."""
    return read_wiod_pairs(raw / "economy" / "wiod-2013-release")


def trade_agreements(raw: Path, states: pd.DataFrame) -> pd.DataFrame:
    """Columns actor, partner, since, agreements, bloc."""
    codes = [*states.loc[states["exit"].isna(), "actor"], *_TERRITORIES]
    found: dict[tuple[str, str], list[tuple[int, bool]]] = {}
    for tie in agreements_in_force(raw / "economy" / "trade-agreements", codes):
        for one, other in combinations(sorted(tie.members), 2):
            if tie.joins(one, other):
                told = (tie.since_between(one, other).year, tie.kind is PartnershipKind.BLOC)
                found.setdefault((one, other), []).append(told)
    rows = [
        (*pair, min(year for year, _ in ties), len(ties), int(any(bloc for _, bloc in ties)))
        for pair, ties in sorted(found.items())
    ]
    return pd.DataFrame(rows, columns=["actor", "partner", "since", "agreements", "bloc"])
