"""Goods trade that the extract of BACI lacks: between 76 economies, Korea, Viet Nam, Russia and Poland among them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import numpy as np
import pandas as pd

WITNESSES: Final = ("KOR", "POL")
"""Two of them: an economy that has no row with either is one of the 76; among these there is no row at all."""


def unrecorded(recorded: pd.Series, past: pd.Series, union: Collection[str]) -> pd.Series:
    """Estimates of the trade between economies that the record holds no pair of, MUSD by exporter and importer.

    Trade of the earlier year times the geometric mean of how the exporter's sales to all recorded partners grew and
    how the importer's purchases from them did. With a member of the union it grew as with the union's other members,
    which trade under the same sanctions. Pairs with nothing in the earlier year get nothing. [D]

    Args:
        recorded: goods trade by exporter and importer, MUSD; the pairs are missing from it.
        past: the same of an earlier year, with those pairs.
        union: members of the European Union.
    """
    now, then = recorded.unstack(fill_value=0), past.unstack(fill_value=0)
    codes = now.index.union(now.columns)
    now, then = (table.reindex(index=codes, columns=codes).fillna(0.0) for table in (now, then))
    names = list(WITNESSES)
    silent = (now[names].sum(axis="columns") == 0) & (now.loc[names].sum() == 0)
    lost, kept = codes[silent], codes[~silent]
    sold = now.loc[lost, kept].sum(axis="columns") / then.loc[lost, kept].sum(axis="columns")
    bought = now.loc[kept, lost].sum() / then.loc[kept, lost].sum()
    growth = pd.DataFrame(np.sqrt(np.outer(sold, bought)), lost, lost)
    others = kept.intersection(list(union))
    for member in lost.intersection(list(union)):
        growth.loc[member] = now.loc[others, lost].sum() / then.loc[others, lost].sum()
        growth[member] = now.loc[lost, others].sum(axis="columns") / then.loc[lost, others].sum(axis="columns")
    pairs = pd.MultiIndex.from_product([lost, lost], names=["exporter", "importer"])
    found = pd.Series((then.loc[lost, lost] * growth).to_numpy().ravel(), pairs)
    return found[found > 0]
